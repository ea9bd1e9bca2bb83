"""Search and filters above the list of feedback."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from convergedesk.desktop.pages.feedback.list_filter import SHOWN_WORDS, FeedbackFilter
from convergedesk.desktop.pages.feedback.view_model import FeedbackState
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.button import Button, MenuButton
from convergedesk.desktop.widgets.fields import SearchField
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.figures.feedback_words import STATUS_WORDS
from convergedesk.figures.wording import number


class FeedbackFilterBar(QWidget):
    """Shows the filter in force and tells what the person wants instead.

    Signals:
        searched: The words.
        shown_chosen, status_chosen, feature_chosen: The choice.
        cleared: No filter is wanted.
    """

    searched = Signal(str)
    shown_chosen = Signal(object)
    status_chosen = Signal(object)
    feature_chosen = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is filtered at first."""
        super().__init__(parent)
        self.search = SearchField("Request, account or words")
        self.search.setProperty("small", True)
        self.search.setFixedWidth(theme().px(220))
        self.search.search_changed.connect(self.searched)
        self.shown = MenuButton("", small=True)
        self.status = MenuButton("", small=True)
        self.feature = MenuButton("", small=True)
        self.shown.set_choices(SHOWN_WORDS.items(), self.shown_chosen.emit)
        states = [(None, "Any state"), *STATUS_WORDS.items()]
        self.status.set_choices(states, self.status_chosen.emit)
        self.clear = Button("Clear filters", "link", small=True)
        self.clear.clicked.connect(self.cleared)
        self._matches = Label("", Role.LABEL, "text_3")
        controls = QWidget()
        controls.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        flow = FlowLayout(controls)
        for widget in (self.search, self.shown, self.status, self.feature, self.clear):
            flow.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 4)
        row.setSpacing(12)
        row.addWidget(controls, 1)
        self._matches.setMinimumHeight(self.shown.sizeHint().height())
        row.addWidget(self._matches, 0, Qt.AlignmentFlag.AlignTop)

    def show_state(self, state: FeedbackState) -> None:
        """Show which filters are in force, without telling anybody."""
        chosen = state.chosen
        self.shown.setText(f"Show: {SHOWN_WORDS[chosen.shown].lower()}")
        told = "any" if chosen.status is None else STATUS_WORDS[chosen.status].lower()
        self.status.setText(f"State: {told}")
        named = "any" if chosen.feature is None else chosen.feature or "none"
        self.feature.setText(f"Feature: {named}".replace("&", "&&"))
        features = [(None, "Any feature"), *((name, name or "No feature") for name in state.features)]
        self.feature.set_choices(features, self.feature_chosen.emit)
        if chosen.text != self.search.text().strip():
            self.search.setText(chosen.text)
        filtered = chosen != FeedbackFilter()
        self._matches.setText(f"{number(len(state.rows))} of {number(state.total)}" if filtered else "")
        self.clear.setVisible(filtered)
