"""Adds or edits a person at a customer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, tzinfo
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.engagement.words import CUSTOMER_ROLES, contact_words
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.domain.accounts import Person, PersonRole

if TYPE_CHECKING:
    from convergedesk.figures.people import PersonView


class PersonDialog(KeepingDialog):
    """Emits `submitted` with a `Person`; whoever saves it calls `accept` or `show_failure`.

    Signals:
        submitted: The person, sound.
        delete_wanted: The person is to be deleted.
    """

    submitted = Signal(object)
    delete_wanted = Signal()

    def __init__(
        self, parent: QWidget, account_name: str, view: PersonView, today: date, zone: tzinfo
    ) -> None:
        """A person whose id is 0 is new."""
        person = view.person
        title = person.name if person.id else f"New person at {account_name}"
        super().__init__(parent, title, save="Save person" if person.id else "Add person", width=600)
        self._person = person
        self.name_field = TextField("First and last name", person.name)
        self.role = SegmentedControl(CUSTOMER_ROLES)
        self.role.setAccessibleName("Role")
        self.role.set_value(person.role)
        self.title_field = TextField("Job title", person.title or "")
        self.email = TextField("name@company.example", person.email or "")
        self.left_on = DateField(today, person.left_on)
        self._rows = {
            "name": FormRow("&Name", self.name_field),
            "role": FormRow("Role", self.role),
            "title": FormRow("&Title", self.title_field),
            "email": FormRow("&Email", self.email),
            "left_on": FormRow("&Left the company on", self.left_on, "Empty while they are there"),
        }
        self.fields.addWidget(self._rows["name"])
        self.fields.addWidget(self._rows["role"])
        self.email.setCursorPosition(0)
        self._add_line("title", "email")
        if person.id:
            self.fields.addWidget(self._rows["left_on"])
            when, how = contact_words(view.last_contact, today, zone)
            self.fields.addWidget(Label(f"Last contact: {when} ({how})", Role.LABEL, "text_3", wrap=True))
            remove = self.add_button("Delete", "quiet", icon="trash")
            self.footer.removeWidget(remove)
            self.footer.insertWidget(0, remove)
            remove.clicked.connect(self.delete_wanted)
        self.begin()

    def form(self) -> Person:
        """The person as the fields stand."""
        return replace(
            self._person,
            name=" ".join(self.name_field.text().split()),
            role=cast("PersonRole", self.role.value() or self._person.role),
            title=self.title_field.text().strip() or None,
            email=self.email.text().strip().lower() or None,
            left_on=self.left_on.day(),
        )

    def submit(self) -> bool:
        """See `KeepingDialog.submit`."""
        person = self.form()
        problems: dict[str, str] = {}
        if not person.name:
            problems["name"] = "Say what the person is called."
        if person.email is not None and not _is_address(person.email):
            problems["email"] = f"“{person.email}” is not an address."
        if self.left_on.fault():
            problems["left_on"] = self.left_on.fault()
        for name, row in self._rows.items():
            row.set_fault(problems.get(name, ""))
        if problems:
            self._rows[next(iter(problems))].field.setFocus()
            return False
        self.submitted.emit(person)
        return True

    def _add_line(self, *names: str) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        for name in names:
            line.addWidget(self._rows[name], 1, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(line)


def _is_address(text: str) -> bool:
    name, at, host = text.partition("@")
    return bool(name and at and "." in host.strip(".") and " " not in text and "@" not in host)
