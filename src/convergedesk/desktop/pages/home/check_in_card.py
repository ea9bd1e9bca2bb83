"""Home's right column: who needs a check-in and why, good news to share, and which terms end next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.pages.home.calm import Calm
from convergedesk.desktop.pages.home.card_rows import CheckInRow, NewsRow, Section
from convergedesk.desktop.pages.home.view_model import HomeState, Renewal
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import CountBadge, StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import PADDING, Card, Separator
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.figures.wording import count, number

TITLE = "Needs a check-in"
FEW_CHECK_INS = 3
FEW_NEWS = 3
_MOST = 30


class CheckInCard(Card):
    """Accounts that need somebody, good news, renewals, and data that waits.

    Signals:
        account_opened: (account id, tab) of a name or a button that was clicked.
        check_in_wanted: The id of the account that somebody wants to log a contact with.
        put_off_wanted: The `CheckIn` that is not for now.
        why_wanted: (the widget, the `CheckIn`) whose reasons are asked for.
        copied: The words that were copied for the customer.
        waiting_opened: The data that waits was clicked.
    """

    account_opened = Signal(object, str)
    check_in_wanted = Signal(object)
    put_off_wanted = Signal(object)
    why_wanted = Signal(object, object)
    copied = Signal(str)
    waiting_opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, flush=True, parent=parent)
        self._state: HomeState | None = None
        self._all_check_ins = False
        self._all_news = False
        self._count = CountBadge()
        self.add_to_header(self._count)
        self._content = Section(margin=False)
        self.add(ScrollArea(self._content), 1)

    def set_state(self, state: HomeState) -> None:
        """Show what a snapshot says."""
        self._state = state
        self._count.set_count(state.asking_total)
        self._count.setVisible(state.asking_total > 0)
        self._content.clear()
        shown = state.asking[: _MOST if self._all_check_ins else FEW_CHECK_INS]
        for one in shown:
            self._section(CheckInRow(one, self), first=one is shown[0])
        if not shown:
            self._section(_Quiet(state.calm), first=True)
        left = state.asking_total - len(shown)
        if left > 0 or state.put_off:
            show = None if self._all_check_ins else self._show_check_ins
            self._section(_More(left, state.put_off, show), line=False)
        if state.news:
            self._section(self._news(state))
        if state.renewals:
            self._section(_Renewals(state.renewals, self.account_opened))
        if state.waiting:
            self._section(_Waiting(state.waiting, self.waiting_opened))
        self._content.column.addStretch(1)

    def _news(self, state: HomeState) -> QWidget:
        section = Section()
        section.column.addWidget(Label("Good news to share", Role.STRONG))
        shown = state.news[: _MOST if self._all_news else FEW_NEWS]
        for one in shown:
            section.column.addWidget(NewsRow(one, self))
        left = len(state.news) - len(shown)
        if left > 0 and not self._all_news:
            more = Button(f"Show {left} more", "link", small=True)
            more.clicked.connect(self._show_news)
            section.column.addWidget(more)
        return section

    def _section(self, widget: QWidget, *, first: bool = False, line: bool = True) -> None:
        if line or first:
            self._content.column.addWidget(Separator())
        self._content.column.addWidget(widget)

    @Slot()
    def _show_check_ins(self) -> None:
        self._all_check_ins = True
        self._again()

    @Slot()
    def _show_news(self) -> None:
        self._all_news = True
        self._again()

    def _again(self) -> None:
        if self._state is not None:
            self.set_state(self._state)


class _More(Section):
    """How many more there are, and how many were put off."""

    def __init__(self, left: int, put_off: int, show: Callable[[], None] | None) -> None:
        super().__init__()
        self.column.setContentsMargins(PADDING, 0, PADDING, 8)
        row = QHBoxLayout()
        self.column.addLayout(row)
        if left > 0 and show is None:
            row.addWidget(Label(f"{number(left)} more stand first in the table", Role.LABEL, "text_3"))
        elif left > 0 and show is not None:
            button = Button(f"Show {min(left, _MOST)} more", "link", small=True)
            button.clicked.connect(show)
            row.addWidget(button)
        row.addStretch(1)
        if put_off:
            row.addWidget(Label(f"{count(put_off, 'account')} put off", Role.LABEL, "text_3"))


class _Quiet(Section):
    def __init__(self, calm: Calm) -> None:
        super().__init__()
        known = not calm.unknown
        tone, icon = ("good", "check-circle") if known else ("text_2", "info")
        self.column.addWidget(StatusText(calm.headline, tone, icon))
        for text, text_tone in ((calm.well, "text_2"), (calm.unknown, "text_3")):
            if text:
                self.column.addWidget(Label(text, Role.BODY, text_tone, wrap=True))


class _Renewals(Section):
    def __init__(self, renewals: tuple[Renewal, ...], opened: SignalInstance) -> None:
        super().__init__()
        self._opened = opened
        self.column.addWidget(Label("Next renewals", Role.STRONG))
        for renewal in renewals:
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            self.column.addLayout(row)
            name = Button(renewal.name.replace("&", "&&"), "link", small=True)
            name.setProperty("account", renewal.account_id)
            name.clicked.connect(self._on_clicked)
            row.addWidget(name)
            row.addStretch(1)
            row.addWidget(ElidedLabel(f"{renewal.when}, {renewal.distance}", Role.LABEL, "text_3"))

    @Slot()
    def _on_clicked(self) -> None:
        self._opened.emit(self.sender().property("account"), "contract")


class _Waiting(Section):
    def __init__(self, waiting: int, opened: SignalInstance) -> None:
        super().__init__()
        self.column.addWidget(Label("Data that waits for you", Role.STRONG))
        text = f"{count(waiting, 'row or name', 'rows and names')} could not be placed by the last imports."
        self.column.addWidget(Label(text, Role.BODY, "text_2", wrap=True))
        button = Button("Look at the data", small=True)
        button.clicked.connect(opened)
        self.column.addWidget(button)
