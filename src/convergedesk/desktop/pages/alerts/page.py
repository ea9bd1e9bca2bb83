"""Alerts: what moved, why it was raised, and the decision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from convergedesk.desktop.engagement.host import engagement_of
from convergedesk.desktop.explaining import show_why
from convergedesk.desktop.faults import error_state
from convergedesk.desktop.navigator import ALERT_RULES, Place
from convergedesk.desktop.pages.alerts.detail import AlertDetail
from convergedesk.desktop.pages.alerts.inbox import Inbox
from convergedesk.desktop.pages.alerts.view_model import ALL, STATES, AlertsViewModel
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.fields import Select
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.domain.alert_rules import GROUPS
from convergedesk.domain.alerts import Alert, AlertId

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.tickets import TicketId
    from convergedesk.workspace.alerts import AlertContext

_INBOX, _NARROW_INBOX = 424, 360
_NARROW_BELOW = 1300


class AlertsPage(QWidget):
    """An inbox with one alert open beside it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Reads when it is shown."""
        super().__init__(parent)
        self._context = context
        self._wanted: AlertId | None = None
        self.model = AlertsViewModel(context, self)
        self._header = PageHeader("Alerts", "")
        self.groups = SegmentedControl([(ALL, ALL), *((group, group) for group in GROUPS)])
        self.groups.setAccessibleName("Kinds")
        self.rules = Button("Rules", icon="sliders-horizontal")
        self.states = Select(STATES)
        self.states.setProperty("soft", True)
        self.states.setAccessibleName("State")
        self._header.add_action(self.states)
        self._header.add_action(self.groups)
        self._header.add_action(self.rules)
        self._frame = PageFrame(self._header)
        self.inbox = Inbox()
        self.detail = AlertDetail()
        self._loading = Loading(self._columns())
        self._frame.body.addWidget(self._loading, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        self._connect()

    def open(self, argument: object = None) -> None:
        """Show the inbox, at an alert where its id is given."""
        self._wanted = cast("AlertId", argument) if isinstance(argument, int) else None
        if self._wanted is not None and self.model.is_read:
            self._show_wanted()
        if self._wanted is None:
            self.inbox.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self._header, self.inbox, self.detail]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.set_shown(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.set_shown(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_NARROW_BELOW)
        self._card.setFixedWidth(theme().px(_NARROW_INBOX if narrow else _INBOX))

    def _columns(self) -> QWidget:
        self._card = Card(flush=True)
        inner = self._card.layout()
        if inner is not None:
            inner.setContentsMargins(1, 1, 1, 1)
        self._card.body.setSpacing(0)
        self._card.add(self.inbox, 1)
        self._card.add(Separator())
        self._foot = Label("Select several with Shift", Role.LABEL, "text_3")
        self.all_seen = Button("Mark all read", "quiet", small=True)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 12, 8)
        row.addWidget(self._foot, 1)
        row.addWidget(self.all_seen)
        self._card.add(foot)
        self._nothing = EmptyState(
            "bell", "Choose an alert", "What happened and why it was raised stands here."
        )
        self._side = QStackedWidget()
        self._side.addWidget(self.detail)
        self._side.addWidget(self._nothing)
        columns = QWidget()
        both = QHBoxLayout(columns)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(16)
        both.addWidget(self._card)
        both.addWidget(self._side, 1)
        return columns

    def _connect(self) -> None:
        model, detail, decide = self.model, self.detail, self.detail.decide
        self.groups.value_changed.connect(model.choose_group)
        self.states.value_changed.connect(model.choose_state)
        self.rules.clicked.connect(self._on_rules)
        self.inbox.current_changed.connect(model.choose)
        self.inbox.selection_counted.connect(self._on_selection)
        self.inbox.key_pressed.connect(self._on_key)
        self.all_seen.clicked.connect(model.mark_all_seen)
        detail.account_wanted.connect(self._on_account)
        detail.ticket_wanted.connect(self._on_ticket)
        detail.why_wanted.connect(self._on_why)
        detail.check_in_wanted.connect(self._on_check_in)
        decide.snooze_wanted.connect(self._on_snooze)
        decide.expected_wanted.connect(self._on_expected)
        decide.done_wanted.connect(self._on_done)
        decide.again_wanted.connect(self._on_again)
        model.loading.connect(self._loading.start)
        model.changed.connect(self._on_changed)
        model.failed.connect(self._on_failed)
        model.context_changed.connect(self._on_context)
        model.context_failed.connect(self._on_context_failed)

    @Slot()
    def _on_changed(self) -> None:
        model = self.model
        self._header.set_title(model.title, model.subtitle)
        sections = model.sections
        if not sections:
            self._show_nothing()
            return
        self.inbox.show_sections(sections, self._context.today(), model.chosen)
        self.all_seen.setEnabled(any(row.alert.seen_at is None for row in model.rows))
        self._loading.finish()
        self._show_wanted()

    def _show_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None or self.inbox.choose(wanted):
            return
        if self.model.row(wanted) is not None:
            self._on_all()
            self.inbox.choose(wanted)

    def _show_nothing(self) -> None:
        if self.model.rows:
            empty = EmptyState(
                "bell", "None of these", "Choose another kind or state to see the others.", "Show all"
            )
            empty.action_clicked.connect(self._on_all)
        elif not self.model.was_looked:
            empty = EmptyState(
                "bell",
                "Not looked at yet",
                "Import usage and tickets: accounts are looked at as soon as these are known.",
                "Import files",
            )
            empty.action_clicked.connect(self._on_import)
        else:
            empty = EmptyState(
                "bell",
                "Nothing needs attention",
                "Dips, stuck tickets, commitments, goals and people are looked at whenever data comes in. "
                "The rules say what is raised.",
                "Look at the rules",
            )
            empty.action_clicked.connect(self._on_rules)
        self._loading.show_instead(empty)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The alerts could not be read", error)
        failure.fix_clicked.connect(self.model.reload)
        self._loading.show_instead(failure)

    @Slot(object)
    def _on_context(self, found: AlertContext | None) -> None:
        if found is None:
            self._side.setCurrentWidget(self._nothing)
            return
        row = self.model.row(found.alert.id)
        today = self._context.today()
        self.detail.show_context(found, found.account.name if row is None else row.account_name, today)
        self._side.setCurrentWidget(self.detail)
        self._on_selection(len(self.inbox.selected_ids()))
        self.model.mark_seen([found.alert.id])

    @Slot(object)
    def _on_context_failed(self, _error: Exception) -> None:
        # It was closed or its account was merged away meanwhile; the list follows.
        self._side.setCurrentWidget(self._nothing)
        self.model.reload()

    @Slot(int)
    def _on_selection(self, number: int) -> None:
        self._foot.setText(f"{number} chosen" if number > 1 else "Select several with Shift")
        shown = self.detail.shown
        if number > 1:
            self.detail.decide.several(number, self._context.today())
        elif shown is not None:
            self.detail.decide.show_alert(shown.alert, self._context.today())

    @Slot(str)
    def _on_key(self, key: str) -> None:
        decide = self.detail.decide
        if key == "W":
            shown = self.detail.shown
            if shown is not None:
                self._on_why(shown.alert)
        elif key == "D" and decide.done.isVisible():
            self._on_done()
        elif key == "S" and decide.snooze.isVisible():
            decide.snooze.showMenu()
        elif key == "E" and decide.expected.isVisible():
            decide.expected.showMenu()

    @Slot(object)
    def _on_account(self, account_id: AccountId) -> None:
        self._context.navigator.open_account(account_id, None)

    @Slot(object)
    def _on_ticket(self, ticket_id: TicketId) -> None:
        self._context.navigator.open_ticket(ticket_id)

    @Slot(object)
    def _on_why(self, alert: Alert) -> None:
        from convergedesk.figures.alerts.evidence import why_of_alert

        show_why(self, why_of_alert(alert.finding.figures, alert.id), self._context)

    @Slot(object)
    def _on_check_in(self, account_id: AccountId) -> None:
        engagement_of(self, self._context).log_check_in(account_id)

    @Slot(object)
    def _on_snooze(self, until: date) -> None:
        self.model.snooze(self.inbox.selected_ids(), until)

    @Slot(str, object)
    def _on_expected(self, reason: str, until: date | None) -> None:
        self.model.expect(self.inbox.selected_ids(), reason, until)

    @Slot()
    def _on_done(self) -> None:
        self.model.done(self.inbox.selected_ids())

    @Slot()
    def _on_again(self) -> None:
        self.model.take_up_again(self.inbox.selected_ids())

    @Slot()
    def _on_rules(self) -> None:
        self._context.navigator.go(Place(ALERT_RULES))

    @Slot()
    def _on_import(self) -> None:
        self._context.navigator.open_import()

    @Slot()
    def _on_all(self) -> None:
        self.groups.set_value(ALL)
        self.states.set_value("")
