"""Scrolling, and rows that wrap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QScrollBar,
    QWidget,
    QWidgetItem,
)
from shiboken6 import isValid

from convergedesk.desktop.theme import give_focus_ring


class ScrollArea(QScrollArea):
    """Scrolls one widget up and down; never sideways."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        """`content` takes the width that there is."""
        super().__init__(parent)
        # One that Qt made itself would have PySide load every kind of widget there is, to find out its type.
        self.setViewport(QWidget())
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.setProperty("plain", True)
        content.setAutoFillBackground(False)
        self.setWidget(content)
        content.setAutoFillBackground(False)

    def scroll_by_keys(self, name: str) -> None:
        """Take the keyboard, for content that is only read; `name` is for screen readers."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        give_focus_ring(self, 6)


class ScrollColumn(ScrollArea):
    """Scrolls a column whose content is squeezed to the width there is, rather than cut off at its right."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        content = self.widget()
        if content is not None:
            content.setFixedWidth(self.viewport().width())


class OverlayScrollBar(QScrollBar):
    """A vertical scroll bar that lies over what it scrolls, so that rows run to the edge."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        """Takes the place of the area's own vertical bar."""
        super().__init__(Qt.Orientation.Vertical, area)
        self._area = area
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._own = area.verticalScrollBar()
        self._own.rangeChanged.connect(self._on_range)
        self._own.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._own.setValue)
        area.viewport().installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        view = self._area.viewport().geometry()
        width = self.sizeHint().width()
        left = view.left() if self.isRightToLeft() else view.right() + 1 - width
        self.setGeometry(left, view.top(), width, view.height())

    @Slot(int, int)
    def _on_range(self, low: int, high: int) -> None:
        # An area that is being torn down changes its range once more.
        if not isValid(self._own):
            return
        self.setRange(low, high)
        self.setPageStep(self._own.pageStep())
        self.setSingleStep(self._own.singleStep())
        self._place()
        self.setVisible(high > low)
        self.raise_()


class FlowLayout(QLayout):
    """Puts widgets in a row and goes on in the next row where the width ends."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8) -> None:
        """`spacing` is both between widgets and between rows."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._widgets: list[QWidget | None] = []
        # Qt asks for the height at a width dozens of times while a page is laid out.
        self._heights: dict[int, int] = {}
        self._least: QSize | None = None
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def invalidate(self) -> None:
        self._heights.clear()
        self._least = None
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._widgets.append(item.widget())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        self._widgets.pop(index)
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return height

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        if self._least is None:
            self._least = QSize()
            self._mend()
            for item in self._items:
                self._least = self._least.expandedTo(item.minimumSize())
        return self._least

    def _mend(self) -> None:
        """Put new items in the place of those that Qt deleted without taking them out."""
        if all(isValid(item) for item in self._items):
            return
        kept = [widget for widget in self._widgets if widget is not None and isValid(widget)]
        self._items = [QWidgetItem(widget) for widget in kept]
        self._widgets = list(kept)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, row_height = rect.x(), rect.y(), 0
        row: list[tuple[QLayoutItem, QRect]] = []
        self._mend()
        owner = self.parentWidget()
        mirrored = owner is not None and owner.isRightToLeft()
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            if size.width() > rect.width() > 0:
                # It can be narrower than it would like to be, but not wider than what it lies on.
                size.setWidth(max(rect.width(), item.minimumSize().width()))
            if row and x + size.width() > rect.x() + rect.width():
                _place(row if move else [], row_height)
                x, y, row_height, row = rect.x(), y + row_height + self.spacing(), 0, []
            place = QRect(QPoint(x, y), size)
            if mirrored:
                place.moveRight(rect.x() + rect.right() - x)
            row.append((item, place))
            x += size.width() + self.spacing()
            row_height = max(row_height, size.height())
        _place(row if move else [], row_height)
        return y + row_height - rect.y()


def _place(row: list[tuple[QLayoutItem, QRect]], height: int) -> None:
    """Put the widgets of one row on a common centre line."""
    for item, place in row:
        item.setGeometry(place.translated(0, (height - place.height()) // 2))
