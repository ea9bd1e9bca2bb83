"""Home's right column: who deserves a look, with the reason, and which terms end next."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.home.calm import Calm
from convergedesk.desktop.pages.home.view_model import HomeState
from convergedesk.desktop.pages.home.worth_a_look import Attention, Renewal
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import CountBadge, StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import PADDING, Card, Separator
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.figures.wording import count

TITLE = "Worth a look"


class AttentionCard(Card):
    """Accounts with a reason, then renewals, then data that waits.

    Signals:
        reason_opened: The `Attention` whose button was clicked.
        account_opened: The id of an account whose renewal was clicked.
        waiting_opened: The data that waits was clicked.
    """

    reason_opened = Signal(object)
    account_opened = Signal(object)
    waiting_opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, flush=True, parent=parent)
        self._count = CountBadge()
        self.add_to_header(self._count)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.add(ScrollArea(self._content), 1)

    def set_state(self, state: HomeState) -> None:
        """Show the reasons of a snapshot."""
        self._count.set_count(state.attention_total)
        self._count.setVisible(state.attention_total > 0)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for attention in state.attention:
            self._section(_AttentionRow(attention, self.reason_opened))
        if not state.attention:
            self._section(_Quiet(state.calm))
        if state.renewals:
            self._section(_Renewals(state.renewals, self.account_opened))
        if state.waiting:
            self._section(_Waiting(state.waiting, self.waiting_opened))
        self._column.addStretch(1)

    def _section(self, widget: QWidget) -> None:
        self._column.addWidget(Separator())
        self._column.addWidget(widget)


class _Section(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(PADDING, 12, PADDING, 14)
        self.column.setSpacing(6)


class _AttentionRow(_Section):
    def __init__(self, attention: Attention, opened: SignalInstance) -> None:
        super().__init__()
        self._attention = attention
        self._opened = opened
        reason = attention.reasons[0]
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ElidedLabel(attention.name, Role.STRONG), 1)
        head.addWidget(StatusText(reason.flag, reason.tone, reason.icon))
        self.column.addLayout(head)
        self.column.addWidget(Label(attention.text, Role.BODY, "text_2", wrap=True))
        button = Button(reason.action, small=True)
        button.setAccessibleName(f"{reason.action}, {attention.name}")
        button.clicked.connect(self._on_clicked)
        self.column.addSpacing(2)
        self.column.addWidget(button)

    @Slot()
    def _on_clicked(self) -> None:
        self._opened.emit(self._attention)


class _Quiet(_Section):
    def __init__(self, calm: Calm) -> None:
        super().__init__()
        known = not calm.unknown
        tone, icon = ("good", "check-circle") if known else ("text_2", "info")
        self.column.addWidget(StatusText(calm.headline, tone, icon))
        for text, text_tone in ((calm.well, "text_2"), (calm.unknown, "text_3")):
            if text:
                self.column.addWidget(Label(text, Role.BODY, text_tone, wrap=True))


class _Renewals(_Section):
    def __init__(self, renewals: tuple[Renewal, ...], opened: SignalInstance) -> None:
        super().__init__()
        self._opened = opened
        self.column.addWidget(Label("Next renewals", Role.STRONG))
        for renewal in renewals:
            row = QHBoxLayout()
            row.setContentsMargins(-3, 0, 0, 0)
            row.setSpacing(8)
            name = Button(renewal.name.replace("&", "&&"), "link", small=True)
            name.setProperty("account", renewal.account_id)
            name.clicked.connect(self._on_clicked)
            row.addWidget(name)
            row.addStretch(1)
            row.addWidget(Label(f"{renewal.when}, {renewal.distance}", Role.LABEL, "text_3"))
            self.column.addLayout(row)

    @Slot()
    def _on_clicked(self) -> None:
        self._opened.emit(self.sender().property("account"))


class _Waiting(_Section):
    def __init__(self, waiting: int, opened: SignalInstance) -> None:
        super().__init__()
        self.column.addWidget(Label("Data that waits for you", Role.STRONG))
        text = f"{count(waiting, 'row or name', 'rows and names')} could not be placed by the last imports."
        self.column.addWidget(Label(text, Role.BODY, "text_2", wrap=True))
        button = Button("Look at the data", small=True)
        button.clicked.connect(opened)
        self.column.addWidget(button)
