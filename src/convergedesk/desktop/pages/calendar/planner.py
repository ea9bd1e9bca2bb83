"""A year drawn as one row a month: every entry on its days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from convergedesk.desktop.pages.calendar.words import FREEZE, HOLIDAY, KIND_WORDS, OUTAGE, days_words
from convergedesk.desktop.theme import Role, color, font, theme
from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind
from convergedesk.figures.wording import month

_HEAD = 22
_ROW = 26
_NAME = 44
_DAYS = 31
_ORDER = (HOLIDAY, FREEZE, OUTAGE, CalendarEventKind.RELEASE)


class YearPlanner(QWidget):
    """Twelve rows of days.

    Signals:
        day_chosen: A day without an entry was clicked.
        event_chosen: An entry was clicked.
    """

    day_chosen = Signal(object)
    event_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year = 2000
        self._today = date.min
        self._by_day: dict[date, list[CalendarEvent]] = {}
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_events(self, year: int, events: Sequence[CalendarEvent], today: date) -> None:
        """Draw a year."""
        self._year, self._today = year, today
        self._by_day = {}
        first, last = date(year, 1, 1), date(year, 12, 31)
        for event in sorted(events, key=lambda one: _ORDER.index(one.kind)):
            day = max(event.first_day, first)
            while day <= min(event.last_day, last):
                self._by_day.setdefault(day, []).append(event)
                day += timedelta(days=1)
        self.setAccessibleName(f"The year {year}")
        words = (f"{days_words(one)} {one.title}" for one in events[:80])
        self.setAccessibleDescription("; ".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(720, theme().px(_HEAD) + 12 * theme().px(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(480, self.sizeHint().height())

    def day_at(self, position: QPointF) -> date | None:
        """The day under a point, or None beside the days."""
        row = int((position.y() - theme().px(_HEAD)) // theme().px(_ROW))
        column = int((position.x() - theme().px(_NAME)) // self._cell)
        if not (0 <= row < 12 and 0 <= column < _DAYS):
            return None
        try:
            return date(self._year, row + 1, column + 1)
        except ValueError:
            return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        day = date(self._year, 1, 1)
        while day.year == self._year:
            self._paint_day(painter, day)
            day += timedelta(days=1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if day is None:
            return
        found = self._by_day.get(day)
        if found:
            self.event_chosen.emit(found[-1])
        else:
            self.day_chosen.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.day_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            day = self.day_at(QPointF(event.pos()))
            found = [] if day is None else self._by_day.get(day, [])
            words = "\n".join(f"{KIND_WORDS[one.kind]}: {one.title}, {days_words(one)}" for one in found)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    @property
    def _cell(self) -> float:
        return max(8.0, (self.width() - theme().px(_NAME)) / _DAYS)

    def _rect(self, day: date) -> QRectF:
        top = theme().px(_HEAD) + (day.month - 1) * theme().px(_ROW)
        left = theme().px(_NAME) + (day.day - 1) * self._cell
        return QRectF(left, top, self._cell, theme().px(_ROW))

    def _paint_frame(self, painter: QPainter) -> None:
        painter.setFont(font(Role.CAPTION))
        painter.setPen(color("text_3"))
        for number in range(1, _DAYS + 1):
            left = theme().px(_NAME) + (number - 1) * self._cell
            rect = QRectF(left, 0, self._cell, theme().px(_HEAD))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.setFont(font(Role.LABEL))
        for number in range(1, 13):
            top = theme().px(_HEAD) + (number - 1) * theme().px(_ROW)
            painter.setPen(color("text_2"))
            name = month(date(self._year, number, 1)).split()[0]
            painter.drawText(
                QRectF(0, top, theme().px(_NAME), theme().px(_ROW)), Qt.AlignmentFlag.AlignVCenter, name
            )

    def _paint_day(self, painter: QPainter, day: date) -> None:
        rect = self._rect(day).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("inset" if day.weekday() < 5 else "neutral_soft"))
        painter.drawRoundedRect(rect, 3, 3)
        for event in self._by_day.get(day, ()):
            paint_event(painter, rect, event.kind)
        if day == self._today:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("text"), 1.5))
            painter.drawRoundedRect(rect, 3, 3)


def paint_event(painter: QPainter, rect: QRectF, kind: CalendarEventKind) -> None:
    """Paint the sign of a kind into the cell of a day."""
    painter.setPen(Qt.PenStyle.NoPen)
    if kind is HOLIDAY:
        painter.setBrush(color("line_strong"))
        painter.drawRoundedRect(rect, 3, 3)
    elif kind is FREEZE:
        painter.setBrush(color("warning_soft"))
        painter.drawRoundedRect(rect, 3, 3)
        painter.setBrush(QBrush(color("warning_fill"), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(rect, 3, 3)
    elif kind is OUTAGE:
        painter.setBrush(color("critical"))
        painter.drawRoundedRect(rect, 3, 3)
    else:
        painter.setBrush(color("accent"))
        size = min(rect.width(), rect.height()) * 0.5
        painter.drawEllipse(rect.center(), size / 2, size / 2)


class PlannerLegend(QWidget):
    """What the planner's shapes mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(", ".join(KIND_WORDS.values()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font(Role.LABEL))
        width = sum(metrics.horizontalAdvance(words) + 36 for words in KIND_WORDS.values())
        return QSize(round(width), theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(Role.LABEL))
        metrics = QFontMetricsF(painter.font())
        x = 0.0
        for kind, words in KIND_WORDS.items():
            paint_event(painter, QRectF(x, (self.height() - 14) / 2, 14, 14), kind)
            painter.setPen(color("text_2"))
            painter.drawText(QRectF(x + 20, 0, 200, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            x += metrics.horizontalAdvance(words) + 36
