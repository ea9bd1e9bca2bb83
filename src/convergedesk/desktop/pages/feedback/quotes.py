"""What customers said, in their words, with what can be done about each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import audience_badge
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.domain.audience import Audience
from convergedesk.domain.feedback import Request
from convergedesk.workspace.feedback import suggested_request

if TYPE_CHECKING:
    from convergedesk.domain.feedback import Feedback
    from convergedesk.domain.kinds import AccountId


class Quote(QWidget):
    """One thing that somebody said.

    Attributes:
        item: The feedback.

    Signals:
        edit_wanted, delete_wanted: The `Feedback`.
        ticket_wanted: The id of its ticket.
        sort_wanted: The `Feedback` and the `Request` that it seems to belong to.
    """

    edit_wanted = Signal(object)
    delete_wanted = Signal(object)
    ticket_wanted = Signal(object)
    sort_wanted = Signal(object, object)

    def __init__(
        self, item: Feedback, account: str, today: date, *, requests: tuple[Request, ...] = ()
    ) -> None:
        """`requests` are offered where the words seem to belong to one of them."""
        super().__init__()
        self.item = item
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(4)
        column.addWidget(Label(f"“{item.body}”", Role.BODY, wrap=True, selectable=True))
        said = ", ".join(part for part in (item.author, account) if part)
        column.addWidget(ElidedLabel(said, Role.LABEL_MEDIUM, "text_2"))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(Label(near_day(item.given_at.date(), today), Role.LABEL, "text_3"))
        line.addWidget(audience_badge(shared=item.audience is Audience.SHARED))
        line.addStretch(1)
        edit = IconButton("pencil-simple", f"Edit what {item.author or account} said")
        edit.clicked.connect(self._on_edit)
        delete = IconButton("trash", f"Delete what {item.author or account} said")
        delete.clicked.connect(self._on_delete)
        line.addWidget(edit)
        line.addWidget(delete)
        column.addLayout(line)
        self._likely = suggested_request(item.body, requests) if requests else None
        links = QHBoxLayout()
        links.setSpacing(12)
        if item.ticket_id is not None:
            ticket = Button("Open the ticket", "link", small=True)
            ticket.clicked.connect(self._on_ticket)
            links.addWidget(ticket)
        if self._likely is not None:
            sort = Button(f"Count with “{self._likely.title}”".replace("&", "&&"), "link", small=True)
            sort.clicked.connect(self._on_sort)
            links.addWidget(sort)
        elif requests:
            choose = Button("Choose a request", "link", small=True)
            choose.clicked.connect(self._on_edit)
            links.addWidget(choose)
        if links.count():
            links.addStretch(1)
            column.addLayout(links)

    @Slot()
    def _on_edit(self) -> None:
        self.edit_wanted.emit(self.item)

    @Slot()
    def _on_delete(self) -> None:
        self.delete_wanted.emit(self.item)

    @Slot()
    def _on_ticket(self) -> None:
        self.ticket_wanted.emit(self.item.ticket_id)

    @Slot()
    def _on_sort(self) -> None:
        self.sort_wanted.emit(self.item, self._likely)


def account_name(names: Mapping[AccountId, str], account_id: AccountId) -> str:
    """The account's name, or empty where it is gone."""
    return names.get(account_id, "")
