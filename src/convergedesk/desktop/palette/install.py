"""Puts the palette into a window: its key, its field in the top bar, and what was looked at last."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QAbstractButton

from convergedesk.desktop.context import PageContext
from convergedesk.desktop.navigator import ACCOUNT, TICKET, AccountPlace, Place
from convergedesk.desktop.palette.commands import Commands, window_commands
from convergedesk.desktop.shell.shortcuts import add_shortcut
from convergedesk.desktop.shell.window import MainWindow
from convergedesk.desktop.widgets.scrim import Scrim

if TYPE_CHECKING:
    from convergedesk.desktop.palette.sheet import Palette
    from convergedesk.domain.kinds import AccountId

_REMEMBERED = 6
_KEY = "Ctrl+K"


class PaletteHost(QObject):
    """Opens the palette over a window, one at a time.

    Attributes:
        commands: The registry; add to it whatever the palette should be able to do.
    """

    def __init__(self, window: MainWindow, context: PageContext) -> None:
        """Made by `install_palette`."""
        super().__init__(window)
        self._window = window
        self._context = context
        self._open: Palette | None = None
        self._place: Place | None = None
        self._recent: deque[tuple[str, int]] = deque(maxlen=_REMEMBERED + 1)
        self.commands = Commands()
        self.commands.add(window_commands(window))
        context.navigator.arrived.connect(self._on_arrived)

    @property
    def palette(self) -> Palette | None:
        """The palette, while it is open."""
        return self._open

    @Slot()
    def open(self) -> None:
        """Open it, unless a dialog or a drawer has the keyboard, or the page has no top bar.

        While it is open it is closed.
        """
        if self._open is not None:
            self._open.close_palette()
            return
        covered = any(scrim.isVisible() for scrim in self._window.findChildren(Scrim))
        if covered or not self._window.top_bar.isVisible():
            return
        # Not needed before the first page is painted.
        from convergedesk.desktop.palette.model import PaletteModel
        from convergedesk.desktop.palette.sheet import Palette
        from convergedesk.domain.search import SearchKind

        kinds = {ACCOUNT: SearchKind.ACCOUNT, TICKET: SearchKind.TICKET}
        here = self._thing(self._place)
        recent = [(kinds[page], one) for page, one in self._recent if (page, one) != here][:_REMEMBERED]
        model = PaletteModel(self._context, self.commands.all(), recent, self._account())
        self._open = Palette(self._window, model)
        self._open.closed.connect(self._on_closed)
        self._open.open()

    def _account(self) -> AccountId | None:
        argument = None if self._place is None else self._place.argument
        return argument.account_id if isinstance(argument, AccountPlace) else None

    @staticmethod
    def _thing(place: Place | None) -> tuple[str, int] | None:
        if place is not None and place.page == ACCOUNT and isinstance(place.argument, AccountPlace):
            return ACCOUNT, place.argument.account_id
        if place is not None and place.page == TICKET and isinstance(place.argument, int):
            return TICKET, place.argument
        return None

    @Slot(object)
    def _on_arrived(self, place: Place) -> None:
        self._place = place
        thing = self._thing(place)
        if thing is not None:
            if thing in self._recent:
                self._recent.remove(thing)
            self._recent.appendleft(thing)

    @Slot()
    def _on_closed(self) -> None:
        self._open = None


def install_palette(
    window: MainWindow, context: PageContext, button: QAbstractButton | None = None
) -> PaletteHost:
    """Let Ctrl K, and a click on `button`, open the palette over the window."""
    host = PaletteHost(window, context)
    add_shortcut(window, _KEY, host.open)
    if button is not None:
        button.clicked.connect(host.open)
    return host
