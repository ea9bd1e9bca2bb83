"""Records what a goal's value was on a day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.goal_words import bar_value
from convergedesk.desktop.pages.goals.form import ProgressForm
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.bars import GoalBar
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, TextArea, TextField
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.figures.account import GoalView

_NOTE_HEIGHT = 72


class ProgressDialog(KeepingDialog):
    """Emits `submitted` with a `ProgressForm`; whoever saves it calls `accept` or `show_failure`."""

    submitted = Signal(object)

    def __init__(self, parent: QWidget, view: GoalView, today: date) -> None:
        """The day is today until the person says another."""
        super().__init__(parent, "Record progress", save="Record", width=520)
        self._today = today
        self.day = DateField(today, today)
        self.value = TextField()
        self.reported_by = TextField("Who said so")
        self.note = TextArea("Where it comes from, in a sentence")
        self.note.setFixedHeight(theme().px(_NOTE_HEIGHT))
        unit = f"Value, {view.goal.unit}" if view.goal.unit else "Value"
        self._rows = {
            "value": FormRow(unit, self.value),
            "day": FormRow("On", self.day),
            "reported_by": FormRow("Reported by", self.reported_by),
            "note": FormRow("Note", self.note),
        }
        self.fields.addWidget(Label(view.goal.title, Role.STRONG, wrap=True))
        self.fields.addWidget(GoalBar(bar_value(view)))
        line = QHBoxLayout()
        line.setSpacing(12)
        for name in ("value", "day"):
            line.addWidget(self._rows[name], 1, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(line)
        for name in ("reported_by", "note"):
            self.fields.addWidget(self._rows[name])
        self.begin()

    def form(self) -> ProgressForm:
        """The fields as they stand."""
        return ProgressForm(
            self.day.day() or self._today,
            self.value.text(),
            self.reported_by.text(),
            self.note.toPlainText(),
        )

    def submit(self) -> bool:
        """See `KeepingDialog.submit`."""
        form = self.form()
        problems = form.problems(self._today)
        if self.day.fault() or not self.day.text().strip():
            problems["day"] = self.day.fault() or "Say on which day the value held."
        for name, row in self._rows.items():
            row.set_fault(problems.get(name, ""))
        if problems:
            first = next(name for name in self._rows if name in problems)
            self._rows[first].field.setFocus()
            return False
        self.submitted.emit(form)
        return True
