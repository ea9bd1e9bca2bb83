"""Included quantities, commitments with their steps, and service promises."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.pages.contracts.form import (
    CommitmentForm,
    ContractForm,
    IncludedForm,
    RampForm,
    SlaForm,
)
from convergedesk.desktop.pages.contracts.rows import FieldRows, clear
from convergedesk.desktop.pages.contracts.section import Section, day_field, sentences, text_field
from convergedesk.desktop.pages.contracts.view_model import ContractsViewModel
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button, IconButton, MenuButton
from convergedesk.desktop.widgets.card import Separator
from convergedesk.desktop.widgets.choice import Checkbox
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, Select, TextField
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.contract_check import Part
from convergedesk.domain.usage import MeterId

_PRIORITIES = (
    (None, "All tickets"),
    (4, "Urgent"),
    (3, "High and above"),
    (2, "Normal and above"),
    (1, "Low and above"),
)
_ALL = 0


class IncludedSection(Section):
    """What is included without charge, by meter and day."""

    def __init__(self, model: ContractsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(model, Part.ENTITLEMENT, parent)

    def lay_out(self, form: ContractForm) -> None:
        clear(self._column)
        self._rows = FieldRows([("Meter", 3), ("Units a month", 2), ("From", 2)])
        self._rows.removed = self._remove
        self._fields: list[tuple[Select, TextField, DateField]] = []
        meters = list(self._model.names.items())
        for one in form.entitlements:
            meter = Select(meters)
            meter.set_value(one.meter_id)
            meter.value_changed.connect(self._on_changed)
            quantity = text_field(one.quantity, "such as 10,000", self._on_changed)
            since = day_field(self._model, one.effective_from, self._on_changed)
            self._rows.add_row([("meter_id", meter), ("quantity", quantity), ("effective_from", since)])
            self._fields.append((meter, quantity, since))
        self._rows.setVisible(bool(form.entitlements))
        words = "Units that cost nothing each billing month; the tiers price what is above them."
        self._column.addWidget(Label(words, Role.LABEL, "text_2", wrap=True))
        self._column.addWidget(self._rows)
        add = Button("Add included units", icon="plus", small=True)
        add.setEnabled(bool(meters))
        add.clicked.connect(self._add)
        self._column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self.check()

    def check(self) -> None:
        for place in range(len(self._fields)):
            found = self._found(place)
            wrong = [("", one) for one in sentences(found, blocking=True)]
            problems = self._problems(f"entitlements.{place}")
            self._rows.set_faults(place, problems or wrong, sentences(found, blocking=False))

    @Slot()
    def _on_changed(self) -> None:
        rows = tuple(
            IncludedForm(meter.value(), since.day(), quantity.text())  # pyright: ignore[reportArgumentType]
            for meter, quantity, since in self._fields
        )
        self._model.edit(replace(self._form, entitlements=rows))

    @Slot()
    def _add(self) -> None:
        form = self._form
        taken = {one.meter_id for one in form.entitlements}
        meters = [one.meter_id for one in form.prices] or list(self._model.names)
        meter = next((one for one in meters if one not in taken), meters[0])
        row = IncludedForm(meter, form.starts_on)
        self._model.edit(replace(form, entitlements=(*form.entitlements, row)), rows=True)

    def _remove(self, place: int) -> None:
        form = self._form
        rows = (*form.entitlements[:place], *form.entitlements[place + 1 :])
        self._model.edit(replace(form, entitlements=rows), rows=True)


class ServiceSection(Section):
    """Service promises by rank of ticket and day."""

    def __init__(self, model: ContractsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(model, Part.SLA, parent)

    def lay_out(self, form: ContractForm) -> None:
        clear(self._column)
        self._rows = FieldRows(
            [("Tickets", 3), ("First answer, min", 2), ("Solved, min", 2), ("Credit, %", 2),
             ("At most a month, %", 2), ("From", 3)]
        )  # fmt: skip
        self._rows.removed = self._remove
        self._fields: list[tuple[Select, list[TextField], DateField]] = []
        for one in form.sla_terms:
            rank = Select(_PRIORITIES)
            rank.set_value(one.priority)
            rank.value_changed.connect(self._on_changed)
            values = (one.first_response, one.resolution, one.credit, one.cap)
            texts = [
                text_field(value, hint, self._on_changed)
                for value, hint in zip(values, ("none", "none", "0", "0"), strict=True)
            ]
            since = day_field(self._model, one.effective_from, self._on_changed)
            names = ("first_response", "resolution", "credit", "cap")
            self._rows.add_row(
                [("priority", rank), *zip(names, texts, strict=True), ("effective_from", since)]
            )
            self._fields.append((rank, texts, since))
        self._rows.setVisible(bool(form.sla_terms))
        words = "What we owe when service falls short, as a share of the month's fee; credits stay apart."
        self._column.addWidget(Label(words, Role.LABEL, "text_2", wrap=True))
        self._column.addWidget(self._rows)
        add = Button("Add a service promise", icon="plus", small=True)
        add.clicked.connect(self._add)
        self._column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self.check()

    def check(self) -> None:
        for place in range(len(self._fields)):
            found = self._found(place)
            wrong = [("", one) for one in sentences(found, blocking=True)]
            problems = self._problems(f"sla_terms.{place}")
            self._rows.set_faults(place, problems or wrong, sentences(found, blocking=False))

    @Slot()
    def _on_changed(self) -> None:
        rows = tuple(
            SlaForm(since.day(), rank.value(), *(field.text() for field in texts))  # pyright: ignore[reportArgumentType]
            for rank, texts, since in self._fields
        )
        self._model.edit(replace(self._form, sla_terms=rows))

    @Slot()
    def _add(self) -> None:
        form = self._form
        self._model.edit(replace(form, sla_terms=(*form.sla_terms, SlaForm(form.starts_on))), rows=True)

    def _remove(self, place: int) -> None:
        form = self._form
        rows = (*form.sla_terms[:place], *form.sla_terms[place + 1 :])
        self._model.edit(replace(form, sla_terms=rows), rows=True)


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
        from PySide6.QtWidgets import QVBoxLayout

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(12)
        for row in self._rows.values():
            line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        out = IconButton("x", f"Take out commitment {self._place + 1}")
        out.clicked.connect(partial(self._section.put, self._place, None))
        line.addWidget(out, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
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
