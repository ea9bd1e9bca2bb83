"""An action in a list: done by its box, opened for editing, with whose it is and by when."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.engagement.words import due_words
from convergedesk.desktop.theme import Role, color, icon
from convergedesk.desktop.widgets.avatar import Avatar
from convergedesk.desktop.widgets.badge import StatusText, audience_badge
from convergedesk.desktop.widgets.button import Button, IconButton, Menu
from convergedesk.desktop.widgets.choice import Checkbox
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import AccountAction


class ActionRow(QWidget):
    """Signals carry the `Action`.

    Signals:
        done_changed: The action, and whether it is done now.
        edit_wanted: The action.
        delete_wanted: The action.
        account_opened: The account's id.
    """

    done_changed = Signal(object, bool)
    edit_wanted = Signal(object)
    delete_wanted = Signal(object)
    account_opened = Signal(object)

    def __init__(self, listed: AccountAction, today: date, *, with_account: bool) -> None:
        """`with_account` names the account, for lists across accounts."""
        super().__init__()
        self.action_shown = action = listed.action
        done = action.done_on is not None
        self.box = Checkbox("")
        self.box.setChecked(done)
        self.box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.box.setAccessibleName(f"Done: {action.title}")
        self.box.setToolTip("Open it again" if done else "Mark as done")
        self.box.clicked.connect(self._on_box)
        words = due_words(action, today)
        self.setAccessibleName(f"{action.title}, {action.owner or 'nobody'}, {words.text}")
        title = _Struck(action.title) if done else ElidedLabel(action.title, Role.MEDIUM)
        facts = QHBoxLayout()
        facts.setSpacing(6)
        if action.owner:
            facts.addWidget(Avatar(action.owner, 20))
        facts.addWidget(
            Label(action.owner or "Nobody yet", Role.LABEL, "text_2" if action.owner else "text_3")
        )
        facts.addSpacing(6)
        facts.addWidget(StatusText(words.text, words.tone, words.icon, Role.LABEL))
        if action.audience is Audience.SHARED:
            facts.addSpacing(6)
            facts.addWidget(audience_badge(shared=True))
        facts.addStretch(1)
        text = QVBoxLayout()
        text.setSpacing(4)
        text.addWidget(title)
        text.addLayout(facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 10, 10)
        row.setSpacing(10)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        if with_account:
            account = Button(listed.account_name.replace("&", "&&"), "link", small=True)
            account.clicked.connect(self._on_account)
            row.addWidget(account)
        self.more = IconButton("dots-three", f"More for {action.title}")
        self.more.setMenu(self._menu(self.more))
        row.addWidget(self.more)

    def _menu(self, parent: QWidget) -> Menu:
        menu = Menu(parent)
        menu.addAction(icon("note-pencil"), "Edit…").triggered.connect(self._on_edit)
        menu.addSeparator()
        menu.addAction(icon("trash"), "Delete").triggered.connect(self._on_delete)
        return menu

    @Slot(bool)
    def _on_box(self, checked: bool) -> None:
        self.done_changed.emit(self.action_shown, checked)

    @Slot()
    def _on_edit(self) -> None:
        self.edit_wanted.emit(self.action_shown)

    @Slot()
    def _on_delete(self) -> None:
        self.delete_wanted.emit(self.action_shown)

    @Slot()
    def _on_account(self) -> None:
        self.account_opened.emit(self.action_shown.account_id)


class _Struck(ElidedLabel):
    """What is done: its words with a line through them."""

    def __init__(self, text: str) -> None:
        super().__init__(text, Role.BODY, "text_3")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(color("text_3"))
        width = min(self.width(), self.fontMetrics().horizontalAdvance(self.text()))
        middle = self.height() // 2 + 1
        painter.drawLine(0, middle, width, middle)
