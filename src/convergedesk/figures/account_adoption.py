"""How broadly, deeply and steadily an account uses what its contracts sell it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.account_figures import AdoptionFigure, MeterAdoption
from convergedesk.domain.billing import Contract
from convergedesk.domain.terms import AmbiguousTermsError, in_force, included_on
from convergedesk.domain.usage import Aggregation, Meter, MeterId
from convergedesk.figures.account import MeterUsage
from convergedesk.figures.study_inputs import AccountStudy
from convergedesk.insights.adoption import WINDOW, adoption

Floats = NDArray[np.float64]
IN_USE, NOT_LATELY, NEVER = "in use", "not used lately", "never used"
_MONTHS = 12
_QUARTER = 90
_DAYS_A_MONTH = 365.0 / 12.0


def adoption_figure(
    study: AccountStudy,
    contracts: Sequence[Contract],
    meters: Mapping[MeterId, Meter],
    *,
    last: int | None,
    today: date,
) -> AdoptionFigure | None:
    """What an account has and uses; None where neither usage nor a contract says anything.

    Args:
        study: The account's usage.
        contracts: Its contracts.
        meters: Every meter.
        last: Index of the last known day of usage, or None.
        today: The workspace's today.
    """
    sold = sold_meters(contracts, today)
    by_id = {usage.meter.id: usage for usage in study.usage.meters}
    listed = [usage.meter for usage in study.usage.meters]
    listed += [meters[one] for one in sorted(sold) if one not in by_id and one in meters]
    if not listed:
        return None
    as_of = today if last is None else study.day(last)
    months = _months_up_to(as_of)
    known = [_known(by_id.get(meter.id), last) for meter in listed]
    has = np.array(
        [meter.id in sold if sold else _ever_used(row) for meter, row in zip(listed, known, strict=True)]
    )
    width = 0 if last is None else last + 1
    rows = np.vstack([row if row.size else np.full(width, np.nan) for row in known])
    found = adoption(rows, entitled=has) if width else None
    shown = tuple(
        _meter(meter, by_id.get(meter.id), row, study, contracts, sold, months, today)
        for meter, row in zip(listed, known, strict=True)
    )
    return AdoptionFigure(
        used=0 if found is None else found.used,
        entitled=int(has.sum()),
        by_contract=bool(sold),
        breadth=None if found is None or math.isnan(found.breadth) else found.breadth,
        stickiness=None if found is None or math.isnan(found.stickiness) else found.stickiness,
        months=months,
        meters=tuple(sorted(shown, key=lambda one: (-(one.units_90 or -1.0), one.state, one.name))),
    )


def sold_meters(contracts: Sequence[Contract], day: date) -> frozenset[MeterId]:
    """The meters that contracts in force on a day price or include."""
    return frozenset(
        term.meter_id
        for contract in contracts
        if in_force(contract, day)
        for term in (*contract.prices, *contract.entitlements)
        if term.effective_from <= day
    )


def breadth_before(
    study: AccountStudy, contracts: Sequence[Contract], last: int, today: date
) -> float | None:
    """The breadth as it was on an earlier day, by what contracts sold then."""
    sold = sold_meters(contracts, today)
    known = [(usage.meter.id, _known(usage, last)) for usage in study.usage.meters]
    rows = [row for _, row in known if row.size]
    if not rows:
        return None
    has = np.array([meter in sold if sold else _ever_used(row) for meter, row in known if row.size])
    unused = len(sold - {meter for meter, _ in known})
    found = adoption(np.vstack(rows), entitled=has)
    total = found.entitled + unused
    return found.used / total if total and not math.isnan(found.breadth) else None


def _known(usage: MeterUsage | None, last: int | None) -> Floats:
    if usage is None or usage.daily is None or last is None:
        return np.zeros(0)
    return usage.daily[: last + 1]


def _ever_used(row: Floats) -> bool:
    return bool((np.nan_to_num(row) > 0.0).any())


def _months_up_to(day: date) -> tuple[date, ...]:
    number = day.year * 12 + day.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(number - _MONTHS + 1, number + 1))


def _meter(
    meter: Meter,
    usage: MeterUsage | None,
    row: Floats,
    study: AccountStudy,
    contracts: Sequence[Contract],
    sold: frozenset[MeterId],
    months: Sequence[date],
    today: date,
) -> MeterAdoption:
    by_month = {} if usage is None else dict(zip(usage.months, usage.monthly.tolist(), strict=True))
    used = np.flatnonzero(np.nan_to_num(row) > 0.0)
    first_used = study.day(int(used[0])) if used.size else None
    last_used = study.day(int(used[-1])) if used.size else None
    if not row.size:
        inside = [month for month, units in sorted(by_month.items()) if units > 0.0]
        first_used, last_used = (inside[0], inside[-1]) if inside else (None, None)
    lately, quarter = (_units(row[-days:], meter.aggregation) for days in (WINDOW, _QUARTER))
    included = _included(contracts, meter.id, today) if meter.id in sold else None
    share = (included or 0.0) * WINDOW / _DAYS_A_MONTH
    return MeterAdoption(
        meter_id=meter.id,
        key=meter.key,
        name=meter.name,
        unit=meter.unit,
        entitled=meter.id in sold if sold else None,
        included=included,
        first_used=first_used,
        last_used=last_used,
        units_28=lately,
        units_90=quarter,
        depth=lately / share if lately is not None and share > 0.0 else None,
        months=tuple(by_month.get(month) for month in months),
        state=_state(lately, last_used, months[-1] - timedelta(days=31)),
        stock=meter.aggregation is not Aggregation.SUM,
    )


def _state(lately: float | None, last_used: date | None, month_before: date) -> str:
    if last_used is None:
        return NEVER
    if lately is None:
        return IN_USE if last_used >= month_before else NOT_LATELY
    return IN_USE if lately > 0.0 else NOT_LATELY


def _units(row: Floats, aggregation: Aggregation) -> float | None:
    seen = row[np.isfinite(row)]
    if not seen.size:
        return None
    return float(seen.sum() if aggregation is Aggregation.SUM else seen.max())


def _included(contracts: Sequence[Contract], meter_id: MeterId, day: date) -> float | None:
    try:
        held = included_on(contracts, meter_id, day)
    except AmbiguousTermsError:
        return None
    return None if held is None or not held.term.quantity else float(held.term.quantity)
