"""A second start of the program on the same workspace brings the first one's window to the front."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 500


class Doorbell(QObject):
    """Held by the program that has the workspace on screen.

    Signals:
        rang: Another start asked to see the window.
    """

    rang = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """Listen under `name`; only the same user's programs are heard."""
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        # Whoever listens holds the workspace's lock, so a socket that is there was left by a crash.
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnectFromServer()
            socket.deleteLater()
            self.rang.emit()


def ring(name: str) -> bool:
    """Ask the program that listens under `name` to show itself. True if somebody heard."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    heard = socket.waitForConnected(_PATIENCE_MS)
    socket.abort()
    return heard
