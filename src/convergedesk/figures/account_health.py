"""An account's health from what it stands on: six factors in words, and what would raise them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from convergedesk.domain.account_figures import HealthFactor, HealthFigure
from convergedesk.domain.episodes import Episode, KeptEffect
from convergedesk.figures.account import GoalStanding, GoalView
from convergedesk.figures.wording import count, percent
from convergedesk.insights.health import METHOD, Factor, Health, health, points_of

BACK = timedelta(days=28)
IN_TOUCH_WITHIN = timedelta(days=90)
_RESTORED_WITHIN = timedelta(days=180)
_ON_TRACK = frozenset({GoalStanding.ON_TRACK, GoalStanding.REACHED})
_NOT_COUNTED = frozenset({GoalStanding.NOT_MEASURED, GoalStanding.DROPPED})
_BREADTH_ENOUGH = 0.8
TITLES: Mapping[Factor, str] = {
    Factor.USAGE: "Usage vs expected",
    Factor.GOALS: "Goals on track",
    Factor.RESTORED: "Value restored",
    Factor.BLOCKING: "Blocking tickets",
    Factor.COMMITMENT: "Commitment pace",
    Factor.BREADTH: "Adoption breadth",
}


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """As much of a ticket as health needs.

    Attributes:
        number: As the support desk shows it.
        opened_on: In the account's time zone.
        closed_on: Likewise, or None while it is open.
        high: Whether its priority is one of the top two.
    """

    number: str
    opened_on: date
    closed_on: date | None
    high: bool


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """What the factors stand on, as of one day.

    Attributes:
        day: The last day with usage, or the day before today without any.
        effects: Usage of the last 7 and 28 days against expected, by length.
        goals: The goals with their standing then.
        episodes: The account's episodes; those that began later do not count.
        tickets: Its tickets; those opened later do not count.
        numbers: Number of each episode's first ticket.
        contact_on: Day of the last logged check-in by then, or None.
        pace: Used ÷ expected of the running commitment, or None.
        pace_words: What stands behind the pace.
        breadth: Share of the meters it has that it used, or None.
        breadth_words: What stands behind the breadth.
        unused: Names of the meters it has and does not use.
    """

    day: date
    effects: Mapping[int, KeptEffect]
    goals: Sequence[GoalView]
    episodes: Sequence[Episode]
    tickets: Sequence[OpenTicket]
    numbers: Mapping[int, str]
    contact_on: date | None
    pace: float | None
    pace_words: str
    breadth: float | None
    breadth_words: str
    unused: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A factor before it is weighed: its value, its words, and the value that the best action leads to."""

    value: float | None
    sentence: str
    raise_by: str = ""
    then: float | None = None
    missing: str = ""


def health_figure(facts: HealthFacts, before: HealthFacts | None, *, as_of: date | None) -> HealthFigure:
    """The score, its factors in words and the fastest way up.

    Args:
        facts: As things stand.
        before: As they stood 28 days earlier, or None where that is not known.
        as_of: Last day with usage, or None.
    """
    seen = _look(facts)
    found = health({factor: one.value for factor, one in seen.items()})
    earlier = None if before is None else score_of(before)
    factors = tuple(_factor(factor, seen[factor], found) for factor in Factor)
    best = max(factors, key=lambda one: one.gain)
    known = _is_enough(found)
    return HealthFigure(
        score=found.score if known else None,
        band=found.band.value if known and found.band is not None else None,
        factors=factors,
        way_up=best.raise_by if best.gain > 0.0 else "",
        way_up_points=best.gain if best.gain > 0.0 else None,
        before=earlier,
        before_on=None if before is None or earlier is None else before.day,
        method=METHOD,
        as_of=as_of,
    )


def score_of(facts: HealthFacts) -> float | None:
    """The score alone; None where too little is known."""
    found = health({factor: one.value for factor, one in _look(facts).items()})
    return found.score if _is_enough(found) else None


def _is_enough(found: Health) -> bool:
    """Without usage, or by usage alone, nothing is scored: a few good factors would look like health."""
    known = {one.factor for one in found.contributions}
    return Factor.USAGE in known and len(known) > 1


def _factor(factor: Factor, seen: _Seen, found: Health) -> HealthFactor:
    part = next((one for one in found.contributions if one.factor is factor), None)
    if part is None:
        return HealthFactor(
            factor.value, TITLES[factor], None, None, 0.0, 0.0, 0.0, seen.sentence, missing=seen.missing
        )
    gain = 0.0
    if seen.then is not None and seen.raise_by:
        gain = max(points_of(factor, seen.then) - part.points, 0.0) * part.weight
    return HealthFactor(
        factor=factor.value,
        title=TITLES[factor],
        value=part.value,
        points=part.points,
        weight=part.weight,
        contribution=part.contribution,
        room=part.room,
        sentence=seen.sentence,
        raise_by=seen.raise_by if gain > 0.0 else "",
        gain=gain,
    )


def _look(facts: HealthFacts) -> dict[Factor, _Seen]:
    return {
        Factor.USAGE: _usage(facts),
        Factor.GOALS: _goals(facts.goals),
        Factor.RESTORED: _restored(facts),
        Factor.BLOCKING: _blocking(facts),
        Factor.COMMITMENT: _commitment(facts),
        Factor.BREADTH: _breadth(facts),
    }


def _usage(facts: HealthFacts) -> _Seen:
    """The last seven days where they stand out, otherwise the last 28."""
    week, month = facts.effects.get(7), facts.effects.get(28)
    chosen = month
    if week is not None and week.estimate is not None:
        stands_out = week.verdict != "inconclusive"
        chosen = week if stands_out or month is None or month.estimate is None else month
    if chosen is None or chosen.estimate is None:
        why = "" if chosen is None or chosen.abstained is None else f": {chosen.abstained}"
        return _Seen(None, f"not measured{why}", missing="Usage by day of at least four weeks brings it.")
    side = "below" if chosen.estimate < 0.0 else "above"
    size = percent(abs(chosen.estimate))
    words = f"{size} {side} expected" if round(100 * chosen.estimate) else "as expected"
    sentence = f"{words} over {count(chosen.horizon, 'day')}"
    return _Seen(chosen.estimate, sentence, "Usage back at what is expected", 0.0)


def _goals(goals: Sequence[GoalView]) -> _Seen:
    counted = [one for one in goals if one.standing not in _NOT_COUNTED]
    if not counted:
        if any(one.standing is GoalStanding.NOT_MEASURED for one in goals):
            return _Seen(None, "no value recorded yet", missing="A recorded value of a goal brings it.")
        return _Seen(None, "no goals agreed", missing="A goal agreed with the customer brings it.")
    good = [one for one in counted if one.standing in _ON_TRACK]
    share = len(good) / len(counted)
    late = next((one for one in counted if one.standing not in _ON_TRACK), None)
    return _Seen(
        share,
        f"{len(good)} of {len(counted)} on track",
        "" if late is None else f"“{late.goal.title}” on track",
        (len(good) + 1) / len(counted) if late is not None else None,
    )


def _restored(facts: HealthFacts) -> _Seen:
    since = facts.day - _RESTORED_WITHIN
    dipped = [
        one for one in facts.episodes if one.restoration is not None and since <= one.opened_on <= facts.day
    ]
    if not dipped:
        return _Seen(
            None,
            "no dip confirmed in 180 days",
            missing="Only a confirmed dip after a ticket gives it; there was nothing to restore.",
        )
    waiting = [one for one in dipped if not _is_back(one, facts.day)]
    share = 1.0 - len(waiting) / len(dipped)
    sentence = f"after {len(dipped) - len(waiting)} of {count(len(dipped), 'dip')} in 180 days"
    if not waiting:
        return _Seen(share, sentence)
    number = facts.numbers.get(waiting[-1].ticket_ids[0], "") if waiting[-1].ticket_ids else ""
    words = f"Value restored after #{number}" if number else "Value restored after the last dip"
    return _Seen(share, sentence, words, share + 1.0 / len(dipped))


def _is_back(episode: Episode, day: date) -> bool:
    back = episode.restoration
    return back is not None and back.restored and (back.restored_on is None or back.restored_on <= day)


def _blocking(facts: HealthFacts) -> _Seen:
    since = facts.day - IN_TOUCH_WITHIN
    known = [one for one in facts.tickets if one.opened_on <= facts.day]
    open_now = [one for one in known if one.closed_on is None or one.closed_on > facts.day]
    touched = bool(open_now) or any(one.opened_on >= since for one in known)
    touched = touched or (facts.contact_on is not None and facts.contact_on >= since)
    if not touched:
        return _Seen(
            None,
            "no contact in 90 days; silence earns nothing",
            missing="A logged check-in, or a ticket, brings it.",
        )
    blocking = sorted((one for one in open_now if one.high), key=lambda one: one.opened_on)
    if not blocking:
        return _Seen(0.0, "none open")
    names = ", ".join(f"#{one.number}" for one in blocking[:2])
    more = f" and {len(blocking) - 2} more" if len(blocking) > 2 else ""
    return _Seen(
        float(len(blocking)),
        f"{len(blocking)} open: {names}{more}",
        f"#{blocking[0].number} solved",
        float(len(blocking) - 1),
    )


def _commitment(facts: HealthFacts) -> _Seen:
    if facts.pace is None:
        sentence = facts.pace_words or "no running commitment"
        return _Seen(None, sentence, missing="A contract with a running commitment brings it.")
    words = (
        "Use of the commitment up to its pace"
        if facts.pace < 1.0
        else "A higher commitment, or a slower pace"
    )
    return _Seen(facts.pace, facts.pace_words, words, 1.0)


def _breadth(facts: HealthFacts) -> _Seen:
    if facts.breadth is None:
        return _Seen(None, "nothing known of 28 days", missing="Usage by day and meter brings it.")
    has = len(facts.unused) / (1.0 - facts.breadth) if facts.breadth < 1.0 and facts.unused else 0.0
    if not has or facts.breadth >= _BREADTH_ENOUGH:
        return _Seen(facts.breadth, facts.breadth_words)
    return _Seen(
        facts.breadth,
        facts.breadth_words,
        f"“{facts.unused[0]}” in use",
        facts.breadth + 1.0 / has,
    )
