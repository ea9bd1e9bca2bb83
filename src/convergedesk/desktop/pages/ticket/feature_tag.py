"""The feature that a ticket is about: a tag, and the dialog in which it is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QWidget

from convergedesk.desktop.engagement.writing import make_edit, read_then
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.desktop.widgets.label import Label

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.tickets import Ticket
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace


class FeatureTag(Chip):
    """Says which feature a ticket is about; a click changes it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Nothing is known before `show_ticket`."""
        super().__init__("", checkable=False, icon="tag", parent=parent)
        self._context = context
        self._ticket: Ticket | None = None
        self._ours = False
        self.dialog: FeatureDialog | None = None
        self.setToolTip("The feature that this ticket is about. Click to change it.")
        self.clicked.connect(self._on_clicked)

    def show_ticket(self, ticket: Ticket, *, ours: bool) -> None:
        """`ours` says that our people tagged it, not the support desk."""
        self._ticket, self._ours = ticket, ours
        self.set_label(ticket.feature or "Add a feature")

    @Slot()
    def _on_clicked(self) -> None:
        def read(workspace: Workspace) -> tuple[str, ...]:
            from convergedesk.workspace.tickets import ticket_features

            return ticket_features(workspace)

        read_then(self._context, read, self._open)

    def _open(self, names: tuple[str, ...]) -> None:
        ticket = self._ticket
        if ticket is None:
            return
        dialog = FeatureDialog(self, names, ticket.feature or "", ours=self._ours)
        dialog.chosen.connect(partial(self._tag, ticket))
        self.dialog = dialog
        dialog.open(dialog.field)

    def _tag(self, ticket: Ticket, name: object) -> None:
        feature = str(name) or None

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.ticket_notes import tag_ticket

            return tag_ticket(workspace, ticket.id, feature)

        said = f"Tagged #{ticket.number} with {feature}" if feature else f"Our tag on #{ticket.number} is off"
        make_edit(self._context, change, said)


class FeatureDialog(Dialog):
    """Asks which feature a ticket is about.

    Signals:
        chosen: Its name; empty takes the support desk's again.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, names: Sequence[str], present: str, *, ours: bool) -> None:
        """`names` are offered while typing; another one may be typed as well."""
        super().__init__(parent, "Which feature is this about?", width=460)
        self.field = TextField("Such as Webhook delivery", present)
        completer = QCompleter(list(names), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        self.field.returnPressed.connect(self._on_tag)
        self.field.selectAll()
        self.body.addWidget(FormRow("Feature", self.field, "A known one, or a new name."))
        note = "Lists, metrics and feedback count the ticket with this feature. The next import leaves it."
        self.body.addWidget(Label(note, Role.LABEL, "text_3", wrap=True))
        if ours:
            back = self.add_button("Use the support desk's", "quiet")
            back.clicked.connect(self._on_back)
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        self.tag = self.add_button("Tag", "primary")
        self.tag.clicked.connect(self._on_tag)

    @Slot()
    def _on_tag(self) -> None:
        if self.field.text().strip():
            self.accept()
            self.chosen.emit(self.field.text().strip())

    @Slot()
    def _on_back(self) -> None:
        self.accept()
        self.chosen.emit("")
