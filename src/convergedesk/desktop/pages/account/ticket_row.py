"""A ticket in two lines, as the overview lists it."""

from __future__ import annotations

from datetime import date, tzinfo

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon, theme
from convergedesk.desktop.ticket_words import is_high, open_for, title_of, to_closing
from convergedesk.desktop.widgets.table.cells import TextLine, paint_line
from convergedesk.domain.tickets import Ticket

_HEIGHT = 38
_ICON = 16
_LEFT = 26


def course(ticket: Ticket, today: date, zone: tzinfo) -> str:
    """'open since 7 Dec' or 'closed 19 Nov after 2 days'."""
    if ticket.closed_at is None:
        return f"opened {near_day(ticket.opened_at.astimezone(zone).date(), today)}"
    took = to_closing(ticket, zone)
    after = f"after {took}" if took != "same day" else "the same day"
    return f"closed {near_day(ticket.closed_at.astimezone(zone).date(), today)}, {after}"


def state_of(ticket: Ticket, today: date, zone: tzinfo) -> TextLine:
    """The state in a word with its icon."""
    if ticket.closed_at is not None:
        return TextLine("Closed", Role.LABEL_MEDIUM, "text_3", "check-circle")
    tone = "critical" if is_high(ticket) else "warning"
    return TextLine(open_for(ticket, today, zone), Role.LABEL_MEDIUM, tone, "clock")


class TicketRow(QAbstractButton):
    """Flag, title, number with its course, and the state at the right.

    Signals:
        opened: Id of the ticket.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_ticket`."""
        super().__init__(parent)
        self._ticket: Ticket | None = None
        self._course = ""
        self._state = TextLine("")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        give_focus_ring(self, 6)
        self.clicked.connect(self._on_clicked)

    def set_ticket(self, ticket: Ticket, today: date, zone: tzinfo) -> None:
        """Show a ticket."""
        self._ticket = ticket
        self._course = f"#{ticket.number} · {course(ticket, today, zone)}"
        self._state = state_of(ticket, today, zone)
        title = title_of(ticket)
        self.setText(title)
        self.setAccessibleName(f"{'High priority, ' if is_high(ticket) else ''}{title}, {self._course}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ticket is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        high = is_high(self._ticket)
        square = QRectF(2, (self.height() - _ICON) / 2, _ICON, _ICON)
        paint_icon(painter, square, "flag-fill" if high else "flag", color("critical" if high else "text_3"))
        area = QRectF(self.rect())
        taken = paint_line(painter, area.adjusted(area.width() * 0.5, 0, -2, 0), self._state, right=True)
        room = area.adjusted(_LEFT, 0, -taken - 14, 0)
        half = room.height() / 2
        title = TextLine(self.text(), Role.MEDIUM if self._ticket.title else Role.BODY)
        paint_line(painter, QRectF(room.left(), room.top() + 1, room.width(), half), title)
        below = QRectF(room.left(), room.top() + half - 1, room.width(), half)
        painter.setFont(font(Role.CAPTION))
        paint_line(painter, below, TextLine(self._course, Role.CAPTION, "text_3"))

    def _on_clicked(self) -> None:
        if self._ticket is not None:
            self.opened.emit(self._ticket.id)
