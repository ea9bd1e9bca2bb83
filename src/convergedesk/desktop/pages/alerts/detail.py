"""One alert: what happened, why it was raised, what is known beside it, and the decision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.alerts.decide import DecideBar
from convergedesk.desktop.pages.alerts.words import outcome_words, tone_of
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.badge import Badge, StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.domain.alert_rules import kind_of
from convergedesk.figures.wording import day

if TYPE_CHECKING:
    from convergedesk.domain.alerts import Alert
    from convergedesk.workspace.alerts import AlertContext

_CHART = 210
_BADGES = {"critical": "critical", "warning": "warning", "text_2": "neutral"}


class AlertDetail(Card):
    """The pane beside the inbox.

    Signals:
        account_wanted: The account's id.
        ticket_wanted: The ticket's id.
        why_wanted: The alert.
        check_in_wanted: The account's id.
    """

    account_wanted = Signal(object)
    ticket_wanted = Signal(object)
    why_wanted = Signal(object)
    check_in_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_context`."""
        from convergedesk.desktop.charts.burn_down_chart import BurnDownChart
        from convergedesk.desktop.charts.usage_chart import UsageChart

        super().__init__(flush=True, parent=parent)
        self.body.setSpacing(0)
        self._shown: AlertContext | None = None
        self.title = Label("", Role.SECTION, wrap=True)
        self.badge = Badge("")
        self._facts = Label("", Role.LABEL, "text_3", wrap=True)
        self.ticket = Button("Open ticket", icon="ticket")
        self.account = Button("Open account", icon="arrow-square-out")
        self.why = Button("Why?", "quiet")
        self.why.setToolTip("What stands behind this alert (W)")
        self._chart_name = Label("", Role.LABEL, "text_2", wrap=True)
        self.chart = UsageChart()
        self.chart.setMinimumHeight(theme().px(_CHART))
        self.burn_down = BurnDownChart()
        self.burn_down.setMinimumHeight(theme().px(_CHART))
        self.decide = DecideBar()
        self._because = _Lines("Why this alert")
        self._known = _Lines("What we know")
        self.add(self._scrolled(), 1)
        self.add(Separator())
        self.add(self.decide)
        self.account.clicked.connect(self._on_account)
        self.ticket.clicked.connect(self._on_ticket)
        self.why.clicked.connect(self._on_why)
        self.decide.check_in_wanted.connect(self._on_check_in)
        self.chart.ticket_clicked.connect(self.ticket_wanted)

    @property
    def shown(self) -> AlertContext | None:
        """What is shown."""
        return self._shown

    def show_context(self, context: AlertContext, account_name: str, today: date) -> None:
        """Show an alert."""
        alert = context.alert
        finding = alert.finding
        self._shown = context
        self.title.setText(f"{account_name}: {finding.title}")
        tone = tone_of(finding.severity)
        kind = kind_of(finding.kind)
        self.badge.set_badge(kind.title, _BADGES[tone], kind.icon)
        self._facts.setText(" · ".join(_facts(context)))
        self.ticket.setVisible(finding.ticket_id is not None)
        self._fill_chart(context)
        because = [("check", "good", str(line)) for line in finding.figures.get("because", ())]
        self._because.show_lines(because)
        self._known.show_lines(
            [(str(icon), "text_2", str(line)) for icon, line in finding.figures.get("known", ())]
        )
        self.decide.show_alert(alert, today)

    def _fill_chart(self, context: AlertContext) -> None:
        from convergedesk.desktop.pages.alerts.event_chart import event_chart

        burning = context.burn_down
        found = event_chart(context) if burning is None else None
        self.chart.setVisible(found is not None)
        self.burn_down.setVisible(burning is not None)
        self._chart_name.setVisible(found is not None or burning is not None)
        if burning is not None:
            from convergedesk.desktop.pages.alerts.burn_chart import burn_name, burn_path, money_text

            self._chart_name.setText(burn_name(burning))
            self.burn_down.set_data(burn_path(burning), value_text=money_text(burning))
        if found is None:
            return
        unit = f" ({found.series.unit})" if found.series.unit else ""
        self._chart_name.setText(f"{found.name}{unit}, 7-day average")
        self.chart.set_data(
            [found.series],
            band=found.band,
            previous=found.year_ago,
            dips=found.dips,
            tickets=found.tickets,
        )
        self.chart.set_range(found.first, found.last)

    def _scrolled(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 6, 20, 12)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        named = QVBoxLayout()
        named.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.title, 1)
        named.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.badge)
        second.addWidget(self._facts, 1)
        named.addLayout(second)
        head.addLayout(named, 1)
        for button in (self.why, self.ticket, self.account):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._chart_name)
        column.addWidget(self.chart, 1)
        column.addWidget(self.burn_down, 1)
        lines = QGridLayout()
        lines.setHorizontalSpacing(24)
        lines.addWidget(self._because, 0, 0, Qt.AlignmentFlag.AlignTop)
        lines.addWidget(self._known, 0, 1, Qt.AlignmentFlag.AlignTop)
        lines.setColumnStretch(0, 1)
        lines.setColumnStretch(1, 1)
        column.addLayout(lines)
        column.addStretch(0)
        return ScrollArea(content)

    @Slot()
    def _on_account(self) -> None:
        if self._shown is not None:
            self.account_wanted.emit(self._shown.account.id)

    @Slot()
    def _on_ticket(self) -> None:
        if self._shown is not None and self._shown.alert.finding.ticket_id is not None:
            self.ticket_wanted.emit(self._shown.alert.finding.ticket_id)

    @Slot()
    def _on_why(self) -> None:
        if self._shown is not None:
            self.why_wanted.emit(self._shown.alert)

    @Slot()
    def _on_check_in(self) -> None:
        if self._shown is not None:
            self.check_in_wanted.emit(self._shown.account.id)


class _Lines(QWidget):
    """A heading with lines, each behind a sign."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(Label(title, Role.STRONG))
        self._lines: list[_Line] = []

    def show_lines(self, lines: list[tuple[str, str, str]]) -> None:
        """Show (icon, tone, sentence); without any the heading is hidden too."""
        while len(self._lines) < len(lines):
            self._lines.append(_Line())
            self._column.addWidget(self._lines[-1])
        for place, widget in enumerate(self._lines):
            if place < len(lines):
                widget.set_line(*lines[place])
            widget.setVisible(place < len(lines))
        self.setVisible(bool(lines))


class _Line(QWidget):
    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._sign = StatusText("", "text_2", "check")
        self._sentence = Label("", Role.BODY, "text_2", wrap=True)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sentence, 1)

    def set_line(self, icon: str, tone: str, sentence: str) -> None:
        """Show another sign and sentence."""
        self._sign.set_status("", tone, icon)
        self._sentence.setText(sentence)


def _facts(context: AlertContext) -> list[str]:
    account, alert = context.account, context.alert
    said: list[str] = []
    if account.tier:
        said.append(account.tier)
    if account.renews_on is not None:
        said.append(f"renews {day(account.renews_on)}")
    owner = account.success_manager or account.owner
    if owner:
        said.append(f"owner {owner}")
    said.append(_raised(alert))
    outcome = outcome_words(alert)
    return [*said, outcome] if outcome else said


def _raised(alert: Alert) -> str:
    first = alert.finding.day
    return f"raised {day(alert.raised_on)}, speaks of {day(first)}"
