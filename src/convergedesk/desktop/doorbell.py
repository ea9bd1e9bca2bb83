"""A second start of the program on the same workspace brings the first one's window to the front.

It may hand over an address, which the first one follows. Whatever comes in is read as text of a limited
length and judged by whoever follows it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 500
_MOST_BYTES = 4_096
# Who rings and says nothing more is not waited for.
_LISTEN_MS = 2_000


class Doorbell(QObject):
    """Held by the program that has the workspace on screen.

    Signals:
        rang: Another start asked to see the window.
        link_brought: An address that it was started with.
    """

    rang = Signal()
    link_brought = Signal(str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """Listen under `name`; only the same user's programs are heard."""
        super().__init__(parent)
        self._said: dict[QLocalSocket, bytes] = {}
        self._timer = QTimer(self, interval=_LISTEN_MS, singleShot=True)
        self._timer.timeout.connect(self._on_silence)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        # Whoever listens holds the workspace's lock, so a socket that is there was left by a crash.
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def close(self) -> None:
        """Listen no more."""
        self._timer.stop()
        self._said.clear()
        self._server.close()

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._said[socket] = b""
            socket.readyRead.connect(self._on_more)
            socket.disconnected.connect(self._on_more)
            self._timer.start()
            self.rang.emit()
        self._on_more()

    @Slot()
    def _on_more(self) -> None:
        for socket in list(self._said):
            said = self._said[socket]
            said += socket.read(_MOST_BYTES + 1 - len(said)).data()
            self._said[socket] = said
            gone = socket.state() is QLocalSocket.LocalSocketState.UnconnectedState
            if gone or b"\n" in said or len(said) > _MOST_BYTES:
                self._end(socket)

    @Slot()
    def _on_silence(self) -> None:
        for socket in list(self._said):
            self._end(socket)

    def _end(self, socket: QLocalSocket) -> None:
        line = self._said.pop(socket).partition(b"\n")[0].decode(errors="replace").strip()
        socket.disconnectFromServer()
        socket.deleteLater()
        if line:
            self.link_brought.emit(line)


def ring(name: str, link: str = "") -> bool:
    """Ask the program that listens under `name` to show itself, and to follow an address. True if heard."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    heard = socket.waitForConnected(_PATIENCE_MS)
    if heard and link:
        # One byte more than is listened to says 'too long' as well as the whole does.
        socket.write(link.encode(errors="replace")[:_MOST_BYTES] + b"\n")
        socket.waitForBytesWritten(_PATIENCE_MS)
        socket.disconnectFromServer()
        if socket.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
            socket.waitForDisconnected(_PATIENCE_MS)
    socket.abort()
    return heard
