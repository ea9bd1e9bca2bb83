"""An account's usage as money: what it came to, and what it will come to, meter by meter and day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.billing import Commitment, Contract
from convergedesk.domain.terms import CommitmentKey
from convergedesk.domain.usage import Aggregation, Meter, MeterId
from convergedesk.figures.billed_months import NOTHING_BILLED, BilledMonths
from convergedesk.figures.priced_months import MonthGrid, TermSpan, priced_to_date, stated_spans
from convergedesk.figures.study_inputs import AccountStudy
from convergedesk.insights.forecast import Forecast, forecasts
from convergedesk.insights.levels import BASELINES
from convergedesk.insights.series import as_days

Floats = NDArray[np.float64]
LIKELY = 0.8
_HORIZONS = (7, 28, 91)
_OWN_PLACEBOS = 182
_MONTHS_BACK = 3
_LATELY = 28
_MIDDLE, _LOW, _HIGH = 0, 1, 2


@dataclass(frozen=True, slots=True)
class MeterMoney:
    """One meter's units and what they cost, on the grid of its account.

    Attributes:
        meter: The meter.
        spans: What it costs.
        used: Units by day up to the last day with usage, shape (days,); 0 where nothing was reported.
        ahead: Expected units of the days after, their lower and their upper limit, shape (3, days).
        past: Price of `used` by day, minor units, shape (days,).
        known: False where too little is known to expect anything.
        by_forecast: False where `ahead` is the mean of the last days, or for stocks their highest day.
    """

    meter: Meter
    spans: tuple[TermSpan, ...]
    used: Floats
    ahead: Floats
    past: Floats
    known: bool
    by_forecast: bool

    @property
    def priced(self) -> bool:
        """True where a contract states a price for at least a part of the days."""
        return any(span.price is not None for span in self.spans)

    def money_ahead(self, grid: MonthGrid, first: int, end: int, coming: Floats) -> Floats:
        """Price by day of the months from row `first` up to row `end`, shape (curves, days).

        Args:
            grid: The account's grid.
            first: Row of the month in which the data ends.
            end: Row after the last one.
            coming: Units expected of these days, 0 on known ones, shape (curves, days).
        """
        days = slice(int(grid.starts[first]), int(grid.starts[end]))
        inside = grid.inside[first:end]
        rows = np.zeros((coming.shape[0], *inside.shape))
        rows[:, inside] = self.used[days] + coming
        priced = priced_to_date(grid, rows, self.spans, self.meter.aggregation, first)
        priced[..., 1:] -= priced[..., :-1].copy()
        return priced[:, inside]


@dataclass(frozen=True, slots=True)
class AccountMoney:
    """Everything that spend and commitments of one account and currency follow from.

    Attributes:
        currency: ISO 4217.
        grid: The months that matter.
        through: Last day that is known.
        usage_through: Last day with usage, or None without any.
        today: The workspace's today.
        meters: Those that this currency prices.
        unpriced: Meters that are used and have no price, each with the reason.
        joint: Factors on the expected units if all meters move together: 1, lower and upper limit, shape
            (3, days); None where nothing can be said of the days ahead.
        billed: The bills.
        running: The commitments that run today in this currency, in the order in which they are drawn down.
        contracts: All contracts of the account.
    """

    currency: str
    grid: MonthGrid
    through: date
    usage_through: date | None
    today: date
    meters: tuple[MeterMoney, ...]
    unpriced: tuple[tuple[Meter, str], ...]
    joint: Floats | None
    billed: BilledMonths
    running: tuple[tuple[CommitmentKey, Commitment], ...]
    contracts: tuple[Contract, ...]

    @property
    def month(self) -> int:
        """Row of the month in which the data ends."""
        return self.grid.month_of(self.through)

    def fees_by_day(self) -> Floats:
        """The steady fees of the bills, spread over each month's days, shape (days,)."""
        fees = self.billed.fees or 0
        return np.repeat(fees / self.grid.lengths, self.grid.lengths)


def account_money(
    study: AccountStudy,
    mask: NDArray[np.bool_],
    contracts: Sequence[Contract],
    stated: Mapping[MeterId, tuple[Contract, ...]],
    bills: Mapping[str, BilledMonths],
    running: Sequence[tuple[CommitmentKey, Commitment]],
    today: date,
) -> tuple[AccountMoney, ...]:
    """Prepares an account's money, one entry for each currency of its prices and running commitments.

    Args:
        study: The account's usage.
        mask: Days of trouble that is over, no part of what is expected, shape (days,).
        contracts: Its contracts.
        stated: The same with nothing but one meter's terms, as `by_meter` takes them apart.
        bills: What it was billed, by currency.
        running: The commitments that run today.
        today: The workspace's today.
    """
    last = last_known(study, today)
    usage_through = None if last is None else study.day(last)
    found: list[AccountMoney] = []
    for currency in _currencies(contracts, running, usage_through or today):
        mine = tuple(pair for pair in running if pair[1].amount.currency == currency)
        billed = bills.get(currency, NOTHING_BILLED)
        through = min(usage_through or billed.through or today, today - timedelta(days=1))
        grid = _grid(through, [commitment for _, commitment in mine])
        found.append(
            _of_currency(study, last, mask, contracts, stated, currency, grid, through, today, billed, mine)
        )
    return tuple(found)


def last_known(study: AccountStudy, today: date) -> int | None:
    """Index of the last day on which any meter was reported and that is over; None without one."""
    if study.usage.first_day is None:
        return None
    days = min(study.usage.days, max((today - study.usage.first_day).days, 0))
    ends = [
        int(np.flatnonzero(known)[-1])
        for meter in study.usage.meters
        if meter.daily is not None and (known := np.isfinite(meter.daily[:days])).any()
    ]
    return max(ends, default=None)


def _currencies(
    contracts: Sequence[Contract], running: Sequence[tuple[CommitmentKey, Commitment]], day: date
) -> list[str]:
    held = {c.currency for c in contracts if c.prices and c.starts_on <= day and (c.ends_on or day) >= day}
    return sorted(held | {commitment.amount.currency for _, commitment in running})


def _grid(through: date, running: Sequence[Commitment]) -> MonthGrid:
    first = (through.replace(day=1) - timedelta(days=31 * _MONTHS_BACK)).replace(day=1)
    first = min([first, *(one.starts_on for one in running)])
    last = max([through, *(one.ends_on for one in running)])
    return MonthGrid.over(first, last)


def _of_currency(
    study: AccountStudy,
    last: int | None,
    mask: NDArray[np.bool_],
    contracts: Sequence[Contract],
    stated: Mapping[MeterId, tuple[Contract, ...]],
    currency: str,
    grid: MonthGrid,
    through: date,
    today: date,
    billed: BilledMonths,
    running: tuple[tuple[CommitmentKey, Commitment], ...],
) -> AccountMoney:
    meters: list[MeterMoney] = []
    unpriced: list[tuple[Meter, str]] = []
    month = grid.month_of(through)
    ends = grid.first_of(grid.months - 1) + timedelta(days=int(grid.lengths[-1]) - 1)
    for usage in study.usage.meters:
        if usage.daily is None or last is None or study.usage.first_day is None:
            continue
        spans = tuple(
            span if span.currency in (currency, None) else replace(span, price=None)
            for span in stated_spans(stated.get(usage.meter.id, ()), usage.meter.id, grid.first_month, ends)
        )
        now = next((span for span in spans if span.first <= through <= span.last), None)
        if now is None or now.price is None:
            if now is not None and now.why and _used_lately(usage.daily, last):
                unpriced.append((usage.meter, now.why))
            continue
        daily = grid.from_axis(as_days(usage.daily[: last + 1]), study.usage.first_day)
        used = np.maximum(np.nan_to_num(daily), 0.0)
        past = np.diff(
            priced_to_date(grid, grid.rows(used)[: month + 1], spans, usage.meter.aggregation),
            axis=-1,
            prepend=0.0,
        )[grid.inside[: month + 1]]
        past = np.concatenate((past, np.zeros(grid.days - past.size)))
        blank = np.zeros((3, grid.days))
        meters.append(MeterMoney(usage.meter, spans, used, blank, past, False, False))
    made = AccountMoney(
        currency,
        grid,
        through,
        None if last is None else study.day(last),
        today,
        tuple(meters),
        tuple(unpriced),
        None,
        billed,
        running,
        tuple(contracts),
    )
    return made if last is None else _looking_ahead(made, study, last, mask)


def _used_lately(daily: Floats, last: int) -> bool:
    return bool(np.nansum(daily[max(last - _LATELY + 1, 0) : last + 1]) > 0.0)


def _looking_ahead(
    money: AccountMoney, study: AccountStudy, last: int, mask: NDArray[np.bool_]
) -> AccountMoney:
    """The same with what is expected of the days after the data."""
    grid = money.grid
    end = grid.index(money.through) + 1
    days_left = int(grid.starts[money.month + 1]) - end
    ahead = grid.days - end
    by_id: dict[MeterId, Floats] = {
        m.meter.id: as_days(m.daily[: last + 1], mask[: last + 1])
        for m in study.usage.meters
        if m.daily is not None
    }
    flows = [m for m in money.meters if m.meter.aggregation is Aggregation.SUM]
    if not ahead:
        done = tuple(replace(meter, known=True) for meter in money.meters)
        return replace(money, joint=np.ones((3, grid.days)), meters=done)
    rows = np.vstack([by_id[m.meter.id] for m in flows]) if flows else np.zeros((0, last + 1))
    weekday = study.first_day.weekday()
    value = _value_series(flows, rows)
    horizons = sorted({h for h in (*_HORIZONS, days_left) if h > 0} if ahead > days_left else {days_left})
    known = [part for part in forecasts(value[np.newaxis], weekday, horizons)[0] if part is not None]
    # What suits the account's usage as a whole suits its meters; each by itself would cost the fourfold.
    baselines = (known[0].baseline,) if known else BASELINES
    horizon = days_left or _HORIZONS[0]
    own = [
        part[0] for part in forecasts(rows, weekday, (horizon,), baselines=baselines, placebos=_OWN_PLACEBOS)
    ]
    made: list[MeterMoney] = []
    for meter in money.meters:
        if meter in flows:
            made.append(_flow_ahead(meter, own[flows.index(meter)], by_id[meter.meter.id], end, grid))
        else:
            made.append(_stock_ahead(meter, by_id[meter.meter.id], end))
    if not known:
        return replace(money, meters=tuple(made))
    worth = [part.ahead[_MIDDLE] * rate for part, rate in zip(made, _rates(made), strict=True)]
    return replace(
        money,
        meters=tuple(made),
        joint=_joint(known, np.asarray(np.sum(worth, axis=0), dtype=np.float64), end),
    )


def _value_series(flows: Sequence[MeterMoney], rows: Floats) -> Floats:
    """What the account's usage of each day is worth at usual prices, shape (days,)."""
    if not flows:
        return np.full(rows.shape[1:], np.nan)
    rates = np.array(_rates(flows))
    if not (rates > 0.0).any():
        means = np.array([np.nanmean(row) if np.isfinite(row).any() else 0.0 for row in rows])
        rates = np.divide(100.0, means, out=np.zeros_like(means), where=means > 0.0)
    worth = rows * rates[:, np.newaxis]
    total: Floats = np.asarray(np.nansum(worth, axis=0), dtype=np.float64)
    total[np.isnan(rows[rates > 0.0]).all(axis=0)] = np.nan
    return total


def _rates(meters: Sequence[MeterMoney]) -> list[float]:
    """Usual price of one unit: what the known days of the grid came to, by their units."""
    found: list[float] = []
    for one in meters:
        units = float(one.used.sum())
        found.append(float(one.past.sum()) / units if units > 0.0 else 0.0)
    return found


def _flow_ahead(
    meter: MeterMoney, known: Forecast | None, days: Floats, end: int, grid: MonthGrid
) -> MeterMoney:
    ahead = np.zeros((3, grid.days))
    if known is None:
        lately = days[-_LATELY:]
        seen = lately[np.isfinite(lately)]
        ahead[:, end:] = float(seen.mean()) if seen.size else 0.0
        return replace(meter, ahead=ahead, known=bool(seen.size), by_forecast=False)
    coming = known.daily(known.origin + grid.days - end)[known.origin :]
    low, high = known.spread.limits(LIKELY)
    ahead[_MIDDLE, end:] = coming
    ahead[_LOW, end:] = coming * np.exp(low)
    ahead[_HIGH, end:] = coming * np.exp(high)
    return replace(meter, ahead=ahead, known=True, by_forecast=True)


def _stock_ahead(meter: MeterMoney, days: Floats, end: int) -> MeterMoney:
    """Of stocks and people the highest of the last 28 days is expected to come again."""
    ahead = np.zeros((3, meter.used.size))
    lately = days[-_LATELY:]
    seen = lately[np.isfinite(lately)]
    if seen.size:
        ahead[_MIDDLE, end:] = float(seen.max())
        ahead[_LOW, end:] = float(seen.min())
        ahead[_HIGH, end:] = max(float(np.nanmax(days[-3 * _LATELY :])), float(seen.max()))
    return replace(meter, ahead=ahead, known=bool(seen.size), by_forecast=False)


def _joint(known: Sequence[Forecast], expected: Floats, end: int) -> Floats:
    """Factors on each coming day, middle, low and high, such that totals stay within their limits."""
    joint = np.ones((3, expected.size))
    coming = expected[end:]
    later = np.arange(1, coming.size + 1, dtype=np.float64)
    horizons = np.array([part.horizon for part in known], dtype=np.float64)
    limits = np.array([part.spread.limits(LIKELY) for part in known])
    total = np.cumsum(coming if coming.any() else np.ones(coming.size))
    daily = np.diff(total, prepend=0.0)
    for side, at in ((0, _LOW), (1, _HIGH)):
        # Beyond the last horizon that history can judge, limits widen as an error that keeps wandering does.
        inside = np.interp(later, horizons, limits[:, side]) * np.sqrt(np.maximum(later / horizons[-1], 1.0))
        reached = np.diff(np.maximum.accumulate(total * np.exp(inside)), prepend=0.0)
        joint[at, end:] = np.divide(reached, daily, out=np.ones(daily.size), where=daily > 0.0)
    return joint
