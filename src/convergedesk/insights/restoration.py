"""Time to value restored: from opening a ticket to the first day from which usage is back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.dip_alert import DipAlert, dip_alert
from convergedesk.insights.explanation import DayRange, Explanation, Term, Unit
from convergedesk.insights.forecast import Forecast, forecast
from convergedesk.insights.onset import began_before_opening, dip_onset
from convergedesk.insights.series import Floats, one_series

FIRST_DAYS = 3
_HORIZON = 7
_LOOKS = 14


@dataclass(frozen=True, slots=True)
class Restoration:
    """When the value that a ticket had taken away came back.

    Attributes:
        days: Whole days from opening to the first restored day; while not restored, the days waited until
            the last day on which restoration could have been seen. NaN where nothing can be said.
        restored: True when restored and confirmed.
        qualified: True when a dip is confirmed; only then the ticket enters a curve.
        restored_index: Index of the first restored day, or None.
        onset_index: Index of the first day of the dip, which may lie before opening; None without a dip.
        days_from_onset: As `days`, counted from the onset; NaN without a dip.
        days_after_resolution: As `days`, counted from the resolution; NaN when it is not given.
        explanation: What stands behind it.
    """

    days: float
    restored: bool
    qualified: bool
    restored_index: int | None
    onset_index: int | None
    days_from_onset: float
    days_after_resolution: float
    explanation: Explanation


def time_to_value_restored(
    usage: ArrayLike,
    first_weekday: int,
    open_index: int,
    *,
    k: int = 7,
    threshold: float = 0.9,
    resolved_index: int | None = None,
    end_index: int | None = None,
    masked: ArrayLike | None = None,
) -> Restoration:
    """Finds the first day from which usage is back at what was expected before the ticket.

    Back means: the total of the `k` days from that day is at least `threshold` of expected, and so is the
    total of the first three of them. It is known k − 1 days later. A window with more than ⅔ missing is not
    judged. Where usage was low before anybody wrote, expected comes from the days before the onset.

    Args:
        usage: Daily totals, shape (days,); NaN where missing or not yet complete, 0 where truly zero.
        first_weekday: Weekday of the first day, Monday 0.
        open_index: Index of the day on which the ticket was opened.
        k: Days that have to hold.
        threshold: Share of expected that counts as back.
        resolved_index: Index of the day of the final resolution, or None.
        end_index: Index after the last day that counts, such as the day of churn; None: the end of the data.
        masked: Days of other episodes, shape (days,); they are no part of the baseline.

    Raises:
        ValueError: When shapes do not fit, `k` is below 1 or `threshold` is not above 0.
    """
    if k < 1 or not threshold > 0.0:
        raise ValueError("at least one day has to hold a share above zero")
    days = one_series(usage, masked)[:end_index]
    seen = np.flatnonzero(np.isfinite(days))
    days = days[: int(seen[-1]) + 1] if seen.size else days[:0]
    if not 0 <= open_index < days.size:
        return _nothing(open_index)
    onset, known = _expected(days, first_weekday, open_index)
    if known is None:
        return _nothing(open_index)
    alert = dip_alert(days, first_weekday, min(open_index, open_index if onset is None else onset), _LOOKS)
    qualified = alert.fired
    start = max(open_index, onset) if qualified and onset is not None else open_index
    found = _first_back(days, known.daily(days.size), start, k, threshold)
    return _result(days, open_index, onset if qualified else None, found, k, resolved_index, alert, known)


def _expected(days: Floats, first_weekday: int, opened: int) -> tuple[int | None, Forecast | None]:
    """Onset of the dip, and the forecast from the days before the dip or the opening."""
    known = forecast(days[:opened], first_weekday, _HORIZON)
    earlier = forecast(days[: max(opened - _LOOKS, 0)], first_weekday, _HORIZON, lead=_LOOKS)
    basis = earlier or known
    if basis is None:
        return None, None
    onset = dip_onset(days, basis.daily(days.size), opened)
    if onset is None or onset >= opened or not began_before_opening(days, first_weekday, onset, opened):
        if known is not None and (onset is None or onset < opened):
            onset = dip_onset(days[opened:], known.daily(days.size)[opened:], 0)
            onset = None if onset is None else onset + opened
        return onset, known
    return onset, forecast(days[:onset], first_weekday, _HORIZON) or basis


def _first_back(days: Floats, expected: Floats, start: int, k: int, threshold: float) -> int | None:
    """The first day from `start` on from which usage is back, or None."""
    seen = np.isfinite(days)
    usage = np.concatenate(([0.0], np.cumsum(np.where(seen, days, 0.0))))
    target = np.concatenate(([0.0], np.cumsum(np.where(seen, expected, 0.0))))
    count = np.concatenate(([0], np.cumsum(seen)))
    origins = np.arange(start, days.size - k + 1, dtype=np.intp)
    back = np.ones(origins.size, dtype=np.bool_)
    for length in (k, min(FIRST_DAYS, k)):
        ends = origins + length
        enough = count[ends] - count[origins] >= length / 3.0
        back &= enough & (usage[ends] - usage[origins] >= threshold * (target[ends] - target[origins]))
    found = np.flatnonzero(back)
    return int(origins[found[0]]) if found.size else None


def _nothing(opened: int) -> Restoration:
    why = _explanation(opened, None, math.nan, None, "Nothing can be said: too little history or usage.")
    return Restoration(math.nan, False, False, None, None, math.nan, math.nan, why)


def _result(
    days: Floats,
    opened: int,
    onset: int | None,
    found: int | None,
    k: int,
    resolved: int | None,
    alert: DipAlert,
    known: Forecast,
) -> Restoration:
    until = found if found is not None else max(days.size - k + 1, opened)
    waited = float(until - opened)
    caution = "" if alert.fired else "No dip is confirmed, so this ticket enters no curve."
    return Restoration(
        days=waited,
        restored=found is not None,
        qualified=alert.fired,
        restored_index=found,
        onset_index=onset,
        days_from_onset=math.nan if onset is None else float(until - onset),
        days_after_resolution=math.nan if resolved is None else float(until - resolved),
        explanation=_explanation(opened, found, waited, known, caution, days.size),
    )


def _explanation(
    opened: int, found: int | None, waited: float, known: Forecast | None, caution: str, end: int = 0
) -> Explanation:
    terms = (Term("opened", opened, Unit.DAY), Term("days", waited, Unit.DAYS))
    if known is not None:
        terms += (Term("expected a day", known.level, Unit.UNITS),)
    return Explanation(
        title="Time to value restored",
        definition=(
            "Whole days from opening the ticket to the first day from which the 7-day total, and that of its "
            "first 3 days, is at least 90 % of expected; known 6 days later."
        ),
        formula="first restored day − day of opening" if found is not None else "days waited so far",
        terms=terms,
        window=DayRange(opened, max(end - 1, opened)) if end else None,
        baseline=None if known is None else DayRange(known.origin - known.baseline, known.origin - 1),
        caution=caution,
    )
