"""Edits: every change of the last 30 days, and 'Recently deleted'."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.faults import error_state
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.navigator import DELETED
from convergedesk.desktop.pages.edits.columns import edit_columns
from convergedesk.desktop.pages.edits.view_model import EditsViewModel
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.edits import Edit
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext

_ALL = "all"
_KEPT = "Kept for at least 30 days, also when the program was closed meanwhile"


class EditsPage(QWidget):
    """A row for every step of 'Undo'; the buttons act on the row that is selected."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self.model = EditsViewModel(context, self)
        zone = datetime.now(UTC).astimezone().tzinfo or UTC
        self._rows: RowsModel[Edit] = RowsModel(
            edit_columns(context.today, zone),
            id_of=lambda edit: edit.id,
            row_style=lambda edit: "muted" if edit.undone else "normal",
            parent=self,
        )
        self.table = TableView(self._rows, name="Edits", lines=1, click_opens=False)
        self.choice = SegmentedControl([(_ALL, "All edits"), (DELETED, "Recently deleted")])
        self.button = Button("Undo this", icon="arrow-counter-clockwise")
        self._header = PageHeader("Edits")
        self._header.add_action(self.choice)
        self._header.add_action(self.button)
        card = Card(flush=True)
        card.add(self.table, 1)
        self._loading = Loading(card)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 20, 24, 24)
        page.setSpacing(16)
        page.addWidget(self._header)
        page.addWidget(self._loading, 1)
        self.choice.value_changed.connect(self._on_choice)
        self.button.clicked.connect(self._on_button)
        self.table.activated_id.connect(self._act)
        self.table.selected_id.connect(self._on_selected)
        self.model.loading.connect(self._loading.start)
        self.model.loaded.connect(self._on_loaded)
        self.model.load_failed.connect(self._on_failed)
        self._on_selected(None)

    def open(self, which: object = None) -> None:
        """Show all edits, or with 'deleted' what was deleted."""
        wanted = DELETED if which == DELETED else _ALL
        self.choice.set_value(wanted)
        self.model.show_deleted(wanted == DELETED)

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.choice, self.table]

    @Slot(object)
    def _on_choice(self, which: object) -> None:
        self.model.show_deleted(which == DELETED)
        self._context.navigator.stay(DELETED if which == DELETED else None)

    @Slot(object)
    def _on_loaded(self, found: tuple[Edit, ...]) -> None:
        self._rows.set_rows(found)
        self._header.set_title(_title(found, deleted=self.model.deleted), _KEPT)
        self.table.set_empty(None if found else _empty(deleted=self.model.deleted))
        self._on_selected(self.table.current_id())
        self._loading.finish()

    @Slot(object)
    def _on_selected(self, edit_id: object) -> None:
        edit = self.model.find(edit_id)
        undone = edit is not None and edit.undone
        self.button.setText("Restore" if self.model.deleted else "Redo" if undone else "Undo this")
        self.button.setEnabled(edit is not None and self.model.can_act_on(edit))
        self.button.setToolTip("" if edit is not None else "Select an edit first")

    @Slot()
    def _on_button(self) -> None:
        self._act(self.table.current_id())

    @Slot(object)
    def _act(self, edit_id: object) -> None:
        edit = self.model.find(edit_id)
        if edit is None or not self.model.can_act_on(edit):
            return
        if self.model.deleted:
            self.model.restore(edit.id)
        elif edit.undone:
            self.model.redo()
        else:
            self.model.undo(edit.id)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The edits could not be read", error)
        failure.fix_clicked.connect(self.model.reload)
        self._loading.show_instead(failure)


def _title(found: tuple[Edit, ...], *, deleted: bool) -> str:
    if deleted:
        return f"{count(len(found), 'deletion')} can be restored" if found else "Nothing was deleted"
    holding = sum(not edit.undone for edit in found)
    return f"{count(holding, 'edit')} can be undone" if holding else "No edit can be undone"


def _empty(*, deleted: bool) -> EmptyState:
    if deleted:
        return EmptyState("trash", "Nothing was deleted", "What you delete stays here for 30 days.")
    return EmptyState(
        "arrow-counter-clockwise", "No edits yet", "Whatever you change can be taken back here."
    )
