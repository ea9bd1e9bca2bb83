"""The cards at the right of a ticket; two of them stand beside one another where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from convergedesk.desktop.theme import theme
from convergedesk.desktop.widgets.scroll import ScrollArea

_SCROLL_BAR = 10
_SIDE_BY_SIDE = 520


class RightColumn(ScrollArea):
    """Cards beneath one another, with a pair in their midst."""

    def __init__(
        self, above: Sequence[QWidget], pair: tuple[QWidget, QWidget], below: Sequence[QWidget]
    ) -> None:
        """Show `above`, then the pair, then `below`."""
        content = QWidget()
        super().__init__(content)
        self._pair, self._row = pair, len(above)
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        for row, card in enumerate(above):
            self._grid.addWidget(card, row, 0, 1, 2)
        for row, card in enumerate(below, len(above) + 2):
            self._grid.addWidget(card, row, 0, 1, 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(len(above) - 1, 1)
        self._wide: bool | None = None
        self._least = -1
        self._arrange(wide=True)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._grid.minimumSize().width() + _SCROLL_BAR, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            least = self._grid.minimumSize().width()
            if least != self._least:
                # Only then does the page have to be laid out again.
                self._least = least
                self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= theme().px(_SIDE_BY_SIDE))

    def _arrange(self, *, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        first, second = self._pair
        for card in self._pair:
            self._grid.removeWidget(card)
        self._grid.addWidget(first, self._row, 0, 1, 1 if wide else 2)
        below = self._row if wide else self._row + 1
        self._grid.addWidget(second, below, 1 if wide else 0, 1, 1 if wide else 2)
