"""An account that needs a check-in, as the page words it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from convergedesk.desktop.phrases import listing
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.need import Need, NeedKind
from convergedesk.figures.need_words import contact_words

_SIGNS = {
    NeedKind.SILENT_DIP: ("critical", "trend-down"),
    NeedKind.TICKET_DIP: ("critical", "trend-down"),
    NeedKind.BELOW: ("critical", "trend-down"),
    NeedKind.FELL: ("critical", "trend-down"),
    NeedKind.HIGH_TICKETS: ("critical", "flag-fill"),
    NeedKind.CHAMPION: ("warning", "users"),
    NeedKind.COMMITMENT: ("warning", "hourglass-medium"),
    NeedKind.HEALTH: ("critical", "warning-circle"),
    NeedKind.GOALS: ("warning", "target"),
    NeedKind.SILENCE: ("warning", "clock"),
    NeedKind.RENEWAL: ("warning", "clock"),
}


class CheckIn(NamedTuple):
    """An account with its need, the weightiest reason first."""

    row: PortfolioRow
    need: Need
    today: date

    @property
    def flag(self) -> str:
        """The weightiest reason in three words."""
        return self.need.reasons[0].flag

    @property
    def tone(self) -> str:
        """Colour token of the flag."""
        return _SIGNS[self.need.reasons[0].kind][0]

    @property
    def icon(self) -> str:
        """Phosphor name before the flag."""
        return _SIGNS[self.need.reasons[0].kind][1]

    @property
    def tab(self) -> str:
        """The account's tab that shows the weightiest reason."""
        return self.need.reasons[0].tab

    @property
    def action(self) -> str:
        """The words of the button that opens it."""
        return "Open"

    @property
    def text(self) -> str:
        """The figures behind the weightiest reason, the others by their flags, and the last contact."""
        first, *others = self.need.reasons
        also = f" Also: {listing([reason.flag for reason in others])}." if others else ""
        silent = any(reason.kind is NeedKind.SILENCE for reason in self.need.reasons)
        contact = "" if silent else f" {contact_words(self.row, self.today)}"
        return f"{first.sentence}{also}{contact}"
