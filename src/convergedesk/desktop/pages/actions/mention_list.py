"""Notes of all accounts in which somebody of us is mentioned; a click leads to the very note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.navigator import Item
from convergedesk.desktop.phrases import listing, near_day
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.table.cells import AvatarCell, TextCell, TwoLine, TwoLineCell
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.engagement import AccountNote
from convergedesk.figures.note_text import plain_text

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext

_WORDS = 160


class MentionList(QWidget):
    """A row a note: who wrote it, the words around, whose account, who is mentioned."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows = RowsModel[AccountNote](self._columns(), id_of=lambda one: one.note.id, parent=self)
        self.table = TableView(self._rows, name="Mentions")
        self.table.set_empty(
            EmptyState("note", "No mentions", "Write @ and a colleague's name in a note, and it stands here.")
        )
        self.table.activated_id.connect(self._on_opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def show_notes(self, found: Sequence[AccountNote]) -> None:
        """Show these notes."""
        self._rows.set_rows(found)

    @Slot(object)
    def _on_opened(self, note_id: object) -> None:
        found = next((one for one in self._rows.rows if one.note.id == note_id), None)
        if found is not None:
            item = Item("note", found.note.id)
            self._context.navigator.open_account(found.note.account_id, "notes", item)

    def _columns(self) -> tuple[Column[AccountNote], ...]:
        return (
            Column(
                key="who",
                title="",
                text=lambda one: one.note.author,
                cell=AvatarCell(),
                width=44,
                min_width=44,
            ),
            Column(
                key="note",
                title="Note",
                text=lambda one: f"{_said(one)}, {one.note.author}",
                value=lambda one: TwoLine(_said(one), one.note.author),
                cell=TwoLineCell(Role.BODY),
                width=520,
                min_width=240,
                stretch=4,
            ),
            Column(
                key="account",
                title="Account",
                text=lambda one: one.account_name,
                cell=TextCell(Role.MEDIUM, "text"),
                sort_key=lambda one: one.account_name.casefold(),
                sortable=True,
                width=200,
                min_width=120,
                stretch=1,
            ),
            Column(
                key="mentioned",
                title="Mentioned",
                text=lambda one: listing(one.mentioned),
                cell=TextCell(Role.BODY, "text_2"),
                width=200,
                min_width=120,
                stretch=1,
            ),
            Column(
                key="when",
                title="Written",
                text=lambda one: near_day(one.note.written_at.date(), self._context.today()),
                cell=TextCell(Role.BODY, "text_3"),
                sort_key=lambda one: one.note.written_at,
                sortable=True,
                descending_first=True,
                width=110,
                min_width=80,
            ),
        )


def _said(one: AccountNote) -> str:
    """The line of the note in which the mention stands."""
    lines = [plain_text(line) for line in one.note.body.splitlines()]
    named = next((line for line in lines if any(f"@{name}" in line for name in one.mentioned)), "")
    return (named or " ".join(line for line in lines if line))[:_WORDS]
