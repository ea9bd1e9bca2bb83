"""Asks which account something is about, where none is on screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.fields import SearchField
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.suggestions import matching
from convergedesk.desktop.widgets.table.cells import TextCell
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.portfolio import PortfolioRow

_HEIGHT = 320


class AccountPicker(Dialog):
    """A list that narrows while typing; Enter takes the account that is marked.

    Signals:
        picked: The id of the account.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget, title: str, rows: Sequence[PortfolioRow]) -> None:
        """`title` is the question."""
        super().__init__(parent, title, width=theme().px(480))
        self._all = sorted(rows, key=lambda row: row.name.casefold())
        self.search = SearchField("Find an account")
        self._model = RowsModel[PortfolioRow](_columns(), id_of=lambda row: row.account_id, parent=self)
        self.table = TableView(self._model, name="Accounts", lines=1)
        self.table.horizontalHeader().hide()
        self.table.set_empty(EmptyState("buildings", "No account by that name"))
        self.body.addWidget(self.search)
        self.body.addWidget(_Tall(self.table), 1)
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        choose = self.add_button("Choose", "primary")
        choose.clicked.connect(self._on_choose)
        self.search.textChanged.connect(self._on_text)
        self.search.returnPressed.connect(self._on_choose)
        self.table.activated_id.connect(self._on_picked)
        self._on_text("")

    @Slot(str)
    def _on_text(self, text: str) -> None:
        names = matching([row.name for row in self._all], text)
        place = {name: number for number, name in enumerate(names)}
        found = [row for row in self._all if row.name in place]
        found.sort(key=lambda row: place[row.name])
        self._model.set_rows(found)
        if found:
            self.table.select_id(found[0].account_id)

    @Slot()
    def _on_choose(self) -> None:
        chosen = self.table.current_id()
        if chosen is not None:
            self._on_picked(chosen)

    @Slot(object)
    def _on_picked(self, account_id: object) -> None:
        self.accept()
        self.picked.emit(account_id)


class _Tall(QWidget):
    """Wishes for room for nine accounts, and takes less where the window is low."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)

    def sizeHint(self) -> QSize:
        return QSize(200, theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, theme().px(_HEIGHT) // 4)


def _columns() -> tuple[Column[PortfolioRow], ...]:
    return (
        Column(
            key="name",
            title="Account",
            text=lambda row: row.name,
            cell=TextCell(Role.MEDIUM),
            width=240,
            stretch=1,
        ),
        Column(
            key="tier",
            title="Tier",
            text=lambda row: row.tier or "",
            cell=TextCell(Role.LABEL, "text_3"),
            width=120,
        ),
    )
