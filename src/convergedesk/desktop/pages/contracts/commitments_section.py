"""Commitments with their meters and steps."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.contracts.form import CommitmentForm, ContractForm, RampForm
from convergedesk.desktop.pages.contracts.rows import FieldRows, clear
from convergedesk.desktop.pages.contracts.section import Section, day_field, sentences, text_field
from convergedesk.desktop.pages.contracts.view_model import ContractsViewModel
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button, IconButton, MenuButton
from convergedesk.desktop.widgets.card import Separator
from convergedesk.desktop.widgets.choice import Checkbox
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.contract_check import Part
from convergedesk.domain.usage import MeterId

_ALL = 0


class CommitmentsSection(Section):
    """Promises of spend, over one or several meters, with their steps."""

    def __init__(self, model: ContractsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(model, Part.COMMITMENT, parent)

    def lay_out(self, form: ContractForm) -> None:
        clear(self._column)
        self._parts: list[_CommitmentFields] = []
        for place, one in enumerate(form.commitments):
            part = _CommitmentFields(self._model, self, place, one)
            self._parts.append(part)
            self._column.addWidget(part)
            self._column.addWidget(Separator())
        if not form.commitments:
            words = "No spend is promised here."
            self._column.addWidget(Label(words, Role.BODY, "text_2"))
        add = Button("Add a commitment", icon="plus", small=True)
        add.clicked.connect(self._add)
        self._column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self.check()

    def check(self) -> None:
        for place, part in enumerate(self._parts):
            found = self._found(place)
            wrong, odd = sentences(found, blocking=True), sentences(found, blocking=False)
            part.show_faults(dict(self._problems(f"commitments.{place}")), wrong, odd)

    def put(self, place: int, one: CommitmentForm | None, *, rows: bool = False) -> None:
        """Take over a commitment's fields; None takes it out."""
        form = self._form
        kept = () if one is None else (one,)
        changed = (*form.commitments[:place], *kept, *form.commitments[place + 1 :])
        self._model.edit(replace(form, commitments=changed), rows=rows or one is None)

    @Slot()
    def _add(self) -> None:
        form = self._form
        row = CommitmentForm(form.starts_on, form.ends_on)
        self._model.edit(replace(form, commitments=(*form.commitments, row)), rows=True)


class _CommitmentFields(QWidget):
    """The fields of one commitment."""

    def __init__(
        self, model: ContractsViewModel, section: CommitmentsSection, place: int, form: CommitmentForm
    ) -> None:
        super().__init__()
        self._model, self._section, self._place, self._form = model, section, place, form
        self._amount = text_field(form.amount, "such as 1,260,000", self._on_changed)
        self._starts = day_field(model, form.starts_on, self._on_changed)
        self._ends = day_field(model, form.ends_on, self._on_changed)
        self._rollover = text_field(form.rollover, "nothing", self._on_changed)
        self._overage = text_field(form.overage, "nothing", self._on_changed)
        self._prepaid = Checkbox("Prepaid: a credit that usage draws down")
        self._prepaid.setChecked(form.prepaid)
        self._prepaid.toggled.connect(self._on_changed)
        self._meters = MenuButton(self._meter_words(), icon="", small=True)
        for meter_id, name in ((MeterId(_ALL), "All meters"), *model.names.items()):
            on = meter_id in form.meter_ids if meter_id else not form.meter_ids
            self._meters.add_choice(name, checked=on).triggered.connect(partial(self._on_meter, meter_id))
        self._rows = {
            "amount": FormRow("Promised in the term", self._amount),
            "starts_on": FormRow("First day", self._starts),
            "ends_on": FormRow("Last day", self._ends),
            "rollover": FormRow("Unspent that rolls over, %", self._rollover),
            "overage": FormRow("Mark-up on use above it, %", self._overage),
        }
        self._lay_out()

    def show_faults(self, problems: dict[str, str], wrong: list[str], odd: list[str]) -> None:
        """Say what is wrong beneath the fields."""
        for name, row in self._rows.items():
            row.set_fault(problems.get(name, ""))
        for place in range(len(self._form.ramps)):
            path = f"ramps.{place}."
            faults = [(k.removeprefix(path), v) for k, v in problems.items() if k.startswith(path)]
            self._steps.set_faults(place, faults)
        self._verdict.set_tone("critical" if wrong else "warning")
        self._verdict.setText(" ".join(wrong or odd))
        self._verdict.setVisible(bool(wrong or odd))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        fields = QGridLayout()
        fields.setHorizontalSpacing(12)
        fields.setVerticalSpacing(8)
        for place, row in enumerate(self._rows.values()):
            fields.addWidget(row, *divmod(place, 3), Qt.AlignmentFlag.AlignTop)
        for number in range(3):
            fields.setColumnStretch(number, 1)
        out = IconButton("x", f"Take out commitment {self._place + 1}")
        out.clicked.connect(partial(self._section.put, self._place, None))
        fields.addWidget(out, 0, 3, Qt.AlignmentFlag.AlignTop)
        column.addLayout(fields)
        kind = QHBoxLayout()
        kind.setSpacing(12)
        kind.addWidget(self._prepaid)
        kind.addWidget(self._meters)
        kind.addStretch(1)
        step = Button("Add a step", "quiet", icon="plus", small=True)
        step.clicked.connect(self._add_step)
        kind.addWidget(step)
        column.addLayout(kind)
        self._steps = FieldRows([("From", 2), ("Promised in the term from then on", 3)])
        self._steps.removed = self._remove_step
        self._step_fields: list[tuple[DateField, TextField]] = []
        for ramp in self._form.ramps:
            since = day_field(self._model, ramp.effective_from, self._on_changed)
            amount = text_field(ramp.amount, "such as 1,500,000", self._on_changed)
            self._steps.add_row([("effective_from", since), ("amount", amount)])
            self._step_fields.append((since, amount))
        self._steps.setVisible(bool(self._form.ramps))
        column.addWidget(self._steps)
        self._verdict = Label("", Role.LABEL, "warning", wrap=True)
        column.addWidget(self._verdict)

    def _meter_words(self) -> str:
        names = self._model.names
        if not self._form.meter_ids:
            return "Drawn down by all meters"
        listed = ", ".join(names.get(one, "a meter") for one in self._form.meter_ids)
        return f"Drawn down by {listed}"

    def _read(self) -> CommitmentForm:
        ramps = tuple(RampForm(since.day(), amount.text()) for since, amount in self._step_fields)
        return replace(
            self._form,
            amount=self._amount.text(),
            starts_on=self._starts.day(),
            ends_on=self._ends.day(),
            rollover=self._rollover.text(),
            overage=self._overage.text(),
            prepaid=self._prepaid.isChecked(),
            ramps=ramps,
        )

    @Slot()
    def _on_changed(self) -> None:
        self._form = self._read()
        self._section.put(self._place, self._form)

    def _on_meter(self, meter_id: MeterId) -> None:
        chosen = list(self._form.meter_ids)
        if not meter_id:
            chosen = []
        elif meter_id in chosen:
            chosen.remove(meter_id)
        else:
            chosen.append(meter_id)
        self._section.put(self._place, replace(self._read(), meter_ids=tuple(chosen)), rows=True)

    @Slot()
    def _add_step(self) -> None:
        form = self._read()
        self._section.put(self._place, replace(form, ramps=(*form.ramps, RampForm(None))), rows=True)

    def _remove_step(self, place: int) -> None:
        form = self._read()
        ramps = (*form.ramps[:place], *form.ramps[place + 1 :])
        self._section.put(self._place, replace(form, ramps=ramps), rows=True)
