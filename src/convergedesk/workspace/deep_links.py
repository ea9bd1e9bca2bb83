"""Finds what an address from outside leads to."""

from __future__ import annotations

from typing import NamedTuple

from convergedesk.domain.deep_links import DeepLink, PlaceKind, parse_link
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.kinds import AccountId
from convergedesk.domain.tickets import TicketId
from convergedesk.store import reviews as store_reviews
from convergedesk.workspace.accounts import find_account
from convergedesk.workspace.session import Workspace
from convergedesk.workspace.ticket_figures import ticket_by_number


class LinkTarget(NamedTuple):
    """Where an address leads: a ticket, else an account."""

    account_id: AccountId
    ticket_id: TicketId | None = None


def resolve_link(workspace: Workspace, text: str) -> LinkTarget:
    """What an address leads to in this workspace.

    Raises:
        BadLinkError: It is no address of ours.
        NotFoundError: This workspace has no such thing; the sentence names it.
    """
    link = parse_link(text)
    if link.kind is PlaceKind.TICKET:
        ticket = ticket_by_number(workspace, link.name)
        return LinkTarget(ticket.account_id, ticket.id)
    if link.kind is PlaceKind.ACCOUNT:
        return LinkTarget(find_account(workspace, link.name))
    return LinkTarget(_of_review(workspace, link))


def _of_review(workspace: Workspace, link: DeepLink) -> AccountId:
    number = int(link.name) if link.name.isascii() and link.name.isdigit() and len(link.name) < 16 else None
    found = None if number is None else store_reviews.account_of(workspace.store, number)
    if found is None:
        raise NotFoundError(f"There is no review “{link.name}” in this workspace.")
    return found
