"""Search, filters and what they leave, above the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.pages.accounts.filters import LABELS, shown
from convergedesk.desktop.pages.accounts.view_model import AccountsState
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import MenuButton
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.fields import SearchField
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.figures.wording import number

_MOST_CHOICES = 30


class FilterBar(QWidget):
    """A search field, a menu per field to filter by, and a chip per filter in force.

    Signals:
        searched: The text of the search field, shortly after typing.
        narrowed: Field and value, or None to lift the filter.
        cleared: All filters are to be lifted.
        sites_wanted: True to list sites by themselves too.
    """

    searched = Signal(str)
    narrowed = Signal(str, object)
    cleared = Signal()
    sites_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField("Name, owner, industry or tier")
        self.search.setMinimumWidth(220)
        self.search.setMaximumWidth(260)
        self.search.search_changed.connect(self.searched)
        self._menus = {field: MenuButton(label, small=True) for field, label in LABELS.items()}
        self.sites = Chip("Sites")
        self.sites.setToolTip("List sites by themselves too; their parents hold their figures all the same")
        self.sites.toggled.connect(self.sites_wanted)
        self._matches = Label("", Role.LABEL, "text_3")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        for menu in self._menus.values():
            row.addWidget(menu)
        row.addWidget(self.sites)
        row.addStretch(1)
        row.addWidget(self._matches)
        self._chips = QWidget()
        self._chips.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._chip_flow = FlowLayout(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 4)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._chips)

    def set_state(self, state: AccountsState) -> None:
        """Show what can be filtered by, what is in force, and how many accounts that leaves."""
        if state.chosen.text != self.search.text().strip():
            self.search.setText(state.chosen.text)
        self.sites.setVisible(state.has_sites)
        self.sites.setChecked(state.chosen.sites)
        for field, menu in self._menus.items():
            self._fill(menu, field, state)
        self._matches.setText(f"{number(len(state.rows))} of {number(state.total)} match")
        while (item := self._chip_flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for field, words in state.chosen.active:
            chip = Chip(words, checkable=False, removable=True)
            chip.removed.connect(partial(self.narrowed.emit, field, None))
            self._chip_flow.addWidget(chip)
        self._chips.setVisible(bool(state.chosen.active))

    def _fill(self, button: MenuButton, field: str, state: AccountsState) -> None:
        choices = state.choices[field]
        button.setVisible(len(choices) > 1)
        menu = button.menu()
        menu.clear()
        in_force = getattr(state.chosen, field)
        everything = button.add_choice("Any", checked=in_force is None)
        self._connect(everything, partial(self.narrowed.emit, field, None))
        menu.addSeparator()
        for value, accounts in choices[:_MOST_CHOICES]:
            words = f"{shown(value)}  {number(accounts)}".replace("&", "&&")
            action = button.add_choice(words, checked=value == in_force)
            self._connect(action, partial(self.narrowed.emit, field, value))
        if len(choices) > _MOST_CHOICES:
            more = menu.addAction(f"{number(len(choices) - _MOST_CHOICES)} more: find them by searching")
            more.setEnabled(False)

    @staticmethod
    def _connect(action: QAction, choose: Callable[[], object]) -> None:
        action.triggered.connect(lambda _checked=False: choose())
