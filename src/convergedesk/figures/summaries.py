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
from convergedesk.domain.usage import Aggregation, Meter, MeterId
from convergedesk.figures.timeline import zone_of
from convergedesk.figures.usage_view import nan_sum
from convergedesk.store.engine import Store
from convergedesk.store.instants import first_of_month
from convergedesk.store.summaries import (
    AccountSummary,
    SummaryInputs,
    TicketCounts,
    UsageBlocks,
    family,
    kept_last_day,
    last_usage_day,
    read_inputs,
    write_summaries,
)

SPARK_DAYS = 90
WINDOW = 28
# A change between two windows is stated only where both were reported well enough.
_LEAST_REPORTED = 20


def refresh_summaries(
    store: Store, touched: Collection[AccountId] | None, *, today: date, now: datetime
) -> frozenset[AccountId]:
    """Compute and keep the summaries of the touched accounts and their parents.

    When the last day with usage has moved, every account's window has moved too, and all
    are computed.

    Args:
        store: The workspace.
        touched: The accounts that a change touched; None for all.
        today: The workspace's today.
        now: The instant to note as time of computation.

    Returns:
        The accounts whose summary was computed.
    """
    with store.write() as connection:
        parents = family(connection)
        last = last_usage_day(connection)
        moved = last != kept_last_day(connection)
        wanted = set(parents) if touched is None or moved else _with_parents(touched, parents)
        members = _members(wanted, parents)
        window_end = last or today
        inputs = read_inputs(
            connection,
            {account for group in members.values() for account in group},
            window_start=window_end - timedelta(days=SPARK_DAYS - 1),
            today=today,
        )
        write_summaries(connection, _summarise(members, inputs, last, today), now)
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


@dataclass(frozen=True, slots=True)
class _Window:
    """Ninety days of each (account, meter): values of shape (pairs, 90)."""

    pairs: dict[tuple[int, int], int]
    values: NDArray[np.float64]


def _summarise(
    members: Mapping[AccountId, Sequence[AccountId]], inputs: SummaryInputs, last: date | None, today: date
) -> list[AccountSummary]:
    window = None if last is None else _window(inputs.usage, inputs.meters, last)
    by_account = _meters_by_account(window)
    ticks = _ticks(inputs, last or today)
    return [
        _one(account, group, inputs, window, by_account, ticks, last, today)
        for account, group in members.items()
    ]


def _window(usage: UsageBlocks, meters: Mapping[MeterId, Meter], last: date) -> _Window:
    """Several subjects of one account and meter are added up (or their greatest taken)."""
    pairs: dict[tuple[int, int], int] = {}
    rows = np.empty(usage.months.size, dtype=np.int64)
    for i, pair in enumerate(zip(usage.account_ids.tolist(), usage.meter_ids.tolist(), strict=True)):
        rows[i] = pairs.setdefault(pair, len(pairs))
    start = np.datetime64(last, "D") - (SPARK_DAYS - 1)
    values = np.full((len(pairs), SPARK_DAYS), np.nan)
    adds = np.array([meters[MeterId(m)].aggregation is Aggregation.SUM for _, m in pairs], dtype=bool)
    for month in np.unique(usage.months).tolist():
        offset = int((np.datetime64(first_of_month(month), "D") - start).astype(int))
        lo, hi = max(0, -offset), min(31, SPARK_DAYS - offset)
        if hi <= lo:
            continue
        chosen = usage.months == month
        block, target = usage.quantities[chosen, lo:hi], rows[chosen]
        span = slice(offset + lo, offset + hi)
        known = ~np.isnan(block)
        for combine, of_kind in ((np.add, adds), (np.fmax, ~adds)):
            mine = of_kind[target]
            if not mine.any():
                continue
            base = values[:, span].copy()
            if combine is np.add:
                gained = np.zeros_like(base)
                np.add.at(gained, target[mine], np.where(known[mine], block[mine], 0.0))
                seen = np.zeros(base.shape, dtype=bool)
                np.logical_or.at(seen, target[mine], known[mine])
                values[:, span] = np.where(seen, np.where(np.isnan(base), 0.0, base) + gained, base)
            else:
                np.fmax.at(base, target[mine], block[mine])
                values[:, span] = base
    return _Window(pairs, values)


def _meters_by_account(window: _Window | None) -> dict[int, list[tuple[int, int]]]:
    by_account: dict[int, list[tuple[int, int]]] = {}
    if window is not None:
        for (account, meter), row in window.pairs.items():
            by_account.setdefault(account, []).append((meter, row))
    return by_account


def _ticks(inputs: SummaryInputs, last: date) -> dict[AccountId, list[TicketTick]]:
    start = last - timedelta(days=SPARK_DAYS - 1)
    ticks: dict[AccountId, list[TicketTick]] = {}
    for account, openings in inputs.openings.items():
        zone = zone_of(inputs.time_zones.get(account, "UTC"))
        offsets = [((at.astimezone(zone).date() - start).days, high) for at, high in openings]
        ticks[account] = [TicketTick(day, high) for day, high in offsets if 0 <= day < SPARK_DAYS]
    return ticks


def _one(
    account: AccountId,
    group: Sequence[AccountId],
    inputs: SummaryInputs,
    window: _Window | None,
    by_account: Mapping[int, Sequence[tuple[int, int]]],
    ticks: Mapping[AccountId, Sequence[TicketTick]],
    last: date | None,
    today: date,
) -> AccountSummary:
    values, unit, count = _series(group, inputs.meters, window, by_account)
    marks = sorted((t for member in group for t in ticks.get(member, ())), key=lambda t: (t.offset, t.high))
    recent, previous = _totals(values)
    goals = [goal for member in group for goal in inputs.goals.get(member, ())]
    spark_values = () if values is None else tuple(values.tolist())
    return AccountSummary(
        account_id=account,
        spark=Spark(last if spark_values else None, spark_values, unit, count, tuple(marks)),
        usage_28=recent,
        usage_previous_28=previous,
        tickets=_tickets(group, inputs),
        billed=_last_billed(group, inputs),
        mrr=_one_currency([m for member in group for m in inputs.recurring.get(member, ())]),
        commitment=_commitment(group, inputs),
        goals_open=len(goals),
        goals_overdue=sum(
            goal.due_on is not None
            and goal.due_on < today
            and not _reached(goal.start, goal.target, goal.current)
            for goal in goals
        ),
    )


def _series(
    group: Sequence[AccountId],
    meters: Mapping[MeterId, Meter],
    window: _Window | None,
    by_account: Mapping[int, Sequence[tuple[int, int]]],
) -> tuple[NDArray[np.float64] | None, str, int]:
    if window is None:
        return None, "", 0
    by_meter: dict[int, list[int]] = {}
    for member in group:
        for meter, row in by_account.get(member, ()):
            by_meter.setdefault(meter, []).append(row)
    addable: dict[str, list[int]] = {}
    for meter in by_meter:
        if meters[MeterId(meter)].aggregation is Aggregation.SUM:
            addable.setdefault(meters[MeterId(meter)].unit, []).append(meter)
    if not addable:
        return None, "", 0

    def volume(of: Iterable[int]) -> float:
        return float(np.nansum(window.values[[row for meter in of for row in by_meter[meter]]]))

    unit, chosen = max(addable.items(), key=lambda item: (len(item[1]), volume(item[1]), item[0]))
    if len(chosen) == 1:
        chosen = [max((m for of in addable.values() for m in of), key=lambda m: (volume([m]), -m))]
        unit = meters[MeterId(chosen[0])].unit
    summed = nan_sum([window.values[row] for meter in chosen for row in by_meter[meter]])
    return (None, "", 0) if np.isnan(summed).all() else (summed, unit, len(chosen))


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


def _reached(start: float, target: float, current: float | None) -> bool:
    if current is None:
        return False
    return current >= target if target >= start else current <= target
