"""The days of an account's trouble: what nothing is expected from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.episodes import Episode
from convergedesk.insights.episode_study import LONGEST_MASK


def episode_days(first: date, days: int, episodes: Iterable[Episode]) -> NDArray[np.bool_]:
    """Flags of the days of episodes, at most 56 each, shape (days,).

    An episode lasts from its opening, or the onset of a dip before it, to its last resolution, or until value
    was restored; while either is still to come it goes on.

    Args:
        first: The day of index 0.
        days: Length of the axis.
        episodes: Of one account.
    """
    mask = np.zeros(days, dtype=np.bool_)
    for episode in episodes:
        began, ended = episode.opened_on, episode.resolved_on
        back = episode.restoration
        if back is not None:
            began = min(began, back.onset_on or began)
            ended = max(ended, back.restored_on) if ended and back.restored_on else None
        start = (began - first).days
        end = start + LONGEST_MASK if ended is None else (ended - first).days + 1
        mask[max(start, 0) : max(min(end, start + LONGEST_MASK), 0)] = True
    return mask
