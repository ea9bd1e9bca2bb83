"""What accounts used: series of one account, a matrix of many, totals by month.

Accounts are read one by one as asked for; whoever rolls sites up passes their ids and adds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.usage import (
    Aggregation,
    Feature,
    FeatureId,
    Granularity,
    Meter,
    MeterId,
    MonthUsage,
    UsageMatrix,
    UsageSeries,
)
from convergedesk.store.engine import Store
from convergedesk.store.instants import first_of_month, month_number
from convergedesk.store.tables import features as feature_table
from convergedesk.store.tables import meters as meter_table
from convergedesk.store.tables.usage import DAYS_PER_BLOCK
from convergedesk.store.usage_blocks import decode, month_starts

_EPOCH = np.datetime64("1970-01-01", "D")
_MONTHS_EVER = (0, 9999 * 12 + 11)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Values of whole months, one row per account, meter and month, sorted by the three.

    `quantities` has 31 columns for daily usage and 1 for monthly.
    """

    accounts: NDArray[np.int64]
    meters: NDArray[np.int64]
    months: NDArray[np.int64]
    quantities: NDArray[np.float64]


def meters(store: Store, account_ids: Sequence[AccountId] | None = None) -> tuple[Meter, ...]:
    """Every meter, or those that the accounts have used, by name."""
    query = select(meter_table).order_by(meter_table.c.name, meter_table.c.id)
    with store.read() as connection:
        if account_ids is not None:
            used = connection.exec_driver_sql(
                # Each by its own index: over both at once SQLite reads everybody's usage.
                "SELECT u.meter_id FROM usage_subjects s JOIN usage_days u ON u.subject_id = s.id "
                "WHERE s.account_id IN (SELECT value FROM json_each(?1)) "
                "UNION SELECT u.meter_id FROM usage_subjects s JOIN usage_months u ON u.subject_id = s.id "
                "WHERE s.account_id IN (SELECT value FROM json_each(?1))",
                (json.dumps(list(account_ids)),),
            ).scalars()
            query = query.where(meter_table.c.id.in_(list(used)))
        rows = connection.execute(query).all()
    return tuple(
        Meter(MeterId(row.id), row.key, row.name, row.unit, row.aggregation, row.absent_is_zero)
        for row in rows
    )


def features(store: Store) -> tuple[Feature, ...]:
    """Every feature, by name."""
    with store.read() as connection:
        rows = connection.execute(select(feature_table).order_by(feature_table.c.name)).all()
    return tuple(Feature(FeatureId(row.id), row.key, row.name) for row in rows)


def account_series(store: Store, account_ids: Sequence[AccountId]) -> tuple[UsageSeries, ...]:
    """All usage of some accounts.

    What the subjects of one account report is combined: added for sum meters, the greatest
    value for others.

    Returns:
        One series per account, meter and granularity, from the first to the last reported
        value, ordered by account and meter.
    """
    with store.read() as connection:
        daily = _read_days(connection, account_ids, _MONTHS_EVER)
        monthly = _read_months(connection, account_ids, _MONTHS_EVER)
    return (*_series(daily, Granularity.DAY), *_series(monthly, Granularity.MONTH))


def portfolio_days(
    store: Store, first_day: date, last_day: date, *, account_ids: Sequence[AccountId] | None = None
) -> UsageMatrix:
    """Daily usage of all accounts (or some) from `first_day` to `last_day`, both included."""
    with store.read() as connection:
        blocks = _read_days(connection, account_ids, (month_number(first_day), month_number(last_day)))
    accounts, row = np.unique(blocks.accounts, return_inverse=True)
    meter_ids, column = np.unique(blocks.meters, return_inverse=True)
    days = (last_day - first_day).days + 1
    values = np.full((accounts.size, meter_ids.size, days), np.nan)
    start = int((np.datetime64(first_day, "D") - _EPOCH).astype(np.int64))
    for month in np.unique(blocks.months):
        mine = blocks.months == month
        begin, end = month_starts(np.array([month, month + 1])) - start
        # Months that stick out at either end of the window are cut.
        left, right = max(int(begin), 0), min(int(end), days)
        block = blocks.quantities[mine, left - int(begin) : right - int(begin)]
        values[row[mine], column[mine], left:right] = block
    values.setflags(write=False)
    return UsageMatrix(
        tuple(AccountId(a) for a in accounts.tolist()),
        tuple(MeterId(m) for m in meter_ids.tolist()),
        first_day,
        values,
    )


def month_totals(store: Store, account_ids: Sequence[AccountId] | None = None) -> tuple[MonthUsage, ...]:
    """Totals by account, meter and month, of all accounts or some, in that order.

    Months that were reported as such stand beside totals of days; a month known both ways
    takes the days.
    """
    with store.read() as connection:
        kinds = _aggregations(connection)
        daily = _read_days(connection, account_ids, _MONTHS_EVER)
        monthly = _read_months(connection, account_ids, _MONTHS_EVER)
    found: dict[tuple[int, int, int], float] = {}
    for blocks in (monthly, daily):
        adds = np.isin(blocks.meters, [m for m, kind in kinds.items() if kind is Aggregation.SUM])
        greatest: NDArray[np.float64] = np.fmax.reduce(blocks.quantities, axis=1, initial=-np.inf)
        totals = np.where(adds, np.nansum(blocks.quantities, axis=1), greatest)
        known = np.isfinite(greatest)
        keys = zip(
            blocks.accounts[known].tolist(),
            blocks.meters[known].tolist(),
            blocks.months[known].tolist(),
            strict=True,
        )
        found.update(zip(keys, totals[known].tolist(), strict=True))
    return tuple(
        MonthUsage(AccountId(account), MeterId(meter), first_of_month(month), quantity)
        for (account, meter, month), quantity in sorted(found.items())
    )


def last_day(store: Store, account_ids: Sequence[AccountId] | None = None) -> date | None:
    """The last day on which any of the accounts reported usage, or None."""
    with store.read() as connection:
        newest = connection.exec_driver_sql(
            "SELECT max(d.month) FROM usage_subjects s JOIN usage_days d ON d.subject_id = s.id "  # noqa: S608
            f"WHERE s.account_id {_chosen(account_ids)}",
            _chosen_values(account_ids),
        ).scalar()
        if newest is None:
            return None
        blocks = _read_days(connection, account_ids, (newest, newest))
    reported = np.flatnonzero(~np.isnan(blocks.quantities).all(axis=0))
    return first_of_month(newest).replace(day=int(reported[-1]) + 1) if reported.size else None


def _chosen(account_ids: Sequence[AccountId] | None) -> str:
    return "IS NOT NULL" if account_ids is None else "IN (SELECT value FROM json_each(?))"


def _chosen_values(account_ids: Sequence[AccountId] | None) -> tuple[str, ...]:
    return () if account_ids is None else (json.dumps(list(account_ids)),)


def _aggregations(connection: Connection) -> dict[int, Aggregation]:
    rows = connection.execute(select(meter_table.c.id, meter_table.c.aggregation))
    return {row.id: row.aggregation for row in rows}


def _read_days(
    connection: Connection, account_ids: Sequence[AccountId] | None, months: tuple[int, int]
) -> _Blocks:
    labels, blocks = _select(connection, "usage_days", "quantities", account_ids, months)
    return _combined(connection, labels, decode(blocks))


def _read_months(
    connection: Connection, account_ids: Sequence[AccountId] | None, months: tuple[int, int]
) -> _Blocks:
    labels, values = _select(connection, "usage_months", "quantity", account_ids, months)
    return _combined(connection, labels, np.array(values, dtype=np.float64).reshape(-1, 1))


def _select(
    connection: Connection,
    table: str,
    value: str,
    account_ids: Sequence[AccountId] | None,
    months: tuple[int, int],
) -> tuple[NDArray[np.int64], Sequence[Any]]:
    # Table and column are ours, never a person's.
    statement = (
        f"SELECT s.account_id, u.meter_id, u.month, u.{value} FROM usage_subjects s "  # noqa: S608
        f"JOIN {table} u ON u.subject_id = s.id "
        f"WHERE s.account_id {_chosen(account_ids)} AND u.month BETWEEN ? AND ?"
    )
    rows = connection.exec_driver_sql(statement, (*_chosen_values(account_ids), *months)).all()
    columns = tuple(zip(*rows, strict=True)) or ((), (), (), ())
    return np.array(columns[:3], dtype=np.int64), columns[3]


def _combined(connection: Connection, labels: NDArray[np.int64], quantities: NDArray[np.float64]) -> _Blocks:
    """One block per account, meter and month, its subjects combined. `labels` has shape (3, n)."""
    order = np.lexsort(labels[::-1])
    labels, quantities = labels[:, order], quantities[order]
    new = (labels[:, 1:] != labels[:, :-1]).any(axis=0)
    starts = np.flatnonzero(np.r_[True, new][: order.size])
    if starts.size < order.size:
        adds = [m for m, kind in _aggregations(connection).items() if kind is Aggregation.SUM]
        sums = np.add.reduceat(np.nan_to_num(quantities), starts)
        greatest = np.fmax.reduceat(quantities, starts)
        labels, quantities = labels[:, starts], greatest
        summed = np.isin(labels[1], adds)[:, None] & ~np.isnan(greatest)
        quantities = np.where(summed, sums, greatest)
    return _Blocks(labels[0], labels[1], labels[2], quantities)


def _series(blocks: _Blocks, granularity: Granularity) -> list[UsageSeries]:
    if not blocks.months.size:
        return []
    group = (blocks.accounts[1:] != blocks.accounts[:-1]) | (blocks.meters[1:] != blocks.meters[:-1])
    edges = [0, *(np.flatnonzero(group) + 1).tolist(), blocks.months.size]
    found: list[UsageSeries] = []
    for begin, end in pairwise(edges):
        months, quantities = blocks.months[begin:end], blocks.quantities[begin:end]
        by_day = granularity is Granularity.DAY
        positions = month_starts(months)[:, None] + np.arange(DAYS_PER_BLOCK) if by_day else months[:, None]
        known = ~np.isnan(quantities)
        if not known.any():
            continue
        at = positions[known]
        first, last = int(at.min()), int(at.max())
        values = np.full(last - first + 1, np.nan)
        values[at - first] = quantities[known]
        values.setflags(write=False)
        start = (_EPOCH + first).item() if by_day else first_of_month(first)
        found.append(
            UsageSeries(
                AccountId(int(blocks.accounts[begin])),
                MeterId(int(blocks.meters[begin])),
                granularity,
                start,
                values,
            )
        )
    return found
