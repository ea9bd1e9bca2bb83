"""The decision about an alert: act, put off, expected, done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.alerts.words import REASONS, expected_until, outcome_words, snooze_choices
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button, MenuButton
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.domain.alerts import AlertState

if TYPE_CHECKING:
    from convergedesk.domain.alerts import Alert


class DecideBar(QWidget):
    """Buttons for the chosen alerts.

    Signals:
        check_in_wanted: Log a check-in with the account.
        snooze_wanted: The day until which.
        expected_wanted: The reason, and the day until which or None.
        done_wanted: Close it.
        again_wanted: Open it again.
    """

    check_in_wanted = Signal()
    snooze_wanted = Signal(object)
    expected_wanted = Signal(str, object)
    done_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing can be decided before `show_alert`."""
        super().__init__(parent)
        self.setProperty("inset", True)
        self._heading = Label("Decide", Role.STRONG)
        self._hint = Label("", Role.LABEL, "text_3", wrap=True)
        self.check_in = Button("Log a check-in", "primary", icon="note-pencil")
        self.snooze = MenuButton("Snooze", icon="clock")
        self.expected = MenuButton("Expected", icon="bell-slash")
        self.done = Button("Done", icon="check")
        self.again = Button("Open again", icon="arrow-counter-clockwise")
        self.snooze.setToolTip("Ask again on a later day (S)")
        self.expected.setToolTip("Known and no reason to act (E)")
        self.done.setToolTip("Close it; the same occurrence is not raised again (D)")
        self.check_in.clicked.connect(self.check_in_wanted)
        self.done.clicked.connect(self.done_wanted)
        self.again.clicked.connect(self.again_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._heading)
        top.addWidget(self._hint, 1)
        column.addLayout(top)
        buttons = FlowLayout(spacing=8)
        for button in (self.check_in, self.snooze, self.expected, self.done, self.again):
            buttons.addWidget(button)
        column.addLayout(buttons)
        self._reasons = QWidget()
        reasons = FlowLayout(spacing=8)
        self._reasons.setLayout(reasons)
        reasons.addWidget(Label("If expected, say why", Role.LABEL, "text_2"))
        self.reasons = [Chip(text, checkable=False) for text in REASONS]
        for chip in self.reasons:
            chip.clicked.connect(self._on_reason)
            reasons.addWidget(chip)
        column.addWidget(self._reasons)
        self.several(0, date.max)

    def show_alert(self, alert: Alert, today: date) -> None:
        """Offer what can be decided about one alert."""
        waiting = alert.state is AlertState.OPEN
        self._offer(waiting, today)
        if waiting:
            self._hint.setText("it stays decided as long as it lasts; Ctrl+Z takes it back")
        else:
            said = outcome_words(alert)
            self._hint.setText(f"{said[:1].upper()}{said[1:]}.")
        self.again.setVisible(not waiting and alert.ended_on is None)

    def several(self, number: int, today: date) -> None:
        """Offer what can be decided about several alerts at once."""
        self._offer(number > 0, today)
        self.check_in.setVisible(number == 1)
        self._hint.setText(f"{number} alerts are chosen; it is one step of Ctrl+Z" if number > 1 else "")
        self.again.hide()

    def _offer(self, waiting: bool, today: date) -> None:
        for button in (self.check_in, self.snooze, self.expected, self.done):
            button.setVisible(waiting)
        self._reasons.setVisible(waiting)
        if not waiting or today == date.max:
            return
        self.snooze.menu().clear()
        for text, until in snooze_choices(today):
            self.snooze.add_choice(text).triggered.connect(_emitting(self.snooze_wanted.emit, until))
        self.expected.menu().clear()
        for text, until_day in expected_until(today):
            choice = self.expected.add_choice(text)
            choice.triggered.connect(_expecting(self.expected_wanted.emit, until_day))

    @Slot()
    def _on_reason(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self.expected_wanted.emit(chip.text(), None)


def _emitting(emit: Callable[[object], object], until: date) -> Callable[[], object]:
    return lambda: emit(until)


def _expecting(emit: Callable[[str, object], object], until: date | None) -> Callable[[], object]:
    return lambda: emit("", until)
