"""The small cards of the overview: goals, tickets and people, each a way into its tab."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.goal_words import bar_value, standing_words
from convergedesk.desktop.pages.account.ticket_row import TicketRow
from convergedesk.desktop.theme import Role, color, font
from convergedesk.desktop.ticket_words import is_high
from convergedesk.desktop.widgets.avatar import Avatar
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.bars import GoalBar
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.label import ElidedLabel
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.domain.accounts import Person, PersonRole
from convergedesk.domain.goals import GoalState
from convergedesk.domain.tickets import Ticket
from convergedesk.figures.account import GoalStanding, GoalView, People
from convergedesk.figures.wording import number

_HEADER = 24
_MOST_GOALS = 3
_MOST_TICKETS = 4
_MOST_PEOPLE = 4
_ROLES = {
    PersonRole.SPONSOR: "Sponsor",
    PersonRole.CHAMPION: "Champion",
    PersonRole.BUYER: "Buyer",
    PersonRole.USER: "User",
    PersonRole.SUCCESS_MANAGER: "Success manager",
    PersonRole.ACCOUNT_OWNER: "Account owner",
    PersonRole.SUPPORT_AGENT: "Support agent",
}


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
        self._content = _Rows(self)

    def set_goals(self, goals: Sequence[GoalView]) -> None:
        """Show the goals that are worked on, those first that need a decision."""
        open_goals = [view for view in goals if view.goal.state is GoalState.OPEN]
        self.set_link(f"All {number(len(goals))}" if goals else "")
        urgent = (GoalStanding.OVERDUE, GoalStanding.BEHIND)
        shown = sorted(open_goals, key=lambda view: view.standing not in urgent)[:_MOST_GOALS]
        self._legend.setVisible(any(view.expected is not None for view in shown))
        rows: list[QWidget] = [_goal_row(view) for view in shown]
        if not rows:
            empty = EmptyState(
                "target", "No goals agreed yet", "Put down what the customer wants.", "Add a goal"
            )
            empty.action_clicked.connect(self.add_clicked)
            rows = [empty]
        self._content.show_rows(rows)


class TicketsCard(Card):
    """Open tickets, then the latest ones.

    Signals:
        ticket_opened: Id of the ticket that was clicked.
    """

    ticket_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Tickets", link="All", parent=parent)
        self._content = _Rows(self)

    def set_tickets(self, tickets: Sequence[Ticket], today: date, zone: tzinfo) -> None:
        """Show open tickets first, high priority before others, then the newest closed ones."""
        self.set_link(f"All {number(len(tickets))}" if tickets else "")
        shown = sorted(
            tickets,
            key=lambda t: (
                t.closed_at is not None,
                not (t.closed_at is None and is_high(t)),
                -t.opened_at.timestamp(),
            ),
        )[:_MOST_TICKETS]
        rows: list[QWidget] = []
        for ticket in shown:
            row = TicketRow(ticket, today, zone)
            row.opened.connect(self.ticket_opened)
            rows.append(row)
        if not rows:
            rows = [
                EmptyState("ticket", "No tickets", "Nothing was opened in the support desk for this account.")
            ]
        self._content.show_rows(rows)


class PeopleCard(Card):
    """Who is at the customer, and who of us looks after them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("People", parent=parent)
        # As tall as the header of the card beside it, which has a link.
        self.header.addStrut(_HEADER)
        self._content = _Rows(self, lines=False)

    def set_people(self, people: People) -> None:
        """Show customers first; people who left are not shown."""
        here = [p for p in (*people.customers, *people.ours) if p.left_on is None]
        rows: list[QWidget] = [_PersonRow(person) for person in here[:_MOST_PEOPLE]]
        rest = len(here) - len(rows)
        self.set_sub(f"{number(rest)} more" if rest > 0 else "")
        if not rows:
            rows = [EmptyState("users", "Nobody known yet", "Import contacts from your CRM.")]
        self._content.show_rows(rows)


class _Rows:
    """Rows in a card's body, split by hairlines, replaced as a whole."""

    def __init__(self, card: Card, *, lines: bool = True) -> None:
        self._lines = lines
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        card.add(holder, 1)

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        alone = len(rows) == 1 and isinstance(rows[0], EmptyState)
        for position, row in enumerate(rows):
            if position and self._lines:
                self._column.addWidget(Separator())
            self._column.addWidget(row, 1 if alone else 0)
        if not alone:
            self._column.addStretch(1)


def _goal_row(view: GoalView) -> QWidget:
    goal = view.goal
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 2, 0, 2)
    column.setSpacing(4)
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(ElidedLabel(goal.title, Role.MEDIUM), 1)
    status = StatusText(*standing_words(view))
    status.setToolTip(view.rule)
    head.addWidget(status)
    column.addLayout(head)
    bar = GoalBar(bar_value(view))
    bar.setToolTip(view.rule)
    column.addWidget(bar)
    return row


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


class _PersonRow(QWidget):
    def __init__(self, person: Person) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Avatar(person.name, 24), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(ElidedLabel(person.name, Role.MEDIUM), 2)
        words = [_ROLES[person.role], person.title or ""]
        what = ", ".join(word for word in words if word)
        text = ElidedLabel(what, Role.LABEL, "text_3")
        text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(text, 2)
