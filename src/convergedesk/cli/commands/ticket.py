"""`convergedesk ticket`: one ticket in its context."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports
from convergedesk.domain.ticket_notes import BLOCKS, TRYING_TO
from convergedesk.figures.wording import short_money

if TYPE_CHECKING:
    from convergedesk.workspace.ticket_context import TicketContext


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Print what the ticket's page shows; returns 0."""
    from convergedesk.workspace.insights import refresh_insights
    from convergedesk.workspace.ticket_context import nudges_with_peers, ticket_context
    from convergedesk.workspace.ticket_figures import ticket_by_number

    with opened(arguments, ports) as workspace:
        ticket = ticket_by_number(workspace, arguments.ticket)
        refresh_insights(workspace, [ticket.account_id])
        found = ticket_context(workspace, ticket.id)
        found = replace(found, nudges=nudges_with_peers(workspace, found))
    if arguments.json:
        write_json(ports.out, _object(found))
    else:
        ports.out.write("\n".join(_lines(found)) + "\n")
    return 0


def _lines(found: TicketContext) -> Iterator[str]:
    from convergedesk.figures.effect_words import headline, restored_words, sentence, verdict_words

    detail, notes = found.detail, found.notes
    ticket = detail.ticket
    yield f"#{ticket.number} {ticket.title}"
    yield f"{detail.account.name} · {ticket.status.value} · {ticket.feature or 'no feature'}"
    yield from (f"! {flag.text}" for flag in found.flags if flag.state.value != "kept")
    yield ""
    yield f"{TRYING_TO} {notes.trying_to or '–'}"
    yield f"{BLOCKS} {notes.blocks or '–'}"
    yield ""
    for effect in found.insights.now:
        yield f"{sentence(effect)} {headline(effect)}, {verdict_words(effect)}"
    episode = found.insights.episode
    if episode is None:
        yield "No effect is measured: neither high priority nor a confirmed dip in usage."
    else:
        yield restored_words(episode)
        for effect in episode.effects:
            if effect.meter_id is None:
                yield f"{sentence(effect)} {headline(effect)}, {verdict_words(effect)}"
    cost = found.cost
    if cost is not None and cost.value is not None:
        likely = f"likely {short_money(cost.value.low)} to {short_money(cost.value.high)}"
        yield f"Estimated value {short_money(cost.value.middle)}, {likely}"
    yield from (f"Worth suggesting: {nudge.sentence}" for nudge in found.nudges)


def _object(found: TicketContext) -> dict[str, object]:
    from convergedesk.figures.effect_words import sentence, why
    from convergedesk.figures.ticket_why import TICKET_FIGURES, ticket_why
    from convergedesk.figures.why import to_json

    detail, insights, notes = found.detail, found.insights, found.notes
    ticket, episode = detail.ticket, insights.episode
    known = {one.id: one for one in (ticket, *detail.others)}
    mine = () if episode is None else tuple(known[one] for one in episode.ticket_ids if one in known)
    figures = (
        []
        if episode is None
        else [ticket_why(ticket.number, what, episode, mine, insights.as_of) for what in TICKET_FIGURES]
    )
    return {
        "ticket": ticket,
        "account": detail.account.name,
        "trying_to": notes.trying_to,
        "blocks": notes.blocks,
        "audience": notes.audience,
        "messages": detail.messages,
        "goals": [view.goal for view in detail.goals],
        "goals_affected": [
            {"id": view.goal.id, "title": view.goal.title, "standing": view.standing}
            for view in detail.goals
            if view.goal.id in notes.goal_ids
        ],
        "usage_as_of": insights.as_of,
        "usage_now": insights.now,
        "spend": None if found.figures is None else found.figures.spend,
        "health": None if found.figures is None else found.figures.health,
        "flags": [
            {"kind": flag.kind, "state": flag.state, "text": flag.text, "why": to_json(flag.why)}
            for flag in found.flags
        ],
        "judged_at": found.judged_at,
        "suggestions": [
            {"title": nudge.title, "sentence": nudge.sentence, "why": to_json(nudge.why)}
            for nudge in found.nudges
        ],
        "cost": found.cost,
        "effects": [
            {
                "effect": effect,
                "sentence": sentence(effect),
                "why": to_json(why(effect, as_of=insights.as_of)),
            }
            for effect in (() if episode is None else episode.effects)
        ],
        "restoration": None if episode is None else episode.restoration,
        "figures": [to_json(one) for one in figures if one is not None],
        "past": [
            {"ticket": other.number, "title": other.title, "effects": one.effects}
            for one, other in insights.past
        ],
    }
