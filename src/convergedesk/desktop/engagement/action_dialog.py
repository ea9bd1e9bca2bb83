"""Adds or edits an action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, Select, TextField
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import Action

_AUDIENCES = ((Audience.INTERNAL, "Internal"), (Audience.SHARED, "Shared with the customer"))


@dataclass(frozen=True, slots=True)
class ActionForm:
    """The fields of the action dialog as they stand."""

    title: str
    owner: str
    due_on: date | None
    audience: Audience


class ActionDialog(KeepingDialog):
    """Emits `submitted` with an `Action`; whoever saves it calls `accept` or `show_failure`."""

    submitted = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        account_name: str,
        owners: Sequence[str],
        today: date,
        action: Action,
    ) -> None:
        """`action` fills the form; one whose id is 0 is new."""
        title = f"Edit action for {account_name}" if action.id else f"Action for {account_name}"
        super().__init__(parent, title, save="Save action" if action.id else "Add action", width=560)
        self._action = action
        named = dict.fromkeys(name for name in (*owners, action.owner) if name)
        self.title_field = TextField("What is to be done, such as: Confirm the date with Theo", action.title)
        self.owner = Select([("", "Nobody yet"), *((name, name) for name in named)])
        self.owner.set_value(action.owner)
        self.due_on = DateField(today, action.due_on)
        self.audience = SegmentedControl(_AUDIENCES)
        self.audience.set_value(action.audience)
        self._title_row = FormRow("&Action", self.title_field)
        self._due_row = FormRow("&By when", self.due_on)
        self.fields.addWidget(self._title_row)
        line = QHBoxLayout()
        line.setSpacing(12)
        for row in (FormRow("&Who does it", self.owner), self._due_row):
            line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(line)
        shared = QHBoxLayout()
        shared.setSpacing(12)
        self.audience.setAccessibleName("Who may see it")
        shared.addWidget(self.audience)
        shared.addWidget(
            Label("Shared actions may appear in the customer's review.", Role.LABEL, "text_3", wrap=True), 1
        )
        self.fields.addLayout(shared)
        self.begin()

    def form(self) -> ActionForm:
        """The fields as they stand."""
        audience = cast("Audience", self.audience.value())
        return ActionForm(self.title_field.text(), str(self.owner.value() or ""), self.due_on.day(), audience)

    def submit(self) -> bool:
        """See `KeepingDialog.submit`."""
        form = self.form()
        missing = "" if form.title.strip() else "Say what is to be done."
        self._title_row.set_fault(missing)
        self._due_row.set_fault(self.due_on.fault())
        if missing or self.due_on.fault():
            (self.title_field if missing else self.due_on).setFocus()
            return False
        self.submitted.emit(
            replace(
                self._action,
                title=form.title.strip(),
                owner=form.owner,
                due_on=form.due_on,
                audience=form.audience,
            )
        )
        return True
