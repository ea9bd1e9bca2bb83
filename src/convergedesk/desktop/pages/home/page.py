"""Home: who needs attention today, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.faults import error_state
from convergedesk.desktop.pages.home.account_table import AccountTable
from convergedesk.desktop.pages.home.check_in_card import TITLE, CheckInCard
from convergedesk.desktop.pages.home.check_ins import CheckIn
from convergedesk.desktop.pages.home.kpi_strip import HomeKpis
from convergedesk.desktop.pages.home.view_model import HomeViewModel
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.side_columns import SideColumns
from convergedesk.desktop.widgets.states import EmptyState, Loading

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.kinds import AccountId


class HomePage(QWidget):
    """Title, five figures, the accounts by need, and who needs a check-in."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = HomeViewModel(context, self)
        self._context = context
        self._frame = PageFrame(PageHeader("Home"))
        import_button = Button("Import files", icon="upload-simple")
        import_button.clicked.connect(self.model.open_import)
        self._frame.header.add_action(import_button)
        self._kpis = HomeKpis(context)
        self._table = AccountTable(context, self.model)
        self._table.opened.connect(self.model.open_account)
        self._table.table.selected_id.connect(context.portfolio.expect)
        self._table.view_chosen.connect(self.model.choose_view)
        self.check_ins = CheckInCard()
        self.check_ins.account_opened.connect(self.model.open_account)
        self.check_ins.check_in_wanted.connect(self._on_check_in_wanted)
        self.check_ins.put_off_wanted.connect(self.model.put_off)
        self.check_ins.why_wanted.connect(self._on_why_wanted)
        self.check_ins.copied.connect(self._on_copied)
        self.check_ins.waiting_opened.connect(self.model.open_waiting)
        self.columns = SideColumns(self._table, self.check_ins, TITLE)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._kpis)
        column.addWidget(self.columns, 1)
        self._body = Loading(content)
        self._frame.body.addWidget(self._body, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        self.model.changed.connect(self._on_changed)
        self.model.failed.connect(self._on_failed)
        self._outdated = False
        self._body.start()
        self._fill()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self._kpis, self._table.table, self.check_ins]

    def showEvent(self, event: QShowEvent) -> None:
        if self._outdated:
            self._fill()
        super().showEvent(event)

    @Slot()
    def _on_changed(self) -> None:
        # Behind another page it waits until it is looked at.
        self._outdated = self.isHidden()
        if not self._outdated:
            self._fill()

    def _fill(self) -> None:
        self._outdated = False
        state = self.model.state
        if state is None:
            return
        self._frame.header.set_title(state.title, state.subtitle)
        if not state.total:
            self._body.show_instead(self._empty())
            return
        self._kpis.set_figures(state.figures)
        self._table.set_state(state, self.model.view)
        self.check_ins.set_state(state)
        self.columns.set_count(state.asking_total)
        self._body.finish()

    @Slot(object)
    def _on_check_in_wanted(self, account_id: AccountId) -> None:
        from convergedesk.desktop.engagement.host import engagement_of

        engagement_of(self, self._context).log_check_in(account_id)

    @Slot(object, object)
    def _on_why_wanted(self, widget: QWidget, check_in: CheckIn) -> None:
        from convergedesk.desktop.explaining import show_why

        show_why(widget, self.model.why_needs(check_in.row), self._context)

    @Slot(str)
    def _on_copied(self, words: str) -> None:
        self._context.notify(f"Copied: {words}")

    def _empty(self) -> QWidget:
        sentence = "Import the exports of your CRM, support desk, usage and billing: files or a whole folder."
        empty = EmptyState("buildings", "No accounts yet", sentence, "Import files")
        if self._context.portfolio.pod is not None:
            empty = EmptyState("stack", "This pod has no accounts", "Choose another pod at the top.")
        empty.action_clicked.connect(self.model.open_import)
        return empty

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self.model.state is None:
            state = error_state("The accounts could not be read", error)
            state.fix_clicked.connect(self.model.retry)
            self._body.show_instead(state)
        else:
            self._context.notify(f"Not refreshed: {error}", tone="warning")
