"""A main column with one at its right, which becomes a drawer where the window is narrow or text is large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.theme import theme
from convergedesk.desktop.widgets.drawer import TAB_WIDTH, Drawer, DrawerTab

NARROW_BELOW = 1360
_GAP = 16
_TAB_GAP = 4


class SideColumns(QWidget):
    """Both columns side by side; under 1360 px of window, times the text size, the right one behind a tab."""

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        title: str,
        *,
        side_width: int = 320,
        icon: str = "bell",
        parent: QWidget | None = None,
    ) -> None:
        """`title` and `icon` stand on the drawer's tab."""
        super().__init__(parent)
        self._side = side
        self._side_width = side_width
        self._narrow = False
        self._drawer: Drawer | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.addWidget(main, 1)
        side.setFixedWidth(theme().px(side_width))
        self._row.addWidget(side)
        self._tab = DrawerTab(title, icon, self)
        self._tab.clicked.connect(self.open_drawer)
        self._tab.hide()

    @property
    def narrow(self) -> bool:
        """True while the right column is a drawer."""
        return self._narrow

    @property
    def side(self) -> QWidget:
        """The right column."""
        return self._side

    @property
    def tab(self) -> DrawerTab:
        """The tab at the window's edge, shown while narrow."""
        return self._tab

    def set_count(self, count: int) -> None:
        """Show how much waits in the right column, on the drawer's tab."""
        self._tab.set_count(count)
        self._place_tab()

    @Slot()
    def open_drawer(self) -> None:
        """Show the right column over the content."""
        if self._drawer is None:
            self._row.removeWidget(self._side)
            self._drawer = Drawer(self.window(), self._side, theme().px(self._side_width))
            self._drawer.closed.connect(self._on_drawer_closed)
            self._drawer.open()

    def close_drawer(self) -> None:
        """Close the drawer if it is open."""
        if self._drawer is not None:
            self._drawer.close_drawer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._adapt()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._adapt()
        self._tab.setVisible(self._narrow)

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_drawer()
        self._tab.hide()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._side.setFixedWidth(theme().px(self._side_width))
            self._adapt()
        super().changeEvent(event)

    def _adapt(self) -> None:
        narrow = self.window().width() < theme().px(NARROW_BELOW)
        if narrow != self._narrow:
            self.close_drawer()
            self._narrow = narrow
            self._side.setVisible(not narrow)
            self._tab.setVisible(narrow and self.isVisible())
        self._place_tab()

    def _place_tab(self) -> None:
        # The tab hangs at the window's edge, outside this widget and the page's padding.
        window = self.window()
        if self._tab.parentWidget() is not window:
            shown = self._tab.isVisible()
            self._tab.setParent(window)
            self._tab.setVisible(shown)
        size = self._tab.sizeHint()
        top = self.mapTo(window, self.rect().topLeft()).y() + 4 if window is not self else 4
        left = 0 if self.isRightToLeft() else window.width() - size.width()
        self._tab.setGeometry(left, top, size.width(), size.height())
        if self._drawer is None:
            self._tab.raise_()
        place = self.rect().translated(
            self.mapTo(window, self.rect().topLeft()) if window is not self else QPoint()
        )
        if self.isRightToLeft():
            overlap = TAB_WIDTH + _TAB_GAP - place.left()
            self._row.setContentsMargins(max(0, overlap) if self._narrow else 0, 0, 0, 0)
            return
        overlap = place.right() + 1 - (window.width() - TAB_WIDTH - _TAB_GAP)
        self._row.setContentsMargins(0, 0, max(0, overlap) if self._narrow else 0, 0)

    @Slot()
    def _on_drawer_closed(self) -> None:
        self._drawer = None
        self._side.setParent(self)
        self._row.addWidget(self._side)
        self._side.setVisible(not self._narrow)
