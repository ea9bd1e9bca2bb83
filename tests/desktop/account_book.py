"""One account with everything that its page shows: usage, tickets, goals, billing, people."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from convergedesk.desktop.pages.account.adoption_view import AdoptionView, adoption_view
from convergedesk.desktop.pages.account.reads import AccountBilling, AccountData
from convergedesk.desktop.pages.account.study import AccountStudy, studied
from convergedesk.desktop.pages.account.usage_story import prepared
from convergedesk.domain.account_figures import AccountFigures
from convergedesk.domain.accounts import Account, AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.billing import (
    Commitment,
    Contract,
    ContractId,
    Invoice,
    InvoiceId,
    InvoiceState,
    Subscription,
    SubscriptionId,
)
from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind
from convergedesk.domain.episodes import EffectPart, Episode, EpisodeId, KeptEffect, KeptRestoration
from convergedesk.domain.goals import Goal, GoalId, GoalState, MeterMeasure
from convergedesk.domain.money import Money
from convergedesk.domain.tickets import Priority, Ticket, TicketId, TicketStatus
from convergedesk.domain.usage import Granularity, Meter, MeterId, UsageSeries
from convergedesk.figures.account import (
    AccountHeader,
    AccountUsage,
    BillingView,
    TimelineEntry,
    TimelineKind,
)
from convergedesk.figures.billing_view import billing_view, commitment_use
from convergedesk.figures.goal_standing import goal_view
from convergedesk.figures.usage_view import combine
from convergedesk.workspace.insights import AccountInsights
from tests.desktop.account_figures_book import MARLOWE, Course, figures, retained
from tests.desktop.book import TODAY

EVENTS = Meter(MeterId(1), "events", "Events delivered", "event")
CALLS = Meter(MeterId(2), "calls", "API calls", "event")
STORAGE = Meter(MeterId(3), "storage", "Storage", "GB")
FIRST_DAY = date(2026, 1, 1)
TERM_START, TERM_END = date(2026, 4, 1), date(2027, 3, 31)
# The last day with usage is the day before TODAY.
DAYS = (TODAY - FIRST_DAY).days


def account(**changes: Any) -> Account:
    whole = Account(
        MARLOWE,
        "Marlowe Freight",
        tier="Strategic",
        industry="Logistics",
        time_zone="Europe/Berlin",
        currency="EUR",
        owner="Lena Fischer",
        renews_on=TERM_END,
    )
    return replace(whole, **changes)


def usage(**changes: Any) -> AccountUsage:
    """Two meters by day in events, one by month in GB."""
    series = (
        UsageSeries(MARLOWE, EVENTS.id, Granularity.DAY, FIRST_DAY, np.full(DAYS, 200.0)),
        UsageSeries(MARLOWE, CALLS.id, Granularity.DAY, FIRST_DAY, np.full(DAYS, 50.0)),
        UsageSeries(MARLOWE, STORAGE.id, Granularity.MONTH, FIRST_DAY, np.array([5.0, 6.0, np.nan, 8.0])),
    )
    combined = combine(series, {meter.id: meter for meter in (EVENTS, CALLS, STORAGE)})
    whole = AccountUsage(
        account_id=MARLOWE,
        first_day=combined.first_day,
        days=combined.days,
        meters=combined.meters,
        total=combined.total,
        total_label=combined.total_label,
        tickets=tuple(reversed(tickets())),
        events=(CalendarEvent(CalendarEventKind.OUTAGE, "Outage", date(2026, 10, 20), date(2026, 10, 21)),),
        as_of=combined.last_day,
    )
    return replace(whole, **changes)


def no_usage() -> AccountUsage:
    return AccountUsage(MARLOWE, None, 0, (), None, "", (), (), None)


def tickets() -> tuple[Ticket, ...]:
    """Three, newest first: one open, one closed of high priority, one without a priority."""
    return (
        Ticket(
            TicketId(31),
            "48731",
            MARLOWE,
            "Carrier portal shows stale ETA",
            Priority.NORMAL,
            TicketStatus.OPEN,
            datetime(2026, 12, 7, 9, tzinfo=UTC),
            feature="Portal",
        ),
        Ticket(
            TicketId(21),
            "48213",
            MARLOWE,
            "Customs gateway deliveries time out",
            Priority.URGENT,
            TicketStatus.CLOSED,
            # 23:30 in UTC is the next day in Berlin.
            datetime(2026, 10, 20, 23, 30, tzinfo=UTC),
            datetime(2026, 10, 23, 9, tzinfo=UTC),
            first_response_minutes=22,
            satisfaction=4,
            feature="Webhooks",
            assignee="Jonas Weber",
        ),
        Ticket(
            TicketId(11),
            "47655",
            MARLOWE,
            "Replay job skips first partition",
            None,
            TicketStatus.CLOSED,
            datetime(2026, 9, 18, 9, tzinfo=UTC),
            datetime(2026, 9, 22, 9, tzinfo=UTC),
            first_response_minutes=40,
        ),
    )


def goal(**changes: Any) -> Goal:
    """Behind: half of the time is over, a fifth of the way is done."""
    whole = Goal(
        id=GoalId(1),
        uid="g1",
        account_id=MARLOWE,
        title="Manual re-sends a week",
        start=340.0,
        target=80.0,
        current=288.0,
        unit="",
        agreed_on=date(2026, 10, 1),
        due_on=date(2027, 2, 18),
        owner="Lena Fischer",
        evidence="",
        audience=Audience.SHARED,
        state=GoalState.OPEN,
        meter_id=None,
        measure=None,
        updated_at=datetime(2026, 12, 1, tzinfo=UTC),
    )
    return replace(whole, **changes)


def linked_goal(measure: MeterMeasure = MeterMeasure.DAILY_MEAN_28) -> Goal:
    """Follows the events meter."""
    return goal(
        id=GoalId(2),
        uid="g2",
        title="More events",
        start=150.0,
        target=210.0,
        meter_id=EVENTS.id,
        measure=measure,
    )


def invoice(month: int, total: int, **changes: Any) -> Invoice:
    """An invoice in euro cents for a month of 2026, issued on the third of the next one."""
    start = date(2026, month, 1)
    issued = (start + timedelta(days=32)).replace(day=3)
    end = issued.replace(day=1) - timedelta(days=1)
    number = f"INV-26{month:02d}"
    whole = Invoice(
        InvoiceId(month), MARLOWE, number, issued, start, end, Money(total, "EUR"), InvoiceState.PAID
    )
    return replace(whole, **changes)


def contract() -> Contract:
    commitment = Commitment(TERM_START, TERM_END, Money(120_000_000, "EUR"))
    return Contract(
        ContractId(1),
        MARLOWE,
        None,
        "Order form 2026",
        TERM_START,
        TERM_END,
        "EUR",
        commitments=(commitment,),
    )


def subscription() -> Subscription:
    return Subscription(
        SubscriptionId(1), MARLOWE, "S-1", "Platform", TERM_START, None, Money(10_000_000, "EUR"), seats=40
    )


def billed() -> tuple[Invoice, ...]:
    """An invoice a month since the term began."""
    return tuple(invoice(month, 11_500_000) for month in range(4, 12))


def billing() -> BillingView:
    return billing_view(billed(), (subscription(),), (contract(),), {}, today=TODAY)


def data(**changes: Any) -> AccountData:
    """The whole account, with `changes`."""
    used = usage()
    by_meter = {one.meter.id: one for one in used.meters}
    views = (
        goal_view(goal(), today=TODAY),
        goal_view(
            linked_goal(), today=TODAY, meter=EVENTS, usage=by_meter[EVENTS.id], first_day=used.first_day
        ),
    )
    whole = AccountData(
        header=AccountHeader(
            account=account(),
            parent=None,
            sites=(),
            support_agents=("Jonas Weber", "Priya Nair"),
            pods=("Pilot pod",),
            commitment=commitment_use((contract(),), billed(), TODAY),
            mrr=billing().mrr,
            open_tickets=1,
            open_goals=2,
            today=TODAY,
        ),
        usage=prepared(used, views, ZoneInfo("Europe/Berlin")),
        tickets=tickets(),
        goals=views,
    )
    return replace(whole, **changes)


def timeline() -> tuple[TimelineEntry, ...]:
    return (
        TimelineEntry(
            datetime(2026, 12, 7, 9, tzinfo=UTC),
            False,
            TimelineKind.TICKET_OPENED,
            "Ticket opened",
            "#48731",
            31,
            False,
        ),
        TimelineEntry(
            datetime(2026, 11, 30, 23, tzinfo=UTC),
            True,
            TimelineKind.NOTE,
            "Note by Lena",
            "Call them",
            None,
            True,
        ),
    )


def effect(part: EffectPart = EffectPart.DURING, **changes: Any) -> KeptEffect:
    """Usage 31 % below expected from the onset of a dip, for five days."""
    whole = KeptEffect(
        part=part,
        meter_id=None,
        first_day=date(2026, 10, 21),
        horizon=5,
        lead=0,
        estimate=-0.31,
        low=-0.38,
        high=-0.22,
        verdict="down",
        smallest_detectable=0.06,
        observed=862.0,
        expected=1250.0,
        year_earlier=None,
        abstained=None,
        baseline=28,
        placebos=180,
        effective=36.0,
        deviation=0.03,
        peer_weight=0.0,
        unusual=False,
    )
    return replace(whole, **changes)


def episode(**changes: Any) -> Episode:
    """Of #48213: a dip that was restored after six days."""
    whole = Episode(
        id=EpisodeId(1),
        account_id=MARLOWE,
        ticket_ids=(TicketId(21),),
        opened_on=date(2026, 10, 21),
        resolved_on=date(2026, 10, 23),
        high=True,
        restoration=KeptRestoration(6.0, True, date(2026, 10, 21), date(2026, 10, 27), 6.0, 4.0),
        from_level_at_closing=None,
        effects=(effect(),),
    )
    return replace(whole, **changes)


def insights(*episodes: Episode, **changes: Any) -> AccountInsights:
    """What is kept of the account: by default the one episode."""
    whole = AccountInsights(
        computed_at=datetime(2026, 12, 10, 6, tzinfo=UTC),
        as_of=TODAY - timedelta(days=1),
        now=(),
        recent_dip=None,
        episodes=episodes or (episode(),),
    )
    return replace(whole, **changes)


class Reads:
    """Hands out what it is given and notes what was asked."""

    def __init__(
        self,
        answer: AccountData | Exception | None = None,
        *,
        bills: BillingView | None = None,
        found: AccountInsights | None = None,
    ) -> None:
        self.answer = answer or data()
        self.found = found or insights()
        self.figures: AccountFigures | None = figures()
        self.bills = bills or billing()
        self.asked: list[tuple[str, AccountId]] = []
        self.studied: list[AccountId] = []
        self.forgotten = 0
        self.with_sites = True

    def account(self, account_id: AccountId) -> AccountData:
        self.asked.append(("account", account_id))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def study(self, data: AccountData) -> AccountStudy:
        self.studied.append(data.header.account.id)
        study = studied(data.usage, self.found, rolled_up=self.with_sites)
        return replace(study, figures=self.figures, part="4-marlowe-freight")

    def courses(self, account_id: AccountId) -> tuple[Course, ...]:
        found = () if self.figures is None else self.figures.commitments
        return tuple(Course(one) for one in found)

    def billing(self, account_id: AccountId) -> AccountBilling:
        self.asked.append(("billing", account_id))
        return AccountBilling(self.bills, retained())

    def adoption(self, account_id: AccountId) -> AdoptionView:
        self.asked.append(("adoption", account_id))
        return adoption_view(self.figures, None)

    def compared(self, account_id: AccountId) -> AdoptionView:
        self.asked.append(("compared", account_id))
        return replace(adoption_view(self.figures, None), compared="Compared with 9 accounts", complete=True)

    def forget(self) -> None:
        self.forgotten += 1

    def timeline(self, account_id: AccountId) -> tuple[TimelineEntry, ...]:
        self.asked.append(("timeline", account_id))
        return timeline()
