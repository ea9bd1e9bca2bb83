"""What Home shows of each account, computed set-wise and kept.

Usage is the sum of the meters that share the unit most of the account's meters share (as
on the Account page); where no two meters share a unit it is the busiest meter. Windows end
on the last day on which anybody in the workspace has usage, so that an account that has
gone silent shows as silent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import CommitmentUse, Spark, TicketTick
from convergedesk.domain.usage import Aggregation, Meter, UsageMatrix
from convergedesk.figures.timeline import zone_of
from convergedesk.figures.usage_view import nan_sum
from convergedesk.store.engine import Store
from convergedesk.store.summaries import (
    AccountSummary,
    GoalDue,
    SummaryInputs,
    TicketCounts,
    family,
    kept_last_day,
    read_inputs,
    write_summaries,
)
from convergedesk.store.usage import last_day, meters, portfolio_days

SPARK_DAYS = 90
WINDOW = 28
# A change between two windows is stated only where both were reported well enough.
_LEAST_REPORTED = 20


def refresh_summaries(
    store: Store,
    touched: Collection[AccountId] | None,
    *,
    today: date,
    now: datetime,
    usage_moved: bool = True,
) -> frozenset[AccountId]:
    """Compute and keep the summaries of the touched accounts and their parents.

    When the last day with usage has moved, every account's window has moved too, and all
    are computed.

    Args:
        store: The workspace.
        touched: The accounts that a change touched; None for all.
        today: The workspace's today.
        now: The instant to note as time of computation.
        usage_moved: False after a person's edit, which brings no usage; finding the last day
            with usage takes longer than all the rest.

    Returns:
        The accounts whose summary was computed.
    """
    last = last_day(store) if usage_moved else None
    with store.write() as connection:
        kept = kept_last_day(connection)
        if not usage_moved:
            last = kept
        parents = family(connection)
        wanted = set(parents)
        if touched is not None and last == kept:
            wanted = _with_parents(touched, parents)
        members = _members(wanted, parents)
        everyone = {account for group in members.values() for account in group}
        first = (last or today) - timedelta(days=SPARK_DAYS - 1)
        inputs = read_inputs(connection, everyone, window_start=first, today=today)
        usage = None if last is None else portfolio_days(store, first, last, account_ids=sorted(everyone))
        facts = _Facts(inputs, _Usage(usage, meters(store)), _ticks(inputs, first), last, today)
        write_summaries(connection, [_one(a, group, facts) for a, group in members.items()], now)
    return frozenset(wanted)


def _with_parents(
    touched: Iterable[AccountId], parents: Mapping[AccountId, AccountId | None]
) -> set[AccountId]:
    wanted: set[AccountId] = set()
    for account in touched:
        current: AccountId | None = account
        while current is not None and current in parents and current not in wanted:
            wanted.add(current)
            current = parents[current]
    return wanted


def _members(
    wanted: Collection[AccountId], parents: Mapping[AccountId, AccountId | None]
) -> dict[AccountId, list[AccountId]]:
    members: dict[AccountId, list[AccountId]] = {account: [account] for account in wanted}
    for account in parents:
        seen = {account}
        above = parents[account]
        while above is not None and above not in seen:
            if above in members:
                members[above].append(account)
            seen.add(above)
            above = parents.get(above)
    return members


class _Usage:
    """Ninety days of every account and meter, with the meters that each account uses."""

    def __init__(self, matrix: UsageMatrix | None, known: Iterable[Meter]) -> None:
        self.meters = {meter.id: meter for meter in known}
        self._matrix = matrix
        self._rows = {} if matrix is None else {account: i for i, account in enumerate(matrix.account_ids)}
        self._used: NDArray[np.bool_] | None = (
            None if matrix is None else np.asarray(np.any(~np.isnan(matrix.values), axis=2))
        )

    def of(self, group: Iterable[AccountId]) -> dict[Meter, list[NDArray[np.float64]]]:
        """What a group used, by meter: one array of shape (90,) for each account that did."""
        used: dict[Meter, list[NDArray[np.float64]]] = {}
        if self._matrix is None or self._used is None:
            return used
        for row in (self._rows[account] for account in group if account in self._rows):
            for column in np.flatnonzero(self._used[row]).tolist():
                meter = self.meters[self._matrix.meter_ids[column]]
                used.setdefault(meter, []).append(self._matrix.values[row, column])
        return used


@dataclass(frozen=True, slots=True)
class _Facts:
    inputs: SummaryInputs
    usage: _Usage
    ticks: Mapping[AccountId, Sequence[TicketTick]]
    last: date | None
    today: date


def _ticks(inputs: SummaryInputs, start: date) -> dict[AccountId, list[TicketTick]]:
    ticks: dict[AccountId, list[TicketTick]] = {}
    for account, openings in inputs.openings.items():
        zone = zone_of(inputs.time_zones.get(account, "UTC"))
        offsets = [((at.astimezone(zone).date() - start).days, high) for at, high in openings]
        ticks[account] = [TicketTick(day, high) for day, high in offsets if 0 <= day < SPARK_DAYS]
    return ticks


def _one(account: AccountId, group: Sequence[AccountId], facts: _Facts) -> AccountSummary:
    inputs = facts.inputs
    values, unit, count = _series(facts.usage.of(group))
    marks = sorted((t for m in group for t in facts.ticks.get(m, ())), key=lambda t: (t.offset, t.high))
    recent, previous = _totals(values)
    goals = [goal for member in group for goal in inputs.goals.get(member, ())]
    spark = () if values is None else tuple(values.tolist())
    return AccountSummary(
        account_id=account,
        spark=Spark(facts.last if spark else None, spark, unit, count, tuple(marks)),
        usage_28=recent,
        usage_previous_28=previous,
        tickets=_tickets(group, inputs),
        billed=_last_billed(group, inputs),
        mrr=_one_currency([m for member in group for m in inputs.recurring.get(member, ())]),
        commitment=_commitment(group, inputs),
        goals_open=len(goals),
        goals_overdue=sum(_overdue(goal, facts.today) for goal in goals),
    )


def _series(
    used: Mapping[Meter, Sequence[NDArray[np.float64]]],
) -> tuple[NDArray[np.float64] | None, str, int]:
    addable: dict[str, list[Meter]] = {}
    for meter in used:
        if meter.aggregation is Aggregation.SUM:
            addable.setdefault(meter.unit, []).append(meter)
    if not addable:
        return None, "", 0

    def volume(of: Iterable[Meter]) -> float:
        return sum(float(np.nansum(part)) for meter in of for part in used[meter])

    unit, chosen = max(addable.items(), key=lambda item: (len(item[1]), volume(item[1]), item[0]))
    if len(chosen) == 1:
        busiest = max((m for of in addable.values() for m in of), key=lambda m: (volume([m]), m.name))
        unit, chosen = busiest.unit, [busiest]
    return nan_sum([part for meter in chosen for part in used[meter]]), unit, len(chosen)


def _totals(values: NDArray[np.float64] | None) -> tuple[float | None, float | None]:
    if values is None:
        return None, None
    recent, previous = values[-WINDOW:], values[-2 * WINDOW : -WINDOW]
    reported = [int((~np.isnan(part)).sum()) for part in (recent, previous)]
    if reported[0] == 0:
        return None, None
    comparable = min(reported) >= _LEAST_REPORTED
    return float(np.nansum(recent)), float(np.nansum(previous)) if comparable else None


def _tickets(group: Sequence[AccountId], inputs: SummaryInputs) -> TicketCounts:
    mine = [inputs.tickets[member] for member in group if member in inputs.tickets]
    oldest = min((c.oldest_high for c in mine if c.oldest_high is not None), default=None)
    return TicketCounts(sum(c.open for c in mine), sum(c.high for c in mine), oldest)


def _last_billed(group: Sequence[AccountId], inputs: SummaryInputs) -> tuple[int, Money] | None:
    entries = [entry for member in group for entry in inputs.billed.get(member, ())]
    if not entries:
        return None
    month = max(number for number, _ in entries)
    amount = _one_currency([money for number, money in entries if number == month])
    return None if amount is None else (month, amount)


def _commitment(group: Sequence[AccountId], inputs: SummaryInputs) -> CommitmentUse | None:
    running = [c for member in group for c in inputs.commitments.get(member, ())]
    if not running:
        return None
    chosen = max(running, key=lambda c: (c.starts_on, c.amount.minor_units))
    billed = sum(
        money.minor_units
        for member in group
        for day, money in inputs.invoiced.get(member, ())
        if money.currency == chosen.amount.currency and chosen.starts_on <= day <= chosen.ends_on
    )
    return CommitmentUse(
        chosen.amount, Money(billed, chosen.amount.currency), chosen.starts_on, chosen.ends_on
    )


def _one_currency(amounts: Sequence[Money]) -> Money | None:
    if not amounts or len({money.currency for money in amounts}) > 1:
        return None
    return Money(sum(money.minor_units for money in amounts), amounts[0].currency)


def _overdue(goal: GoalDue, today: date) -> bool:
    if goal.due_on is None or goal.due_on >= today:
        return False
    if goal.current is None:
        return True
    return goal.current < goal.target if goal.target >= goal.start else goal.current > goal.target
