"""The Actions tab: what somebody promised to do for this account, overdue first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.engagement.action_list import ActionList
from convergedesk.desktop.engagement.host import engagement_of
from convergedesk.desktop.faults import error_state
from convergedesk.desktop.pages.account.own_reading import OwnReading
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.domain.engagement import AccountAction, ActionId
from convergedesk.workspace.changes import Kind

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.navigator import Item
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.engagement import Action
    from convergedesk.workspace.session import Workspace


class ActionsTab(QWidget):
    """Actions of one account, with its sites' or alone."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Empty until `show_account`."""
        super().__init__(parent)
        self._context = context
        kinds = frozenset({Kind.ENGAGEMENT, Kind.ACCOUNTS, Kind.LINKS})
        self.reading = OwnReading(context, _read, kinds, self)
        add = Button("Add action", "primary", icon="plus")
        add.clicked.connect(self._on_add)
        self._card = Card("Actions", flush=True)
        self._card.add_to_header(add)
        self.list = ActionList(context, with_account=False)
        self._card.add(self.list, 1)
        self._loading = Loading(self._card)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._loading)
        self.reading.loading.connect(self._loading.start)
        self.reading.loaded.connect(self._on_loaded)
        self.reading.failed.connect(self._on_failed)

    def show_account(self, account_id: AccountId, *, with_sites: bool = True) -> None:
        """Show the actions of an account, with its sites' or alone."""
        if account_id != self.reading.account_id:
            self.list.start_over()
        self.reading.show_account(account_id, with_sites=with_sites)

    def show_item(self, item: Item) -> None:
        """Bring an action into sight, as soon as it is read."""
        if item.kind == "action":
            self.list.bring_into_sight(ActionId(item.id))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reading.set_shown(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.reading.set_shown(False)

    @Slot(object)
    def _on_loaded(self, actions: tuple[Action, ...]) -> None:
        if not actions:
            said = "Put down who does what by when, so that nothing promised is forgotten."
            empty = EmptyState("check-square", "No actions yet", said, "Add action")
            empty.action_clicked.connect(self._on_add)
            self._loading.show_instead(empty)
            return
        to_do = sum(action.done_on is None for action in actions)
        late = sum(action.days_overdue(self._context.today()) > 0 for action in actions)
        said = f"{to_do} open" if to_do else "none open"
        self._card.set_sub(f"{said} · {late} overdue" if late else said)
        self.list.show_actions([AccountAction(action, "") for action in actions])
        self._loading.finish()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The actions could not be read", error)
        failure.fix_clicked.connect(self.reading.reload)
        self._loading.show_instead(failure)

    @Slot()
    def _on_add(self) -> None:
        if self.reading.account_id is not None:
            engagement_of(self, self._context).add_action(self.reading.account_id)


def _read(workspace: Workspace, account_id: AccountId, with_sites: bool) -> tuple[Action, ...]:
    from convergedesk.workspace.actions import account_actions

    return account_actions(workspace, account_id, with_sites=with_sites)
