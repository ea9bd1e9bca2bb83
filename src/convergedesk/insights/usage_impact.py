"""Usage after an event compared with what was expected."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.event_study import Abstention, Comparison, compare
from convergedesk.insights.explanation import Explanation
from convergedesk.insights.peers import FEWEST_PEERS, PeerErrors
from convergedesk.insights.series import Flags, Floats, as_days, one_series
from convergedesk.insights.study import Study, explanation_of, year_earlier
from convergedesk.insights.verdict import Verdict, verdict_of


@dataclass(frozen=True, slots=True)
class UsageImpact:
    """How far usage in a window lay from what was expected of it.

    Attributes:
        estimate: Relative difference, −0.30 = 30 % below expected; NaN where nothing can be said.
        low: Lower limit of the difference, NaN likewise.
        high: Upper limit, NaN likewise.
        verdict: Down, up or inconclusive.
        smallest_detectable: The smallest dip that could have been seen, such as −0.18; NaN likewise.
        observed: Units in the window's observed days.
        expected: Units expected of these days.
        year_earlier: Change of the window's daily mean against the same weekdays 364 days before, NaN
            without that history.
        abstained: Why nothing can be said, or None.
        explanation: What stands behind it.
    """

    estimate: float
    low: float
    high: float
    verdict: Verdict
    smallest_detectable: float
    observed: float
    expected: float
    year_earlier: float
    abstained: Abstention | None
    explanation: Explanation


def usage_impact(
    usage: ArrayLike,
    first_weekday: int,
    event_index: int,
    horizon: int,
    *,
    peers: ArrayLike | PeerErrors | None = None,
    level: float = 0.95,
    masked: ArrayLike | None = None,
    holidays: ArrayLike | None = None,
) -> UsageImpact:
    """Compares the `horizon` days from `event_index` with what the days before let expect.

    Args:
        usage: Daily totals, shape (days,); NaN where missing or not yet complete, 0 where truly zero.
        first_weekday: Weekday of the first day, Monday 0.
        event_index: Index of the first full local day after the final resolution.
        horizon: Days to judge: 7, 14 or 28.
        peers: Other accounts' usage of the same meter on the same days, shape (accounts, days), eight or
            more; or their errors, built once for many events of one horizon and no lead.
        level: Confidence level of the interval, between 0 and 1.
        masked: Days of incidents and earlier episodes, left out of window and baseline, shape (days,).
            Days masked right before the event are bridged: the placebos then bridge as many.
        holidays: Days of holidays, freezes and outages, shape (days,). Without peers, a window that has
            one is inconclusive.

    Raises:
        ValueError: When shapes do not fit, `horizon` is below 1 or `level` is not between 0 and 1.
    """
    if horizon < 1 or not 0.0 < level < 1.0:
        raise ValueError("the horizon must be at least one day and the level between 0 and 1")
    days = one_series(usage, masked)
    window = slice(max(event_index, 0), max(event_index + horizon, 0))
    special = np.zeros(days.size, dtype=np.bool_)
    if holidays is not None:
        special |= np.asarray(holidays, dtype=np.bool_)
    unusual = bool(special[window].any())
    left_out = special.copy()
    if peers is not None:
        left_out[window] = False
    judged = as_days(days, left_out) if left_out.any() else days
    study = Study.at(judged, first_weekday, event_index, horizon, peers=peers)
    blind = unusual and not (isinstance(study.found, Comparison) and study.found.peer_weight > 0.0)
    return _result(study, days, left_out, level, blind)


def usage_impacts(
    matrix: ErrorMatrix,
    rows: Sequence[int],
    events: Sequence[int],
    *,
    peers: bool = True,
    level: float = 0.95,
) -> tuple[UsageImpact, ...]:
    """`usage_impact` of many tickets on one meter and horizon, from errors that are computed once.

    Masks belong into the usage that the matrix is made of. Days masked right before an event are bridged
    only by a matrix with that lead; without it, baselines that lie wholly in the mask are not used.

    Args:
        matrix: Errors of the meter's accounts at the horizon to judge.
        rows: Each ticket's account, as a row of the matrix.
        events: Index of each ticket's first day after resolution.
        peers: Whether the matrix's other accounts serve as peers.
        level: Confidence level of the intervals.

    Raises:
        ValueError: When the lengths differ.
    """
    others = PeerErrors(matrix) if peers and matrix.accounts > FEWEST_PEERS else None
    none = np.zeros(matrix.days, dtype=np.bool_)
    found: list[UsageImpact] = []
    for row, event in zip(rows, events, strict=True):
        comparison = compare(matrix, event, row=row, peers=others, member=row)
        study = Study(event, matrix.horizon, matrix.lead, comparison)
        found.append(_result(study, matrix.usage[row], none, level, blind=False))
    return tuple(found)


def _result(study: Study, days: Floats, left_out: Flags, level: float, blind: bool) -> UsageImpact:
    found = study.found
    event, horizon = study.event, study.horizon
    earlier = year_earlier(days, event, horizon)
    if isinstance(found, Abstention):
        nan = math.nan
        why = explanation_of(study, days, left_out, level, caution=f"Nothing can be said: {found.value}.")
        return UsageImpact(nan, nan, nan, Verdict.INCONCLUSIVE, nan, nan, nan, earlier, found, why)
    low, high = (math.expm1(limit) for limit in found.effect_limits(level))
    verdict = Verdict.INCONCLUSIVE if blind else verdict_of(low, high)
    smallest = found.smallest_dip(level)
    return UsageImpact(
        estimate=math.expm1(found.effect),
        low=low,
        high=high,
        verdict=verdict,
        smallest_detectable=smallest,
        observed=found.observed,
        expected=found.expected,
        year_earlier=earlier,
        abstained=None,
        explanation=explanation_of(study, days, left_out, level, caution=_caution(verdict, smallest, blind)),
    )


def _caution(verdict: Verdict, smallest: float, blind: bool) -> str:
    if blind:
        return "A holiday, a freeze or an outage falls into these days, so nothing is concluded from them."
    if verdict is Verdict.INCONCLUSIVE:
        return f"Inconclusive: a dip of less than {-smallest:.0%} could not have been told from chance here."
    return "Compared with expected; this does not show what caused the difference."
