"""Creates or edits a goal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.goal_words import MEASURES, value_text
from convergedesk.desktop.pages.goals.form import GoalForm, form_of, parse_number
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.bars import GoalBar, GoalValue
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, Select, TextField
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.domain.audience import Audience
from convergedesk.domain.goals import Goal, GoalState, MeterMeasure
from convergedesk.domain.usage import Meter, MeterId

_BY_HAND = "by hand"
_AUDIENCES = ((Audience.INTERNAL, "Internal"), (Audience.SHARED, "Shared with the customer"))


class GoalDialog(KeepingDialog):
    """Emits `submitted` with a `GoalDraft`; whoever saves it calls `accept` or `show_failure`."""

    submitted = Signal(object)

    def __init__(
        self, parent: QWidget, meters: Sequence[Meter], today: date, goal: Goal | None = None
    ) -> None:
        """Without a goal a new one is created, agreed today and internal."""
        title = "Edit goal" if goal is not None else "New goal"
        super().__init__(parent, title, save="Save goal" if goal is not None else "Add goal")
        self._today = today
        self._state = goal.state if goal is not None else GoalState.OPEN
        self.title_field = TextField("In the customer's words, such as: Customs events within 60 s")
        self.start = TextField()
        self.target = TextField()
        self.unit = TextField("such as %")
        self.current = TextField()
        self.source = Select([(_BY_HAND, "Recorded by hand"), *((meter.id, meter.name) for meter in meters)])
        self.measure = Select(MEASURES)
        self.agreed_on = DateField(today)
        self.due_on = DateField(today)
        self.owner = TextField()
        self.evidence = TextField("A report, a dashboard's address, who measures it")
        self.audience = SegmentedControl(_AUDIENCES)
        self._rows: dict[str, FormRow] = {}
        self._lay_out()
        self._fill(form_of(goal) if goal is not None else GoalForm(agreed_on=today))
        self.source.value_changed.connect(self._on_source)
        for field in (self.start, self.target, self.unit, self.current):
            field.textChanged.connect(self._on_values)
        self._on_source()
        self.begin()

    def form(self) -> GoalForm:
        """The fields as they stand."""
        source = self.source.value()
        return GoalForm(
            title=self.title_field.text(),
            start=self.start.text(),
            target=self.target.text(),
            current=self.current.text(),
            unit=self.unit.text(),
            agreed_on=self.agreed_on.day(),
            due_on=self.due_on.day(),
            owner=self.owner.text(),
            evidence=self.evidence.text(),
            audience=cast("Audience", self.audience.value()),
            state=self._state,
            meter_id=None if source in (_BY_HAND, None) else cast("MeterId", source),
            measure=cast("MeterMeasure", self.measure.value()),
        )

    def submit(self) -> bool:
        """See `KeepingDialog.submit`."""
        form = self.form()
        problems = form.problems()
        for name, field in (("agreed_on", self.agreed_on), ("due_on", self.due_on)):
            if field.fault():
                problems[name] = field.fault()
        for name, row in self._rows.items():
            row.set_fault(problems.get(name, ""))
        if problems:
            first = next(name for name in self._rows if name in problems)
            self._rows[first].field.setFocus()
            return False
        self.submitted.emit(form.draft())
        return True

    def _lay_out(self) -> None:
        self.fields.addWidget(self._row("title", "What the customer wants to reach", self.title_field))
        self._add_line(
            self._row("start", "Start", self.start, "Value when it was agreed"),
            self._row("target", "Target", self.target, "May lie below the start"),
            self._row("unit", "Unit", self.unit),
        )
        self._bar = GoalBar()
        self.fields.addWidget(self._bar)
        self._add_line(
            self._row("meter", "Measured by", self.source),
            self._row("measure", "Which figure", self.measure),
            self._row("current", "Value now", self.current, "Empty where it is not known yet"),
        )
        self._add_line(
            self._row("agreed_on", "Agreed on", self.agreed_on),
            self._row("due_on", "Due on", self.due_on),
        )
        self._add_line(
            self._row("owner", "Owner", self.owner), self._row("evidence", "Evidence", self.evidence)
        )
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.audience)
        line.addWidget(Label("Shared goals may appear in the customer's review.", Role.LABEL, "text_3"), 1)
        self.fields.addLayout(line)

    def _row(self, name: str, label: str, field: QWidget, hint: str = "") -> FormRow:
        self._rows[name] = FormRow(label, field, hint)
        return self._rows[name]

    def _add_line(self, *rows: QWidget) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        for row in rows:
            line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(line)

    def _fill(self, form: GoalForm) -> None:
        self.title_field.setText(form.title)
        self.start.setText(form.start)
        self.target.setText(form.target)
        self.current.setText(form.current)
        self.unit.setText(form.unit)
        self.source.set_value(_BY_HAND if form.meter_id is None else form.meter_id)
        self.measure.set_value(form.measure)
        self.agreed_on.set_day(form.agreed_on)
        self.due_on.set_day(form.due_on)
        self.owner.setText(form.owner)
        self.evidence.setText(form.evidence)
        self.audience.set_value(form.audience)

    @Slot()
    def _on_source(self) -> None:
        linked = self.source.value() not in (_BY_HAND, None)
        self._rows["measure"].setVisible(linked)
        self._rows["current"].setVisible(not linked)
        self._on_values()

    @Slot()
    def _on_values(self) -> None:
        form = self.form()
        start, target = parse_number(form.start), parse_number(form.target)
        known = start is not None and target is not None and start != target
        self._bar.setVisible(known)
        if start is None or target is None or start == target:
            return
        current = parse_number(form.current) if form.meter_id is None else None
        told = "measures itself" if form.meter_id is not None else "no value yet"
        self._bar.set_goal(
            GoalValue(
                progress=0.0 if current is None else min(1.0, max(0.0, (current - start) / (target - start))),
                expected=None,
                start=f"start {value_text(start, form.unit)}",
                current=told if current is None else value_text(current, form.unit),
                target=f"target {value_text(target, form.unit)}",
            )
        )
