"""What each day of an account's usage was expected to bring, for the charts to shade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.episodes import Episode
from convergedesk.domain.usage import MeterId
from convergedesk.figures.account import AccountUsage
from convergedesk.figures.episode_days import episode_days
from convergedesk.insights.expected_range import ExpectedRange, expected_range


def expected_by_meter(
    usage: AccountUsage, episodes: Sequence[Episode]
) -> dict[MeterId | None, ExpectedRange]:
    """The expected range of every meter that is known by day, and under None that of the total.

    Args:
        usage: The account's usage.
        episodes: Its episodes; their days are no part of what is expected.
    """
    if usage.first_day is None:
        return {}
    mask = episode_days(usage.first_day, usage.days, episodes)
    weekday = usage.first_day.weekday()
    series: dict[MeterId | None, NDArray[np.float64]] = {
        one.meter.id: one.daily for one in usage.meters if one.daily is not None
    }
    if usage.total is not None:
        series[None] = usage.total
    return {key: expected_range(daily, weekday, masked=mask) for key, daily in series.items()}


def expected_of(
    daily: NDArray[np.float64], first: date, episodes: Sequence[Episode], fallen_since: date | None = None
) -> ExpectedRange:
    """The expected range of one line.

    Args:
        daily: Usage by day, shape (n,), NaN where nothing was reported.
        first: The day of `daily[0]`.
        episodes: The account's episodes; their days are no part of what is expected.
        fallen_since: First day of a dip that lasts and that no ticket speaks of; nor are days from it on.
    """
    mask = episode_days(first, daily.size, episodes)
    if fallen_since is not None:
        mask[max((fallen_since - first).days, 0) :] = True
    return expected_range(daily, first.weekday(), masked=mask)
