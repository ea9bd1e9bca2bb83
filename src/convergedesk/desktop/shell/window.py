"""The main window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.shell.page_host import PageHost, PageSpec
from convergedesk.desktop.shell.rail import WIDTH as RAIL_WIDTH
from convergedesk.desktop.shell.rail import NavRail
from convergedesk.desktop.shell.shortcuts import (
    EVERYWHERE,
    IN_ALERTS,
    IN_CHARTS,
    IN_GOALS,
    IN_OPPORTUNITIES,
    IN_TABLES,
    Key,
    KeyGroup,
    add_shortcut,
    shortcuts_sheet,
)
from convergedesk.desktop.shell.top_bar import TopBar
from convergedesk.desktop.theme import app_icon, theme
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.notice import Notices
from convergedesk.desktop.widgets.scrim import Scrim

SMALLEST = QSize(1280, 720)
USUAL = QSize(1440, 900)
_NAME = "ConvergeDesk"
_RAIL_KEYS = 8
_WIDEST_PAGE = 2400


class WindowMemory(Protocol):
    """Remembers size and place of the window from run to run."""

    def load(self) -> bytes | None:
        """What was saved last, or None."""
        ...

    def save(self, state: bytes) -> None:
        """Keep it."""
        ...


class MainWindow(QWidget):
    """Rail, top bar and pages. It shows pages; where the person goes is decided by whoever listens.

    Attributes:
        rail: The navigation rail.
        top_bar: The bar over the pages.
        pages: The stack of pages.
        notices: Shows notices at the bottom left.

    Signals:
        page_requested: The key of a page that the person wants to see.
        back_requested: Alt and left, or the mouse's back button.
        forward_requested: Alt and right, or the mouse's forward button.
        explanation_wanted: The person asks what the page on screen means.
        closing: The window is about to close; its state is saved.
    """

    page_requested = Signal(str)
    back_requested = Signal()
    forward_requested = Signal()
    explanation_wanted = Signal()
    closing = Signal()

    def __init__(
        self,
        pages: Sequence[PageSpec],
        *,
        memory: WindowMemory | None = None,
        search: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """No page is built before it is shown."""
        super().__init__(parent)
        self._memory = memory
        self._keys: tuple[KeyGroup, ...] = ()
        self._sheet: Dialog | None = None
        self.setWindowTitle(_NAME)
        self.setWindowIcon(app_icon())
        self.setMinimumSize(SMALLEST)
        self.rail = NavRail(pages)
        self.top_bar = TopBar(search)
        self.pages = PageHost(pages)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        self._page_row = QHBoxLayout()
        self._page_row.addWidget(self.pages)
        right.addLayout(self._page_row, 1)
        theme().changed.connect(self._limit_pages)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.notices = Notices(self, left=RAIL_WIDTH + 16)
        self.rail.page_requested.connect(self.page_requested)
        self._add_shortcuts()
        self._restore()

    def show_page(self, key: str, argument: object = None) -> None:
        """Bring a page to the front and hand it what it is to show.

        Raises:
            KeyError: There is no such page.
        """
        spec = self.pages.show_page(key, argument)
        self.rail.light(spec.lights or spec.key)
        self.rail.setVisible(not spec.bare)
        self.top_bar.setVisible(not spec.bare)
        self.setWindowTitle(f"{spec.title} – {_NAME}")

    def set_sample(self, sample: bool) -> None:
        """Say on every page that the workspace holds made-up data."""
        self.top_bar.set_sample(sample)

    def set_keys(self, groups: Sequence[KeyGroup]) -> None:
        """Add keys of pages to the sheet that '?' shows."""
        self._keys = tuple(groups)

    def is_covered(self) -> bool:
        """True while a dialog or drawer keeps the keyboard."""
        return any(scrim.isVisible() for scrim in self.findChildren(Scrim))

    @Slot()
    def show_keys(self) -> None:
        """Show the list of keys."""
        if self.is_covered():
            return
        numbered = [spec for spec in self.pages.specs if spec.in_rail and not spec.at_bottom]
        go = KeyGroup(
            "Go to", [Key(f"Ctrl {n + 1}", spec.title) for n, spec in enumerate(numbered[:_RAIL_KEYS])]
        )
        self._sheet = shortcuts_sheet(
            self, (EVERYWHERE, go, IN_TABLES, IN_GOALS, IN_ALERTS, IN_OPPORTUNITIES, IN_CHARTS, *self._keys)
        )
        self._sheet.open()

    @Slot()
    def next_pane(self) -> None:
        """Give the keyboard to the next part of the window: rail, top bar, the page's panes."""
        self._move_pane(1)

    @Slot()
    def previous_pane(self) -> None:
        """Give the keyboard to the part before."""
        self._move_pane(-1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() is None:
            # Qt would light the first item of the rail, as if somebody had gone there by keyboard.
            self.pages.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit_pages()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.notices.current is not None:
            self.notices.clear()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self._on_back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self._on_forward()
        else:
            super().mousePressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._memory is not None:
            self._memory.save(bytes(self.saveGeometry().data()))
        self.closing.emit()
        super().closeEvent(event)

    @Slot()
    def _limit_pages(self) -> None:
        # On a very wide screen the ends of a row would lie too far apart to be read as one.
        side = max(0, self.width() - RAIL_WIDTH - theme().px(_WIDEST_PAGE)) // 2
        if self._page_row.contentsMargins().left() != side:
            self._page_row.setContentsMargins(side, 0, side, 0)

    def _restore(self) -> None:
        saved = self._memory.load() if self._memory is not None else None
        if saved is None or not self.restoreGeometry(saved):
            self.resize(USUAL)

    def _add_shortcuts(self) -> None:
        for number in range(_RAIL_KEYS):
            shortcut = add_shortcut(self, f"Ctrl+{number + 1}", self._on_rail_key)
            shortcut.setProperty("place", number)
        for keys, slot in (
            ("Ctrl+Shift+D", self._on_theme_key),
            ("F6", self.next_pane),
            ("Shift+F6", self.previous_pane),
            ("Alt+Left", self._on_back),
            ("Alt+Right", self._on_forward),
            ("Ctrl+F", self._on_find),
        ):
            add_shortcut(self, keys, slot)
        # Some systems report the Shift that '?' is typed with, others do not, and some both.
        sheet = add_shortcut(self, "?", self.show_keys)
        sheet.setKeys([QKeySequence("?"), QKeySequence("Shift+?")])
        sheet.activatedAmbiguously.connect(self.show_keys)

    def _move_pane(self, step: int) -> None:
        page = self.pages.currentWidget()
        if self.is_covered() or page is None:
            return
        give: Callable[[], Sequence[QWidget]] | None = getattr(page, "panes", None)
        inner = [page] if give is None else give()
        panes = [pane for pane in (self.rail, self.top_bar, *inner) if pane.isVisible()]
        focused = QApplication.focusWidget()
        at = next((n for n, pane in enumerate(panes) if _holds(pane, focused)), -1 if step > 0 else 0)
        for offset in range(1, len(panes) + 1):
            pane = panes[(at + step * offset) % len(panes)]
            if pane is self.rail:
                self.rail.focus_lit()
                return
            if _focus_first(pane):
                return

    @Slot()
    def _on_rail_key(self) -> None:
        place = self.sender().property("place")
        numbered = [spec for spec in self.pages.specs if spec.in_rail and not spec.at_bottom]
        if place < len(numbered) and not self.is_covered() and self.rail.isVisible():
            self.page_requested.emit(numbered[place].key)

    @Slot()
    def _on_theme_key(self) -> None:
        theme().toggle()

    @Slot()
    def _on_back(self) -> None:
        if not self.is_covered():
            self.back_requested.emit()

    @Slot()
    def _on_forward(self) -> None:
        if not self.is_covered():
            self.forward_requested.emit()

    @Slot()
    def _on_find(self) -> None:
        find = getattr(self.pages.currentWidget(), "focus_search", None)
        if callable(find) and not self.is_covered():
            find()


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))


def _focus_first(pane: QWidget) -> bool:
    """Give the keyboard to the first widget of a pane that takes it by Tab."""
    candidates = [pane, *pane.findChildren(QWidget)]
    by_tab = [one for one in candidates if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    usable = [one for one in by_tab if one.isVisible() and one.isEnabled()]
    if not usable:
        return False
    # Children are found in the order in which they were made; what counts is reading order.
    usable.sort(key=lambda one: one.mapTo(pane.window(), one.rect().topLeft()).toTuple()[::-1])
    usable[0].setFocus(Qt.FocusReason.TabFocusReason)
    return True
