"""Sections whose terms stand one to a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.pages.contracts.form import ContractForm, IncludedForm, SlaForm
from convergedesk.desktop.pages.contracts.rows import FieldRows, clear
from convergedesk.desktop.pages.contracts.section import Section, day_field, sentences, text_field, without
from convergedesk.desktop.pages.contracts.view_model import ContractsViewModel
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.fields import Select
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.contract_check import Part

_PRIORITIES = (
    (None, "All tickets"),
    (4, "Urgent"),
    (3, "High and above"),
    (2, "Normal and above"),
    (1, "Low and above"),
)


class RowsSection(Section):
    """Lays out the rows of one list of the form, reads them back, adds and takes out.

    Attributes:
        LIST: Name of the list in the form, which is the path of its problems too.
        HEADINGS: (words, stretch) of each column.
        WORDS: What the section is about.
        ADD: Words of the button that adds a row.
    """

    LIST: ClassVar[str]
    HEADINGS: ClassVar[Sequence[tuple[str, int]]]
    WORDS: ClassVar[str]
    ADD: ClassVar[str]

    def lay_out(self, form: ContractForm) -> None:
        clear(self._column)
        self._rows = FieldRows(self.HEADINGS)
        self._rows.removed = self._remove
        self._fields: list[dict[str, Any]] = []
        rows = self._list(form)
        for row in rows:
            cells = self._cells(row)
            self._rows.add_row(list(cells.items()))
            self._fields.append(cells)
        self._column.addWidget(Label(self.WORDS, Role.LABEL, "text_2", wrap=True))
        self._column.addWidget(self._rows)
        self._rows.setVisible(bool(rows))
        add = Button(self.ADD, icon="plus", small=True)
        add.setEnabled(self._may_add())
        add.clicked.connect(self._add)
        self._column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self.check()

    def check(self) -> None:
        for place in range(len(self._fields)):
            found = self._found(place)
            wrong = [("", one) for one in sentences(found, blocking=True)]
            problems = self._problems(f"{self.LIST}.{place}")
            self._rows.set_faults(place, problems or wrong, sentences(found, blocking=False))

    def _list(self, form: ContractForm) -> tuple[Any, ...]:
        return getattr(form, self.LIST)

    def _cells(self, row: Any) -> dict[str, QWidget]:
        """The fields of a row by the name that its problems have."""
        raise NotImplementedError

    def _read(self, cells: dict[str, Any]) -> object:
        """The row as its fields stand."""
        raise NotImplementedError

    def _new(self, form: ContractForm) -> object:
        """A row to begin with."""
        raise NotImplementedError

    def _may_add(self) -> bool:
        return True

    def _put(self, rows: Sequence[object], *, anew: bool) -> None:
        self._model.edit(replace(self._form, **{self.LIST: tuple(rows)}), rows=anew)

    @Slot()
    def _on_changed(self) -> None:
        self._put([self._read(cells) for cells in self._fields], anew=False)

    @Slot()
    def _add(self) -> None:
        form = self._form
        self._put((*self._list(form), self._new(form)), anew=True)

    def _remove(self, place: int) -> None:
        self._put(without(self._list(self._form), place), anew=True)


class IncludedSection(RowsSection):
    """What is included without charge, by meter and day."""

    LIST = "entitlements"
    HEADINGS = (("Meter", 3), ("Units a month", 2), ("From", 2))
    WORDS = "Units that cost nothing each billing month; the tiers price what is above them."
    ADD = "Add included units"

    def __init__(self, model: ContractsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(model, Part.ENTITLEMENT, parent)

    def _cells(self, row: IncludedForm) -> dict[str, QWidget]:
        meter = Select(list(self._model.names.items()))
        meter.set_value(row.meter_id)
        meter.value_changed.connect(self._on_changed)
        return {
            "meter_id": meter,
            "quantity": text_field(row.quantity, "such as 10,000", self._on_changed),
            "effective_from": day_field(self._model, row.effective_from, self._on_changed),
        }

    def _read(self, cells: dict[str, Any]) -> IncludedForm:
        return IncludedForm(
            cells["meter_id"].value(), cells["effective_from"].day(), cells["quantity"].text()
        )

    def _new(self, form: ContractForm) -> IncludedForm:
        taken = {one.meter_id for one in form.entitlements}
        meters = [one.meter_id for one in form.prices] or list(self._model.names)
        return IncludedForm(next((one for one in meters if one not in taken), meters[0]), form.starts_on)

    def _may_add(self) -> bool:
        return bool(self._model.names)


class ServiceSection(RowsSection):
    """Service promises by rank of ticket and day."""

    LIST = "sla_terms"
    HEADINGS = (
        ("Tickets", 3), ("First answer, min", 2), ("Solved, min", 2), ("Credit, %", 2),
        ("At most a month, %", 2), ("From", 3),
    )  # fmt: skip
    WORDS = "What we owe when service falls short, as a share of the month's fee; credits stay apart."
    ADD = "Add a service promise"
    _TEXTS = (("first_response", "none"), ("resolution", "none"), ("credit", "0"), ("cap", "0"))

    def __init__(self, model: ContractsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(model, Part.SLA, parent)

    def _cells(self, row: SlaForm) -> dict[str, QWidget]:
        rank = Select(_PRIORITIES)
        rank.set_value(row.priority)
        rank.value_changed.connect(self._on_changed)
        texts = {name: text_field(getattr(row, name), hint, self._on_changed) for name, hint in self._TEXTS}
        since = day_field(self._model, row.effective_from, self._on_changed)
        return {"priority": rank, **texts, "effective_from": since}

    def _read(self, cells: dict[str, Any]) -> SlaForm:
        texts = (cells[name].text() for name, _ in self._TEXTS)
        return SlaForm(cells["effective_from"].day(), cells["priority"].value(), *texts)

    def _new(self, form: ContractForm) -> SlaForm:
        return SlaForm(form.starts_on)
