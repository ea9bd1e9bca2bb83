"""The Overview tab: the usage story, and what stands beside it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.clock_words import zone_of
from convergedesk.desktop.pages.account.commitment_card import CommitmentCard
from convergedesk.desktop.pages.account.health_card import HealthCard
from convergedesk.desktop.pages.account.overview_cards import GoalsCard, TicketsCard
from convergedesk.desktop.pages.account.reads import AccountData
from convergedesk.desktop.pages.account.usage_view_model import UsageViewModel
from convergedesk.desktop.pages.account.view_model import BILLING, GOALS, TICKETS
from convergedesk.desktop.theme import theme
from convergedesk.desktop.widgets.scroll import ScrollColumn
from convergedesk.desktop.widgets.side_columns import SideColumns
from convergedesk.figures.account import PRESSING

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.pages.account.study import AccountStudy

_LOWER_CARDS, _GOALS, _COMMITMENT = 250, 216, 270


class Overview(QWidget):
    """Chart, health and tickets at the left; goals and commitment at the right.

    Signals:
        tab_wanted: Key of the tab that a card's link leads to.
        ticket_opened: Id of a ticket.
        import_opened: The person wants to import usage.
        why_wanted: The explanation that the person asks for.
    """

    tab_wanted = Signal(str)
    ticket_opened = Signal(object)
    import_opened = Signal()
    why_wanted = Signal(object)

    def __init__(
        self,
        usage: UsageViewModel,
        today: date,
        context: PageContext | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # The chart's libraries take longer to load than the rest of the program together.
        from convergedesk.desktop.pages.account.usage_card import UsageCard

        self._model = usage
        self._told: tuple[object, ...] | None = None
        self.usage = UsageCard(usage, today)
        self.usage.ticket_opened.connect(self.ticket_opened)
        self.usage.import_opened.connect(self.import_opened)
        self.usage.why_wanted.connect(self.why_wanted)
        self._tickets = TicketsCard()
        self._tickets.ticket_opened.connect(self.ticket_opened)
        self._tickets.why_wanted.connect(self.why_wanted)
        self._tickets.link_clicked.connect(partial(self.tab_wanted.emit, TICKETS))
        self.health = HealthCard(context)
        self._goals = GoalsCard()
        self._goals.link_clicked.connect(partial(self.tab_wanted.emit, GOALS))
        self._goals.add_clicked.connect(partial(self.tab_wanted.emit, GOALS))
        self.commitment = CommitmentCard(context)
        self.commitment.set_way("What if")
        self.commitment.link_clicked.connect(partial(self.tab_wanted.emit, BILLING))
        self._lower = lower = QWidget()
        row = QHBoxLayout(lower)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.health, 1)
        row.addWidget(self._tickets, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.usage, 1)
        column.addWidget(lower)
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(16)
        side.addWidget(self._goals, 2)
        side.addWidget(self.commitment, 3)
        # Large text needs more room than a window has.
        self.columns = SideColumns(
            ScrollColumn(left), ScrollColumn(right), "Goals and commitment", icon="target"
        )
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.columns)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self._lower.setFixedHeight(theme().px(_LOWER_CARDS))
        self._goals.setMinimumHeight(theme().px(_GOALS))
        self.commitment.setMinimumHeight(theme().px(_COMMITMENT))

    def set_data(self, data: AccountData) -> None:
        """Show an account."""
        today = data.header.today
        self._told = None
        self._model.show(data.usage)
        self.usage.set_account_name(data.header.account.name)
        self._tickets.set_tickets(data.tickets, today, zone_of(data.header.account.time_zone))
        self._goals.set_goals(data.goals)
        self.commitment.set_running(data.header.commitment)
        self.health.clear()
        self.columns.set_count(sum(view.standing in PRESSING for view in data.goals))

    def set_study(self, study: AccountStudy | None, note: str = "") -> None:
        """Lay what was found around the usage and beside the tickets; None where it is being read.

        `note` says how old it is while it is computed anew.
        """
        told = None if study is None else (study.insights, study.figures, note)
        if told is None or told != self._told:
            self._told = told
            self._model.set_study(study)
            self._tickets.set_study(study)
            if study is not None:
                self._show_figures(study, note)
        if study is not None:
            self.commitment.set_courses(study.courses or ())

    def _show_figures(self, study: AccountStudy, note: str) -> None:
        figures = study.figures
        self.health.set_health(None if figures is None else figures.health, study.history, study.part, note)
        commitments = () if figures is None else figures.commitments
        self.commitment.set_figures(commitments, study.missing, study.part, note)
