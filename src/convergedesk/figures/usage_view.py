"""An account's usage on one day axis, with its sites rolled up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.usage import Aggregation, Granularity, Meter, MeterId, UsageSeries
from convergedesk.figures.account import MeterUsage

_RECENT = 90


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    days: int


_NO_AXIS = _Axis(date.min, 0)


@dataclass(frozen=True, slots=True)
class CombinedUsage:
    """Usage of one account and its sites.

    Attributes:
        first_day: Day of index 0, or None without daily usage.
        days: Length of the axis.
        meters: By descending volume of the last 90 days.
        total: Sum over the meters of the most shared unit, or None with fewer than two.
        total_meters: How many were added.
        total_unit: Their unit.
    """

    first_day: date | None
    days: int
    meters: tuple[MeterUsage, ...]
    total: NDArray[np.float64] | None
    total_meters: int
    total_unit: str

    @property
    def total_label(self) -> str:
        """What was added, in words; empty without a total."""
        if self.total is None:
            return ""
        unit = f" counted in {plural(self.total_unit)}" if self.total_unit else ""
        return f"Total of {self.total_meters} meters{unit}"

    @property
    def last_day(self) -> date | None:
        """Last day of the axis, or None without daily usage."""
        return None if self.first_day is None else self.first_day + timedelta(days=self.days - 1)


def plural(unit: str) -> str:
    """A unit's plural; abbreviations such as 'GB' and words that end in s stay as they are."""
    return unit if unit.isupper() or unit.endswith("s") else unit + "s"


def combine(series: Iterable[UsageSeries], meters: Mapping[MeterId, Meter]) -> CombinedUsage:
    """Lay all series on one axis, roll up sites, and add what may be added.

    Sites add up for sum meters; for others the greatest value counts. A day is NaN only
    where no site reported it. Meters that are known by month only get no daily values.
    """
    by_meter: dict[MeterId, list[UsageSeries]] = {}
    for one in series:
        if one.values.size and one.meter_id in meters:
            by_meter.setdefault(one.meter_id, []).append(one)
    daily = [s for group in by_meter.values() for s in group if s.granularity is Granularity.DAY]
    if not daily:
        monthly = tuple(_meter_usage(meters[key], group, _NO_AXIS) for key, group in by_meter.items())
        return CombinedUsage(None, 0, _by_volume(monthly), None, 0, "")
    first = min(s.first_day for s in daily)
    last = max(s.first_day + timedelta(days=s.values.size - 1) for s in daily)
    axis = _Axis(first, (last - first).days + 1)
    usages = _by_volume(_meter_usage(meters[key], group, axis) for key, group in by_meter.items())
    total, count, unit = _total(usages)
    return CombinedUsage(first, axis.days, usages, total, count, unit)


def nan_sum(parts: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Element-wise sum that is NaN only where every part is. Shape (n,)."""
    stack = np.vstack(parts)
    missing = np.isnan(stack)
    summed = np.where(missing, 0.0, stack).sum(axis=0)
    summed[missing.all(axis=0)] = np.nan
    return summed


def _by_volume(usages: Iterable[MeterUsage]) -> tuple[MeterUsage, ...]:
    return tuple(sorted(usages, key=lambda u: (-_recent_volume(u), u.meter.name)))


def _meter_usage(meter: Meter, group: Sequence[UsageSeries], axis: _Axis) -> MeterUsage:
    placed: list[NDArray[np.float64]] = []
    by_month: dict[date, float] = {}
    for one in group:
        if one.granularity is Granularity.MONTH:
            _add_months(by_month, _month_steps(one), meter.aggregation)
            continue
        row = np.full(axis.days, np.nan)
        start = (one.first_day - axis.first).days
        row[start : start + one.values.size] = one.values
        placed.append(row)
    daily = None if not placed else _merge(placed, meter)
    if daily is not None:
        _add_months(by_month, _months_of(daily, axis.first, meter.aggregation), meter.aggregation)
    months = tuple(sorted(by_month))
    return MeterUsage(meter, daily, months, np.array([by_month[m] for m in months]))


def _merge(placed: list[NDArray[np.float64]], meter: Meter) -> NDArray[np.float64]:
    if meter.aggregation is Aggregation.SUM:
        merged = nan_sum(placed)
    else:
        merged = np.fmax.reduce(np.vstack(placed), axis=0)
    if meter.absent_is_zero:
        known = np.flatnonzero(~np.isnan(merged))
        inside = merged[known[0] :]
        inside[np.isnan(inside)] = 0.0
    return merged


def _month_steps(series: UsageSeries) -> dict[date, float]:
    steps: dict[date, float] = {}
    year, month = series.first_day.year, series.first_day.month
    for value in series.values:
        if not np.isnan(value):
            steps[date(year, month, 1)] = float(value)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return steps


def _months_of(daily: NDArray[np.float64], first: date, aggregation: Aggregation) -> dict[date, float]:
    names, edges = _month_edges(first, daily.size)
    seen = ~np.isnan(daily)
    if aggregation is Aggregation.SUM:
        values = np.add.reduceat(np.where(seen, daily, 0.0), edges)
    else:
        values = np.maximum.reduceat(np.where(seen, daily, -np.inf), edges)
    known = np.logical_or.reduceat(seen, edges)
    return {
        name: value for name, value, is_known in zip(names, values.tolist(), known, strict=True) if is_known
    }


@lru_cache(maxsize=32)
def _month_edges(first: date, days: int) -> tuple[tuple[date, ...], NDArray[np.intp]]:
    """The months that a span of days touches, and the index of the first day of each."""
    labels = (np.datetime64(first, "D") + np.arange(days)).astype("datetime64[M]")
    edges = np.flatnonzero(np.r_[days > 0, labels[1:] != labels[:-1]])
    return tuple(labels[edges].astype("datetime64[D]").tolist()), edges


def _add_months(into: dict[date, float], more: Mapping[date, float], aggregation: Aggregation) -> None:
    for month, value in more.items():
        if month not in into:
            into[month] = value
        elif aggregation is Aggregation.SUM:
            into[month] += value
        else:
            into[month] = max(into[month], value)


def _recent_volume(usage: MeterUsage) -> float:
    if usage.daily is not None:
        return float(np.nansum(usage.daily[-_RECENT:]))
    return float(usage.monthly[-3:].sum())


def _total(usages: Sequence[MeterUsage]) -> tuple[NDArray[np.float64] | None, int, str]:
    addable: dict[str, list[NDArray[np.float64]]] = {}
    for usage in usages:
        if usage.daily is not None and usage.meter.aggregation is Aggregation.SUM:
            addable.setdefault(usage.meter.unit, []).append(usage.daily)
    if not addable:
        return None, 0, ""
    # `usages` is by volume, so of two units with as many meters the busier one is met first.
    unit, parts = max(addable.items(), key=lambda item: len(item[1]))
    return (nan_sum(parts), len(parts), unit) if len(parts) > 1 else (None, 0, "")
