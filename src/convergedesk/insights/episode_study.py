"""What every ticket of a portfolio did to usage: episodes, dips, effects and when value came back.

The exact looks are taken only where a cheap screen of every day finds something to look at; the screen is so
wide that it lets pass whatever the exact look could confirm.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.dip_alert import LOOKS, dip_alert, dips_at
from convergedesk.insights.effects import Effect, Event, effects, one_effect
from convergedesk.insights.episodes import Episode, episodes
from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.levels import Levels
from convergedesk.insights.onset import LOOK_AHEAD, LOOK_BACK
from convergedesk.insights.restoration import Restoration, time_to_value_restored
from convergedesk.insights.screening import window_scores
from convergedesk.insights.series import Flags, Floats, as_days
from convergedesk.insights.study import gap_before, level_ratio

HORIZONS = (7, 14, 28)
JOINED_WITHIN = 7
LONGEST_MASK = 56
_WORTH_A_LOOK = -2.1
_LOOK_DAYS = 14


@dataclass(frozen=True, slots=True)
class TicketDays:
    """One ticket on the axis of the usage.

    Attributes:
        row: Its account, as a row of the usage.
        opened: Index of the day of the first opening; may lie before the data.
        resolved: Index of the day of the final resolution, or None while it is open.
        high: Whether its priority is one of the top two; such tickets always form episodes.
    """

    row: int
    opened: int
    resolved: int | None
    high: bool


@dataclass(frozen=True, slots=True)
class EpisodeStudy:
    """One stretch of trouble at one account and what usage did.

    Attributes:
        row: The account.
        tickets: Its tickets, as positions in what was given.
        opened: Index of the day of the first opening.
        event_index: Index of the first full day after the last resolution, or None while one is open.
        after: By horizon, usage in the days from there against expected; empty while open.
        from_level_at_closing: Change of the 7 days after closing against the 7 before; NaN where unknown.
        restoration: Time to value restored where a dip is confirmed, otherwise None.
        during: From the dip's onset to restoration against expected; None without a confirmed dip.
    """

    row: int
    tickets: tuple[int, ...]
    opened: int
    event_index: int | None
    after: dict[int, Effect]
    from_level_at_closing: float
    restoration: Restoration | None
    during: Effect | None


def study_episodes(
    usage: ArrayLike,
    first_weekday: int,
    tickets: Sequence[TicketDays],
    *,
    unusual: ArrayLike | None = None,
    peers: bool = True,
    horizons: Sequence[int] = HORIZONS,
    ends: Sequence[int | None] | None = None,
) -> tuple[EpisodeStudy, ...]:
    """Joins tickets to episodes and judges each.

    Tickets of high priority form episodes, and so do others after whose opening a dip is confirmed. Incident
    days, from the first opening to the last resolution and at most 56, are masked in every baseline.

    Args:
        usage: Daily totals, shape (accounts, days); NaN where missing or not yet complete.
        first_weekday: Weekday of the first day, Monday 0.
        tickets: The tickets.
        unusual: Days of holidays, freezes and outages, shape (accounts, days).
        peers: Whether accounts serve each other as peers.
        horizons: Days after resolution that are judged.
        ends: By account, index after the last day that counts, such as the day of churn.

    Returns:
        By account and opening.
    """
    days = np.atleast_2d(as_days(usage))
    special = None if unusual is None else np.asarray(unusual, dtype=np.bool_)
    by_row: dict[int, list[int]] = {}
    for position, ticket in enumerate(tickets):
        if ticket.opened < days.shape[1]:
            by_row.setdefault(ticket.row, []).append(position)
    levels = Levels(days, first_weekday)
    matrices = {look: ErrorMatrix(levels, first_weekday, look) for look in LOOKS}
    by_look = {look: window_scores(matrix) for look, matrix in matrices.items()}
    scores = np.fmin.reduce(list(by_look.values()))
    joined: list[tuple[int, Episode]] = []
    for row, positions in sorted(by_row.items()):
        serious = [
            p
            for p in positions
            if tickets[p].high or _dips(days, first_weekday, tickets[p], by_look, matrices)
        ]
        opened = [max(tickets[p].opened, 0) for p in serious]
        found = episodes(opened, [tickets[p].resolved for p in serious], JOINED_WITHIN)
        joined += [
            (row, Episode(tuple(serious[t] for t in episode.tickets), episode.opened, episode.event_index))
            for episode in found
        ]
    masks = _masks(joined, days.shape)
    after = _after(days, masks, first_weekday, joined, horizons, special, peers)
    until = dict(enumerate(ends or ()))
    known = _Known(days, masks, first_weekday, after, tuple(horizons), scores, special, until)
    return tuple(_study(known, row, episode) for row, episode in joined)


def _dips(
    days: Floats,
    first_weekday: int,
    ticket: TicketDays,
    scores: dict[int, Floats],
    matrices: dict[int, ErrorMatrix],
) -> bool:
    if ticket.opened < 0:
        return False
    at = ticket.row, ticket.opened
    looks = [look for look, score in scores.items() if score[at] < _WORTH_A_LOOK]
    if not looks:
        return False
    if gap_before(days[ticket.row], ticket.opened) == 0:
        return any(dips_at(matrices[look], ticket.opened, ticket.row) for look in looks)
    return dip_alert(days[ticket.row], first_weekday, ticket.opened, _LOOK_DAYS, looks=looks).fired


def _masks(joined: Sequence[tuple[int, Episode]], shape: tuple[int, ...]) -> Flags:
    masks = np.zeros(shape, dtype=np.bool_)
    for row, episode in joined:
        masks[row, _incident(episode, shape[1])] = True
    return masks


def _incident(episode: Episode, days: int) -> slice:
    end = days if episode.event_index is None else episode.event_index
    return slice(episode.opened, min(end, episode.opened + LONGEST_MASK, days))


def _after(
    days: Floats,
    masks: Flags,
    first_weekday: int,
    joined: Sequence[tuple[int, Episode]],
    horizons: Sequence[int],
    special: Flags | None,
    peers: bool,
) -> dict[tuple[Event, int], Effect]:
    events = [
        Event(row, episode.event_index)
        for row, episode in joined
        if episode.event_index is not None and episode.event_index < days.shape[1]
    ]
    if not events:
        return {}
    levels = Levels(as_days(days, masks), first_weekday)
    return effects(levels, first_weekday, events, horizons, peers=peers, unusual=special)


@dataclass(frozen=True, slots=True)
class _Known:
    """What all episodes are judged with."""

    days: Floats
    masks: Flags
    first_weekday: int
    after: dict[tuple[Event, int], Effect]
    horizons: tuple[int, ...]
    scores: Floats
    special: Flags | None
    ends: dict[int, int | None]


def _study(known: _Known, row: int, episode: Episode) -> EpisodeStudy:
    closed, days = episode.event_index, known.days[row]
    after: dict[int, Effect] = {}
    since = math.nan
    if closed is not None:
        keys = ((horizon, (Event(row, closed), horizon)) for horizon in known.horizons)
        after = {horizon: known.after[key] for horizon, key in keys if key in known.after}
        if 7 <= closed <= days.size:
            since = level_ratio(days, known.first_weekday, closed, 7, 7) - 1.0
    others = known.masks[row].copy()
    others[_incident(episode, days.size)] = False
    restoration = _restoration(known, row, episode, others)
    during = None
    if restoration is not None and restoration.onset_index is not None:
        seen = np.flatnonzero(np.isfinite(days))
        last = restoration.restored_index or int(seen[-1]) + 1
        length = max(min(last - restoration.onset_index, LONGEST_MASK), 1)
        own = None if known.special is None else known.special[row]
        judged = as_days(days, others)
        during = one_effect(judged, known.first_weekday, restoration.onset_index, length, unusual=own)
    return EpisodeStudy(row, episode.tickets, episode.opened, closed, after, since, restoration, during)


def _restoration(known: _Known, row: int, episode: Episode, others: Flags) -> Restoration | None:
    around = known.scores[row, max(episode.opened - LOOK_BACK, 0) : episode.opened + LOOK_AHEAD + 1]
    if not np.nanmin(around, initial=0.0) < _WORTH_A_LOOK:
        return None
    found = time_to_value_restored(
        known.days[row],
        known.first_weekday,
        episode.opened,
        resolved_index=None if episode.event_index is None else episode.event_index - 1,
        end_index=known.ends.get(row),
        masked=others,
    )
    return found if found.qualified else None
