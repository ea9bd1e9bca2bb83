"""The running commitment: what is left, whether it keeps pace, and how it was drawn down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from convergedesk.desktop.pages.account.burn_down import BurnDownView, burn_down
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.domain.billing import Invoice
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import CommitmentUse
from convergedesk.figures.pacing import RULE, Pace, PaceState, pace_of
from convergedesk.figures.wording import count, day, month, percent, short_money


class CommitmentCard(Card):
    """One account's commitment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Commitment", parent=parent)
        self._left = Label("", Role.FIGURE)
        self._pace = StatusText("", "text_3", "")
        self._chart = BurnDownView()
        self._note = Label("", Role.CAPTION, "text_3", wrap=True)
        self._empty = EmptyState("receipt", "No running commitment", "No contract promises spend for today.")
        for widget in (self._left, self._pace):
            self.body.addWidget(widget)
        self.body.addWidget(self._chart, 1)
        self.body.addWidget(self._note)
        self._empty.hide()
        self.body.addWidget(self._empty, 1)

    def set_commitment(self, use: CommitmentUse | None, invoices: Sequence[Invoice], today: date) -> None:
        """Show the running commitment as invoices drew it down, or that there is none."""
        for widget in (self._left, self._pace, self._chart, self._note):
            widget.setVisible(use is not None)
        self._empty.setVisible(use is None)
        if use is None:
            self.set_title("Commitment")
            return
        self.set_title("Commitment", f"{short_money(use.committed)}, {_term(use)}")
        data = burn_down(use, invoices, today)
        over = data.left.minor_units < 0
        size = Money(abs(data.left.minor_units), data.left.currency)
        self._left.setText(f"{short_money(size)} {'over' if over else 'left'}")
        pace = pace_of(use, today)
        self._pace.set_status(*_status(pace))
        self._pace.setToolTip(f"{RULE}.")
        self._chart.set_burn_down(data)
        term_left = max(0, (use.ends_on - today).days)
        billed_to = (
            f", billed up to {day(data.points[-1][0])}" if len(data.points) > 1 else ", nothing billed yet"
        )
        self._note.setText(
            f"{percent(pace.used)} used, {percent(pace.elapsed)} of the term elapsed, "
            f"{count(term_left, 'day')} left{billed_to}."
        )


def _term(use: CommitmentUse) -> str:
    """'Apr to Mar' for a year, with years for any other term."""
    begin, end = month(use.starts_on), month(use.ends_on)
    if (use.ends_on - use.starts_on).days in range(363, 366):
        begin, end = begin.split()[0], end.split()[0]
    return f"{begin} to {end}"


def _status(pace: Pace) -> tuple[str, str, str]:
    if pace.ratio is None or pace.state is PaceState.EARLY:
        return "Too early to judge the pace", "text_3", "hourglass-medium"
    size = short_money(Money(abs(pace.distance.minor_units), pace.distance.currency))
    if pace.state is PaceState.ON_PACE:
        return f"On pace, {percent(pace.ratio)} of even pace", "good", "check-circle"
    word = "ahead of" if pace.state is PaceState.AHEAD else "behind"
    return f"{percent(pace.ratio)}, {size} {word} even pace", "warning", "warning"
