"""What stands beside a ticket: its facts, and the account's other tickets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.clock_words import minutes, moment
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role, color, give_focus_ring, theme
from convergedesk.desktop.ticket_words import is_high, open_for, priority_word, title_of, to_closing
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.key_values import KeyValue, KeyValueRows
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.paint import IntervalValue, paint_interval
from convergedesk.desktop.widgets.table.cells import TextLine, paint_line
from convergedesk.domain.episodes import EffectPart
from convergedesk.domain.tickets import TicketStatus
from convergedesk.figures.ticket_why import ticket_figure_id
from convergedesk.figures.wording import number, percent

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.episodes import Episode, KeptEffect
    from convergedesk.domain.tickets import Ticket, TicketId
    from convergedesk.workspace.insights import TicketInsights

_UNKNOWN = "not stated"
_OTHERS, _JUDGED = 6, 3
_ROW = 32
_NUMBER = 78
_KPI = 7
_EFFECT, _MARK, _WITH_EFFECT = 96, 72, 480


class FactsCard(Card):
    """What the support desk states of the ticket."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_ticket`."""
        super().__init__("Facts", parent=parent)
        self._rows = KeyValueRows()
        self.add(self._rows)
        self.body.addStretch(1)

    def show_ticket(self, ticket: Ticket, zone: tzinfo, today: date) -> None:
        """Show a ticket's facts; times are those of `zone`."""
        response, rating = ticket.first_response_minutes, ticket.satisfaction
        closed = ticket.status is TicketStatus.CLOSED
        rows = [
            KeyValue("Opened", moment(ticket.opened_at, zone, today)),
            KeyValue("First response", minutes(response) if response is not None else _UNKNOWN),
            KeyValue(
                "To closing",
                to_closing(ticket, zone) or (_UNKNOWN if closed else open_for(ticket, today, zone).lower()),
            ),
            KeyValue("Customer's rating", f"{rating} of 5" if rating is not None else "none given"),
            KeyValue("Priority", priority_word(ticket) if ticket.priority else _UNKNOWN),
            KeyValue("Requester", ticket.requester or _UNKNOWN),
            KeyValue("Assignee", ticket.assignee or _UNKNOWN),
        ]
        if ticket.escalated:
            rows.insert(4, KeyValue("Escalated", "yes"))
        self._rows.set_rows(rows)


class OtherTicketsCard(Card):
    """Other tickets of the account, newest first; a click opens one."""

    ticket_clicked = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Empty until `show_tickets`."""
        super().__init__("Past tickets at this account", flush=True, parent=parent)
        self._context = context

    def show_tickets(
        self, tickets: Sequence[Ticket], insights: TicketInsights, zone: tzinfo, today: date
    ) -> None:
        """Show the newest with their effect in the 7 days after closing; the link leads to all."""
        self.set_sub("effect on usage after closing, 95 % interval" if tickets else "")
        _clear(self.body)
        self.body.setSpacing(0)
        self.set_link(f"All {number(len(tickets) + 1)}" if tickets else "")
        for ticket in _chosen(tickets, insights):
            self.add(Separator())
            row = _TicketRow(ticket, insights.effect_on(ticket.id), zone, today)
            row.opened.connect(self.ticket_clicked)
            if _kpi(insights.effect_on(ticket.id)) is not None:
                ask = partial(ticket_figure_id, ticket.number, "after7")
                askable(row, ask, context=self._context, clicks=False)
            self.add(row)
        if not tickets:
            line = QWidget()
            inner = QHBoxLayout(line)
            inner.setContentsMargins(16, 0, 16, 8)
            inner.addWidget(Label("None: this is the only one.", Role.BODY, "text_3"))
            self.add(line)


class _TicketRow(QAbstractButton):
    opened = Signal(object)

    def __init__(self, ticket: Ticket, episode: Episode | None, zone: tzinfo, today: date) -> None:
        super().__init__()
        effect = _kpi(episode)
        self._interval, self._effect = _interval_of(effect)
        self._ticket_id: TicketId = ticket.id
        self._flag = ("flag-fill", "critical") if is_high(ticket) else ("flag", "text_3")
        self._number = f"#{ticket.number}"
        self._title = title_of(ticket)
        if ticket.closed_at is not None:
            self._end = f"closed {near_day(ticket.closed_at.astimezone(zone).date(), today)}"
        else:
            self._end = open_for(ticket, today, zone).lower()
        spoken = f", {self._effect.text} after closing" if self._effect.text else ""
        self.setAccessibleName(f"{self._number}, {self._title}, {self._end}{spoken}")
        self.setToolTip(self._title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        give_focus_ring(self, 4)
        self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        return QSize(280, theme().px(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), color("hover"))
        rect = QRectF(self.rect()).adjusted(16, 0, -16, 0)
        icon, tone = self._flag
        paint_line(painter, rect, TextLine("", Role.BODY, tone, icon))
        rect.setLeft(rect.left() + 26)
        taken = paint_line(painter, rect, TextLine(self._number, Role.BODY, "text_3"))
        right = QRectF(rect)
        if rect.width() >= theme().px(_WITH_EFFECT):
            paint_line(painter, right, self._effect, right=True)
            right.setRight(right.right() - theme().px(_EFFECT))
            if self._interval is not None:
                width = theme().px(_MARK)
                mark = QRectF(right.right() - width, rect.top(), width, rect.height())
                paint_interval(painter, mark, self._interval)
            right.setRight(right.right() - theme().px(_MARK) - 12)
        end = paint_line(painter, right, TextLine(self._end, Role.LABEL, "text_2"), right=True)
        middle = right.adjusted(max(taken + 12, theme().px(_NUMBER)), 0, -end - 16, 0)
        paint_line(painter, middle, TextLine(self._title, Role.BODY, "text"))

    @Slot()
    def _on_clicked(self) -> None:
        self.opened.emit(self._ticket_id)


def _chosen(tickets: Sequence[Ticket], insights: TicketInsights) -> list[Ticket]:
    """The newest, among them some whose effect was judged where there are any."""
    judged = [one for one in tickets if _kpi(insights.effect_on(one.id)) is not None][:_JUDGED]
    kept = {one.id for one in judged}
    newest = [one for one in tickets if one.id not in kept][: _OTHERS - len(judged)]
    kept |= {one.id for one in newest}
    return [one for one in tickets if one.id in kept]


def _kpi(episode: Episode | None) -> KeptEffect | None:
    return None if episode is None else episode.effect(EffectPart.AFTER, _KPI)


def _interval_of(effect: KeptEffect | None) -> tuple[IntervalValue | None, TextLine]:
    if effect is None or effect.estimate is None or effect.low is None or effect.high is None:
        return None, TextLine("", Role.LABEL, "text_3")
    unclear = effect.verdict == "inconclusive"
    mark = IntervalValue(effect.low, effect.estimate, effect.high, inconclusive=unclear)
    if unclear:
        return mark, TextLine("inconclusive", Role.LABEL, "text_3", "question")
    tone = "critical" if effect.verdict == "down" else "good"
    return mark, TextLine(percent(effect.estimate, signed=True), Role.LABEL_STRONG, tone)


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
