"""What the sample's agents wrote about the pilot's tickets: what was wanted, what is blocked, which goals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.tickets import Ticket
from convergedesk.store import goals as goal_store
from convergedesk.store import ticket_notes as note_store
from convergedesk.store import tickets as ticket_store
from convergedesk.store.engine import Store

_WRITTEN = datetime(2026, 11, 24, 9, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TicketNotesPlan:
    """What is written about one ticket; goals by their titles."""

    number: str
    author: str
    trying_to: str
    blocks: str
    goals: tuple[str, ...] = ()


PLANS = (
    TicketNotesPlan(
        "48213", "Amira Haddad",
        "Clear every container before the truck reaches the gate, without anyone re-sending by hand.",
        "Each failed event adds about 40 min at the gate and a manual re-send for the night team.",
        ("Manual re-sends a week", "Customs events within 60 seconds"),
    ),
    TicketNotesPlan(
        "48590", "Amira Haddad",
        "One receipt for each declaration, so that the night team can close its list.",
        "Every duplicate has to be compared by hand before it is thrown away.",
        ("Customs events within 60 seconds",),
    ),
    TicketNotesPlan(
        "48702", "Priya Nair",
        "Collect failed card payments by themselves before the customer notices.",
        "Failed payments stay failed until somebody writes to the cardholder.",
        ("Failed payments retried",),
    ),
    TicketNotesPlan(
        "48377", "Priya Nair",
        "Pass every claim to the broker's file on the day on which it is closed.",
        "Claims of one route wait until somebody exports them by hand.",
        ("Claims closed the same day",),
    ),
    TicketNotesPlan(
        "48402", "Jonas Weber",
        "Have the night nurse read an alert within five minutes.",
        "Two wards call by telephone instead of waiting for the alert.",
        ("Alerts read within 5 minutes",),
    ),
)  # fmt: skip


def write_ticket_notes(store: Store, account_ids: Iterable[AccountId]) -> None:
    """Write what the plans say about the tickets that the sample holds."""
    wanted = {plan.number: plan for plan in PLANS}
    accounts = list(account_ids)
    known = [one for one in ticket_store.of_accounts(store, accounts) if one.number in wanted]
    goals = {goal.title: goal.id for goal in goal_store.of_accounts(store, accounts)}
    for ticket in known:
        _write(store, ticket, wanted[ticket.number])
        for title in wanted[ticket.number].goals:
            if title in goals:
                note_store.link_goal(store, ticket.id, goals[title])


def _write(store: Store, ticket: Ticket, plan: TicketNotesPlan) -> None:
    note_store.write_answers(
        store,
        ticket.id,
        trying_to=plan.trying_to,
        blocks=plan.blocks,
        audience=Audience.INTERNAL,
        author=plan.author,
        now=_WRITTEN,
    )
