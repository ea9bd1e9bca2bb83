"""Account: one customer's usage story, and everything around it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from convergedesk.desktop.faults import error_state, sentence_of
from convergedesk.desktop.navigator import AccountPlace, Item
from convergedesk.desktop.pages.account.head import AccountHead
from convergedesk.desktop.pages.account.reads import AccountReads
from convergedesk.desktop.pages.account.tabs import TABS, TabSite
from convergedesk.desktop.pages.account.view_model import (
    ADOPTION,
    BILLING,
    OVERVIEW,
    TICKETS,
    TIMELINE,
    AccountViewModel,
)
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.widgets.paint_hold import PATIENCE_MS, PaintHold
from convergedesk.desktop.widgets.states import Loading
from convergedesk.desktop.widgets.tabs import Tabs
from convergedesk.domain.errors import NotFoundError

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext


class AccountPage(QWidget):
    """Head, tabs, and the tab that is open. One page shows every account; only what it shows changes."""

    def __init__(
        self,
        context: PageContext,
        reads: AccountReads,
        make_goals: Callable[[], QWidget],
        make_contract: Callable[[], QWidget],
        parent: QWidget | None = None,
    ) -> None:
        """`make_goals` and `make_contract` build those tabs, which have `show_account(account_id)`."""
        super().__init__(parent)
        from convergedesk.desktop.pages.account.usage_view_model import UsageViewModel

        self._context = context
        self.model = AccountViewModel(reads, context.jobs, context.navigator, context.changes, self)
        self.usage = UsageViewModel(context.jobs, self)
        self._site = TabSite(context, self.model, self.usage, make_goals, make_contract)
        self._specs = {spec.key: spec for spec in TABS}
        self._head = AccountHead()
        self._frame = PageFrame(self._head)
        self.tabs = Tabs([(spec.key, spec.title, None) for spec in TABS])
        self._stack = QStackedWidget()
        self._built: dict[str, Any] = {}
        self._outdated: set[str] = set()
        self._item: Item | None = None
        self._body = Loading(self._stack)
        self._hold = PaintHold(self)
        self._frame.body.addWidget(self.tabs)
        self._frame.body.addWidget(self._body, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        self._connect()

    def open(self, place: object) -> None:
        """Show an account at one of its tabs."""
        if isinstance(place, AccountPlace):
            known = place.tab in self._specs
            self._item = self._context.navigator.take_item()
            self.model.open(place if known else AccountPlace(place.account_id))
            self._reveal()

    def prepare(self) -> None:
        """Build the overview and read an account, so that the first one to be opened waits for neither."""
        self._tab(OVERVIEW)
        rows = self._context.portfolio.rows
        if rows:
            self.model.expect(rows[0].account_id)

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
        self._head.sites_chosen.connect(self.model.set_with_sites)
        self._head.check_in_wanted.connect(self._on_check_in_wanted)
        self._head.feedback_wanted.connect(self._on_feedback_wanted)
        self.model.opened.connect(self._on_opened)
        self.model.changed.connect(self._on_changed)
        self.model.study_changed.connect(self._on_studied)
        self.model.timeline_changed.connect(partial(self._refill, TIMELINE))
        self.model.billing_changed.connect(partial(self._refill, BILLING))
        self.model.adoption_changed.connect(partial(self._refill, ADOPTION))
        self.model.tab_changed.connect(self._on_tab)
        self.model.failed.connect(self._on_failed)
        self._context.portfolio.expected.connect(self.model.expect)
        self._hold.late.connect(self._show_name_only)
        self.usage.saved.connect(self._on_saved)
        self.usage.failed.connect(self._on_save_failed)

    @Slot(object)
    def _on_opened(self, _account_id: object) -> None:
        self._hold.hold()

    @Slot()
    def _show_name_only(self) -> None:
        # The old account must not stand under the new one's name, nor an empty page flash by.
        row = next(
            (row for row in self._context.portfolio.rows if row.account_id == self.model.account_id), None
        )
        self._head.set_name(row.name if row is not None else "Account")
        self._head.set_reachable(reachable=True)
        self.tabs.show()
        for spec in self._specs.values():
            self.tabs.set_count(spec.key, None)
        # The grey blocks have the outline of what is to come.
        self._stack.setCurrentWidget(self._tab(self.model.tab))
        self._body.clear()
        self._body.start(PATIENCE_MS)

    @Slot()
    def _on_changed(self) -> None:
        data = self.model.data
        if data is None:
            return
        # Each widget that is shown or hidden lays out everything around it, up to the window; within a
        # hidden frame none does, and all of it is laid out once at the end.
        aside = self._hold.holding
        focused = self._frame.focusWidget() if aside else None
        if aside:
            self._frame.hide()
        self.tabs.show()
        self._head.set_account(data.header)
        study = self.model.study
        self._head.set_health(None if study is None or study.figures is None else study.figures.health)
        self._head.set_reachable(reachable=True)
        for spec in self._specs.values():
            self.tabs.set_count(spec.key, spec.count_of(data.header))
        self._outdated = set(self._built)
        self._on_tab(self.model.tab)
        self._body.finish()
        if aside:
            self._frame.show()
            if focused is not None:
                focused.setFocus()
        self._hold.release()

    @Slot(str)
    def _on_tab(self, key: str) -> None:
        if self.tabs.current() != key:
            self.tabs.blockSignals(True)
            self.tabs.set_current(key)
            self.tabs.blockSignals(False)
        if self.model.data is None:
            return
        tab = self._tab(key)
        if key in self._outdated:
            self._fill(key)
        self._stack.setCurrentWidget(tab)
        self._reveal()

    def _reveal(self) -> None:
        """Bring into sight what was looked for, once its tab is filled."""
        data = self.model.data
        if self._item is None or data is None or data.header.account.id != self.model.account_id:
            return
        show = getattr(self._built.get(self.model.tab), "show_item", None)
        if callable(show):
            item, self._item = self._item, None
            show(item)

    def _tab(self, key: str) -> QWidget:
        """The widget of a tab, built if need be."""
        if key not in self._built:
            self._built[key] = self._specs[key].build(self._site)
            self._stack.addWidget(self._built[key])
            self._outdated.add(key)
        return self._built[key]

    def _fill(self, key: str) -> None:
        self._outdated.discard(key)
        self._specs[key].fill(self._built[key], self._site)

    @Slot()
    def _on_studied(self) -> None:
        """What was found came after the data, which is on screen already."""
        study, note = self.model.study, self.model.study_note
        self._head.set_health(None if study is None or study.figures is None else study.figures.health)
        for key in (OVERVIEW, TICKETS, BILLING, ADOPTION):
            if key in self._built and key not in self._outdated:
                self._built[key].set_study(study, note)

    def _refill(self, key: str) -> None:
        """What only that tab shows was read."""
        if self.model.data is None or key not in self._built:
            return
        if key == self.model.tab:
            self._fill(key)
        else:
            self._outdated.add(key)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self.model.data is not None:
            self._context.notify(f"Not refreshed: {sentence_of(error)}", tone="warning")
            return
        self._hold.release()
        self._show_name_only()
        self._head.set_reachable(reachable=False)
        gone = isinstance(error, NotFoundError)
        self.tabs.hide()
        state = error_state(
            "This account could not be opened", error, fix="All accounts" if gone else "Try again"
        )
        state.fix_clicked.connect(self.model.open_accounts if gone else self.model.reload)
        self._body.show_instead(state)

    @Slot()
    def _on_check_in_wanted(self) -> None:
        from convergedesk.desktop.engagement.host import engagement_of

        if self.model.account_id is not None:
            engagement_of(self, self._context).log_check_in(self.model.account_id)

    @Slot()
    def _on_feedback_wanted(self) -> None:
        from convergedesk.desktop.feedback.host import feedback_of

        if self.model.account_id is not None:
            feedback_of(self, self._context).add(self.model.account_id)

    @Slot(object)
    def _on_saved(self, path: object) -> None:
        self._context.notify(f"Saved “{getattr(path, 'name', path)}”")

    @Slot(object)
    def _on_save_failed(self, error: Exception) -> None:
        self._context.notify(sentence_of(error), tone="critical")
