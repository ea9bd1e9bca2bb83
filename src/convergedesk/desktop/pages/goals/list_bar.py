"""Search and filters above the goals of all accounts."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from convergedesk.desktop.pages.goals.list_filter import (
    DUE_WORDS,
    STANDING_WORDS,
    GoalFilter,
    Standing,
)
from convergedesk.desktop.pages.goals.list_view_model import GoalListState
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.button import Button, MenuButton
from convergedesk.desktop.widgets.fields import SearchField
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.figures.account import PRESSING, GoalStanding
from convergedesk.figures.wording import count, number

_NOBODY = "No owner"


class GoalFilterBar(QWidget):
    """Shows the filter in force and tells what the person wants instead."""

    searched = Signal(str)
    standing_chosen = Signal(object)
    owner_chosen = Signal(object)
    due_chosen = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is filtered at first."""
        super().__init__(parent)
        self.search = SearchField("Goal, account, owner or evidence")
        self.search.setProperty("small", True)
        self.search.setFixedWidth(theme().px(240))
        self.search.search_changed.connect(self.searched)
        self.standing = MenuButton("", small=True)
        self.owner = MenuButton("", small=True)
        self.due = MenuButton("", small=True)
        self.due.set_choices(DUE_WORDS.items(), self.due_chosen.emit)
        self.clear = Button("Clear filters", "link", small=True)
        self.clear.clicked.connect(self.cleared)
        self._matches = Label("", Role.LABEL, "text_3")
        controls = QWidget()
        controls.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        flow = FlowLayout(controls)
        for widget in (self.search, self.standing, self.owner, self.due, self.clear):
            flow.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 4)
        row.setSpacing(12)
        row.addWidget(controls, 1)
        self._matches.setMinimumHeight(self.due.sizeHint().height())
        row.addWidget(self._matches, 0, Qt.AlignmentFlag.AlignTop)

    def show_state(self, state: GoalListState) -> None:
        """Show which filters are in force, without telling anybody."""
        chosen = state.chosen
        self.standing.set_choices(_standings(state), self.standing_chosen.emit)
        owners = [(None, "Anybody"), *((owner, owner or _NOBODY) for owner in state.owners)]
        self.owner.set_choices(owners, self.owner_chosen.emit)
        any_standing = chosen.standing is Standing.ANY
        self.standing.setText("State: any" if any_standing else f"State: {_lower(chosen.standing)}")
        told = "anybody" if chosen.owner is None else chosen.owner or "nobody"
        self.owner.setText(f"Owner: {told}".replace("&", "&&"))
        self.due.setText(f"Due: {DUE_WORDS[chosen.due].lower()}")
        if chosen.text != self.search.text().strip():
            self.search.setText(chosen.text)
        filtered = chosen != GoalFilter()
        self._matches.setText(f"{number(len(state.rows))} match" if filtered else count(state.total, "goal"))
        self.clear.setVisible(filtered)


def _standings(state: GoalListState) -> list[tuple[Hashable, str]]:
    pressing = sum(state.standings[one] for one in PRESSING)
    counts = {one.value: state.standings[one] for one in GoalStanding}
    counts |= {Standing.ANY.value: state.total, Standing.PRESSING.value: pressing}
    return [(one, f"{words}  {number(counts[one.value])}") for one, words in STANDING_WORDS.items()]


def _lower(standing: Standing) -> str:
    words = STANDING_WORDS[standing]
    return words[:1].lower() + words[1:]
