"""The month to date and what it will come to, priced by the contracts."""

from __future__ import annotations

from statistics import median

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.account_figures import MeterSpend, Missing, SpendFigure
from convergedesk.domain.money import Money
from convergedesk.figures.account_money import AccountMoney, MeterMoney

Floats = NDArray[np.float64]
TOO_LITTLE = Missing(
    "Too little usage is known to say what the days ahead will bring.",
    "Usage by day of at least four weeks brings it.",
)


def spend_figure(money: AccountMoney) -> SpendFigure | None:
    """What the month in which the data ends comes to; None where nothing of it is priced."""
    if not money.meters:
        return None
    grid, row = money.grid, money.month
    length = int(grid.lengths[row])
    start = int(grid.starts[row])
    fees = money.billed.fees
    over = money.through.day
    so_far = (fees or 0) * over / length
    whole = float(fees or 0)
    meters: list[MeterSpend] = []
    together = np.zeros(3)
    accrued = so_far
    for one in money.meters:
        used = float(one.past[start : start + over].sum())
        accrued += used
        own, joint = _month_totals(one, money)
        together += joint
        meters.append(_meter(one, money, used, own, start, over))
    meters.sort(key=lambda one: (-(one.forecast or one.accrued).minor_units, one.name))
    known = money.joint is not None
    low, high = sorted((float(together[1]), float(together[2])))
    missing = [
        Missing(f"“{meter.name}” is used and not in it. {why}", "Add its price under Contract.")
        for meter, why in money.unpriced
    ]
    if not known:
        missing.append(TOO_LITTLE)

    def amount(value: float) -> Money:
        return Money(round(value), money.currency)

    return SpendFigure(
        currency=money.currency,
        month=grid.first_of(row),
        through=money.through,
        days_over=over,
        days_in_month=length,
        accrued=amount(accrued),
        forecast=amount(whole + float(together[0])) if known else None,
        low=amount(whole + min(low, float(together[0]))) if known else None,
        high=amount(whole + max(high, float(together[0]))) if known else None,
        usual=_usual(money, [one.past for one in money.meters], fees or 0),
        fees=None if fees is None else Money(fees, money.currency),
        meters=tuple(meters),
        missing=tuple(missing),
    )


def _month_totals(one: MeterMoney, money: AccountMoney) -> tuple[Floats, Floats]:
    """The month's price by the meter's own limits, and if all meters move together: middle, low, high."""
    if money.joint is None:
        return np.zeros(3), np.zeros(3)
    row = money.month
    days = slice(int(money.grid.starts[row]), int(money.grid.starts[row + 1]))
    ahead = one.ahead[:, days]
    coming = np.concatenate((ahead, ahead[:1] * money.joint[1:, days]))
    totals = one.money_ahead(money.grid, row, row + 1, coming).sum(axis=1)
    return totals[:3], totals[[0, 3, 4]]


def _meter(
    one: MeterMoney, money: AccountMoney, used: float, own: Floats, start: int, over: int
) -> MeterSpend:
    known = money.joint is not None and one.known
    low, high = sorted((float(own[1]), float(own[2])))

    def amount(value: float) -> Money:
        return Money(round(value), money.currency)

    return MeterSpend(
        meter_id=one.meter.id,
        name=one.meter.name,
        unit=one.meter.unit,
        units=_units(one, start, over),
        accrued=amount(used),
        forecast=amount(float(own[0])) if known else None,
        low=amount(min(low, float(own[0]))) if known else None,
        high=amount(max(high, float(own[0]))) if known else None,
        usual=_usual(money, [one.past], 0),
    )


def _units(one: MeterMoney, start: int, over: int) -> float:
    days = one.used[start : start + over]
    return float(days.sum() if one.meter.aggregation == "sum" else days.max(initial=0.0))


def _usual(money: AccountMoney, past: list[Floats], fees: int) -> Money | None:
    """The median of the last three full months, priced the same way."""
    grid = money.grid
    first = _first_with_usage(money)
    if first is None:
        return None
    totals: list[float] = []
    for row in range(max(money.month - 3, 0), money.month):
        start, end = int(grid.starts[row]), int(grid.starts[row + 1])
        if start >= first:
            totals.append(fees + float(sum(one[start:end].sum() for one in past)))
    return Money(round(median(totals)), money.currency) if totals else None


def _first_with_usage(money: AccountMoney) -> int | None:
    """Index of the first day of the grid on which anything was used."""
    used = np.flatnonzero(np.any([one.used > 0.0 for one in money.meters], axis=0))
    return int(used[0]) if used.size else None
