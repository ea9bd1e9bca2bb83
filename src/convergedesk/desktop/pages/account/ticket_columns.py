"""The columns of an account's tickets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from convergedesk.desktop import ticket_words as words
from convergedesk.desktop.clock_words import days_between, minutes
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.paint import BadgeValue
from convergedesk.desktop.widgets.table.cells import BadgeCell, TextCell, TextLine
from convergedesk.domain.tickets import Ticket
from convergedesk.figures.wording import day

_NOTHING = "–"
_QUIET = TextCell(Role.BODY, "text_2")


class _CourseCell:
    """Days to closing as text, or how long it has been open as a badge."""

    def paint(self, painter: QPainter, rect: QRectF, value: BadgeValue | str, *, right: bool) -> None:
        """See `Cell`."""
        if isinstance(value, BadgeValue):
            BadgeCell().paint(painter, rect, value, right=right)
        else:
            _QUIET.paint(painter, rect, value, right=right)


def ticket_columns(today: Callable[[], date], zone: Callable[[], tzinfo]) -> tuple[Column[Ticket], ...]:
    """Days are days of the account's zone, which is asked anew since the page changes accounts."""

    def opened(ticket: Ticket) -> date:
        return ticket.opened_at.astimezone(zone()).date()

    def course(ticket: Ticket) -> BadgeValue | str:
        if ticket.closed_at is None:
            high = words.is_high(ticket)
            return BadgeValue(
                words.open_for(ticket, today(), zone()), "critical" if high else "neutral", "clock"
            )
        return words.to_closing(ticket, zone())

    def to_closing(ticket: Ticket) -> int | None:
        return None if ticket.closed_at is None else days_between(ticket.opened_at, ticket.closed_at, zone())

    return (
        _flag(),
        Column(
            key="number",
            title="Number",
            text=lambda t: f"#{t.number}",
            cell=TextCell(Role.BODY, "text_3"),
            sort_key=lambda t: t.number.rjust(24),
            width=92,
        ),
        Column(
            key="title",
            title="Title",
            text=words.title_of,
            value=lambda t: TextLine(words.title_of(t), Role.STRONG if t.title else Role.BODY),
            cell=TextCell(),
            sort_key=lambda t: t.title.casefold() or None,
            width=300,
            min_width=150,
            stretch=4,
        ),
        Column(
            key="feature",
            title="Feature",
            text=lambda t: t.feature or "",
            value=lambda t: BadgeValue(t.feature, "outline") if t.feature else None,
            cell=BadgeCell(),
            sort_key=lambda t: (t.feature or "").casefold() or None,
            width=130,
            min_width=80,
            stretch=1,
        ),
        Column(
            key="opened",
            title="Opened",
            text=lambda t: day(opened(t)),
            value=lambda t: near_day(opened(t), today()),
            cell=_QUIET,
            sort_key=lambda t: t.opened_at,
            descending_first=True,
            width=104,
            min_width=88,
        ),
        Column(
            key="closing",
            title="To closing",
            text=lambda t: words.to_closing(t, zone()) or words.open_for(t, today(), zone()),
            value=course,
            cell=_CourseCell(),
            sort_key=to_closing,
            descending_first=True,
            header_tooltip="Whole days from opening to the final resolution",
            width=124,
            min_width=100,
        ),
        *_service_columns(),
    )


def _flag() -> Column[Ticket]:
    def value(ticket: Ticket) -> TextLine:
        if words.is_high(ticket):
            return TextLine("", Role.BODY, "critical", "flag-fill")
        return TextLine("", Role.BODY, "text_3", "flag")

    return Column(
        key="priority",
        title="",
        text=lambda t: f"Priority: {words.priority_word(t).lower()}",
        value=value,
        cell=TextCell(),
        sort_key=lambda t: int(t.priority) if t.priority is not None else None,
        descending_first=True,
        tooltip=lambda t: f"Priority: {words.priority_word(t).lower()}",
        header_tooltip="Priority: a filled flag is high or urgent",
        width=42,
        min_width=42,
    )


def _service_columns() -> tuple[Column[Ticket], ...]:
    return (
        Column(
            key="response",
            title="First response",
            text=lambda t: (
                _NOTHING if t.first_response_minutes is None else minutes(t.first_response_minutes)
            ),
            cell=_QUIET,
            align="right",
            sort_key=lambda t: t.first_response_minutes,
            descending_first=True,
            width=104,
            min_width=90,
        ),
        Column(
            key="satisfaction",
            title="Rating",
            text=lambda t: _NOTHING if t.satisfaction is None else f"{t.satisfaction} of 5",
            cell=_QUIET,
            align="right",
            sort_key=lambda t: t.satisfaction,
            header_tooltip="The customer's satisfaction, 1 to 5",
            width=76,
            min_width=64,
        ),
        Column(
            key="assignee",
            title="Agent",
            text=lambda t: t.assignee or _NOTHING,
            cell=_QUIET,
            sort_key=lambda t: (t.assignee or "").casefold() or None,
            width=124,
            min_width=80,
        ),
    )
