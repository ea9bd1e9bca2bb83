"""A ticket in two lines with its effect on usage, as the overview lists it."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip, QWidget

from convergedesk.desktop.askable import HINT, askable
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon, theme
from convergedesk.desktop.ticket_words import is_high, open_for, title_of, to_closing
from convergedesk.desktop.widgets.paint import paint_interval
from convergedesk.desktop.widgets.table.cells import TextLine, paint_line
from convergedesk.domain.tickets import Ticket
from convergedesk.figures.effect_words import why

if TYPE_CHECKING:
    from convergedesk.desktop.pages.account.ticket_effects import TicketEffect
    from convergedesk.figures.why import Why

_LEAST_HEIGHT = 30
_HEIGHT = 38
_ICON = 16
_LEFT = 26
_MARK, _MARK_HEIGHT = 88.0, 20.0
_NARROW = 330
_WORDS = 93


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
    """Flag, title, number with its course, and the effect on usage at the right.

    A click opens the ticket, a click on the effect what stands behind it; so does W.

    Signals:
        opened: Id of the ticket.
        why_wanted: The explanation of its effect.
    """

    opened = Signal(object)
    why_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_ticket`."""
        super().__init__(parent)
        self._ticket: Ticket | None = None
        self._effect: TicketEffect | None = None
        self._as_of: date | None = None
        self._course = ""
        self._state = TextLine("")
        self._effect_area = QRectF()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        give_focus_ring(self, 6)
        askable(self, self.asked, clicks=False)
        self.clicked.connect(self._on_clicked)

    def set_ticket(self, ticket: Ticket, today: date, zone: tzinfo) -> None:
        """Show a ticket, without its effect until `set_effect`."""
        self._ticket = ticket
        self._course = f"#{ticket.number} · {course(ticket, today, zone)}"
        self._state = state_of(ticket, today, zone)
        self.setText(title_of(ticket))
        self.set_effect(None, None)

    def set_effect(self, effect: TicketEffect | None, as_of: date | None) -> None:
        """Show what the ticket did to usage, as far as usage is known; None shows its state instead."""
        self._effect, self._as_of = effect, as_of
        said = [self.text(), self._course]
        if self._ticket is not None and is_high(self._ticket):
            said.insert(0, "High priority")
        if effect is not None:
            said += [f"effect on usage {effect.words} {effect.limits}".strip(), self._restored()]
        self.setAccessibleName(", ".join(part for part in said if part))
        self.update()

    def asked(self) -> Why | None:
        """What stands behind the effect, or None without one."""
        if self._effect is None or self._effect.effect is None:
            return None
        return why(self._effect.effect, as_of=self._as_of)

    def sizeHint(self) -> QSize:
        return QSize(200, theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, theme().px(_LEAST_HEIGHT))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._effect is not None:
            inside = self._effect_area.contains(QPointF(event.pos()))
            hint = f"{self._effect.note} {HINT}" if self._effect.effect is not None else self._effect.note
            QToolTip.showText(event.globalPos(), hint if inside else "", self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        explanation = self.asked() if self._effect_area.contains(event.position()) else None
        if explanation is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        self.setDown(False)
        event.accept()
        self.why_wanted.emit(explanation)

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
        taken = self._paint_right(painter, area)
        room = area.adjusted(_LEFT, 0, -taken - 14, 0)
        half = room.height() / 2
        title = TextLine(self.text(), Role.MEDIUM if self._ticket.title else Role.BODY)
        paint_line(painter, QRectF(room.left(), room.top() + 1, room.width(), half), title)
        below = QRectF(room.left(), room.top() + half - 1, room.width(), half)
        painter.setFont(font(Role.CAPTION))
        restored = self._restored()
        # How long support took stands in the list of tickets; here value counts.
        course = self._course.split(",")[0] if restored else self._course
        words = " · ".join(part for part in (course, restored) if part)
        paint_line(painter, below, TextLine(words, Role.CAPTION, "text_3"))

    def _paint_right(self, painter: QPainter, area: QRectF) -> float:
        """Paint effect or state; returns the width that it takes."""
        effect = self._effect
        if effect is None:
            half = area.adjusted(area.width() * 0.5, 0, -2, 0)
            return paint_line(painter, half, self._state, right=True)
        role = Role.STRONG if effect.lowered else Role.LABEL_MEDIUM
        line = TextLine(effect.words, role, effect.tone, effect.icon)
        right = area.adjusted(area.width() * 0.4, 0, -4, 0)
        taken = paint_line(painter, right, line, right=True)
        if effect.interval is not None and area.width() >= theme().px(_NARROW):
            # All marks stand above one another, whatever the words beside them.
            words = max(taken, theme().px(_WORDS))
            mark = QRectF(
                area.right() - words - _MARK - 8, area.center().y() - _MARK_HEIGHT / 2, _MARK, _MARK_HEIGHT
            )
            paint_interval(painter, mark, effect.interval)
            taken = area.right() - mark.left()
        self._effect_area = QRectF(area.right() - taken - 4, area.top(), taken + 4, area.height())
        return taken

    def _restored(self) -> str:
        effect = self._effect
        if effect is None or not effect.restored:
            return ""
        return (
            f"restored in {effect.restored}"
            if effect.back
            else effect.restored.replace("not", "not restored")
        )

    def _on_clicked(self) -> None:
        if self._ticket is not None:
            self.opened.emit(self._ticket.id)
