"""Name, days and currency of a contract, what it amends, and what stands beside its prices."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.pages.contracts.form import ContractForm
from convergedesk.desktop.pages.contracts.rows import clear
from convergedesk.desktop.pages.contracts.section import Section, day_field, sentences, text_field
from convergedesk.desktop.pages.contracts.signed_copy import SignedCopyField
from convergedesk.desktop.pages.contracts.view_model import ContractsViewModel
from convergedesk.desktop.theme import Role
from convergedesk.desktop.time_zones import time_zones
from convergedesk.desktop.widgets.fields import FormRow, Select
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.billing import ContractId
from convergedesk.domain.contract_check import Part
from convergedesk.figures.wording import count, day

_NOTHING = ContractId(0)
_ACCOUNTS_OWN = ""


class TermsSection(Section):
    """The head of a contract.

    Signals:
        copy_wanted: The person wants to see the signed copy.
    """

    copy_wanted = Signal()

    def __init__(self, model: ContractsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(model, Part.HEAD, parent)

    def lay_out(self, form: ContractForm) -> None:
        clear(self._column)
        book = self._model.book
        self._name = text_field(form.name, "such as Order form 2027", self._on_changed)
        self._starts = day_field(self._model, form.starts_on, self._on_changed)
        self._ends = day_field(self._model, form.ends_on, self._on_changed)
        self._currency = text_field(form.currency, "such as EUR", self._on_changed)
        others = [
            (one.id, one.name)
            for one in (book.contracts if book is not None else ())
            if one.id != form.contract_id and one.account_id == form.account_id
        ]
        self._amends = Select([(_NOTHING, "Stands by itself"), *others])
        self._amends.set_value(form.amends_id or _NOTHING)
        self._amends.value_changed.connect(self._on_changed)
        self._notice = text_field(form.notice, "none", self._on_changed)
        account = book.account.time_zone if book is not None else None
        self._zone = Select([(_ACCOUNTS_OWN, f"The account's: {account or 'UTC'}"), *time_zones()])
        self._zone.set_value(form.billing_zone)
        self._zone.value_changed.connect(self._on_changed)
        self._signed = SignedCopyField(form.signed_name)
        self._signed.chosen.connect(self._model.attach)
        self._signed.open_wanted.connect(self.copy_wanted)
        self._signed.removed.connect(self._on_copy_removed)
        self._rows = {
            "name": FormRow("Name", self._name),
            "starts_on": FormRow("First day", self._starts),
            "ends_on": FormRow("Last day", self._ends, "Empty while it has an open end"),
            "currency": FormRow("Currency", self._currency, "All its money is in this currency"),
            "amends": FormRow("Amends", self._amends, "Terms stated here take over from their day"),
            "notice": FormRow("Notice before the last day, days", self._notice),
            "billing_zone": FormRow("Billing zone", self._zone, "Billing periods begin and end in its days"),
            "signed": FormRow("Signed copy", self._signed, "Kept encrypted in this workspace"),
        }
        self._found_label = Label("", Role.LABEL, "critical", wrap=True)
        for names in (
            ("name", "amends"),
            ("starts_on", "ends_on", "currency"),
            ("notice", "billing_zone"),
            ("signed",),
        ):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(12)
            for name in names:
                row.addWidget(self._rows[name], 1, Qt.AlignmentFlag.AlignTop)
            self._column.addWidget(line)
        self._column.addWidget(self._found_label)
        self.check()

    def check(self) -> None:
        problems = self._model.reading.problems
        self._rows["notice"].set_hint(self._notice_words())
        for name, row in self._rows.items():
            fault = problems.get(name, "")
            if name == "starts_on" and self._starts.fault():
                fault = self._starts.fault()
            if name == "ends_on":
                fault = self._ends.fault()
            row.set_fault(fault)
        form = self._form
        found = [
            one
            for one in self._model.findings
            if one.contract_id == form.contract_id and one.part is Part.HEAD
        ]
        wrong = sentences(found, blocking=True)
        words = wrong or sentences(found, blocking=False)
        self._found_label.set_tone("critical" if wrong else "warning")
        self._found_label.setText(" ".join(words))
        self._found_label.setVisible(bool(words) and not problems.keys() & self._rows.keys())

    def _notice_words(self) -> str:
        contract, book = self._model.reading.contract, self._model.book
        by = contract.notice_by if contract is not None else None
        if by is None or book is None:
            return ""
        left = (by - book.today).days
        if left < 0:
            return f"Was due by {day(by)}"
        when = f"in {count(left, 'day')}" if left else "today"
        return f"By {day(by)}: {when}"

    @Slot()
    def _on_copy_removed(self) -> None:
        self._model.edit(replace(self._form, signed_digest="", signed_name=""), rows=True)

    @Slot()
    def _on_changed(self) -> None:
        amends = self._amends.value()
        self._model.edit(
            replace(
                self._form,
                name=self._name.text(),
                starts_on=self._starts.day(),
                ends_on=self._ends.day(),
                currency=self._currency.text(),
                amends_id=amends or None,
                notice=self._notice.text(),
                billing_zone=str(self._zone.value() or ""),
            )
        )
