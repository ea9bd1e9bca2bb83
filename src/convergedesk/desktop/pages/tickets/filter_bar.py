"""Search and filters above the ticket history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from convergedesk.desktop.pages.tickets.account_filter import AccountFilter
from convergedesk.desktop.pages.tickets.opened_filter import OpenedFilter
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.ticket_words import status_word
from convergedesk.desktop.widgets.button import Button, MenuButton
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.fields import SearchField
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.domain.tickets import TicketQuery, TicketStatus
from convergedesk.figures.wording import count, number

_STATUSES = (TicketStatus.OPEN, TicketStatus.PENDING, TicketStatus.CLOSED, TicketStatus.DELETED)


class TicketFilterBar(QWidget):
    """Shows the query in force and tells what the person wants instead."""

    searched = Signal(str)
    status_chosen = Signal(object)
    high_only_chosen = Signal(bool)
    feature_chosen = Signal(object)
    account_chosen = Signal(object)
    opened_chosen = Signal(object, object)
    cleared = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        """Nothing is filtered at first."""
        super().__init__(parent)
        self.search = SearchField("Number, title or person")
        self.search.setProperty("small", True)
        self.search.setFixedWidth(theme().px(220))
        self.search.search_changed.connect(self.searched)
        self.accounts = AccountFilter()
        self.accounts.account_chosen.connect(self.account_chosen)
        self.status = MenuButton("", small=True)
        for status in (None, *_STATUSES):
            action = self.status.add_choice(status_word(status) if status is not None else "Any status")
            action.triggered.connect(partial(self._on_status, status))
        self.features = MenuButton("", small=True)
        self.opened = OpenedFilter(today)
        self.opened.chosen.connect(self.opened_chosen)
        self.high = Chip("High priority", icon="flag")
        self.high.toggled.connect(self.high_only_chosen)
        self.clear = Button("Clear filters", "link", small=True)
        self.clear.clicked.connect(self.cleared)
        self._matches = Label("", Role.LABEL, "text_3")
        controls = QWidget()
        controls.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        flow = FlowLayout(controls)
        for widget in (
            self.search,
            self.accounts,
            self.status,
            self.features,
            self.opened,
            self.high,
            self.clear,
        ):
            flow.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 4)
        row.setSpacing(12)
        row.addWidget(controls, 1)
        self._matches.setMinimumHeight(self.status.sizeHint().height())
        row.addWidget(self._matches, 0, Qt.AlignmentFlag.AlignTop)
        self.set_features(())

    def set_features(self, features: Sequence[str]) -> None:
        """Offer these features; the button is hidden where no ticket names one."""
        menu = self.features.menu()
        menu.clear()
        self.features.add_choice("Any feature").triggered.connect(partial(self._on_feature, None))
        for feature in features:
            action = self.features.add_choice(feature.replace("&", "&&"))
            action.triggered.connect(partial(self._on_feature, feature))
        self.features.setVisible(bool(features))

    def show_query(self, query: TicketQuery) -> None:
        """Show which filters are in force, without telling anybody."""
        self.status.setText(f"Status: {status_word(query.status).lower() if query.status else 'any'}")
        self.features.setText(f"Feature: {query.feature or 'any'}")
        self.opened.show_range(query.opened_from, query.opened_to)
        self.accounts.show_account(query.account_id)
        self.high.blockSignals(True)
        self.high.setChecked(query.high_only)
        self.high.blockSignals(False)
        if query.text != self.search.text().strip():
            self.search.setText(query.text)

    def show_matches(self, total: int, *, filtered: bool) -> None:
        """Say how many tickets the filters leave."""
        self._matches.setText(f"{number(total)} match" if filtered else count(total, "ticket"))
        self.clear.setVisible(filtered)

    def _on_status(self, status: TicketStatus | None, _checked: bool = False) -> None:
        self.status_chosen.emit(status)

    def _on_feature(self, feature: str | None, _checked: bool = False) -> None:
        self.feature_chosen.emit(feature)
