"""Tickets across accounts, and one ticket with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from convergedesk.domain.accounts import Account
from convergedesk.domain.tickets import Ticket, TicketId, TicketMessage, TicketPage, TicketQuery
from convergedesk.figures.account import AccountUsage, GoalView
from convergedesk.store import accounts
from convergedesk.store import tickets as store_tickets
from convergedesk.workspace.accounts import AccountReading
from convergedesk.workspace.session import Workspace


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """A ticket with its context.

    Attributes:
        ticket: The ticket.
        account: Whose it is.
        messages: Its conversation, oldest first.
        usage: The account's usage.
        goals: The account's goals.
        others: The account's other tickets, newest first.
    """

    ticket: Ticket
    account: Account
    messages: tuple[TicketMessage, ...]
    usage: AccountUsage
    goals: tuple[GoalView, ...]
    others: tuple[Ticket, ...]


def tickets(workspace: Workspace, query: TicketQuery) -> TicketPage:
    """The tickets that a query asks for, sorted and cut in the file."""
    return store_tickets.list_tickets(workspace.store, query)


def ticket_features(workspace: Workspace) -> tuple[str, ...]:
    """Features that any ticket is about, by name."""
    return store_tickets.feature_names(workspace.store)


def ticket_detail(workspace: Workspace, ticket_id: TicketId) -> TicketDetail:
    """One ticket with its context. Raises NotFoundError where it is gone."""
    ticket = store_tickets.get(workspace.store, ticket_id)
    reading = AccountReading(workspace, ticket.account_id)
    return TicketDetail(
        ticket=ticket,
        account=accounts.get(workspace.store, ticket.account_id),
        messages=store_tickets.messages(workspace.store, ticket_id),
        usage=reading.usage(),
        goals=reading.goals(),
        others=tuple(one for one in reading.tickets if one.id != ticket_id),
    )
