"""What the Account page shows: header, usage, tickets, goals, billing and timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.accounts import Account, AccountId, Person
from convergedesk.domain.billing import Contract, Invoice, Subscription
from convergedesk.domain.calendar import CalendarEvent
from convergedesk.domain.fiscal import CALENDAR_YEAR
from convergedesk.domain.goals import Goal, GoalMeasurement
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import CommitmentUse
from convergedesk.domain.rates import ExchangeRate
from convergedesk.domain.tickets import Ticket
from convergedesk.domain.usage import Meter


@dataclass(frozen=True, slots=True)
class AccountHeader:
    """The head of the Account page.

    Attributes:
        account: The account itself.
        parent: Its parent company, or None.
        sites: Its sites; their figures are rolled up.
        support_agents: Names of the support agents of its pods.
        pods: Names of its pods.
        commitment: The running commitment, or None.
        mrr: Monthly recurring revenue, or None.
        open_tickets: Count for the Tickets tab.
        open_goals: Count for the Goals tab.
        today: The workspace's 'today'.
        fiscal_month: First month of the fiscal year that its quarters follow: the customer's own, else
            the vendor's.
        lost: Sponsors and champions who left and whose role nobody has taken, latest first.
        actions_open: Count for the Actions tab.
        actions_overdue: Those of them past their day.
    """

    account: Account
    parent: Account | None
    sites: tuple[Account, ...]
    support_agents: tuple[str, ...]
    pods: tuple[str, ...]
    commitment: CommitmentUse | None
    mrr: Money | None
    open_tickets: int
    open_goals: int
    today: date
    fiscal_month: int = CALENDAR_YEAR
    lost: tuple[Person, ...] = ()
    actions_open: int = 0
    actions_overdue: int = 0


@dataclass(frozen=True, slots=True)
class MeterUsage:
    """One meter's usage, sites rolled up, on the account's shared day axis.

    Attributes:
        meter: What is counted.
        daily: float64, shape (n,), NaN where nothing was reported; None for a meter that
            is only known by month.
        months: First days of the months of `monthly`.
        monthly: float64, shape (m,), totals by month (sum meters: added; max meters: the
            maximum); exact sums of what was reported.
    """

    meter: Meter
    daily: NDArray[np.float64] | None
    months: tuple[date, ...]
    monthly: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AccountUsage:
    """All usage of one account, for the chart and its export.

    Attributes:
        account_id: Whose.
        first_day: Day of index 0 of every `daily`, or None without daily usage.
        days: Length n of every `daily`.
        meters: By descending volume of the last 90 days.
        total: Sum over the meters that share the unit most meters share, shape (n,), NaN
            where none of them reported; None with fewer than two such meters.
        total_label: Says what was added, such as 'Total of 6 meters counted in events'.
        tickets: Every ticket, for the marks on the time axis, oldest first.
        events: Calendar events that concern the account.
        as_of: Last day with usage, or None.
        fiscal_month: First month of the fiscal year whose quarters are compared.
    """

    account_id: AccountId
    first_day: date | None
    days: int
    meters: tuple[MeterUsage, ...]
    total: NDArray[np.float64] | None
    total_label: str
    tickets: tuple[Ticket, ...]
    events: tuple[CalendarEvent, ...]
    as_of: date | None
    fiscal_month: int = CALENDAR_YEAR


class GoalStanding(StrEnum):
    """Where an open goal stands against a straight line from start to target."""

    ON_TRACK = "on_track"
    BEHIND = "behind"
    STUCK = "stuck"
    REACHED = "reached"
    OVERDUE = "overdue"
    NOT_MEASURED = "not_measured"
    DROPPED = "dropped"


PRESSING = frozenset({GoalStanding.STUCK, GoalStanding.OVERDUE, GoalStanding.BEHIND})
"""Standings that somebody has to look at."""


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal with how far it is.

    Attributes:
        goal: The goal; `current` is measured from its meter where one is linked.
        meter: The linked meter, or None.
        progress: Share of the way from start to target, may be under 0 or over 1; None
            before the first value.
        expected: Share of the time from agreement to due day that is over, 0 to 1; None
            without both days.
        standing: On track, behind, …
        rule: The rule behind the standing with the values put in, in plain words.
        history: Recorded values, oldest first.
        reason: Why it stands there, in a few words, for a table.
    """

    goal: Goal
    meter: Meter | None
    progress: float | None
    expected: float | None
    standing: GoalStanding
    rule: str
    history: tuple[GoalMeasurement, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BilledMonth:
    """What was billed for one month.

    Attributes:
        month: First day.
        by_meter: (meter name or 'Fees and other', amount), biggest first.
        total: The sum, net of credits on invoices; credit notes are apart.
        credits: Credit notes of the month, negative, or None.
    """

    month: date
    by_meter: tuple[tuple[str, Money], ...]
    total: Money
    credits: Money | None


@dataclass(frozen=True, slots=True)
class BillingView:
    """The Billing tab. Months of another currency than `currency` are listed apart.

    Attributes:
        currency: Currency of `months`, or None without invoices.
        months: By month, oldest first.
        other_currencies: Currencies that were billed too and are not in `months`.
        invoices: Newest first.
        subscriptions: Running first, then newest.
        contracts: Newest first.
        commitment: The running commitment, or None.
        mrr: Monthly recurring revenue, or None.
        as_of: Day of the last invoice, or None.
        rates: Stated rates at which invoices of other currencies are counted in `months`.
        missing: Currencies for which no rate into the reporting currency is stated.
        reporting: The reporting currency, or None where none was chosen.
        fiscal_month: First month of the fiscal year that quarters follow.
    """

    currency: str | None
    months: tuple[BilledMonth, ...]
    other_currencies: tuple[str, ...]
    invoices: tuple[Invoice, ...]
    subscriptions: tuple[Subscription, ...]
    contracts: tuple[Contract, ...]
    commitment: CommitmentUse | None
    mrr: Money | None
    as_of: date | None
    rates: tuple[ExchangeRate, ...] = ()
    missing: tuple[str, ...] = ()
    reporting: str | None = None
    fiscal_month: int = CALENDAR_YEAR


class TimelineKind(StrEnum):
    """What a line of the timeline is."""

    TICKET_OPENED = "ticket_opened"
    TICKET_CLOSED = "ticket_closed"
    INVOICE = "invoice"
    CONTRACT = "contract"
    SUBSCRIPTION = "subscription"
    CHURN = "churn"
    GOAL = "goal"
    CHECK_IN = "check_in"
    NOTE = "note"
    ACTION = "action"
    PERSON = "person"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened at an account.

    Attributes:
        at: When, UTC (midnight of the account's day where only a day is known).
        day_only: True where only the day is known.
        kind: What.
        title: In plain words.
        detail: Second line; may be empty.
        target_id: Ticket, goal, contact, note or action to open, or None.
        internal: True for what must not reach the customer.
        people: Names of those who took part, theirs and ours.
    """

    at: datetime
    day_only: bool
    kind: TimelineKind
    title: str
    detail: str
    target_id: int | None
    internal: bool
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """Who is at the account, and who of us looks after it."""

    customers: tuple[Person, ...]
    ours: tuple[Person, ...]
