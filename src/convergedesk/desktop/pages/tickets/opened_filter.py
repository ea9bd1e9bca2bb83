"""Narrows the tickets to those opened within some days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import theme
from convergedesk.desktop.widgets.button import MenuButton
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.fields import FormRow

_SPANS = (30, 90, 365)


class OpenedFilter(MenuButton):
    """'Opened: any time' with the usual spans and an own range.

    Signals:
        chosen: (first day or None, last day or None).
    """

    chosen = Signal(object, object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        """`today` is where the usual spans end."""
        super().__init__("Opened: any time", small=True, parent=parent)
        self._today = today
        self.setToolTip("Days of opening, each in the time zone of the ticket's account")
        self.add_choice("Any time").triggered.connect(self._on_any)
        for days in _SPANS:
            self.add_choice(f"Last {days} days").triggered.connect(partial(self._on_span, days))
        self.menu().addSeparator()
        self.add_choice("Own range…").triggered.connect(self.ask_range)

    def show_range(self, first: date | None, last: date | None) -> None:
        """Say which days are in force."""
        self.setText(f"Opened: {self._words(first, last)}")

    def _words(self, first: date | None, last: date | None) -> str:
        today = self._today()
        if first is None and last is None:
            return "any time"
        if last is None or first is None:
            return f"from {near_day(first, today)}" if first else f"until {near_day(last or today, today)}"
        span = (last - first).days + 1
        if last == today and span in _SPANS:
            return f"last {span} days"
        return f"{near_day(first, today)} to {near_day(last, today)}"

    @Slot()
    def _on_any(self) -> None:
        self.chosen.emit(None, None)

    def _on_span(self, days: int, _checked: bool = False) -> None:
        today = self._today()
        self.chosen.emit(today - timedelta(days=days - 1), today)

    @Slot()
    def ask_range(self) -> None:
        """Ask for the first and the last day."""
        dialog = RangeDialog(self, self._today())
        dialog.chosen.connect(self.chosen)
        dialog.open()


class RangeDialog(Dialog):
    """Two days, of which one may be left open; `chosen` brings both."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget, today: date) -> None:
        """Both are empty at first."""
        super().__init__(parent, "Tickets opened between", width=theme().px(440))
        self.first = DateField(today)
        self.last = DateField(today)
        self._rows = (FormRow("From", self.first), FormRow("To", self.last))
        line = QHBoxLayout()
        line.setSpacing(12)
        for row in self._rows:
            line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        self.show_button = self.add_button("Show", "primary")
        self.show_button.clicked.connect(self._on_show)
        for field in (self.first, self.last):
            field.returnPressed.connect(self._on_show)

    @Slot()
    def _on_show(self) -> None:
        for row, field in zip(self._rows, (self.first, self.last), strict=True):
            row.set_fault(field.fault())
        first, last = self.first.day(), self.last.day()
        if self.first.fault() or self.last.fault():
            return
        if first is not None and last is not None and last < first:
            self._rows[1].set_fault("The last day must not lie before the first.")
            return
        self.chosen.emit(first, last)
        self.accept()
