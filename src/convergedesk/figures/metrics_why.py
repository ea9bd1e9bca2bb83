"""What stands behind each figure of the Metrics page; the same text for the page, `--json` and notes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from convergedesk.domain.kinds import AccountId, SystemKind
from convergedesk.figures.effect_words import headline, verdict_words, why_of
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.metrics import EpisodeEffect, Metrics
from convergedesk.figures.why import Link, LinkKind, Step, Why, WhyRow, span_words
from convergedesk.figures.wording import count, number, percent
from convergedesk.insights.support_metrics import SATISFIED_FROM
from convergedesk.insights.survival import RestorationCurve

_MOST = 200
_SUPPORT = ((SystemKind.SUPPORT, "for the tickets"),)
_BOTH = ((SystemKind.USAGE, "for what was used"), (SystemKind.SUPPORT, "for the tickets"))
Names = Mapping[AccountId, str]


def metrics_why(found: Metrics, what: str, names: Names, filters: tuple[str, ...] = ()) -> Why | None:
    """Behind one of `METRICS`; None for another word.

    Args:
        found: The metrics of the period.
        what: The word of `METRICS`.
        names: Accounts' names.
        filters: What narrowed the tickets, as ids say it: 'priority=high', 'feature=Exports', 'pod=3'.
    """
    made = METRICS.get(what)
    if made is None:
        return None
    why = made(found, names)
    words = [
        f"Tickets opened {span_words(found.first_day, found.last_day)}, {count(found.accounts, 'account')}"
    ]
    words += [one.replace("=", ": ") for one in filters]
    window = f"{', '.join(words)}. {why.window}".strip()
    return replace(why, window=window, figure_id=metrics_id(what, found.first_day, found.last_day, filters))


def metrics_id(what: str, first: date, last: date, filters: tuple[str, ...] = ()) -> str:
    """Such as 'metrics:ttvr:2026-10-01..2026-12-10:priority=high'."""
    period = f"{first.isoformat()}..{last.isoformat()}"
    return ":".join([figure_id("metrics", what, period), *(figure_id(one) for one in filters)])


def _first_response(found: Metrics, _names: Names) -> Why:
    value = _minutes(found.support.first_response)
    return Why(
        title="First response time",
        definition="The median time from opening to the first public answer, as the support desk states it.",
        formula=f"median of {count(found.support.volume, 'ticket')} = {value}",
        caution="It says how fast somebody answered, not whether the customer got value back.",
        figure=value,
        uses=_SUPPORT,
    )


def _csat(found: Metrics, _names: Names) -> Why:
    support = found.support
    rated = "not measured" if math.isnan(support.csat) else percent(support.csat)
    return Why(
        title="Customer satisfaction",
        definition=f"The share of ratings of {SATISFIED_FROM:g} and 5 among all ratings given.",
        formula=f"ratings of {SATISFIED_FROM:g} and 5 ÷ {count(support.answered, 'rating')} = {rated}",
        rows=(("Asked", f"{support.asked:,}"), ("Answered", f"{support.answered:,}")),
        caution="Those who do not answer are not in it."
        if support.answered
        else "Nobody has rated a ticket.",
        figure=rated,
        uses=_SUPPORT,
    )


def _volume(found: Metrics, _names: Names) -> Why:
    days = max((found.last_day - found.first_day).days + 1, 1)
    return Why(
        title="Ticket volume",
        definition="Tickets opened in the period, but deleted ones.",
        formula=f"{found.support.volume:,} in {count(days, 'day')}",
        rows=(
            ("A week", number(round(7 * found.support.volume / days, 1))),
            ("Closed since", f"{found.support.resolved:,}"),
        ),
        caution="Fewer tickets is good news only where usage holds.",
        figure=f"{found.support.volume:,}",
        uses=_SUPPORT,
    )


def _restored(found: Metrics, names: Names) -> Why:
    dips = [one for one in found.effects if one.episode.restoration is not None]
    dips.sort(key=lambda one: -(one.episode.restoration.days if one.episode.restoration else 0.0))
    rows = tuple(
        WhyRow(
            _named(one, names),
            count(round(back.days), "day") if back.restored else f"{round(back.days):,} days, not yet",
            Link(LinkKind.TICKET, one.ticket.id),
        )
        for one in dips
        if (back := one.episode.restoration) is not None
    )
    why = why_of(found.restored.explanation)
    return replace(
        why,
        figure=median_words(found.restored),
        behind=rows[:_MOST],
        behind_of=found.restored.tickets,
        uses=_BOTH,
    )


def _closing(found: Metrics, names: Names) -> Why:
    closing = found.closing
    formula = (
        f"{closing.rising:,} rising, {closing.falling:,} falling, {closing.inconclusive:,} inconclusive "
        f"of {count(closing.judged, 'episode')} judged"
    )
    high = [one for one in found.effects if one.episode.high and one.episode.resolved_on is not None]
    figure = f"{closing.rising:,} of {closing.judged:,} rising" if closing.judged else "not measured"
    return Why(
        title="Usage in days 1–7 after closing",
        definition=(
            "Usage of the 7 days after the last resolution of each episode of high priority, compared with "
            "what the days before let expect. Rising and falling are those whose 95 % interval leaves out no "
            "change; the others are inconclusive. Tickets that overlap are one episode."
        ),
        formula=formula,
        rows=(("Not measured", f"{closing.not_measured:,}"),),
        interval="Of 100 such intervals about 95 hold the true difference.",
        caution="Compared with expected; this does not show what caused the difference.",
        figure=figure,
        steps=(
            Step(f"{closing.rising:,}", "rising"),
            Step(f"{closing.falling:,}", "falling"),
            Step(f"{closing.inconclusive:,}", "inconclusive"),
        ),
        behind=tuple(_effect_row(one, names) for one in high)[:_MOST],
        behind_of=len(high),
        uses=_BOTH,
    )


def _effects(found: Metrics, names: Names) -> Why:
    return replace(
        _closing(found, names),
        title="Usage after closing, every episode",
        formula=f"{count(len(found.effects), 'episode')} judged of {found.episodes:,}",
        figure=f"{len(found.effects):,} judged",
        steps=(),
        behind=tuple(_effect_row(one, names) for one in found.effects)[:_MOST],
        behind_of=len(found.effects),
    )


def _together(found: Metrics, names: Names) -> Why:
    together = found.together
    known = not math.isnan(together.p_value) and together.lag is not None
    figure = f"r {number(round(float(together.r_by_lag[together.lag or 0]), 2))}" if known else "not measured"
    rows = tuple(
        WhyRow(
            names.get(one.account_id, f"Account {one.account_id}"),
            percent(one.change, signed=True),
            Link(LinkKind.ACCOUNT, one.account_id, "overview"),
            count(one.tickets, "ticket"),
        )
        for one in sorted(found.points, key=lambda one: one.change)
    )
    why = why_of(together.explanation)
    return replace(why, figure=figure, behind=rows[:_MOST], behind_of=len(rows), uses=_BOTH)


def median_words(curve: RestorationCurve) -> str:
    """'5 days', 'not reached' or 'not measured'."""
    if not curve.tickets:
        return "not measured"
    return "not reached" if math.isinf(curve.median) else count(round(curve.median), "day")


def _effect_row(one: EpisodeEffect, names: Names) -> WhyRow:
    tone = {"down": "critical", "up": "good"}.get(one.effect.verdict, "text_2")
    link = Link(LinkKind.TICKET, one.ticket.id)
    return WhyRow(_named(one, names), headline(one.effect), link, verdict_words(one.effect), tone)


def _named(one: EpisodeEffect, names: Names) -> str:
    return f"#{one.ticket.number} {names.get(one.ticket.account_id, '')}".strip()


def _minutes(value: float) -> str:
    if math.isnan(value):
        return "not measured"
    if value < 120:
        return f"{number(round(value))} min"
    return f"{number(round(value / 60, 1))} h" if value < 2880 else f"{number(round(value / 1440, 1))} days"


METRICS: Final[dict[str, Callable[[Metrics, Names], Why]]] = {
    "first-response": _first_response,
    "csat": _csat,
    "volume": _volume,
    "ttvr": _restored,
    "closing": _closing,
    "effects": _effects,
    "together": _together,
}
"""The figures by the word that their ids hold."""
