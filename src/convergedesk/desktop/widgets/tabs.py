"""Tabs: words with an accent line under the one that is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget

from convergedesk.desktop.theme import Role, color, font, theme

_HEIGHT = 36
_GAP = 24
_COUNT_GAP = 6
_UNDERLINE = 2


class Tabs(QTabBar):
    """A row of tabs, each with a key and, where it says something, a count."""

    current_key_changed = Signal(str)

    def __init__(
        self, tabs: Sequence[tuple[str, str, str | None]] = (), parent: QWidget | None = None
    ) -> None:
        """`tabs` are (key, text, count as shown or None)."""
        super().__init__(parent)
        self._keys: list[str] = []
        self._counts: dict[str, str] = {}
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for key, text, count in tabs:
            self.add(key, text, count)
        self.currentChanged.connect(self._on_current_changed)

    def add(self, key: str, text: str, count: str | None = None) -> None:
        """Append a tab."""
        self._keys.append(key)
        if count:
            self._counts[key] = count
        self.addTab(text)

    def current(self) -> str:
        """The key of the open tab."""
        return self._keys[self.currentIndex()]

    def set_current(self, key: str) -> None:
        """Open a tab."""
        self.setCurrentIndex(self._keys.index(key))

    def set_count(self, key: str, count: str | None) -> None:
        """Show a count such as '1 open' behind the text, or none."""
        self._counts[key] = count or ""
        index = self._keys.index(key)
        self.setTabText(index, self.tabText(index))
        self.updateGeometry()
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._content_width(index) + _GAP, theme().px(_HEIGHT))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        for index in range(self.count()):
            self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        rect = self.tabRect(index)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if self.isRightToLeft():
            rect.setLeft(rect.right() + 1 - self._content_width(index))
        else:
            rect.setWidth(self._content_width(index))
        current = index == self.currentIndex()
        hovered = self.underMouse() and self.tabRect(index).contains(self.mapFromGlobal(self.cursor().pos()))
        painter.setFont(font(Role.STRONG if current else Role.MEDIUM))
        painter.setPen(color("text" if current or hovered else "text_2"))
        body = rect.adjusted(0, 0, 0, -_UNDERLINE)
        painter.drawText(body, Qt.AlignmentFlag.AlignVCenter, self.tabText(index))
        count = self._counts.get(self._keys[index], "")
        if count:
            taken = QFontMetrics(font(Role.STRONG)).horizontalAdvance(self.tabText(index)) + _COUNT_GAP
            painter.setFont(font(Role.CAPTION_MEDIUM))
            painter.setPen(color("text_3"))
            painter.drawText(body.adjusted(taken, 0, 4, 0), Qt.AlignmentFlag.AlignVCenter, count)
        if current:
            line = QRect(rect.left(), rect.bottom() - _UNDERLINE + 1, rect.width(), _UNDERLINE)
            painter.fillRect(line, color("accent"))
            if self.hasFocus():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(color("accent"), 1))
                painter.drawRoundedRect(rect.adjusted(-min(6, rect.left()), 4, 5, -6), 5, 5)

    def _content_width(self, index: int) -> int:
        width = QFontMetrics(font(Role.STRONG)).horizontalAdvance(self.tabText(index))
        count = self._counts.get(self._keys[index], "") if index < len(self._keys) else ""
        if count:
            width += _COUNT_GAP + QFontMetrics(font(Role.CAPTION_MEDIUM)).horizontalAdvance(count)
        return width

    @Slot(int)
    def _on_current_changed(self, index: int) -> None:
        if 0 <= index < len(self._keys):
            self.current_key_changed.emit(self._keys[index])
