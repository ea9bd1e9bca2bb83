"""The program itself, with somebody at its side who says what stands where on the screen, and nothing more.

It reads `python told_program.py SOCKET WORDS…` and runs the program with WORDS. Once it has said
'listening', it answers one JSON object a line on SOCKET: it waits until a widget, or a row of a list,
that fits stands on screen and can be seen there, and says where; or until none does; or until nothing has
been painted for a moment. It clicks nothing, types nothing and changes nothing. The program knows nothing
of it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QRegion
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QListView, QMenu, QTabBar, QWidget

import convergedesk.desktop.main
from convergedesk.__main__ import main

_Standing = tuple[dict[str, Any], QWidget]
LOOK_MS = 15
STILL_MS = 180


def _words(widget: QWidget) -> str:
    """The words of a widget as a person or a screen reader meets them."""
    if isinstance(widget, QComboBox):
        return widget.currentText()
    text = getattr(widget, "text", None)
    plain = getattr(widget, "toPlainText", None)
    for ask in (text, plain):
        if callable(ask):
            try:
                return str(ask())
            except TypeError:
                return ""
    return ""


def _standing() -> Iterator[_Standing]:
    for window in QApplication.topLevelWidgets():
        if not window.isVisible() or window.isMinimized():
            continue
        for widget in (window, *window.findChildren(QWidget)):
            if not widget.isVisible():
                continue
            seen: QRegion = widget.visibleRegion()
            if seen.isEmpty():
                continue
            middle = widget.mapToGlobal(seen.boundingRect().center())
            node = {
                "kind": type(widget).__name__,
                "name": widget.accessibleName(),
                "text": _words(widget),
                "title": widget.windowTitle() if widget.isWindow() else "",
                "focused": widget.hasFocus(),
                "enabled": widget.isEnabled(),
                "x": middle.x(),
                "y": middle.y(),
            }
            yield node, widget
            if isinstance(widget, QAbstractItemView):
                yield from _rows(widget)
            elif isinstance(widget, QTabBar):
                yield from _tabs(widget)
            elif isinstance(widget, QMenu):
                yield from _actions(widget)


def _part(kind: str, of: QWidget, name: str, text: str, middle: QPoint, *, chosen: bool = False) -> _Standing:
    """Something that is no widget of its own, such as a row of a list."""
    place = of.mapToGlobal(middle)
    node = {"kind": kind, "name": name, "text": text, "title": "", "focused": chosen, "enabled": True}
    return {**node, "x": place.x(), "y": place.y()}, of


def _tabs(bar: QTabBar) -> Iterator[_Standing]:
    for number in range(bar.count()):
        chosen = number == bar.currentIndex()
        yield _part("tab", bar, "", bar.tabText(number), bar.tabRect(number).center(), chosen=chosen)


def _actions(menu: QMenu) -> Iterator[_Standing]:
    for action in menu.actions():
        yield _part("action", menu, "", action.text(), menu.actionGeometry(action).center())


def _rows(view: QAbstractItemView) -> Iterator[_Standing]:
    model, port = view.model(), view.viewport()
    if model is None:
        return
    # A list's model keeps to itself how many columns it has.
    columns = 1 if isinstance(view, QListView) else model.columnCount()
    roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
    for row in range(model.rowCount()):
        cells = [model.index(row, column) for column in range(columns)]
        shown = [view.visualRect(cell).intersected(port.rect()) for cell in cells]
        places = [rect for rect in shown if not rect.isEmpty()]
        if places:
            words = [str(model.data(cell, role) or "") for cell in cells for role in roles]
            text = " | ".join(dict.fromkeys(word for word in words if word))
            yield _part("row", port, view.accessibleName(), text, places[0].center())


def _find(wanted: dict[str, Any]) -> dict[str, Any] | None:
    for node, widget in _standing():
        if wanted.get("kind") not in (None, node["kind"]):
            continue
        if any(not re.search(wanted[key], node[key]) for key in ("name", "text", "title") if key in wanted):
            continue
        if any(node[key] is not wanted[key] for key in ("focused", "enabled") if key in wanted):
            continue
        # What lies beneath a scrim or a dialog cannot be clicked.
        top = QApplication.widgetAt(node["x"], node["y"])
        if top is None or not (top is widget or widget.isAncestorOf(top) or top.isAncestorOf(widget)):
            continue
        return node
    return None


class Teller(QObject):
    """Answers on a socket; each question once it is true."""

    def __init__(self, application: QApplication, name: str) -> None:
        super().__init__(application)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        self._asked: list[tuple[QLocalSocket, dict[str, Any]]] = []
        self._still = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        application.installEventFilter(self)
        if not self._server.listen(name):
            raise RuntimeError(self._server.errorString())
        sys.stdout.write("listening\n")
        sys.stdout.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._still = 0
        return super().eventFilter(watched, event)

    @Slot()
    def _on_connected(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.readyRead.connect(lambda: self._on_line(socket))

    def _on_line(self, socket: QLocalSocket) -> None:
        while socket.canReadLine():
            self._still = 0
            self._asked.append((socket, json.loads(bytes(socket.readLine().data()))))
            self._timer.start()

    @Slot()
    def _look(self) -> None:
        self._still += LOOK_MS
        for socket, asked in list(self._asked):
            answer = self._answer(asked)
            if answer is not None:
                self._asked.remove((socket, asked))
                socket.write(json.dumps(answer).encode() + b"\n")
                socket.flush()
        if not self._asked:
            self._timer.stop()

    def _answer(self, asked: dict[str, Any]) -> object:
        if asked["ask"] == "still":
            return True if self._still >= STILL_MS else None
        if asked["ask"] == "everything":
            return [node for node, _ in _standing()]
        found = _find(asked["of"])
        if asked["ask"] == "gone":
            return True if found is None else None
        return found


if __name__ == "__main__":
    socket_name, *program_words = sys.argv[1:]
    begin = convergedesk.desktop.main._application

    def _application() -> QApplication:
        application = begin()
        Teller(application, socket_name)
        return application

    convergedesk.desktop.main._application = _application
    sys.exit(main(program_words))
