"""Adds or edits an entry of the calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.pages.calendar.words import FREEZE, KIND_WORDS
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, Select, TextField
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind
from convergedesk.workspace.calendar import CalendarBook

_EVERYBODY = "everybody"


class EventDialog(KeepingDialog):
    """Emits `submitted` with a `CalendarEvent`; whoever saves it calls `accept` or `show_failure`.

    Signals:
        submitted: The entry.
        deletion_wanted: The person wants the entry deleted.
    """

    submitted = Signal(object)
    deletion_wanted = Signal()

    def __init__(
        self,
        parent: QWidget,
        book: CalendarBook,
        event: CalendarEvent | None = None,
        *,
        on: date | None = None,
    ) -> None:
        """Without an entry a new one is added, on the day `on`."""
        known = event is not None and event.id is not None
        super().__init__(
            parent, "Edit entry" if known else "Add to the calendar", save="Save" if known else "Add"
        )
        self._event = event
        self.kind = SegmentedControl(list(KIND_WORDS.items()))
        self.title_field = TextField("such as Peak season, or Version 26.4")
        self.first_day = DateField(book.today)
        self.last_day = DateField(book.today)
        self.whom = Select(
            [
                (_EVERYBODY, "Everybody"),
                *((code, f"Accounts in {code}") for code, _ in book.countries),
                *((one.id, one.name) for one in book.accounts),
            ]
        )
        self._rows = {
            "title": FormRow("What", self.title_field),
            "first_day": FormRow("First day", self.first_day),
            "last_day": FormRow("Last day", self.last_day, "Empty for one day"),
            "whom": FormRow("Whom it concerns", self.whom, "Drawn on the charts of these accounts"),
        }
        self.fields.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.addWidget(self._rows["title"])
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._rows["first_day"], 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._rows["last_day"], 1, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(line)
        self.fields.addWidget(self._rows["whom"])
        self._fill(event, on)
        if known:
            delete = Button("Delete", "quiet", icon="trash")
            delete.clicked.connect(self.deletion_wanted)
            self.footer.insertWidget(0, delete)
        self.begin()

    def form(self) -> tuple[object, ...]:
        """The fields as they stand."""
        return (
            self.kind.value(),
            self.title_field.text(),
            self.first_day.text(),
            self.last_day.text(),
            self.whom.value(),
        )

    def submit(self) -> bool:
        """See `KeepingDialog.submit`."""
        problems = self._problems()
        for name, row in self._rows.items():
            row.set_fault(problems.get(name, ""))
        first = self.first_day.day()
        if problems or first is None:
            next(row for name, row in self._rows.items() if name in problems).field.setFocus()
            return False
        whom = self.whom.value()
        self.submitted.emit(
            CalendarEvent(
                kind=CalendarEventKind(str(self.kind.value())),
                title=self.title_field.text().strip(),
                first_day=first,
                last_day=self.last_day.day() or first,
                account_id=AccountId(whom) if isinstance(whom, int) else None,
                country=whom if isinstance(whom, str) and whom != _EVERYBODY else None,
                id=None if self._event is None else self._event.id,
            )
        )
        return True

    def _problems(self) -> dict[str, str]:
        found: dict[str, str] = {}
        first, last = self.first_day.day(), self.last_day.day()
        if not self.title_field.text().strip():
            found["title"] = "Say what it is; this is printed on the charts."
        if first is None:
            found["first_day"] = self.first_day.fault() or "Write a day, such as 20 Nov 2026."
        if self.last_day.fault():
            found["last_day"] = self.last_day.fault()
        elif first is not None and last is not None and last < first:
            found["last_day"] = "The last day comes before the first."
        if self.kind.value() is FREEZE and not isinstance(self.whom.value(), int):
            found["whom"] = "Say which customer freezes changes."
        return found

    def _fill(self, event: CalendarEvent | None, on: date | None) -> None:
        self.whom.set_value(_EVERYBODY)
        self.kind.set_value(FREEZE if event is None else event.kind)
        if event is None:
            self.first_day.set_day(on)
            return
        self.title_field.setText(event.title)
        self.first_day.set_day(event.first_day)
        self.last_day.set_day(None if event.last_day == event.first_day else event.last_day)
        self.whom.set_value(event.account_id or event.country or _EVERYBODY)
