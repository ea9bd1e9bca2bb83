"""A day, typed in words or picked from a calendar; it may stay empty."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from convergedesk.desktop.theme import color, paint_icon
from convergedesk.desktop.widgets.fields import TextField
from convergedesk.figures.wording import day

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = re.compile(
    r"(\d{1,2})\.?\s+([a-z]{3})[a-z]*\.?(?:\s+(\d{4}))?|([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})\s*([./])\s*(\d{1,2})\s*[./]\s*(\d{4})")
_ICON = 16
_ICON_ROOM = 28


def parse_day(text: str, today: date) -> date | None:
    """A typed day: '10 Dec 2026', '10 Dec' (of this year), '2026-12-10', '10.12.2026'.

    With slashes only what can be read in one way is taken: '25/12/2026', not '10/12/2026'.
    None where it is no day.
    """
    plain = " ".join(text.strip().lower().split())
    year, month, number = today.year, 0, 0
    if words := _WORDS.fullmatch(plain):
        name = words[2] or words[4]
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        number = int(words[1] or words[5])
        year = int(words[3] or words[6] or today.year)
    elif iso := _ISO.fullmatch(plain):
        year, month, number = int(iso[1]), int(iso[2]), int(iso[3])
    elif figures := _FIGURES.fullmatch(plain):
        first, second, year = int(figures[1]), int(figures[3]), int(figures[4])
        if figures[2] == "/" and first <= 12 and second <= 12 and first != second:
            return None
        number, month = (second, first) if second > 12 else (first, second)
    try:
        return date(year, month, number)
    except ValueError:
        return None


class DateField(TextField):
    """One line for a day, with a calendar behind the icon or the arrow key down.

    Signals:
        day_changed: The day, or None while the field is empty or cannot be read.
    """

    day_changed = Signal(object)

    def __init__(self, today: date, value: date | None = None, *, parent: QWidget | None = None) -> None:
        """`today` completes a typed day without a year and is where the calendar opens."""
        super().__init__("such as 10 Dec 2026", parent=parent)
        self._today = today
        self._known: date | None = None
        self.setTextMargins(0, 0, _ICON_ROOM - 8, 0)
        self.set_day(value)
        self.textChanged.connect(self._on_text)
        self.editingFinished.connect(self._on_finished)

    def day(self) -> date | None:
        """The day, or None where the field is empty or cannot be read; see `fault`."""
        return parse_day(self.text(), self._today)

    def set_day(self, value: date | None) -> None:
        """Show a day, or nothing."""
        self._known = value
        self.setText(day(value) if value is not None else "")

    def fault(self) -> str:
        """A sentence where something was typed that is no day; otherwise empty."""
        text = self.text().strip()
        if not text or self.day() is not None:
            return ""
        return f"“{text}” cannot be read as a day. Write it like {day(self._today)}."

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().x() >= self.width() - _ICON_ROOM:
            self.open_calendar()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = event.position().x() >= self.width() - _ICON_ROOM
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)
        super().mouseMoveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        square = QRectF(self.width() - _ICON - 8, (self.height() - _ICON) / 2, _ICON, _ICON)
        paint_icon(QPainter(self), square, "calendar-blank", color("text_2"))

    def open_calendar(self) -> None:
        """Show the calendar beneath the field."""
        calendar = _Calendar(self, self.day() or self._today)
        calendar.picked.connect(self._on_picked)
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        calendar.show()

    @Slot(object)
    def _on_picked(self, value: date) -> None:
        self.set_day(value)
        self.setFocus()

    @Slot()
    def _on_text(self) -> None:
        value = self.day()
        if value != self._known:
            self._known = value
            self.day_changed.emit(value)

    @Slot()
    def _on_finished(self) -> None:
        value = self.day()
        if value is not None and self.text() != day(value):
            self.setText(day(value))


class _Calendar(QFrame):
    picked = Signal(object)

    def __init__(self, field: QWidget, shown: date) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._month = QCalendarWidget()
        self._month.setGridVisible(False)
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._month.activated.connect(self._on_picked)
        self._month.clicked.connect(self._on_picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self._month)
        self._month.setFocus()

    @Slot(QDate)
    def _on_picked(self, value: QDate) -> None:
        self.picked.emit(date(value.year(), value.month(), value.day()))
        self.close()
