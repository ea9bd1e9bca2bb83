"""`convergedesk ticket`: one ticket in its context."""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.tickets import TicketId, TicketQuery


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Print what the ticket's page shows; returns 0."""
    from convergedesk.figures.effect_words import headline, restored_words, sentence, verdict_words, why
    from convergedesk.workspace.insights import refresh_insights, ticket_insights
    from convergedesk.workspace.tickets import ticket_detail, tickets

    with opened(arguments, ports) as workspace:
        number = arguments.ticket.lstrip("#")
        page = tickets(workspace, TicketQuery(text=number, limit=50))
        found = next((row for row in page.rows if row.ticket.number == number), None)
        if found is None:
            raise NotFoundError(f"There is no ticket “{arguments.ticket}” in this workspace.")
        ticket_id = TicketId(found.ticket.id)
        refresh_insights(workspace, [found.ticket.account_id])
        detail = ticket_detail(workspace, ticket_id)
        insights = ticket_insights(workspace, ticket_id)
    effects = () if insights.episode is None else insights.episode.effects
    if arguments.json:
        write_json(
            ports.out,
            {
                "ticket": detail.ticket,
                "account": detail.account.name,
                "goals": [view.goal for view in detail.goals],
                "usage_as_of": insights.as_of,
                "effects": [
                    {"effect": effect, "sentence": sentence(effect), "why": why(effect, as_of=insights.as_of)}
                    for effect in effects
                ],
                "restoration": None if insights.episode is None else insights.episode.restoration,
                "past": [
                    {"ticket": ticket.number, "title": ticket.title, "effects": episode.effects}
                    for episode, ticket in insights.past
                ],
            },
        )
        return 0
    ticket = detail.ticket
    ports.out.write(f"#{ticket.number} {ticket.title}\n{detail.account.name} · {ticket.status.value}\n\n")
    if insights.episode is None:
        ports.out.write("No effect is measured: neither high priority nor a confirmed dip in usage.\n")
        return 0
    ports.out.write(f"{restored_words(insights.episode)}\n")
    for effect in effects:
        if effect.meter_id is None:
            ports.out.write(f"{sentence(effect)} {headline(effect)}, {verdict_words(effect)}\n")
    return 0
