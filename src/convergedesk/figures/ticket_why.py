"""What stands behind the figures of one ticket: its effect on usage and when value was restored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from convergedesk.domain.episodes import EffectPart, Episode, KeptEffect, KeptRestoration
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.tickets import Ticket
from convergedesk.figures.effect_words import why
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.why import Link, LinkKind, Step, Why, WhyRow
from convergedesk.figures.wording import count, day, percent

USES = ((SystemKind.USAGE, "for what was used"), (SystemKind.SUPPORT, "for the days of trouble"))
EFFECTS: Final[dict[str, tuple[EffectPart, int | None]]] = {
    "during": (EffectPart.DURING, None),
    "after7": (EffectPart.AFTER, 7),
    "after14": (EffectPart.AFTER, 14),
    "after28": (EffectPart.AFTER, 28),
}
"""The effects of a ticket by the word that their ids end with."""
TICKET_FIGURES: Final = (*EFFECTS, "restored", "smallest")
_KPI = 7
_TITLES = {"during": "Measured effect, from the dip's first day until value was restored"}


def ticket_figure_id(number: str, *what: str) -> str:
    """Such as 'ticket:48213:after7'."""
    return figure_id("ticket", number, *what)


def ticket_rows(tickets: Iterable[Ticket]) -> tuple[WhyRow, ...]:
    """Tickets as rows that can be opened."""
    return tuple(
        WhyRow(
            f"#{ticket.number} {ticket.title}".strip(),
            ticket.status.value,
            Link(LinkKind.TICKET, ticket.id),
            f"opened {day(ticket.opened_at.date())}",
        )
        for ticket in tickets
    )


def ticket_why(
    number: str, what: str, episode: Episode, tickets: Iterable[Ticket], as_of: date | None
) -> Why | None:
    """Behind a figure of `TICKET_FIGURES`; None where it is not measured."""
    if what in EFFECTS:
        return why_effect(number, what, episode, tickets, as_of)
    if what == "restored":
        return why_restored(number, episode, tickets, as_of)
    least = episode.effect(EffectPart.AFTER, _KPI) or episode.effect(EffectPart.DURING)
    return None if least is None else why_smallest(number, least, as_of)


def why_effect(
    number: str, what: str, episode: Episode, tickets: Iterable[Ticket], as_of: date | None
) -> Why | None:
    """Behind one of `EFFECTS`, or None where the episode has no such effect.

    Args:
        number: The ticket's number.
        what: The word of `EFFECTS`.
        episode: What the ticket belongs to.
        tickets: The episode's tickets.
        as_of: Last day with usage.
    """
    part, horizon = EFFECTS[what]
    effect = episode.effect(part, horizon)
    if effect is None:
        return None
    found = why(effect, as_of=as_of, figure_id=ticket_figure_id(number, what))
    title = _TITLES.get(what, f"Usage in days 1–{horizon} after closing, against expected")
    return replace(found, title=title, behind=ticket_rows(tickets))


def why_smallest(number: str, effect: KeptEffect, as_of: date | None) -> Why | None:
    """Behind the smallest dip that could have been seen; None where nothing could be judged."""
    seen = effect.smallest_detectable
    if seen is None:
        return None
    base = why(effect, as_of=as_of)
    return Why(
        title="Smallest dip visible",
        definition=(
            "A fall of usage by less than this could not have been told from the account's usual ups "
            "and downs. It says how much 'inconclusive' is worth."
        ),
        formula=(
            f"half of the usual interval: {percent(abs(seen))}, "
            f"from {count(effect.placebos, 'earlier window')} "
            f"of {count(effect.horizon, 'day')} in which nothing is known to have happened"
        ),
        window=base.window,
        rows=base.rows,
        caution="The steadier an account's usage, the smaller the dip that can be seen.",
        as_of=base.as_of,
        figure=percent(abs(seen)),
        figure_id=ticket_figure_id(number, "smallest"),
        uses=USES,
    )


def why_restored(number: str, episode: Episode, tickets: Iterable[Ticket], as_of: date | None) -> Why:
    """Behind the time to value restored, also where there is none."""
    back = episode.restoration
    caution = "" if back is not None else "No dip is confirmed, so there is nothing to restore."
    if back is not None and not back.restored:
        caution = "Not restored yet: these are the days waited so far."
    return Why(
        title="Time to value restored",
        definition=(
            "Whole days from opening to the first day from which usage is back: the 7-day total is at least "
            "90 % of expected, the first 3 of these days too, and 6 days later it still is."
        ),
        formula=_formula(episode, back),
        window=_days(episode, back),
        rows=() if back is None else _terms(episode, back),
        caution=caution,
        as_of="No usage is known." if as_of is None else f"Usage is known up to {day(as_of)}.",
        figure="" if back is None else count(round(back.days), "day"),
        figure_id=ticket_figure_id(number, "restored"),
        steps=_steps(episode, back),
        behind=ticket_rows(tickets),
        uses=USES,
    )


def _formula(episode: Episode, back: KeptRestoration | None) -> str:
    if back is None:
        return "day restored − day opened"
    days = count(round(back.days), "day")
    if back.restored_on is None:
        return f"last day with usage − {day(episode.opened_on)} opened = {days} so far"
    return f"{day(back.restored_on)} restored − {day(episode.opened_on)} opened = {days}"


def _steps(episode: Episode, back: KeptRestoration | None) -> tuple[Step, ...]:
    if back is None or back.restored_on is None:
        return ()
    return (
        Step(day(back.restored_on), "value restored", "−"),
        Step(day(episode.opened_on), "opened", "="),
        Step(count(round(back.days), "day"), "to value restored"),
    )


def _days(episode: Episode, back: KeptRestoration | None) -> str:
    began = "" if back is None or back.onset_on is None else f"The dip began on {day(back.onset_on)}. "
    closed = "still open" if episode.resolved_on is None else f"last resolved on {day(episode.resolved_on)}"
    return f"{began}Opened on {day(episode.opened_on)}, {closed}."


def _terms(episode: Episode, back: KeptRestoration) -> tuple[tuple[str, str], ...]:
    rows: list[tuple[str, str]] = []
    if episode.resolved_on is not None:
        rows.append(("Days to the fix", count((episode.resolved_on - episode.opened_on).days, "day")))
    if back.days_after_resolution is not None:
        later = round(back.days_after_resolution)
        name = "Days from the fix to value restored" if later >= 0 else "Days that value was back before it"
        rows.append((name, count(abs(later), "day")))
    if back.days_from_onset is not None:
        rows.append(("Days from the dip's first day", count(round(back.days_from_onset), "day")))
    return tuple(rows)
