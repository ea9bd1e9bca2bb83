"""Two years of days for one account: trend, week, season, holidays, incidents and chance.

Counts are gamma-Poisson, so their noise is in proportion and small counts are whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.usage import Aggregation
from convergedesk.workspace.sample.catalogue import PRODUCTS
from convergedesk.workspace.sample.plan import AccountPlan, Incident, MeterPlan
from convergedesk.workspace.sample.rhythms import BY_INDUSTRY, OFFICE, calendar_factors
from convergedesk.workspace.sample.spec import LAST_DAY, SampleSpec

_Floats = NDArray[np.float64]
_DRIFT = 0.985


@dataclass(frozen=True, slots=True)
class UsageBlock:
    """What one account, or one site, used.

    Attributes:
        plan: Whose usage.
        first_day: Day of column 0.
        values: float64, shape (meters, days), whole numbers; NaN where nothing was reported.
    """

    plan: AccountPlan
    first_day: date
    values: _Floats


def account_usage(plan: AccountPlan, spec: SampleSpec) -> UsageBlock:
    """Draw the usage of one account or site; the same for the same plan, days and seed."""
    days = spec.days
    if not plan.meters:
        return UsageBlock(plan, spec.first_day, np.empty((0, days)))
    stream = spec.stream("usage", plan.key)
    shared = _wander(stream, 1, days, _DRIFT, 0.012)
    daily = _wander(stream, len(plan.meters), days, 0.45, 1.0)
    rows = [
        _meter(plan, meter, spec, stream, shared[0] + 0.6 * meter.noise * daily[i])
        for i, meter in enumerate(plan.meters)
    ]
    values = np.stack(rows)
    _blank_outside(plan, spec, values)
    return UsageBlock(plan, spec.first_day, values)


def _meter(
    plan: AccountPlan, meter: MeterPlan, spec: SampleSpec, stream: np.random.Generator, log_noise: _Floats
) -> _Floats:
    days = spec.days
    age = np.arange(days - 1, -1, -1)
    product = PRODUCTS[meter.key]
    trend = meter.level * np.exp(-np.log1p(meter.growth) * age / 365.0) * _start_up(plan, meter, spec)
    if product.aggregation is Aggregation.MAX:
        return _stock(plan, meter, spec, trend, stream)
    rhythm = BY_INDUSTRY[plan.rhythm or plan.industry]
    calendar = calendar_factors(rhythm, plan.country, spec.first_day, days)
    # The season is scaled so that `level` is what the account uses now.
    now = float(np.mean(calendar_factors(rhythm, plan.country, date(2026, 11, 4), 28)))
    expected: _Floats = (
        trend * calendar / now * np.exp(log_noise) * incident_factors(plan.incidents, meter.key, spec)
    )
    shape = 1.0 / max(meter.noise * 0.8, 0.004) ** 2
    rates: _Floats = stream.gamma(shape, expected / shape)
    return np.asarray(stream.poisson(rates), dtype=np.float64)


def _start_up(plan: AccountPlan, meter: MeterPlan, spec: SampleSpec) -> _Floats:
    """A new account, and a new meter, needs some weeks to come up to its level; shape (days,)."""
    begun = meter.first_day or plan.first_day
    if begun is None:
        return np.ones(spec.days)
    in_use = np.arange(spec.days) - (begun - spec.first_day).days
    return 1.0 - 0.65 * np.exp(-np.maximum(in_use, 0) / 16.0)


def _stock(
    plan: AccountPlan, meter: MeterPlan, spec: SampleSpec, trend: _Floats, stream: np.random.Generator
) -> _Floats:
    if meter.key == "storage_gb":
        # What is stored grows in small steps and shrinks when old data is cleared.
        saw = 1.0 + 0.015 * ((np.arange(spec.days) % 91) / 91.0 - 0.5)
        return np.rint(trend * saw * np.exp(_wander(stream, 1, spec.days, 0.9, 0.003)[0]))
    if meter.key == "active_seats":
        calendar = calendar_factors(OFFICE, plan.country, spec.first_day, spec.days)
        top = np.maximum(1.0, np.rint(trend))
        share = np.clip(0.86 * calendar / np.max(OFFICE.weekdays), 0.05, 1.0)
        return stream.binomial(top.astype(np.int64), share).astype(np.float64)
    wobble = stream.binomial(6, 0.12, size=spec.days) - 0.7
    factors = incident_factors(plan.incidents, meter.key, spec)
    return np.maximum(0.0, np.rint(trend * factors + np.minimum(1.0, trend / 40.0) * wobble))


def incident_factors(incidents: tuple[Incident, ...], meter: str, spec: SampleSpec) -> _Floats:
    """What all incidents together leave of the usual, shape (days,)."""
    factors = np.ones(spec.days)
    for incident in incidents:
        concerned = meter in incident.meters if incident.meters else meter not in _NOT_FLOWS
        if not concerned:
            continue
        start = (incident.onset - spec.first_day).days
        for step, factor in enumerate(incident.factors):
            if 0 <= start + step < spec.days:
                factors[start + step] *= factor
        rest = start + len(incident.factors)
        if incident.after != 1.0 and rest < spec.days:
            factors[max(0, rest) :] *= incident.after
    return factors


_NOT_FLOWS = frozenset({"storage_gb", "active_seats", "connections", "events_replayed", "sandbox_calls"})


def _wander(stream: np.random.Generator, rows: int, days: int, memory: float, size: float) -> _Floats:
    """Noise that remembers yesterday (AR(1)), with standard deviation `size`; shape (rows, days)."""
    steps = stream.normal(0.0, size * np.sqrt(1.0 - memory * memory), (days, rows))
    out = np.empty((days, rows))
    value = stream.normal(0.0, size, rows)
    for day in range(days):
        value = memory * value + steps[day]
        out[day] = value
    return out.T


def _blank_outside(plan: AccountPlan, spec: SampleSpec, values: _Floats) -> None:
    """NaN before the first day of use, after the last, and on days that were not reported."""
    for row, meter in zip(values, plan.meters, strict=True):
        for first in (plan.first_day, meter.first_day):
            if first is not None and first > spec.first_day:
                row[: min(spec.days, (first - spec.first_day).days)] = np.nan
        if plan.last_day is not None and plan.last_day < LAST_DAY:
            row[max(0, (plan.last_day - spec.first_day).days + 1) :] = np.nan
        for gap in meter.gaps:
            offset = (gap - spec.first_day).days
            if 0 <= offset < spec.days:
                row[offset] = np.nan
