"""Support tickets and their conversations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any, NewType

from convergedesk.domain.audience import Audience
from convergedesk.domain.kinds import AccountId, PodId

TicketId = NewType("TicketId", int)


class Priority(IntEnum):
    """Rank of a ticket after mapping. High priority means the top two ranks."""

    LOW = 1
    NORMAL = 2
    HIGH = 3
    URGENT = 4

    @property
    def is_high(self) -> bool:
        """True for high and urgent."""
        return self >= Priority.HIGH


class TicketStatus(StrEnum):
    """Where a ticket stands; solved and closed both count as closed."""

    OPEN = "open"
    PENDING = "pending"
    CLOSED = "closed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request for help.

    Attributes:
        id: Our own id.
        number: As the support desk shows it, such as '48213'.
        account_id: Whose ticket it is.
        title: Subject line; empty where the export has none.
        priority: Rank after mapping, or None where the source states none.
        status: Open, pending, closed or deleted.
        opened_at: When it was opened, UTC.
        closed_at: The final resolution, UTC, or None while it is open.
        first_response_minutes: Minutes to the first public answer, or None.
        satisfaction: Rating 1 to 5, or None where the customer gave none.
        escalated: True where the desk marked it so.
        feature: Name of the feature that it is about, or None.
        requester: Name of the person who asked, or None.
        assignee: Name of the agent, or None.
        url: Address of the ticket in the support desk, or None.
        reopens: How often it was opened again, or None where the source does not count.
    """

    id: TicketId
    number: str
    account_id: AccountId
    title: str
    priority: Priority | None
    status: TicketStatus
    opened_at: datetime
    closed_at: datetime | None = None
    first_response_minutes: int | None = None
    satisfaction: int | None = None
    escalated: bool = False
    feature: str | None = None
    requester: str | None = None
    assignee: str | None = None
    url: str | None = None
    reopens: int | None = None


@dataclass(frozen=True, slots=True)
class TicketMessage:
    """One message of a ticket's conversation.

    Attributes:
        ticket_id: The ticket.
        sent_at: UTC.
        author: Name as written.
        author_role: Such as 'Support' or the customer's job title; may be empty.
        from_customer: True where the customer wrote it.
        audience: Internal for agents' notes, shared for public messages.
        body: Plain text.
        id: Our own id; 0 before it is kept.
    """

    ticket_id: TicketId
    sent_at: datetime
    author: str
    author_role: str
    from_customer: bool
    audience: Audience
    body: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class TicketQuery:
    """Which tickets to list, and in which order.

    Attributes:
        account_id: Tickets of this account and its sites, or None for all.
        pod_id: Tickets of this pod's accounts and their sites, or None for all.
        text: Part of the title, requester or assignee, or the beginning of the number.
        status: Only this status; None: all but deleted.
        high_only: Only high and urgent.
        feature: Name of a feature, or None for all.
        opened_from: First day of opening, in the account's time zone, or None.
        opened_to: Last day of opening, likewise, or None.
        sort: 'opened_at', 'closed_at', 'to_closing', 'priority', 'status', 'number', 'title', 'account',
            'feature', 'assignee', 'first_response' or 'satisfaction'.
        descending: Greatest first; what is unknown comes last either way.
        limit: At most so many rows.
        after: Where the page before ended (its `TicketPage.after`), or None for the first one.
    """

    account_id: AccountId | None = None
    pod_id: PodId | None = None
    text: str = ""
    status: TicketStatus | None = None
    high_only: bool = False
    feature: str | None = None
    opened_from: date | None = None
    opened_to: date | None = None
    sort: str = "opened_at"
    descending: bool = True
    limit: int = 500
    after: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket with the name and the time zone of its account."""

    ticket: Ticket
    account_name: str
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class TicketPage:
    """A part of a list of tickets.

    Attributes:
        rows: In the order of the query.
        total: How many there are in all, counted with the first page.
        after: Where the next page begins, or None where this is the last one.
    """

    rows: tuple[TicketRow, ...]
    total: int
    after: tuple[Any, ...] | None = None
