"""Puts an opportunity off until a day, or dismisses it with a reason."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import FlowLayout

_LATER = timedelta(days=30)
_REASONS = ("They do not need it", "Another product covers it", "Seasonal", "The figures mislead here")


class PutOffDialog(KeepingDialog):
    """Emits `submitted` with a day and a reason; whoever saves it calls `accept` or `show_failure`."""

    submitted = Signal(object, str)

    def __init__(self, parent: QWidget, title: str, today: date) -> None:
        """In a month, until the person says another day."""
        super().__init__(parent, "Not now", save="Put off", width=460)
        self._today = today
        self.day = DateField(today, today + _LATER)
        self.reason = TextField("Such as: after their season")
        self._day_row = FormRow("Show it again &on", self.day)
        self.fields.addWidget(Label(title, Role.STRONG, wrap=True))
        self.fields.addWidget(self._day_row)
        self.fields.addWidget(FormRow("&Why", self.reason))
        self.begin()

    def form(self) -> tuple[str, str]:
        """The fields as they stand."""
        return self.day.text(), self.reason.text()

    def submit(self) -> bool:
        """See `KeepingDialog.submit`."""
        day = self.day.day()
        fault = self.day.fault() or ("" if day is not None else "Say until when.")
        if day is not None and day <= self._today:
            fault = "Choose a day after today."
        self._day_row.set_fault(fault)
        if fault or day is None:
            self.day.setFocus()
            return False
        self.submitted.emit(day, self.reason.text().strip())
        return True


class DismissDialog(KeepingDialog):
    """Emits `submitted` with the reason; whoever saves it calls `accept` or `show_failure`."""

    submitted = Signal(str)

    def __init__(self, parent: QWidget, title: str) -> None:
        """A reason is needed, so that nobody wonders later."""
        super().__init__(parent, "Dismiss", save="Dismiss", width=500)
        self.reason = TextField("Why it is none")
        self._row = FormRow("&Why", self.reason, "It stays in the list of what was dismissed.")
        self.fields.addWidget(Label(title, Role.STRONG, wrap=True))
        self.fields.addWidget(self._row)
        offers = QWidget()
        flow = FlowLayout(offers)
        for reason in _REASONS:
            offer = Button(reason, small=True)
            offer.clicked.connect(self._on_offer)
            flow.addWidget(offer)
        self.fields.addWidget(offers)
        self.begin()

    def form(self) -> str:
        """The reason as it stands."""
        return self.reason.text()

    def submit(self) -> bool:
        """See `KeepingDialog.submit`."""
        missing = "" if self.reason.text().strip() else "Say why it is none."
        self._row.set_fault(missing)
        if missing:
            self.reason.setFocus()
            return False
        self.submitted.emit(self.reason.text().strip())
        return True

    @Slot()
    def _on_offer(self) -> None:
        self.reason.setText(self.sender().text())  # pyright: ignore[reportAttributeAccessIssue]
