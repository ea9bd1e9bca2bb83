"""The small cards of the overview: goals and tickets, each a way into its tab."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from heapq import nsmallest
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.goal_words import bar_value, standing_words
from convergedesk.desktop.pages.account.ticket_row import TicketRow
from convergedesk.desktop.theme import Role, color, font
from convergedesk.desktop.ticket_words import is_high
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.bars import GoalBar
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.label import ElidedLabel
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.domain.goals import GoalState
from convergedesk.domain.tickets import Ticket
from convergedesk.figures.account import PRESSING, GoalView
from convergedesk.figures.wording import number

if TYPE_CHECKING:
    from convergedesk.desktop.pages.account.study import AccountStudy

_MOST_GOALS = 3
_MOST_TICKETS = 4
R = TypeVar("R", bound=QWidget)


class GoalsCard(Card):
    """Open goals with how far they are; the link opens the tab.

    Signals:
        add_clicked: There is none yet, and the person wants to add one.
    """

    add_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Goals", link="All", parent=parent)
        self._legend = _TickLegend()
        self.add_to_header(self._legend)
        empty = EmptyState("target", "No goals agreed yet", "Put down what the customer wants.", "Add a goal")
        empty.action_clicked.connect(self.add_clicked)
        self._rows = _Rows(self, [_GoalRow() for _ in range(_MOST_GOALS)], empty)

    def set_goals(self, goals: Sequence[GoalView]) -> None:
        """Show the goals that are worked on, those first that need a decision."""
        open_goals = [view for view in goals if view.goal.state is GoalState.OPEN]
        self.set_link(f"All {number(len(goals))}" if goals else "")
        shown = sorted(open_goals, key=lambda view: view.standing not in PRESSING)[:_MOST_GOALS]
        self._legend.setVisible(any(view.expected is not None for view in shown))
        for row, view in zip(self._rows.rows, shown, strict=False):
            row.set_goal(view)
        self._rows.show_first(len(shown))


class TicketsCard(Card):
    """Open tickets, then the latest ones.

    Signals:
        ticket_opened: Id of the ticket that was clicked.
        why_wanted: The explanation of an effect.
    """

    ticket_opened = Signal(object)
    why_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Tickets and their effect on usage", link="All", parent=parent)
        self._shown: list[Ticket] = []
        empty = EmptyState("ticket", "No tickets", "Nothing was opened in the support desk for this account.")
        self._rows = _Rows(self, [TicketRow() for _ in range(_MOST_TICKETS)], empty)
        for row in self._rows.rows:
            row.opened.connect(self.ticket_opened)
            row.why_wanted.connect(self.why_wanted)

    def set_tickets(self, tickets: Sequence[Ticket], today: date, zone: tzinfo) -> None:
        """Show open tickets first, high priority before others, then the newest closed ones."""
        self.set_link(f"All {number(len(tickets))}" if tickets else "")
        shown = nsmallest(
            _MOST_TICKETS,
            tickets,
            key=lambda t: (
                t.closed_at is not None,
                not (t.closed_at is None and is_high(t)),
                -t.opened_at.timestamp(),
            ),
        )
        self._shown = shown
        for row, ticket in zip(self._rows.rows, shown, strict=False):
            row.set_ticket(ticket, today, zone)
        self._rows.show_first(len(shown))

    def set_study(self, study: AccountStudy | None) -> None:
        """Show what the tickets did to usage; None while that is being read."""
        for row, ticket in zip(self._rows.rows, self._shown, strict=False):
            effect = None if study is None else study.effects.get(ticket.id)
            row.set_effect(effect, None if study is None else study.insights.as_of)


class _Rows(Generic[R]):
    """The rows in a card's body, split by hairlines: built once, and filled anew for every account.

    Attributes:
        rows: All there can be, in their order.
    """

    def __init__(self, card: Card, rows: Sequence[R], empty: EmptyState, *, lines: bool = True) -> None:
        self.rows = tuple(rows)
        self._empty = empty
        self._lines = [Separator() for _ in rows[1:]] if lines else []
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        for position, row in enumerate(rows):
            if position and lines:
                self._column.addWidget(self._lines[position - 1])
            self._column.addWidget(row)
        # Until it is known whether there are any, rows are what is expected.
        empty.hide()
        self._column.addWidget(empty, 1)
        self._column.addStretch(1)
        card.add(holder, 1)

    def show_first(self, count: int) -> None:
        """Show that many rows; what stands for none where it is 0."""
        for position, row in enumerate(self.rows):
            row.setVisible(position < count)
        for position, line in enumerate(self._lines):
            line.setVisible(position + 1 < count)
        self._empty.setVisible(count == 0)
        self._column.setStretch(self._column.count() - 1, 1 if count else 0)


class _GoalRow(QWidget):
    """Title and standing of a goal over its bar."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ElidedLabel("", Role.MEDIUM)
        self._status = StatusText("")
        self._bar = GoalBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._status)
        column.addLayout(head)
        column.addWidget(self._bar)

    def set_goal(self, view: GoalView) -> None:
        self._title.setText(view.goal.title)
        self._status.set_status(*standing_words(view))
        self._bar.set_goal(bar_value(view))
        for widget in (self._status, self._bar):
            widget.setToolTip(view.rule)


class _TickLegend(QWidget):
    """What the tick on a goal's bar means."""

    def __init__(self) -> None:
        super().__init__()
        self._words = "expected by now"
        self.setAccessibleName(f"Tick: {self._words}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(font(Role.CAPTION)).horizontalAdvance(self._words)) + 10, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.height() / 2
        painter.fillRect(QRectF(0, middle - 5, 2, 10), color("text"))
        painter.setFont(font(Role.CAPTION))
        painter.setPen(color("text_3"))
        painter.drawText(self.rect().adjusted(8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._words)
