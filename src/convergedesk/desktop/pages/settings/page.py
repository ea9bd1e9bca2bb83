"""Settings: what holds for this computer and this workspace, and what keeps it safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.settings.cards import SafetyCards
from convergedesk.desktop.pages.settings.groups import GroupList
from convergedesk.desktop.pages.settings.places_card import PlacesCard
from convergedesk.desktop.pages.settings.rows import SettingRow
from convergedesk.desktop.pages.settings.view_model import SettingsViewModel
from convergedesk.desktop.pages.settings.words import title_of
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.theme import theme
from convergedesk.desktop.widgets.fields import SearchField
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.side_columns import NARROW_BELOW
from convergedesk.desktop.widgets.states import EmptyState

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.surroundings import Surroundings

_LIST_WIDTH = 184
_SIDE_WIDTH = 320


class SettingsPage(QWidget):
    """Groups at the left, rows in the middle, where the data goes at the right.

    Attributes:
        model: State and commands.
        cards: The cards in the middle.
    """

    def __init__(self, context: PageContext, surroundings: Surroundings) -> None:
        super().__init__()
        self._context = context
        self.model = SettingsViewModel(context, surroundings, self)
        self._frame = PageFrame(PageHeader("Settings", "changes are saved as you make them"))
        self.search = SearchField("Search settings")
        self.search.setAccessibleName("Search settings")
        self.search.search_changed.connect(self._on_search)
        self.groups = GroupList()
        self.groups.chosen.connect(self._on_group)
        self.cards = SafetyCards(self.model, context)
        self._nothing = EmptyState("magnifying-glass", "No setting is called that", "Try another word.")
        self._nothing.hide()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        for card in self.cards.all:
            column.addWidget(card)
        column.addWidget(self._nothing)
        column.addStretch(1)
        self._middle = ScrollArea(middle)
        self._places = PlacesCard()
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self._places)
        side.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.search)
        left.addWidget(self.groups)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left)
        row.addWidget(self._middle, 1)
        row.addWidget(self._side)
        self._frame.body.addLayout(row, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        self.model.changed.connect(self._on_changed)
        self.model.failed.connect(self._on_failed)
        self.model.refused.connect(self._on_refused)
        self.model.told.connect(self._on_told)
        theme().changed.connect(self._arrange)
        self._arrange()
        self._on_group("security")

    def open(self, group: object) -> None:
        """Read anew; show a group where one is named."""
        self.model.read()
        if isinstance(group, str):
            self.search.clear()
            self._on_group(group)

    def focus_search(self) -> None:
        """Ctrl F."""
        self.search.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.search, self.groups, self._middle]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        self._side.setVisible(self.window().width() >= NARROW_BELOW and theme().text_scale < 1.5)
        self._side.setFixedWidth(theme().px(_SIDE_WIDTH))
        for widget in (self.search, self.groups):
            widget.setFixedWidth(theme().px(_LIST_WIDTH))

    @Slot(str)
    def _on_group(self, group: str) -> None:
        self.groups.light(group)
        for card in self.cards.all:
            for row in card.rows:
                row.show()
            card.arrange()
            card.setVisible(self.cards.group_of(card) == group)
        self._nothing.hide()
        self._middle.verticalScrollBar().setValue(0)

    @Slot(str)
    def _on_search(self, words: str) -> None:
        if not words.strip():
            self._on_group(self.groups.lit)
            return
        found = False
        for card in self.cards.all:
            for row in card.rows:
                row.setVisible(self.cards.matches(row, words))
                found = found or not row.isHidden()
            card.arrange()
        self.groups.light("")
        self._nothing.setVisible(not found)

    @Slot()
    def _on_changed(self) -> None:
        state = self.model.state
        self._frame.header.set_title(title_of(state), "Settings · changes are saved as you make them")
        self.cards.show_state(state)
        self._places.show_state(state)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._context.notify(f"The settings could not be read. {error}", tone="critical")

    @Slot(str, str)
    def _on_refused(self, key: str, sentence: str) -> None:
        for card in self.cards.all:
            for row in card.rows:
                if isinstance(row, SettingRow) and row.setting.key == key:
                    row.set_fault(sentence)

    @Slot(str, str)
    def _on_told(self, sentence: str, tone: str) -> None:
        self._context.notify(sentence, tone=tone)
