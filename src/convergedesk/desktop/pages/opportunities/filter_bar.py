"""Search and filters above the list of opportunities."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from convergedesk.desktop.pages.opportunities.list_filter import DECIDED_WORDS, OpportunityFilter
from convergedesk.desktop.pages.opportunities.view_model import OpportunityListState
from convergedesk.desktop.pages.opportunities.words import KINDS
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.button import Button, MenuButton
from convergedesk.desktop.widgets.fields import SearchField
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.figures.wording import number


class OpportunityFilterBar(QWidget):
    """Shows the filter in force and tells what the person wants instead.

    Signals:
        searched: The words.
        decided_chosen, kind_chosen, owner_chosen, currency_chosen: The choice.
        cleared: No filter is wanted.
    """

    searched = Signal(str)
    decided_chosen = Signal(object)
    kind_chosen = Signal(object)
    owner_chosen = Signal(object)
    currency_chosen = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Shows what is to be decided at first."""
        super().__init__(parent)
        self.search = SearchField("Opening, account or owner")
        self.search.setProperty("small", True)
        self.search.setFixedWidth(theme().px(210))
        self.search.search_changed.connect(self.searched)
        self.decided, self.kind, self.owner, self.currency = (MenuButton("", small=True) for _ in range(4))
        self.decided.set_choices(DECIDED_WORDS.items(), self.decided_chosen.emit)
        kinds = [(None, "Any kind"), *((kind, words.text) for kind, words in KINDS.items())]
        self.kind.set_choices(kinds, self.kind_chosen.emit)
        self.clear = Button("Clear filters", "link", small=True)
        self.clear.clicked.connect(self.cleared)
        self._matches = Label("", Role.LABEL, "text_3")
        controls = QWidget()
        controls.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        flow = FlowLayout(controls)
        for widget in (self.search, self.decided, self.kind, self.owner, self.currency, self.clear):
            flow.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 4)
        row.setSpacing(12)
        row.addWidget(controls, 1)
        self._matches.setMinimumHeight(self.kind.sizeHint().height())
        row.addWidget(self._matches, 0, Qt.AlignmentFlag.AlignTop)

    def show_state(self, state: OpportunityListState) -> None:
        """Show which filters are in force, without telling anybody."""
        chosen = state.chosen
        self.decided.setText(f"Show: {DECIDED_WORDS[chosen.decided].lower()}")
        self.kind.setText(f"Kind: {'any' if chosen.kind is None else KINDS[chosen.kind].text.lower()}")
        told = "anybody" if chosen.owner is None else chosen.owner or "nobody"
        self.owner.setText(f"Owner: {told}".replace("&", "&&"))
        owners = [(None, "Anybody"), *((name, name or "No owner") for name in state.owners)]
        self.owner.set_choices(owners, self.owner_chosen.emit)
        self.currency.setText(f"Currency: {chosen.currency or 'any'}")
        currencies = [(None, "Any currency"), *((code, code) for code in state.currencies)]
        self.currency.set_choices(currencies, self.currency_chosen.emit)
        self.currency.setVisible(len(state.currencies) > 1 or chosen.currency is not None)
        if chosen.text != self.search.text().strip():
            self.search.setText(chosen.text)
        self._matches.setText(f"{number(len(state.rows))} of {number(len(state.book.rows))}")
        self.clear.setVisible(chosen != OpportunityFilter())
