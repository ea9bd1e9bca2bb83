"""Desktop notifications through the system's tray; without a tray the inbox alone tells."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QSystemTrayIcon

from convergedesk.desktop.theme import app_icon

_SHOWN_MS = 10_000


class Notifier(Protocol):
    """Whatever can show a notification."""

    def tell(self, title: str, text: str) -> bool:
        """Show it; False where this computer cannot."""
        ...


class Tray(QObject):
    """The program's icon in the tray, there from the first notification on.

    Signals:
        opened: The person clicked a notification.
        wanted: The person clicked the icon.
    """

    opened = Signal()
    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is shown yet."""
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None

    def tell(self, title: str, text: str) -> bool:
        """Show a notification; False where there is no tray or it cannot show messages."""
        icon = self._made()
        if icon is None:
            return False
        icon.showMessage(title, text, app_icon(), _SHOWN_MS)
        return True

    def put_away(self) -> None:
        """Take the icon out of the tray."""
        if self._icon is not None:
            self._icon.hide()

    def _made(self) -> QSystemTrayIcon | None:
        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return None
        if self._icon is None:
            self._icon = QSystemTrayIcon(app_icon(), self)
            self._icon.setToolTip("ConvergeDesk")
            self._icon.messageClicked.connect(self.opened)
            self._icon.activated.connect(self._on_activated)
        self._icon.show()
        return self._icon

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, _reason: object) -> None:
        self.wanted.emit()
