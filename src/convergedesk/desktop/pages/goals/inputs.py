"""The fields of a goal, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.goal_words import MEASURES, value_text
from convergedesk.desktop.pages.goals.form import GoalForm, parse_number
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.bars import GoalBar, GoalValue
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, Select, TextField
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.domain.audience import Audience
from convergedesk.domain.goals import GoalState, MeterMeasure
from convergedesk.domain.usage import Meter, MeterId
from convergedesk.figures.account import GoalView

_BY_HAND = "by hand"
_AUDIENCES = ((Audience.INTERNAL, "Internal"), (Audience.SHARED, "Shared with the customer"))


class GoalInputs(QWidget):
    """A goal as a form.

    Signals:
        edited: The person changed something.
    """

    edited = Signal()

    def __init__(self, meters: Sequence[Meter], today: date, form: GoalForm) -> None:
        """Filled with `form`."""
        super().__init__()
        self._state = form.state
        self._measured: tuple[MeterId, float | None] | None = None
        self.title_field = TextField("In the customer's words, such as: Customs events within 60 s")
        self.start = TextField()
        self.target = TextField()
        self.unit = TextField("such as %")
        self.current = TextField()
        self.source = Select(_sources(meters))
        self.measure = Select(MEASURES)
        self.agreed_on = DateField(today)
        self.due_on = DateField(today)
        self.owner = TextField()
        self.evidence = TextField("A report, a dashboard's address, who measures it")
        self.audience = SegmentedControl(_AUDIENCES)
        self._rows: dict[str, FormRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._lay_out()
        self.fill(form)
        self.source.value_changed.connect(self._on_source)
        for field in (self.start, self.target, self.unit, self.current):
            field.textChanged.connect(self._show_bar)
        for field in (self.title_field, self.start, self.target, self.unit, self.current):
            field.textChanged.connect(self.edited)
        for field in (self.agreed_on, self.due_on, self.owner, self.evidence):
            field.textChanged.connect(self.edited)
        for choice in (self.source, self.measure, self.audience):
            choice.value_changed.connect(self.edited)

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

    def fill(self, form: GoalForm) -> None:
        """Show other values."""
        self._state = form.state
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
        self._on_source()

    def set_state(self, state: GoalState) -> None:
        """The goal was marked reached, dropped or open elsewhere."""
        self._state = state

    def show_measured(self, view: GoalView) -> None:
        """Show what the linked meter measures now."""
        self._measured = None if view.meter is None else (view.meter.id, view.goal.current)
        self._show_bar()

    def set_meters(self, meters: Sequence[Meter]) -> None:
        """Offer the meters of another account."""
        self.source.set_options(_sources(meters))
        if self.source.value() is None:
            self.source.set_value(_BY_HAND)

    def problems(self) -> dict[str, str]:
        """What keeps the goal from being saved: field name to a plain sentence."""
        problems = self.form().problems()
        for name, field in (("agreed_on", self.agreed_on), ("due_on", self.due_on)):
            if field.fault():
                problems[name] = field.fault()
        return problems

    def show_problems(self, problems: dict[str, str], *, focus: bool = True) -> None:
        """Say beneath each field what is wrong with it, and go to the first."""
        for name, row in self._rows.items():
            row.set_fault(problems.get(name, ""))
        first = next((name for name in self._rows if name in problems), None)
        if first is not None and focus:
            self._rows[first].field.setFocus()

    def _lay_out(self) -> None:
        self._column.addWidget(self._row("title", "What the customer wants to reach", self.title_field))
        self._add_line(
            self._row("start", "Start", self.start, "Value when it was agreed"),
            self._row("target", "Target", self.target, "May lie below the start"),
            self._row("unit", "Unit", self.unit),
        )
        self._bar = GoalBar()
        self._column.addWidget(self._bar)
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
        shared = "Shared goals may appear in the customer's review."
        line.addWidget(Label(shared, Role.LABEL, "text_3", wrap=True), 1)
        self._column.addLayout(line)

    def _row(self, name: str, label: str, field: QWidget, hint: str = "") -> FormRow:
        self._rows[name] = FormRow(label, field, hint)
        return self._rows[name]

    def _add_line(self, *rows: QWidget) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        for row in rows:
            line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(line)

    @Slot()
    def _on_source(self) -> None:
        linked = self.source.value() not in (_BY_HAND, None)
        self._rows["measure"].setVisible(linked)
        self._rows["current"].setVisible(not linked)
        self._show_bar()

    @Slot()
    def _show_bar(self) -> None:
        form = self.form()
        start, target = parse_number(form.start), parse_number(form.target)
        known = start is not None and target is not None and start != target
        if known:
            # Half a number on the way to another one must not make the form jump.
            policy = self._bar.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            self._bar.setSizePolicy(policy)
        self._bar.setVisible(known)
        if start is None or target is None or start == target:
            return
        current, told = parse_number(form.current), "no value yet"
        if form.meter_id is not None:
            known = self._measured is not None and self._measured[0] == form.meter_id
            current, told = (self._measured[1] if self._measured and known else None), "measures itself"
        self._bar.set_goal(
            GoalValue(
                progress=0.0 if current is None else min(1.0, max(0.0, (current - start) / (target - start))),
                expected=None,
                start=f"start {value_text(start, form.unit)}",
                current=told if current is None else value_text(current, form.unit),
                target=f"target {value_text(target, form.unit)}",
            )
        )


def _sources(meters: Sequence[Meter]) -> list[tuple[object, str]]:
    return [(_BY_HAND, "Recorded by hand"), *((meter.id, meter.name) for meter in meters)]
