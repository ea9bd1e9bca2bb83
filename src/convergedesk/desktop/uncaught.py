"""The one place where a bug ends up: written down, said calmly, and never the end of the program."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from convergedesk.desktop.widgets.dialog import Dialog

SENTENCE = "Something went wrong inside ConvergeDesk. What you saved is safe, and you can go on working."


class Uncaught(QObject):
    """Takes over `sys.excepthook` and `threading.excepthook` until `restore`.

    Signals:
        caught: The details, as text; comes on the GUI thread whatever thread failed.
    """

    caught = Signal(str)

    def __init__(self, log: Callable[[BaseException], object], parent: QObject | None = None) -> None:
        """`log` writes the fault down; it must not raise."""
        super().__init__(parent)
        self._log = log
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def restore(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        self._log(error)
        self.caught.emit("".join(traceback.format_exception(kind, error, trace)))

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._on_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


class FaultTeller(QObject):
    """Shows one dialog at a time, however many faults come."""

    def __init__(self, window: QWidget) -> None:
        """`window` is the one that the dialog covers."""
        super().__init__(window)
        self._window = window
        self._dialog: Dialog | None = None
        self._details: list[str] = []

    @Slot(str)
    def tell(self, details: str) -> None:
        """Say calmly that something went wrong, and offer the details."""
        self._details.append(details)
        if self._dialog is not None:
            return
        from convergedesk.desktop.theme import Role
        from convergedesk.desktop.widgets.dialog import Dialog
        from convergedesk.desktop.widgets.label import Label

        self._dialog = Dialog(self._window, "Something went wrong", width=480)
        self._dialog.body.addWidget(Label(SENTENCE, Role.BODY, "text_2", wrap=True))
        more = "The details help whoever mends it. They hold no customer data beyond names in messages."
        self._dialog.body.addWidget(Label(more, Role.LABEL, "text_3", wrap=True))
        copy = self._dialog.add_button("Copy details", "quiet", icon="copy")
        copy.clicked.connect(self._on_copy)
        close = self._dialog.add_button("Go on", "primary")
        close.clicked.connect(self._dialog.accept)
        self._dialog.accepted.connect(self._on_closed)
        self._dialog.rejected.connect(self._on_closed)
        self._dialog.open(close)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._details))

    @Slot()
    def _on_closed(self) -> None:
        self._dialog = None
        self._details.clear()
