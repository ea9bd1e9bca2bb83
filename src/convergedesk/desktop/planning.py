"""Commands that lead to the calendar, the pods, the pilot and the exchange rates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.palette.commands import Command

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext


class Planning(QObject):
    """Opens what is not in the rail."""

    def __init__(self, window: QWidget, context: PageContext) -> None:
        """Lives as long as the window."""
        super().__init__(window)
        self._window = window
        self._context = context

    @Slot()
    def open_rates(self) -> None:
        """Open the dialog of exchange rates."""
        from convergedesk.desktop.rates_dialog import RatesDialog

        RatesDialog(self._window, self._context).open()

    def commands(self) -> Iterable[Command]:
        """For the palette."""
        navigator = self._context.navigator
        yield Command(
            "calendar",
            "Open the calendar",
            "calendar-blank",
            navigator.open_calendar,
            also="holidays releases freezes outages",
        )
        yield Command("pods", "Edit pods", "stack", navigator.open_pods, also="team pilot segment members")
        yield Command(
            "pilot",
            "Open the pilot scorecard",
            "scales",
            navigator.open_pilot,
            also="pilot segment matched accounts before after compare",
        )
        yield Command(
            "rates", "State exchange rates", "coins", self.open_rates, also="currency reporting money"
        )
