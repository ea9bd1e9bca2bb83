"""Account: one customer's usage story, and everything around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from convergedesk.desktop.clock_words import zone_of
from convergedesk.desktop.faults import error_state, sentence_of
from convergedesk.desktop.navigator import AccountPlace
from convergedesk.desktop.pages.account.head import AccountHead
from convergedesk.desktop.pages.account.reads import AccountData, AccountReads
from convergedesk.desktop.pages.account.view_model import (
    BILLING,
    GOALS,
    OVERVIEW,
    TABS,
    TICKETS,
    TIMELINE,
    AccountViewModel,
)
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.widgets.states import Loading
from convergedesk.desktop.widgets.tabs import Tabs
from convergedesk.domain.errors import NotFoundError
from convergedesk.figures.wording import number

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.accounts import AccountId

_TITLES = {
    OVERVIEW: "Overview",
    TICKETS: "Tickets",
    GOALS: "Goals",
    BILLING: "Billing",
    TIMELINE: "Timeline",
}


class GoalsPane(Protocol):
    """The Goals tab as another page's package builds it."""

    def show_account(self, account_id: AccountId) -> None:
        """Show the goals of an account."""
        ...


class AccountPage(QWidget):
    """Head, tabs, and the tab that is open. A tab is built when it is first opened."""

    def __init__(
        self,
        context: PageContext,
        reads: AccountReads,
        make_goals: Callable[[], QWidget],
        parent: QWidget | None = None,
    ) -> None:
        """`make_goals` builds the Goals tab, which has `show_account(account_id)`."""
        super().__init__(parent)
        from convergedesk.desktop.pages.account.usage_view_model import UsageViewModel

        self._context = context
        self._make_goals = make_goals
        self.model = AccountViewModel(reads, context.jobs, context.navigator, context.changes, self)
        self.usage = UsageViewModel(context.jobs, self)
        self._head = AccountHead()
        self._frame = PageFrame(self._head)
        self.tabs = Tabs([(key, _TITLES[key], None) for key in TABS])
        self._stack = QStackedWidget()
        self._built: dict[str, QWidget] = {}
        self._body = Loading(self._stack)
        self._frame.body.addWidget(self.tabs)
        self._frame.body.addWidget(self._body, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        self._connect()

    def open(self, place: object) -> None:
        """Show an account at one of its tabs."""
        if isinstance(place, AccountPlace):
            self.model.open(place)

    def tab_widget(self, key: str) -> QWidget:
        """The widget of a tab that was opened. Raises KeyError for one that was not."""
        return self._built[key]

    def focus_search(self) -> None:
        """Put the keyboard into the open tab's search field, where it has one."""
        find = getattr(self._stack.currentWidget(), "focus_search", None)
        if callable(find):
            find()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        current = self._stack.currentWidget()
        return [self.tabs, *([current] if current is not None else [])]

    def _connect(self) -> None:
        self.tabs.current_key_changed.connect(self.model.choose_tab)
        self._head.parent_opened.connect(self.model.open_account)
        self.model.opened.connect(self._on_opened)
        self.model.changed.connect(self._on_changed)
        self.model.timeline_changed.connect(self._on_timeline)
        self.model.tab_changed.connect(self._on_tab)
        self.model.failed.connect(self._on_failed)
        self.usage.saved.connect(self._on_saved)
        self.usage.failed.connect(self._on_save_failed)

    @Slot(object)
    def _on_opened(self, _account_id: object) -> None:
        # The old account must not stand under the new one's name, nor an empty page flash by.
        row = next(
            (row for row in self._context.portfolio.rows if row.account_id == self.model.account_id), None
        )
        self._head.set_name(row.name if row is not None else "Account")
        self.tabs.show()
        for key in (TICKETS, GOALS):
            self.tabs.set_count(key, None)
        self._body.clear()
        self._body.start()

    @Slot()
    def _on_changed(self) -> None:
        data = self.model.data
        if data is None:
            return
        self.tabs.show()
        header = data.header
        self._head.set_account(header)
        self.tabs.set_count(TICKETS, f"{number(header.open_tickets)} open" if header.open_tickets else None)
        self.tabs.set_count(GOALS, number(header.open_goals) if header.open_goals else None)
        self.usage.show(data.usage, data.goals, zone_of(header.account.time_zone))
        self._on_tab(self.model.tab)
        for key in self._built:
            self._fill(key, data)
        self._body.finish()

    @Slot(str)
    def _on_tab(self, key: str) -> None:
        if self.tabs.current() != key:
            self.tabs.blockSignals(True)
            self.tabs.set_current(key)
            self.tabs.blockSignals(False)
        if self.model.data is None:
            return
        if key not in self._built:
            self._built[key] = self._build(key)
            self._stack.addWidget(self._built[key])
            self._fill(key, self.model.data)
        self._stack.setCurrentWidget(self._built[key])

    def _build(self, key: str) -> QWidget:
        """Build a tab. What draws charts is imported here, after the first paint."""
        today = self._context.today
        if key == OVERVIEW:
            from convergedesk.desktop.pages.account.overview import Overview

            overview = Overview(self.usage, today())
            overview.tab_wanted.connect(self.model.choose_tab)
            overview.ticket_opened.connect(self.model.open_ticket)
            overview.import_opened.connect(self.model.open_import)
            return overview
        if key == TICKETS:
            from convergedesk.desktop.pages.account.tickets_tab import TicketsTab

            tickets = TicketsTab(today)
            tickets.ticket_opened.connect(self.model.open_ticket)
            return tickets
        if key == BILLING:
            from convergedesk.desktop.pages.account.billing_tab import BillingTab

            billing = BillingTab(today)
            billing.import_opened.connect(self.model.open_import)
            return billing
        if key == TIMELINE:
            from convergedesk.desktop.pages.account.timeline_tab import TimelineTab

            timeline = TimelineTab(today)
            timeline.ticket_opened.connect(self.model.open_ticket)
            timeline.goals_opened.connect(self._on_goals_wanted)
            timeline.start()
            return timeline
        return self._make_goals()

    def _fill(self, key: str, data: AccountData) -> None:
        tab = self._built[key]
        if key == TIMELINE:
            self._on_timeline()
        elif key == GOALS:
            if self.model.account_id is not None:
                tab.show_account(self.model.account_id)  # pyright: ignore[reportAttributeAccessIssue]
        else:
            tab.set_data(data)  # pyright: ignore[reportAttributeAccessIssue]

    @Slot()
    def _on_timeline(self) -> None:
        from convergedesk.desktop.pages.account.timeline_tab import TimelineTab

        tab, data = self._built.get(TIMELINE), self.model.data
        if isinstance(tab, TimelineTab) and data is not None and self.model.timeline is not None:
            tab.set_entries(self.model.timeline, zone_of(data.header.account.time_zone))

    @Slot()
    def _on_goals_wanted(self) -> None:
        self.model.choose_tab(GOALS)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self.model.data is not None:
            self._context.notify(f"Not refreshed: {sentence_of(error)}", tone="warning")
            return
        gone = isinstance(error, NotFoundError)
        self.tabs.hide()
        state = error_state(
            "This account could not be opened", error, fix="All accounts" if gone else "Try again"
        )
        state.fix_clicked.connect(self.model.open_accounts if gone else self.model.reload)
        self._body.show_instead(state)

    @Slot(object)
    def _on_saved(self, path: object) -> None:
        self._context.notify(f"Saved “{getattr(path, 'name', path)}”")

    @Slot(object)
    def _on_save_failed(self, error: Exception) -> None:
        self._context.notify(sentence_of(error), tone="critical")
