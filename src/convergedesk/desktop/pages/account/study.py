"""What the overview lays around an account's usage: expected range, dips and recoveries, tickets' effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from convergedesk.desktop.charts.series import Band, Dip
from convergedesk.desktop.pages.account.ticket_effects import TicketEffect, limits_words, ticket_effects
from convergedesk.desktop.pages.account.usage_story import TOTAL, PreparedUsage, key_of
from convergedesk.desktop.phrases import near_day
from convergedesk.domain.episodes import EffectPart
from convergedesk.figures.effect_words import why, why_of
from convergedesk.figures.expected import expected_of
from convergedesk.figures.wording import count, percent
from convergedesk.insights.weekday import weekday_factors

if TYPE_CHECKING:
    from convergedesk.desktop.pages.account.commitment_path import Course
    from convergedesk.desktop.pages.account.ticket_costs import TicketCost
    from convergedesk.domain.account_figures import AccountFigures
    from convergedesk.domain.episodes import Episode, KeptEffect
    from convergedesk.domain.tickets import TicketId
    from convergedesk.domain.usage import MeterId
    from convergedesk.figures.account import AccountUsage
    from convergedesk.figures.why import Why
    from convergedesk.workspace.account_figures import HealthDay
    from convergedesk.workspace.insights import AccountInsights

_STILL_ON = 14


@dataclass(frozen=True, slots=True)
class LineStudy:
    """What stands around one line by day.

    Attributes:
        band: The expected range as reported.
        adjusted: The same without the weekly rhythm; None where the line has none to take out.
        dips: Days under the range that are confirmed, oldest first.
        whys: (title, explanation) of the range and of each dip.
    """

    band: Band | None
    adjusted: Band | None
    dips: tuple[Dip, ...]
    whys: tuple[tuple[str, Why], ...]


@dataclass(frozen=True, slots=True)
class AccountStudy:
    """What was found of an account.

    Attributes:
        insights: What is kept of it.
        effects: By ticket.
        lines: By choice of the chart; at first the first choice alone.
        costs: What tickets came to, by ticket.
        figures: Health, spend, commitments and adoption; None before they were computed.
        courses: Of the running commitments; None until they were read, which is after the rest.
        history: Scores of health by day.
        part: How the ids of its figures name the account.
        rolled_up: False where sites are shown apart, while what is kept counts them in.
    """

    insights: AccountInsights
    effects: Mapping[TicketId, TicketEffect]
    lines: Mapping[str, LineStudy]
    rolled_up: bool
    costs: Mapping[TicketId, TicketCost] = field(default_factory=dict)
    figures: AccountFigures | None = None
    courses: tuple[Course, ...] | None = None
    history: tuple[HealthDay, ...] = ()
    part: str = ""

    @property
    def missing(self) -> str:
        """What would bring the figures that are lacking, in a sentence or two."""
        if self.figures is None:
            return "It is being computed."
        return " ".join(f"{lack.what} {lack.brings}" for lack in self.figures.missing)


def studied(prepared: PreparedUsage, insights: AccountInsights, *, rolled_up: bool) -> AccountStudy:
    """The study of an account with its first line. For a job."""
    usage = prepared.usage
    study = AccountStudy(
        insights,
        ticket_effects(insights, usage.tickets, usage.first_day, prepared.zone),
        {},
        rolled_up,
    )
    choice = prepared.choices[0][0] if prepared.choices else ""
    line = line_study(prepared, study, choice)
    return study if line is None else replace(study, lines={choice: line})


def line_study(prepared: PreparedUsage, study: AccountStudy, choice: str) -> LineStudy | None:
    """What stands around the line of a choice; None where it is no single line by day. For a job."""
    usage = prepared.usage
    found = _values(usage, choice)
    if found is None or usage.first_day is None or study.insights.computed_at is None:
        return None
    meter, daily = found
    fallen = _fallen_since(study.insights) if study.rolled_up else None
    expected = expected_of(daily, usage.first_day, study.insights.episodes, fallen)
    whys: list[tuple[str, Why]] = [("Expected range", why_of(expected.explanation, as_of=usage.as_of))]
    dips: list[Dip] = []
    for episode in study.insights.episodes if study.rolled_up else ():
        effect = episode.effect(EffectPart.DURING, meter_id=meter)
        dip = _dip(episode, effect, meter, usage)
        if dip is not None:
            dips.append(dip)
            if effect is not None:
                whys.append((dip.title, why(effect, as_of=study.insights.as_of)))
    if meter is None and study.rolled_up:
        dips += _silent(study.insights, dips)
    if expected.baseline is None:
        return LineStudy(None, None, tuple(dips), tuple(whys))
    band = Band(usage.first_day, expected.low, expected.high)
    weekday = usage.first_day.weekday()
    factors = weekday_factors(daily, weekday)
    adjusted = None
    if factors is not None:
        rhythm = factors[(weekday + np.arange(daily.size)) % 7]
        adjusted = Band(usage.first_day, expected.low / rhythm, expected.high / rhythm)
    return LineStudy(band, adjusted, tuple(dips), tuple(whys))


def _values(
    usage: AccountUsage, choice: str
) -> tuple[MeterId | None, np.ndarray[tuple[int], np.dtype[np.float64]]] | None:
    """The meter that effects speak of (None: the total) and the line by day."""
    if choice == TOTAL:
        return None if usage.total is None else (None, usage.total)
    for one in usage.meters:
        if key_of(one.meter) == choice and one.daily is not None:
            alone = usage.total is None
            return None if alone else one.meter.id, one.daily
    return None


def _dip(
    episode: Episode, effect: KeptEffect | None, meter: MeterId | None, usage: AccountUsage
) -> Dip | None:
    back = episode.restoration
    if meter is not None:
        if effect is None or effect.estimate is None:
            return None
        return Dip(effect.first_day, effect.last_day, _title(episode, effect, usage), _interval(effect))
    if back is None or back.onset_on is None:
        return None
    days = count(round(back.days), "day")
    course = f"value restored after {days}" if back.restored else f"not restored yet, {days}"
    sub = course if effect is None or effect.estimate is None else f"{_interval(effect)} · {course}"
    last = None if back.restored_on is None else back.restored_on - timedelta(days=1)
    if last is None and effect is not None and usage.as_of is not None:
        # One that never came back is judged over its first weeks; the shading says the same.
        lasting = (usage.as_of - effect.last_day).days < _STILL_ON
        last = None if lasting else effect.last_day
    return Dip(back.onset_on, last, _title(episode, effect, usage), sub, restored=back.restored_on)


def _title(episode: Episode, effect: KeptEffect | None, usage: AccountUsage) -> str:
    numbers = {ticket.id: ticket.number for ticket in usage.tickets}
    named = [f"#{numbers[one]}" for one in episode.ticket_ids if one in numbers]
    more = f" and {len(named) - 1} more" if len(named) > 1 else ""
    tickets = f"{named[0]}{more}" if named else "a ticket"
    if effect is None or effect.estimate is None or effect.verdict == "inconclusive":
        return f"Dip around {tickets}"
    place = "after" if effect.first_day >= episode.opened_on else "around"
    return f"{percent(effect.estimate, signed=True)} {place} {tickets}"


def _interval(effect: KeptEffect) -> str:
    return f"95\u202f%: {limits_words(effect)}"


def _fallen_since(insights: AccountInsights) -> date | None:
    """First day of a dip of the last days that no ticket speaks of."""
    recent = insights.recent_dip
    if not recent or not recent.get("fired") or recent.get("tickets"):
        return None
    return date.fromisoformat(recent["first_day"])


def _silent(insights: AccountInsights, dips: list[Dip]) -> list[Dip]:
    """A dip of the last days that no ticket speaks of."""
    recent, first = insights.recent_dip, _fallen_since(insights)
    if recent is None or first is None:
        return []
    if any(dip.covers(first.toordinal()) for dip in dips) or recent["estimate"] is None:
        return []
    as_of = insights.as_of or first
    title = f"{percent(recent['estimate'], signed=True)} since {near_day(first, as_of)}"
    return [Dip(first, None, title, "no ticket was opened near it")]
