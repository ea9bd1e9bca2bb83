"""Makes figures of a table answer 'Why?': Alt W for the selected row, a right click for a cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent

from convergedesk.desktop.askable import Ask
from convergedesk.desktop.widgets.button import Menu

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.widgets.table.view import TableView


class CellFigure(NamedTuple):
    """A figure of a row.

    Attributes:
        column: Key of the column that shows it.
        name: What it is, such as 'Usage, last 7 days'.
        value: As the cell prints it.
        ask: Gives its explanation or its id; see `askable`.
    """

    column: str
    name: str
    value: str
    ask: Ask


Figures = Callable[[Any], Sequence[CellFigure]]
"""The figures of a row that can be asked, in the order of their columns."""


def askable_table(
    view: TableView, figures: Figures, context: PageContext | None = None, *, by_mouse: bool = True
) -> AskableTable:
    """Let the rows of a table answer 'Why?'.

    Args:
        view: The table.
        figures: What a row can be asked about.
        context: As for `askable`.
        by_mouse: False where a right click already opens a menu of the page's own.
    """
    return AskableTable(view, figures, context, by_mouse=by_mouse)


class AskableTable(QObject):
    """What `askable_table` puts on a table."""

    def __init__(
        self, view: TableView, figures: Figures, context: PageContext | None, *, by_mouse: bool
    ) -> None:
        """Use `askable_table`."""
        super().__init__(view)
        self._view = view
        self._figures = figures
        self._context = context
        self.menu: Menu | None = None
        view.installEventFilter(self)
        if by_mouse:
            view.viewport().installEventFilter(self)

    def ask_row(self, row: int) -> None:
        """Ask the figures of a row: the only one at once, several through a menu."""
        found = [*self._figures(self._view.rows_model.row(row))]
        if len(found) == 1:
            self._open(found[0])
        elif found:
            index = self._view.rows_model.index(row, 0)
            place = self._view.visualRect(index).bottomLeft()
            self._offer(found, self._view.viewport().mapToGlobal(place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt may still ask while the page is taken down and Python has let go of what is here.
        if not hasattr(self, "_view"):
            return False
        if watched is self._view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt_w = event.key() == Qt.Key.Key_W and event.modifiers() == Qt.KeyboardModifier.AltModifier
            current = self._view.currentIndex()
            if alt_w and current.isValid():
                self.ask_row(current.row())
                return True
        if isinstance(event, QContextMenuEvent) and event.reason() is QContextMenuEvent.Reason.Mouse:
            return self._on_cell(event.globalPos())
        return False

    def _on_cell(self, place: QPoint) -> bool:
        view = self._view
        index = view.indexAt(view.viewport().mapFromGlobal(place))
        if not index.isValid():
            return False
        figures = self._figures(view.rows_model.row(index.row()))
        key = view.rows_model.columns[index.column()].key
        here = [one for one in figures if one.column == key]
        if not figures:
            return False
        self._offer(here or list(figures), place)
        return True

    def _offer(self, figures: Sequence[CellFigure], place: QPoint) -> None:
        menu = Menu(self._view)
        menu.setAccessibleName("Why?")
        for one in figures:
            # An ampersand in a name is no mnemonic.
            text = f"Why {one.value}?  {one.name}".replace("&", "&&")
            menu.addAction(text).triggered.connect(lambda _=False, figure=one: self._open(figure))
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(place)

    def _open(self, figure: CellFigure) -> None:
        from convergedesk.desktop.explaining import show_why

        show_why(self._view, figure.ask(), self._context)
