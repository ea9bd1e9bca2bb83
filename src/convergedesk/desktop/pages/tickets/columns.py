"""The columns of the ticket history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from convergedesk.desktop import ticket_words as words
from convergedesk.desktop.clock_words import minutes, zone_of
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.paint import BadgeValue
from convergedesk.desktop.widgets.table.cells import BadgeCell, TextCell, TextLine
from convergedesk.domain.tickets import TicketRow, TicketStatus
from convergedesk.figures.wording import day

_DASH = "\N{EN DASH}"
_QUIET = TextCell(Role.BODY, "text_2")


class _ToClosingCell:
    """Days to closing as text, and how long it has been open as a badge."""

    def __init__(self) -> None:
        self._text = TextCell(Role.BODY, "text_2")
        self._badge = BadgeCell()

    def paint(self, painter: QPainter, rect: QRectF, value: BadgeValue | str, *, right: bool) -> None:
        """See `Cell`."""
        if isinstance(value, BadgeValue):
            self._badge.paint(painter, rect, value, right=right)
        else:
            self._text.paint(painter, rect, value, right=right)


def ticket_columns(today: Callable[[], date]) -> tuple[Column[TicketRow], ...]:
    """Columns whose keys are those of `TicketQuery.sort`; days are those of the account's time zone."""
    return (
        Column(
            key="priority",
            title="",
            text=lambda row: words.priority_word(row.ticket),
            cell=TextCell(),
            value=_flag,
            sortable=True,
            descending_first=True,
            header_tooltip="Priority: a filled flag is high or urgent",
            tooltip=lambda row: f"Priority: {words.priority_word(row.ticket).lower()}",
            width=42,
            min_width=42,
        ),
        Column(
            key="number",
            title="Number",
            text=lambda row: f"#{row.ticket.number}",
            cell=TextCell(Role.BODY, "text_3"),
            sortable=True,
            width=92,
        ),
        Column(
            key="account",
            title="Account",
            text=lambda row: row.account_name,
            cell=TextCell(Role.MEDIUM),
            sortable=True,
            width=180,
            min_width=110,
            stretch=2,
        ),
        Column(
            key="title",
            title="Title",
            text=lambda row: words.title_of(row.ticket),
            value=_title,
            cell=TextCell(),
            sortable=True,
            width=280,
            min_width=140,
            stretch=5,
        ),
        Column(
            key="feature",
            title="Feature",
            text=lambda row: row.ticket.feature or "",
            value=lambda row: BadgeValue(row.ticket.feature, "outline") if row.ticket.feature else None,
            cell=BadgeCell(),
            sortable=True,
            width=140,
            min_width=80,
            stretch=1,
        ),
        Column(
            key="opened_at",
            title="Opened",
            text=lambda row: day(opened_on(row)),
            value=lambda row: near_day(opened_on(row), today()),
            cell=_QUIET,
            sortable=True,
            descending_first=True,
            header_tooltip="Day of opening, in the account's time zone",
            width=104,
            min_width=84,
        ),
        Column(
            key="to_closing",
            title="To closing",
            text=lambda row: _to_closing(row) or _open_for(row, today()),
            value=lambda row: _closing(row, today()),
            cell=_ToClosingCell(),
            sortable=True,
            descending_first=True,
            header_tooltip="Whole days from opening to the final resolution, in the account's time zone",
            width=118,
            min_width=96,
        ),
        Column(
            key="first_response",
            title="First response",
            text=lambda row: _first_response(row) or "not stated",
            value=lambda row: TextLine(_first_response(row) or _DASH, Role.BODY, "text_2"),
            cell=TextCell(),
            align="right",
            sortable=True,
            descending_first=True,
            header_tooltip="From opening to the first public answer",
            width=112,
            min_width=84,
        ),
        Column(
            key="satisfaction",
            title="CSAT",
            text=lambda row: f"{row.ticket.satisfaction} of 5" if row.ticket.satisfaction else "no rating",
            value=_satisfaction,
            cell=TextCell(),
            align="right",
            sortable=True,
            header_tooltip="Customer's rating, 1 to 5",
            width=76,
            min_width=64,
        ),
    )


def opened_on(row: TicketRow) -> date:
    """The day on which it was opened, in the account's time zone."""
    return row.ticket.opened_at.astimezone(zone_of(row.time_zone)).date()


def _flag(row: TicketRow) -> TextLine:
    high = words.is_high(row.ticket)
    return TextLine("", Role.BODY, "critical" if high else "text_3", "flag-fill" if high else "flag")


def _title(row: TicketRow) -> TextLine:
    return TextLine(words.title_of(row.ticket), Role.BODY, "text" if row.ticket.title else "text_3")


def _closing(row: TicketRow, today: date) -> BadgeValue | str:
    if row.ticket.closed_at is not None:
        return _to_closing(row)
    if row.ticket.status is TicketStatus.CLOSED:
        return _DASH
    return BadgeValue(_open_for(row, today), "neutral")


def _to_closing(row: TicketRow) -> str:
    return words.to_closing(row.ticket, zone_of(row.time_zone))


def _open_for(row: TicketRow, today: date) -> str:
    return words.open_for(row.ticket, today, zone_of(row.time_zone))


def _first_response(row: TicketRow) -> str:
    known = row.ticket.first_response_minutes
    return minutes(known) if known is not None else ""


def _satisfaction(row: TicketRow) -> TextLine:
    rating = row.ticket.satisfaction
    if rating is None:
        return TextLine(_DASH, Role.BODY, "text_3")
    return TextLine(f"{rating} of 5", Role.BODY, "critical" if rating <= 2 else "text")
