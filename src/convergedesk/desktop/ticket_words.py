"""A ticket's facts in words, the same in lists, on its page and beside others."""

from __future__ import annotations

from datetime import UTC, date, tzinfo
from typing import TYPE_CHECKING

from convergedesk.desktop.clock_words import days_between
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.widgets.paint import BadgeValue
from convergedesk.domain.tickets import Priority, TicketStatus
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.domain.tickets import Ticket

_STATUSES = {
    TicketStatus.OPEN: "Open",
    TicketStatus.PENDING: "Pending",
    TicketStatus.CLOSED: "Closed",
    TicketStatus.DELETED: "Deleted",
}
_PRIORITIES = {
    Priority.LOW: "Low",
    Priority.NORMAL: "Normal",
    Priority.HIGH: "High",
    Priority.URGENT: "Urgent",
}


def title_of(ticket: Ticket) -> str:
    """The subject line, or that there is none."""
    return ticket.title or "Without a title"


def is_high(ticket: Ticket) -> bool:
    """True for high and urgent."""
    return ticket.priority is not None and ticket.priority.is_high


def status_word(status: TicketStatus) -> str:
    """'Open', 'Pending', 'Closed' or 'Deleted'."""
    return _STATUSES[status]


def priority_word(ticket: Ticket) -> str:
    """'Urgent' to 'Low', or that the source states none."""
    return _PRIORITIES[ticket.priority] if ticket.priority is not None else "Not stated"


def open_for(ticket: Ticket, today: date, zone: tzinfo = UTC) -> str:
    """How long an unclosed ticket has waited: 'Open 3 days', 'Pending since today'."""
    days = max(0, (today - ticket.opened_at.astimezone(zone).date()).days)
    return f"{status_word(ticket.status)} {count(days, 'day') if days else 'since today'}"


def to_closing(ticket: Ticket, zone: tzinfo = UTC) -> str:
    """Whole days from opening to the final resolution; empty while it is open."""
    if ticket.closed_at is None:
        return ""
    days = days_between(ticket.opened_at, ticket.closed_at, zone)
    return count(days, "day") if days else "same day"


def status_badge(ticket: Ticket, zone: tzinfo, today: date) -> BadgeValue:
    """'Closed 23 Oct' in green, 'Open 3 days' in grey, 'Deleted' outlined."""
    if ticket.status is TicketStatus.DELETED:
        return BadgeValue("Deleted in the support desk", "outline", "trash")
    if ticket.closed_at is not None:
        closed = near_day(ticket.closed_at.astimezone(zone).date(), today)
        return BadgeValue(f"Closed {closed}", "good", "check-circle")
    if ticket.status is TicketStatus.CLOSED:
        return BadgeValue("Closed", "good", "check-circle")
    icon = "hourglass-medium" if ticket.status is TicketStatus.PENDING else "circle"
    return BadgeValue(open_for(ticket, today, zone), "neutral", icon)
