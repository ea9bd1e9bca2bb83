"""Writing about a ticket: the two questions, its feature, and the goals that it touches."""

from __future__ import annotations

from convergedesk.domain.audience import Audience
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.goals import GoalId
from convergedesk.domain.ticket_notes import LONGEST, TicketNotes
from convergedesk.domain.tickets import Ticket, TicketId
from convergedesk.store import goals as store_goals
from convergedesk.store import ticket_notes as store_notes
from convergedesk.store import tickets as store_tickets
from convergedesk.store.edits import OpenEdit
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace


def notes_on(workspace: Workspace, ticket_id: TicketId) -> TicketNotes:
    """What is written about a ticket."""
    return store_notes.notes_of(workspace.store, ticket_id)


def write_answers(
    workspace: Workspace,
    ticket_id: TicketId,
    *,
    trying_to: str,
    blocks: str,
    audience: Audience = Audience.INTERNAL,
) -> Changes:
    """Keep the answers to the two questions; writing that follows within seconds is one step of 'Undo'.

    Raises:
        NotFoundError: The ticket is gone.
    """
    store = workspace.store
    with workspace.edit() as edit:
        ticket = store_tickets.get(store, ticket_id)
        before = store_notes.notes_of(store, ticket_id)
        store_notes.write_answers(
            store,
            ticket_id,
            trying_to=trying_to.strip()[:LONGEST],
            blocks=blocks.strip()[:LONGEST],
            audience=audience,
            author=workspace.author,
            now=workspace.clock.now(),
        )
        edit.account_id, called = ticket.account_id, _called(ticket)
        if before.audience is not audience:
            shared = audience is Audience.SHARED
            edit.label = (
                f"Shared the answers on {called}" if shared else f"Made the answers on {called} internal"
            )
        else:
            edit.label = f"Wrote what {called} is about"
            edit.merge = f"ticket:{ticket_id}:answers"
    return _changed(ticket, edit, Kind.TICKETS)


def tag_ticket(workspace: Workspace, ticket_id: TicketId, feature: str | None) -> Changes:
    """Tag a ticket with a feature; None or nothing but spaces takes the support desk's again."""
    name = (feature or "").strip()[:80] or None
    with workspace.edit() as edit:
        ticket = store_tickets.get(workspace.store, ticket_id)
        store_notes.tag(workspace.store, ticket_id, name, author=workspace.author, now=workspace.clock.now())
        edit.account_id = ticket.account_id
        called = _called(ticket)
        edit.label = f"Took our tag off {called}" if name is None else f"Tagged {called} with “{name}”"
    return _changed(ticket, edit, Kind.TICKETS)


def link_goal(workspace: Workspace, ticket_id: TicketId, goal_id: GoalId) -> Changes:
    """Say that a ticket touches a goal of its account.

    Raises:
        NotFoundError: Ticket or goal is gone.
    """
    with workspace.edit() as edit:
        ticket = store_tickets.get(workspace.store, ticket_id)
        goal = store_goals.get(workspace.store, goal_id)
        store_notes.link_goal(workspace.store, ticket_id, goal_id)
        edit.account_id = ticket.account_id
        edit.label = f"Linked {_called(ticket)} to goal “{goal.title}”"
    return _changed(ticket, edit, Kind.TICKETS)


def unlink_goal(workspace: Workspace, ticket_id: TicketId, goal_id: GoalId) -> Changes:
    """Say that it does not touch the goal."""
    with workspace.edit() as edit:
        ticket = store_tickets.get(workspace.store, ticket_id)
        store_notes.unlink_goal(workspace.store, ticket_id, goal_id)
        edit.account_id = ticket.account_id
        try:
            title = f"goal “{store_goals.get(workspace.store, goal_id).title}”"
        except NotFoundError:
            title = "a goal that was deleted"
        edit.label = f"Took {_called(ticket)} off {title}"
    return _changed(ticket, edit, Kind.TICKETS)


def _called(ticket: Ticket) -> str:
    return f"ticket #{ticket.number}"


def _changed(ticket: Ticket, edit: OpenEdit, kind: Kind) -> Changes:
    return Changes(frozenset({ticket.account_id}), frozenset({kind}), edit_id=edit.id)
