"""Ticket: what was said, and what usage did around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.clock_words import minutes, zone_of
from convergedesk.desktop.faults import error_state
from convergedesk.desktop.pages.ticket.account_strip import AccountStrip
from convergedesk.desktop.pages.ticket.answers import AnswersBox
from convergedesk.desktop.pages.ticket.billing_card import BillingCard
from convergedesk.desktop.pages.ticket.conversation import Conversation
from convergedesk.desktop.pages.ticket.feature_tag import FeatureTag
from convergedesk.desktop.pages.ticket.goals_card import GoalsCard
from convergedesk.desktop.pages.ticket.nudge_card import NudgeCard
from convergedesk.desktop.pages.ticket.right_column import RightColumn
from convergedesk.desktop.pages.ticket.side_cards import FactsCard, OtherTicketsCard
from convergedesk.desktop.pages.ticket.sign_row import Sign, SignRow
from convergedesk.desktop.pages.ticket.usage_card import UsageAroundCard
from convergedesk.desktop.pages.ticket.view_model import TicketViewModel
from convergedesk.desktop.theme import Role
from convergedesk.desktop.ticket_words import is_high, priority_word, status_badge, title_of
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.reveal import reveal
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.states import Loading
from convergedesk.figures.service_flags import FlagKind, FlagState
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.navigator import Item
    from convergedesk.domain.tickets import TicketId
    from convergedesk.figures.service_flags import Flag
    from convergedesk.figures.ticket_nudge import Nudge
    from convergedesk.figures.why import Why
    from convergedesk.workspace.ticket_context import TicketContext

_SHARES = (42, 58)
_FLAGS = {FlagState.MISSED: ("critical", "warning-octagon"), FlagState.RISK: ("warning", "warning")}


class TicketPage(QWidget):
    """Conversation at the left; usage, facts, goals and other tickets at the right.

    Signals:
        address_opened: The address of the ticket in the support desk.
    """

    address_opened = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self.model = TicketViewModel(context, self)
        self._header = PageHeader("Ticket")
        self._header.breadcrumb_clicked.connect(self._on_crumb)
        self.desk_button = Button("Open in support desk", icon="arrow-square-out")
        self.desk_button.clicked.connect(self._on_desk)
        self.desk_button.hide()
        self.feedback_button = IconButton(
            "chat-centered-text", "Add feedback from this ticket", bordered=True
        )
        self.feedback_button.clicked.connect(self._on_feedback)
        self._header.add_action(self.feedback_button)
        self._header.add_action(self.desk_button)
        self._item: Item | None = None
        self.conversation = Conversation()
        self.account = AccountStrip(context)
        self.usage = UsageAroundCard(context)
        self.usage.expected_wanted.connect(self.model.expect)
        self.model.expected_read.connect(self.usage.show_expected)
        self.model.nudged.connect(self._on_nudged)
        self.billing = BillingCard(context)
        self.nudge = NudgeCard(context)
        self.feature = FeatureTag(context, self)
        self.feature.hide()
        self.answers = AnswersBox(context)
        self._facts = FactsCard()
        self.goals = GoalsCard(context)
        self.goals.link_clicked.connect(self._on_goals)
        self.others = OtherTicketsCard(context)
        self.others.ticket_clicked.connect(self._on_other)
        self.others.link_clicked.connect(self._on_all)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._conversation_card(), _SHARES[0])
        above, below = (self.account, self.usage), (self.nudge, self.others, self._facts)
        row.addWidget(RightColumn(above, (self.billing, self.goals), below), _SHARES[1])
        self._loading = Loading(content)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 20, 24, 24)
        page.setSpacing(16)
        page.addWidget(self._header)
        page.addWidget(self._loading, 1)
        self.address_opened.connect(self._on_address)
        self.model.loading.connect(self._on_loading)
        self.model.loaded.connect(self._on_loaded)
        self.model.failed.connect(self._on_failed)

    def open(self, ticket_id: object) -> None:
        """Show a ticket, at one of its messages where that was looked for."""
        self._item = self._context.navigator.take_item()
        self.model.show_ticket(cast("TicketId", ticket_id))

    def _reveal(self) -> None:
        item, self._item = self._item, None
        message = self.conversation.message(item.id) if item is not None and item.kind == "message" else None
        if message is not None:
            reveal(self._scroll, message)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.answers.autosave.flush()

    def focus_first(self) -> None:
        """Put the keyboard on the conversation."""
        self._scroll.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.answers, self._scroll, self.account, self.usage.chart, self.goals, self.others]

    def _conversation_card(self) -> Card:
        card = Card(flush=True)
        self._signs = SignRow(self.feature, self._context)
        self._response = Label("", Role.LABEL, "text_3")
        self._promise: Flag | None = None
        self._response_why = askable(self._response, self._why_response, context=self._context)
        line = QHBoxLayout()
        line.setContentsMargins(16, 2, 16, 10)
        line.setSpacing(12)
        line.addWidget(self._signs, 1)
        line.addWidget(self._response, 0, Qt.AlignmentFlag.AlignVCenter)
        self._messages = Label("", Role.LABEL, "text_3")
        title = QHBoxLayout()
        title.setContentsMargins(16, 10, 16, 4)
        title.addWidget(Label("Conversation", Role.SECTION), 1)
        title.addWidget(self._messages)
        self._scroll = ScrollArea(self.conversation)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.scroll_by_keys("Conversation")
        card.body.setSpacing(0)
        card.body.addLayout(line)
        card.add(Separator())
        card.add(self.answers)
        card.add(Separator())
        card.body.addLayout(title)
        card.add(self._scroll, 1)
        return card

    @Slot()
    def _on_loading(self) -> None:
        # What comes and goes in the header has the whole page laid out again, so it keeps its place.
        self._header.set_breadcrumb([("account", ""), ("tickets", "Tickets"), ("", "")])
        self._header.set_title("Ticket")
        self.desk_button.setEnabled(False)
        self._loading.start()

    @Slot(object)
    def _on_loaded(self, context: TicketContext) -> None:
        detail = context.detail
        ticket, today = detail.ticket, self._context.today()
        zone = zone_of(detail.account.time_zone)
        self._header.set_breadcrumb(
            [("account", detail.account.name), ("tickets", "Tickets"), ("", f"#{ticket.number}")]
        )
        self._header.set_title(title_of(ticket))
        self.desk_button.setEnabled(True)
        self.desk_button.setVisible(bool(ticket.url))
        self._fill_badges(context)
        self.answers.show_notes(ticket.id, context.notes)
        self.account.show_context(context)
        self.billing.show_context(context)
        self.nudge.show_nudges(context.nudges)
        said = len(detail.messages)
        self._messages.setText(count(said, "message") if said else "")
        self.conversation.set_messages(detail.messages, zone, today)
        self._reveal()
        self.usage.show_ticket(context, zone, today)
        self._facts.show_ticket(ticket, zone, today)
        self.goals.show_context(context, zone)
        self.others.show_tickets(detail.others, context.insights, zone, today)
        self._loading.finish()

    def _fill_badges(self, context: TicketContext) -> None:
        detail = context.detail
        ticket = detail.ticket
        zone, today = zone_of(detail.account.time_zone), self._context.today()
        signs: list[Sign] = []
        if is_high(ticket):
            signs.append(Sign(priority_word(ticket), "critical", "flag"))
        signs.append(Sign(*status_badge(ticket, zone, today)))
        signs.extend(
            Sign(flag.text, *_FLAGS[flag.state], flag.why)
            for flag in context.flags
            if flag.state is not FlagState.KEPT
        )
        self.feature.show_ticket(ticket, ours=context.notes.feature is not None)
        self._signs.show_signs(signs)
        response = ticket.first_response_minutes
        promise = next((f for f in context.flags if f.kind is FlagKind.FIRST_RESPONSE), None)
        self._response.setText(f"First response {minutes(response)}" if response is not None else "")
        self._response_why.set_enabled(enabled=promise is not None and response is not None)
        self._promise = promise

    @Slot(object)
    def _on_nudged(self, found: tuple[Nudge, ...]) -> None:
        self.nudge.show_nudges(found)

    def _why_response(self) -> Why | None:
        return None if self._promise is None else self._promise.why

    @Slot(object)
    def _on_crumb(self, key: object) -> None:
        if self.model.detail is not None:
            tab = "tickets" if key == "tickets" else None
            self._context.navigator.open_account(self.model.detail.account.id, tab)

    @Slot()
    def _on_goals(self) -> None:
        if self.model.detail is not None:
            self._context.navigator.open_account(self.model.detail.account.id, "goals")

    @Slot()
    def _on_all(self) -> None:
        if self.model.detail is not None:
            self._context.navigator.open_account(self.model.detail.account.id, "tickets")

    @Slot(object)
    def _on_other(self, ticket_id: object) -> None:
        self._context.navigator.open_ticket(cast("TicketId", ticket_id))

    @Slot()
    def _on_feedback(self) -> None:
        from convergedesk.desktop.feedback.host import feedback_of

        if self.model.detail is not None:
            feedback_of(self, self._context).add(ticket_id=self.model.detail.ticket.id)

    @Slot()
    def _on_desk(self) -> None:
        if self.model.detail is not None and self.model.detail.ticket.url:
            self.address_opened.emit(self.model.detail.ticket.url)

    @Slot(str)
    def _on_address(self, address: str) -> None:
        url = QUrl(address)
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
        else:
            self._context.notify("The file names no web address for this ticket.", tone="warning")

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The ticket could not be read", error)
        failure.fix_clicked.connect(self.model.reload)
        self._loading.show_instead(failure)
