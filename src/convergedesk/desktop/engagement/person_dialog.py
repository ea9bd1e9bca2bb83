"""Adds or edits a person at a customer, or a colleague."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, tzinfo
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.engagement.words import CUSTOMER_ROLES, OWN_ROLES, contact_words
from convergedesk.desktop.engagement.writing import make_edit
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.domain.accounts import Person, PersonRole

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.figures.people import PersonView
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace


def open_person(
    parent: QWidget, context: PageContext, title_of_new: str, view: PersonView, zone: tzinfo
) -> PersonDialog:
    """Open the dialog and keep what it hands on; 'Undo' takes it back."""
    dialog = PersonDialog(parent, title_of_new, view, context.today(), zone)

    def keep(person: Person) -> None:
        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace import people

            return (
                people.edit_person(workspace, person) if person.id else people.add_person(workspace, person)
            )

        said = f"{person.name} saved" if person.id else f"{person.name} added"
        make_edit(context, change, said, on_done=dialog.accept, on_error=dialog.show_failure)

    def delete() -> None:
        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.people import delete_person

            return delete_person(workspace, view.person.id)

        said = f"{view.person.name} deleted"
        make_edit(context, change, said, on_done=dialog.accept, on_error=dialog.show_failure)

    dialog.submitted.connect(keep)
    dialog.delete_wanted.connect(delete)
    dialog.open(dialog.name_field)
    return dialog


class PersonDialog(KeepingDialog):
    """Emits `submitted` with a `Person`; whoever saves it calls `accept` or `show_failure`.

    Signals:
        submitted: The person, sound.
        delete_wanted: The person is to be deleted.
    """

    submitted = Signal(object)
    delete_wanted = Signal()

    def __init__(
        self, parent: QWidget, title_of_new: str, view: PersonView, today: date, zone: tzinfo
    ) -> None:
        """A person whose id is 0 is new; one without an account is a colleague."""
        person = view.person
        ours = person.account_id is None
        title = person.name if person.id else title_of_new
        super().__init__(parent, title, save="Save person" if person.id else "Add person", width=600)
        self._person = person
        self.name_field = TextField("First and last name", person.name)
        self.role = SegmentedControl(OWN_ROLES if ours else CUSTOMER_ROLES)
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
            if not ours:
                when, how = contact_words(view.last_contact, today, zone)
                words = f"Last contact: {when} ({how})"
                self.fields.addWidget(Label(words, Role.LABEL, "text_3", wrap=True))
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
