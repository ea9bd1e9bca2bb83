"""Tickets that overlap are one episode with one effect; days of episodes are no yardstick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from convergedesk.insights.series import Flags


@dataclass(frozen=True, slots=True)
class Episode:
    """One stretch of trouble.

    Attributes:
        tickets: Positions of its tickets in the given order of opening.
        opened: Index of the day of the first opening.
        event_index: Index of the first full day after the last final resolution, or None while one is open.
    """

    tickets: tuple[int, ...]
    opened: int
    event_index: int | None


def episodes(opened: Sequence[int], resolved: Sequence[int | None], horizon: int) -> tuple[Episode, ...]:
    """Joins tickets whose [opened, resolved + horizon] overlap.

    Only blocking or high-priority tickets and those with a confirmed dip belong here: with all tickets of a
    busy account next to no day is left to compare with. A reopened ticket counts from its first opening to
    its last resolution.

    Args:
        opened: Index of each ticket's (first) day of opening.
        resolved: Index of each ticket's day of final resolution, or None while it is open.
        horizon: Days after resolution that are judged.

    Raises:
        ValueError: When the lengths differ.
    """
    order = sorted(range(len(opened)), key=lambda i: (opened[i], i))
    ends = dict(zip(range(len(opened)), resolved, strict=True))
    found: list[Episode] = []
    members: list[int] = []
    reach: float = -1.0
    for i in order:
        if members and opened[i] > reach:
            found.append(_joined(members, opened, ends))
            members, reach = [], -1.0
        members.append(i)
        end = ends[i]
        reach = max(reach, np.inf if end is None else max(end, opened[i]) + horizon)
    if members:
        found.append(_joined(members, opened, ends))
    return tuple(found)


def _joined(members: list[int], opened: Sequence[int], ends: dict[int, int | None]) -> Episode:
    last: int | None = -1
    for i in members:
        end = ends[i]
        last = None if last is None or end is None else max(last, end, opened[i])
    return Episode(tuple(members), min(opened[i] for i in members), None if last is None else last + 1)


def incident_days(found: Sequence[Episode], days: int, *, recovery: int = 0) -> Flags:
    """Flags of the days of incidents, from each first opening to the last resolution, shape (days,).

    Args:
        found: The episodes.
        days: Length of the axis.
        recovery: Days after the resolution that are left out as well.
    """
    flags = np.zeros(days, dtype=np.bool_)
    for episode in found:
        end = days if episode.event_index is None else episode.event_index + recovery
        flags[max(episode.opened, 0) : max(end, 0)] = True
    return flags
