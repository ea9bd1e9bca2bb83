"""Actions: what is owed across accounts, overdue first, and the notes that mention one of us."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from convergedesk.desktop.engagement.action_list import ActionList
from convergedesk.desktop.engagement.host import engagement_of
from convergedesk.desktop.faults import error_state
from convergedesk.desktop.pages.actions.mention_list import MentionList
from convergedesk.desktop.pages.actions.view_model import ActionsViewModel
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.fields import SearchField, Select
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.states import EmptyState, Loading

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.engagement import AccountAction


class ActionsPage(QWidget):
    """Everybody's actions, or one person's."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Reads when it is shown."""
        super().__init__(parent)
        self._context = context
        self.model = ActionsViewModel(context, self)
        self._header = PageHeader("Actions", "")
        self.owner = Select()
        self.owner.setProperty("soft", True)
        self.owner.setAccessibleName("Whose actions")
        self.owner.setMinimumWidth(190)
        self.search = SearchField("Find an action or account", "Ctrl F")
        self.search.setFixedWidth(240)
        add = Button("Add action", "primary", icon="plus")
        self.which = SegmentedControl([(False, "Actions"), (True, "Mentions")])
        self.which.setAccessibleName("Show")
        self.which.set_value(False)
        for widget in (self.which, self.search, self.owner, add):
            self._header.add_action(widget)
        self._frame = PageFrame(self._header)
        self.list = ActionList(context, with_account=True)
        card = Card(flush=True)
        inner = card.layout()
        if inner is not None:
            # Without a title the first heading stands at the very top.
            inner.setContentsMargins(1, 4, 1, 2)
        self.mentions = MentionList(context)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.mentions)
        card.add(self._lists, 1)
        self._loading = Loading(card)
        self._frame.body.addWidget(self._loading, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        add.clicked.connect(self._on_add)
        self.which.value_changed.connect(self.model.show_mentions)
        self.owner.value_changed.connect(self.model.choose_owner)
        self.search.search_changed.connect(self.model.search)
        self.list.account_opened.connect(self._on_account)
        self.model.loading.connect(self._loading.start)
        self.model.changed.connect(self._on_changed)
        self.model.failed.connect(self._on_failed)

    def open(self, _argument: object = None) -> None:
        """Show the actions as they are now."""
        self.list.start_over()

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self._header, self._loading]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.set_shown(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.set_shown(False)

    @Slot()
    def _on_changed(self) -> None:
        model = self.model
        self.owner.blockSignals(True)
        self.owner.set_options([("", "Everybody"), *((name, name) for name in model.owners)])
        self.owner.set_value(model.owner)
        self.owner.blockSignals(False)
        self._header.set_title(model.title, model.subtitle)
        self._lists.setCurrentWidget(self.mentions if model.on_mentions else self.list)
        self.search.setPlaceholderText(f"Find {'a note' if model.on_mentions else 'an action'} or account")
        if model.on_mentions:
            self.mentions.show_notes(model.mentions)
            self._loading.finish()
            return
        if not model.shown:
            self._show_nothing(model.everybodys)
            return
        self.list.show_actions(model.shown)
        self._loading.finish()

    def _show_nothing(self, everybodys: Sequence[AccountAction]) -> None:
        if everybodys:
            empty = EmptyState(
                "check-square", "Nothing fits", "Choose everybody, or look for something else."
            )
        else:
            said = "Actions come from check-ins and notes, or are added here."
            empty = EmptyState("check-square", "No actions yet", said, "Add action")
            empty.action_clicked.connect(self._on_add)
        self._loading.show_instead(empty)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The actions could not be read", error)
        failure.fix_clicked.connect(self.model.reload)
        self._loading.show_instead(failure)

    @Slot()
    def _on_add(self) -> None:
        engagement_of(self, self._context).act_here()

    @Slot(object)
    def _on_account(self, account_id: AccountId) -> None:
        self._context.navigator.open_account(account_id, "actions")
