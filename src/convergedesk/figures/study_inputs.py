"""Accounts as the statistics see them: usage on one axis, tickets and special days by index."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.accounts import Account, AccountId
from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind
from convergedesk.domain.usage import Meter, MeterId, UsageSeries
from convergedesk.figures.timeline import zone_of
from convergedesk.figures.usage_view import CombinedUsage, combine
from convergedesk.store.engine import Store
from convergedesk.store.study_inputs import StudyTicket, left_on, study_tickets
from convergedesk.store.usage import account_series

# A release is a reason to look, the others are reasons not to conclude.
_UNUSUAL = frozenset({CalendarEventKind.HOLIDAY, CalendarEventKind.FREEZE, CalendarEventKind.OUTAGE})


@dataclass(frozen=True, slots=True)
class LocalTicket:
    """A ticket with the days on which it was opened and resolved, in its account's time zone."""

    ticket: StudyTicket
    opened_on: date
    resolved_on: date | None


@dataclass(frozen=True, slots=True)
class AccountStudy:
    """One account, its sites rolled up, ready to be judged.

    Attributes:
        account_id: Whose.
        usage: Its usage; days that are not over are NaN.
        total: The total, or the only or busiest meter where meters cannot be added, shape (days,);
            None without daily usage.
        tickets: By opening.
        unusual: Days of holidays, freezes and outages, shape (days,).
        left: The day on which it left, or None.
        digest: Of everything above.
    """

    account_id: AccountId
    usage: CombinedUsage
    total: NDArray[np.float64] | None
    tickets: tuple[LocalTicket, ...]
    unusual: NDArray[np.bool_]
    left: date | None
    digest: str

    @property
    def first_day(self) -> date:
        """Day of index 0; only asked for where there is daily usage."""
        return self.usage.first_day or date.min

    def day(self, index: int) -> date:
        """The day of an index."""
        return self.first_day + timedelta(days=index)

    def index(self, day: date) -> int:
        """The index of a day; may lie outside the axis."""
        return (day - self.first_day).days


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What holds for all accounts of a study."""

    meters: Mapping[MeterId, Meter]
    accounts: Mapping[AccountId, Account]
    events: Sequence[CalendarEvent]
    today: date


def tickets_by_account(store: Store, account_ids: Sequence[AccountId]) -> dict[AccountId, list[StudyTicket]]:
    """Every ticket of some accounts, by account and opening."""
    found: dict[AccountId, list[StudyTicket]] = {}
    for ticket in study_tickets(store, account_ids):
        found.setdefault(ticket.account_id, []).append(ticket)
    return found


def read_studies(
    store: Store,
    groups: Mapping[AccountId, Sequence[AccountId]],
    around: Surroundings,
    known_tickets: Mapping[AccountId, Sequence[StudyTicket]] | None = None,
) -> tuple[AccountStudy, ...]:
    """Reads what the accounts are judged by.

    Args:
        store: The workspace.
        groups: For each account, itself and the sites that roll up into it.
        around: Meters, accounts, calendar and today.
        known_tickets: Their tickets, where they were read already.
    """
    everyone = sorted({member for group in groups.values() for member in group})
    series: dict[AccountId, list[UsageSeries]] = {}
    for one in account_series(store, everyone):
        series.setdefault(one.account_id, []).append(one)
    read = tickets_by_account(store, everyone) if known_tickets is None else known_tickets
    tickets: dict[AccountId, list[LocalTicket]] = {}
    for member in everyone:
        account = around.accounts.get(member)
        zone = zone_of(account.time_zone if account else "UTC")
        tickets[member] = [
            LocalTicket(
                ticket,
                ticket.opened_at.astimezone(zone).date(),
                None if ticket.closed_at is None else ticket.closed_at.astimezone(zone).date(),
            )
            for ticket in read.get(member, ())
        ]
    gone = left_on(store, everyone)
    return tuple(
        study_of(
            account_id,
            [one for member in group for one in series.get(member, ())],
            sorted(
                (ticket for member in group for ticket in tickets.get(member, ())),
                key=lambda local: (local.ticket.opened_at, local.ticket.id),
            ),
            gone.get(account_id),
            around,
        )
        for account_id, group in groups.items()
    )


def study_of(
    account_id: AccountId,
    series: Sequence[UsageSeries],
    tickets: Sequence[LocalTicket],
    left: date | None,
    around: Surroundings,
) -> AccountStudy:
    """One account made ready to be judged.

    Args:
        account_id: Whose.
        series: Its usage and that of the sites that roll up into it.
        tickets: Their tickets, by opening.
        left: The day on which it left, or None.
        around: Meters, accounts, calendar and today.
    """
    usage = combine(series, around.meters)
    total = _total(usage)
    over = 0 if usage.first_day is None else (around.today - usage.first_day).days
    if total is not None and over < total.size:
        # A day that is not over counts as not reported yet.
        total = total.copy()
        total[max(over, 0) :] = np.nan
    unusual = _unusual(around.accounts.get(account_id), usage, around.events)
    digest = _digest(usage, total, tickets, unusual, left)
    return AccountStudy(account_id, usage, total, tuple(tickets), unusual, left, digest)


def _total(usage: CombinedUsage) -> NDArray[np.float64] | None:
    if usage.total is not None:
        return usage.total
    return next((meter.daily for meter in usage.meters if meter.daily is not None), None)


def _unusual(
    account: Account | None, usage: CombinedUsage, events: Sequence[CalendarEvent]
) -> NDArray[np.bool_]:
    flags = np.zeros(usage.days, dtype=np.bool_)
    if usage.first_day is None or account is None:
        return flags
    for event in events:
        if event.kind not in _UNUSUAL or event.account_id not in (None, account.id):
            continue
        if event.country is not None and event.country != account.country:
            continue
        start = max((event.first_day - usage.first_day).days, 0)
        flags[start : max((event.last_day - usage.first_day).days + 1, 0)] = True
    return flags


def _digest(
    usage: CombinedUsage,
    total: NDArray[np.float64] | None,
    tickets: Sequence[LocalTicket],
    unusual: NDArray[np.bool_],
    left: date | None,
) -> str:
    hashed = hashlib.blake2b(digest_size=16)
    hashed.update(f"{usage.first_day} {usage.days} {left}\n".encode())
    for meter in usage.meters:
        hashed.update(f"{meter.meter.id} {meter.meter.aggregation}\n".encode())
        if meter.daily is not None:
            hashed.update(np.ascontiguousarray(meter.daily).tobytes())
    if total is not None:
        hashed.update(np.isnan(total).tobytes())
    for local in tickets:
        ticket = local.ticket
        answered = ticket.first_response_minutes
        hashed.update(
            f"{ticket.id} {local.opened_on} {local.resolved_on} {ticket.priority} {answered}\n".encode()
        )
    hashed.update(unusual.tobytes())
    return hashed.hexdigest()
