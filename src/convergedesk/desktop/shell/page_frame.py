"""The padding and order of a page: header, then body."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.side_columns import NARROW_BELOW

_WIDE_PADDING = 24
_NARROW_PADDING = 16
_GAP = 16


class PageFrame(QWidget):
    """A page with the design's padding: 24 px, 16 where the window is narrow.

    Attributes:
        header: The page's header.
        body: Where the content goes.
    """

    def __init__(
        self, header: PageHeader | None = None, *, scrolls: bool = False, parent: QWidget | None = None
    ) -> None:
        """`scrolls` lets the body run longer than the window."""
        super().__init__(parent)
        self.header = header or PageHeader()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(_GAP)
        self._column.addWidget(self.header)
        if scrolls:
            content = QWidget()
            self.body = QVBoxLayout(content)
            self._column.addWidget(ScrollArea(content), 1)
        else:
            self.body = QVBoxLayout()
            self._column.addLayout(self.body, 1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(_GAP)
        self._pad(_WIDE_PADDING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pad(_NARROW_PADDING if self.window().width() < NARROW_BELOW else _WIDE_PADDING)

    def _pad(self, side: int) -> None:
        if self._column.contentsMargins().left() != side:
            self._column.setContentsMargins(side, 16, side, side)
            # Without this the page would be painted once with the old padding.
            self._column.activate()
