"""Everything about one request: its figures, who asks, what they said, and what is counted with it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.pages.feedback.columns import status_line
from convergedesk.desktop.pages.feedback.quotes import Quote, account_name
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText, audience_badge
from convergedesk.desktop.widgets.button import Button, MenuButton
from convergedesk.desktop.widgets.card import PADDING, Card, Separator
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.figures.feedback import Asker, FeedbackGroup
from convergedesk.figures.feedback_words import (
    amounts,
    lost_amount,
    stake_words,
    tickets_words,
    value_words,
    why_lost,
    why_stake,
    why_votes,
)
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.feedback.host import FeedbackWriting
    from convergedesk.desktop.pages.feedback.view_model import FeedbackState
    from convergedesk.domain.kinds import AccountId
    from convergedesk.domain.tickets import TicketId

_MOST_ASKERS = 6
_MOST_QUOTES = 12


class FeedbackDetail(Card):
    """The card at the right of the list.

    Attributes:
        writing: Opens the dialogs.

    Signals:
        opened_elsewhere: The person went to an account or a ticket from here.
    """

    opened_elsewhere = Signal()

    def __init__(self, context: PageContext, writing: FeedbackWriting, parent: QWidget | None = None) -> None:
        """Says what to do until a request is chosen."""
        super().__init__("Feedback", flush=True, parent=parent)
        self._context = context
        self.writing = writing
        self._all_of: object = None
        self._group: FeedbackGroup | None = None
        self._state: FeedbackState | None = None
        self.add_to_header(audience_badge(shared=False))
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(PADDING, 0, PADDING, 12)
        self._column.setSpacing(8)
        self._scroll = ScrollArea(self._content)
        self.add(self._scroll, 1)

    @property
    def group(self) -> FeedbackGroup | None:
        """What is shown."""
        return self._group

    def show_group(self, group: FeedbackGroup | None, state: FeedbackState, today: date) -> None:
        """Show a request, a feature or what is not sorted; None says how to choose one."""
        self._group, self._state = group, state
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if group is None:
            self._column.addWidget(Label("Choose a request to see who asks.", Role.BODY, "text_3", wrap=True))
            self._column.addStretch(1)
            return
        self._column.addWidget(Label(group.title, Role.FIGURE, wrap=True))
        self._add_state(group, today)
        self._add_actions(group, state)
        if group.request is not None or group.feature is not None:
            self._add_figures(group)
        if group.askers:
            self._add_askers(group, today)
        self._add_quotes(group, state, today)
        self._add_merged(group)
        self._column.addStretch(1)

    def show_item(self, item_id: object) -> None:
        """Bring one thing that was said into sight, once the card is laid out."""
        group, state = self._group, self._state
        if (
            group is not None
            and state is not None
            and item_id not in [i.id for i in group.items[:_MOST_QUOTES]]
        ):
            self._all_of = group.key
            self.show_group(group, state, self._context.today())
        quote = next((one for one in self._content.findChildren(Quote) if one.item.id == item_id), None)
        if quote is not None:
            QTimer.singleShot(0, quote, lambda: self._scroll.ensureWidgetVisible(quote))

    def _add_state(self, group: FeedbackGroup, today: date) -> None:
        line = status_line(group, today)
        if line is None:
            said = "These words belong to no request yet, so they do not count for one."
            self._column.addWidget(Label(said, Role.BODY, "text_2", wrap=True))
            return
        icon = line.icon or "question"
        self._column.addWidget(StatusText(line.text, line.tone, icon, Role.LABEL_MEDIUM))
        if group.request is None:
            said = "Tickets carry this tag, and nobody has written down what is asked for."
            self._column.addWidget(Label(said, Role.BODY, "text_2", wrap=True))
        elif group.feature is not None:
            self._column.addWidget(Label(f"Feature: {group.feature.name}", Role.LABEL, "text_3"))

    def _add_actions(self, group: FeedbackGroup, state: FeedbackState) -> None:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        request = group.request
        if request is None:
            if group.feature is not None:
                make = Button("Write a request", small=True, icon="plus")
                make.clicked.connect(partial(self._on_make_request, group.feature.name))
                row.addWidget(make)
        else:
            add = Button("Add feedback", small=True, icon="plus")
            add.clicked.connect(partial(self._on_add, request.id))
            edit = Button("Edit", small=True, icon="pencil-simple")
            edit.clicked.connect(partial(self._on_edit_request, request))
            more = MenuButton("More", small=True)
            merge = more.add_choice("Merge into another request…", icon="git-merge")
            merge.setEnabled(len(state.requests) > 1)
            merge.triggered.connect(partial(self._on_merge, request, state))
            delete = more.add_choice("Delete the request", icon="trash")
            delete.triggered.connect(partial(self._on_delete_request, request))
            for button in (add, edit, more):
                row.addWidget(button)
        row.addStretch(1)
        self._column.addWidget(bar)

    def _add_figures(self, group: FeedbackGroup) -> None:
        book = self._state.book if self._state is not None else None
        if book is None:
            return
        stake, votes, lost = (
            KpiTile(name, small=True) for name in ("Revenue at stake", "Votes", "Usage lost")
        )
        stake.set_figure(stake_words(group), note=_renewing(group))
        votes.set_figure(f"{group.votes:,}", note=f"from {count(len(group.askers), 'account')}")
        use = group.use
        if use.lost:
            said = f"in {use.confirmed:,} of {count(use.episodes, 'episode')}"
            worth = value_words(use)
            lost.set_figure(lost_amount(use.lost[0]), note=f"{said}, {worth or tickets_words(use)}")
        elif use.tickets:
            measured = "In no single meter" if use.confirmed else "None measured"
            lost.set_figure(measured if use.episodes else "Not measured", note=tickets_words(use))
        else:
            lost.set_figure("Not measured", note=_no_tickets(group))
        for tile, ask in (
            (stake, partial(why_stake, group, book)),
            (votes, partial(why_votes, group)),
            (lost, partial(why_lost, group, book)),
        ):
            tile.set_padding(0)
            askable(tile, ask, context=self._context)
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(stake, 3)
        row.addWidget(votes, 2)
        self._column.addWidget(Separator())
        self._column.addWidget(pair)
        self._column.addWidget(lost)

    def _add_askers(self, group: FeedbackGroup, today: date) -> None:
        self._heading("Who asks" if group.request is not None else "Whose tickets")
        shown = group.askers if self._all_of == group.key else group.askers[:_MOST_ASKERS]
        for asker in shown:
            self._column.addWidget(self._asker(asker, today, asks=group.request is not None))
        self._offer_rest(len(group.askers) - len(shown))

    def _asker(self, asker: Asker, today: date, *, asks: bool) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        name = Button(asker.name.replace("&", "&&"), "link", small=True)
        name.clicked.connect(partial(self._on_account, asker.account_id))
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(Label("left" if asker.left else amounts(asker.billed), Role.LABEL_MEDIUM, "text_2"))
        column.addLayout(row)
        told = [count(asker.items, "vote")] if asks else []
        if asker.tickets:
            told.append(f"{count(asker.tickets, 'tagged ticket')}")
        if asker.renews_on is not None and not asker.left:
            told.append(f"renews {near_day(asker.renews_on, today)}")
        column.addWidget(ElidedLabel(" · ".join(told), Role.CAPTION, "text_3"))
        return block

    def _add_quotes(self, group: FeedbackGroup, state: FeedbackState, today: date) -> None:
        if not group.items:
            return
        self._heading("In their words")
        unsorted = group.request is None
        shown = group.items if self._all_of == group.key else group.items[:_MOST_QUOTES]
        for number, item in enumerate(shown):
            if number:
                self._column.addWidget(Separator())
            name = account_name(state.book.names, item.account_id)
            quote = Quote(item, name, today, requests=state.requests if unsorted else ())
            quote.edit_wanted.connect(self.writing.edit)
            quote.delete_wanted.connect(self.writing.delete)
            quote.sort_wanted.connect(self.writing.sort)
            quote.ticket_wanted.connect(self._on_ticket)
            self._column.addWidget(quote)
        self._offer_rest(len(group.items) - len(shown))

    def _add_merged(self, group: FeedbackGroup) -> None:
        if not group.merged:
            return
        self._heading("Counted with it")
        for request in group.merged:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(ElidedLabel(request.title, Role.BODY), 1)
            split = Button("Split off", "link", small=True)
            split.setAccessibleName(f"Split off {request.title}")
            split.clicked.connect(partial(self._on_split, request))
            row.addWidget(split)
            self._column.addWidget(line)

    def _offer_rest(self, rest: int) -> None:
        if rest > 0:
            more = Button(f"Show {rest:,} more", "link", small=True)
            more.clicked.connect(self._on_all)
            self._column.addWidget(more)

    def _heading(self, text: str) -> None:
        self._column.addWidget(Separator())
        self._column.addWidget(Label(text, Role.STRONG))

    def _on_make_request(self, feature: str, _checked: bool = False) -> None:
        self.writing.add_request(feature=feature)

    def _on_add(self, request_id: object, _checked: bool = False) -> None:
        self.writing.add(request_id=request_id)  # pyright: ignore[reportArgumentType]

    def _on_edit_request(self, request: object, _checked: bool = False) -> None:
        self.writing.edit_request(request)  # pyright: ignore[reportArgumentType]

    def _on_delete_request(self, request: object, _checked: bool = False) -> None:
        self.writing.delete_request(request)  # pyright: ignore[reportArgumentType]

    def _on_merge(self, request: object, state: FeedbackState, _checked: bool = False) -> None:
        self.writing.choose_merge(request, state.requests)  # pyright: ignore[reportArgumentType]

    def _on_split(self, request: object, _checked: bool = False) -> None:
        self.writing.split(request)  # pyright: ignore[reportArgumentType]

    def _on_account(self, account_id: AccountId, _checked: bool = False) -> None:
        self.opened_elsewhere.emit()
        self._context.navigator.open_account(account_id)

    @Slot(object)
    def _on_ticket(self, ticket_id: object) -> None:
        self.opened_elsewhere.emit()
        self._context.navigator.open_ticket(cast("TicketId", ticket_id))

    @Slot()
    def _on_all(self) -> None:
        if self._group is not None and self._state is not None:
            self._all_of = self._group.key
            self.show_group(self._group, self._state, self._context.today())


def _renewing(group: FeedbackGroup) -> str:
    return f"{amounts(group.renewing)} renews in 120 days" if group.renewing else ""


def _no_tickets(group: FeedbackGroup) -> str:
    if group.feature is None:
        return "link it to a feature to count its tickets"
    return f"no ticket is tagged “{group.feature.name}”"
