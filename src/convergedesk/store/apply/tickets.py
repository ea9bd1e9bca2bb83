"""Tickets as their table takes them."""

from __future__ import annotations

from collections.abc import Callable

from convergedesk.domain.records import EntityKind, TicketRecord
from convergedesk.domain.tickets import TicketStatus
from convergedesk.store.apply.rows import EntityTable, Prepared, UnsoundRowError
from convergedesk.store.instants import to_microseconds

TICKETS = EntityTable(
    EntityKind.TICKETS,
    "tickets",
    "number",
    (
        "title",
        "priority",
        "status",
        "opened_at",
        "closed_at",
        "first_response_minutes",
        "satisfaction",
        "escalated",
        "feature_id",
        "requester",
        "assignee",
        "url",
    ),
    (
        "title",
        "priority",
        "status",
        "opened_at",
        "closed_at",
        "first_response_minutes",
        "satisfaction",
        "escalated",
        "feature",
        "requester",
        "assignee",
        "url",
    ),
    flags=frozenset({"escalated"}),
)


def prepare_ticket(record: TicketRecord, feature_id: Callable[[str | None], int | None]) -> Prepared:
    """A ticket's row; without a status it is closed when it has an end and open when not.

    Raises:
        UnsoundRowError: The satisfaction is not 1 to 5.
    """
    if record.satisfaction is not None and not 1 <= record.satisfaction <= 5:
        raise UnsoundRowError(f"The satisfaction {record.satisfaction} is not between 1 and 5.")
    closed_at = None if record.closed_at is None else to_microseconds(record.closed_at)
    status = record.status or (TicketStatus.OPEN if closed_at is None else TicketStatus.CLOSED)
    return Prepared(
        record.number,
        (
            record.title,
            None if record.priority is None else int(record.priority),
            status.value,
            to_microseconds(record.opened_at),
            closed_at,
            record.first_response_minutes,
            record.satisfaction,
            int(record.escalated),
            feature_id(record.feature),
            record.requester,
            record.assignee,
            record.url,
        ),
    )
