"""Long work in a process of its own: the program's command line, watched through its output."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

_ERRORS_KEPT = 20_000
_PATIENCE_MS = 5000


class ChildResult(NamedTuple):
    """How a child process ended.

    Attributes:
        exit_code: The command's own code; -1 where it was killed or never started.
        last: The last JSON object that it printed, which is its result, or None.
        errors: The end of what it wrote to standard error, for 'Copy details'.
        cancelled: True where we killed it.
    """

    exit_code: int
    last: dict[str, Any] | None
    errors: str
    cancelled: bool


class ChildProcess(QObject):
    """Runs one command at a time.

    Signals:
        message: A dict for every line of standard output that is a JSON object.
        finished: A `ChildResult`.
    """

    message = Signal(object)
    finished = Signal(object)

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        """`command` is the program's own command line up to its arguments."""
        super().__init__(parent)
        self._command = tuple(command)
        self._buffer = b""
        self._errors = b""
        self._last: dict[str, Any] | None = None
        self._cancelled = False
        self._patience = QTimer(self, interval=_PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self.cancel)
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.readyReadStandardError.connect(self._on_errors)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_fault)

    @property
    def running(self) -> bool:
        """True between `start` and `finished`."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self, arguments: Sequence[str], secret: bytes | None = None) -> None:
        """Start the command. The secret goes through standard input, never on the command line.

        Raises:
            RuntimeError: The last command is still running.
        """
        if self.running:
            raise RuntimeError("this child process is still running")
        self._buffer = self._errors = b""
        self._last = None
        self._cancelled = False
        self._process.start(self._command[0], [*self._command[1:], *arguments])
        if secret is not None:
            self._process.write(secret)
        self._process.closeWriteChannel()

    def stop(self) -> None:
        """Ask the child to end after what it has in hand, so that it can say what it did.

        One that does not listen is killed after some seconds; where a process cannot be asked,
        at once.
        """
        if not self.running:
            return
        self._cancelled = True
        if sys.platform == "win32":
            self._process.kill()
            return
        self._process.terminate()
        self._patience.start()

    @Slot()
    def cancel(self) -> None:
        """Kill the child. Every command of ours may be killed at any instant without harm."""
        if self.running:
            self._cancelled = True
            self._process.kill()

    def shutdown(self, deadline_ms: int = 3000) -> bool:
        """Kill the child and wait for its end; True where it ended in time."""
        self.cancel()
        return not self.running or self._process.waitForFinished(deadline_ms)

    @Slot()
    def _on_output(self) -> None:
        *lines, self._buffer = (self._buffer + self._process.readAllStandardOutput().data()).split(b"\n")
        for line in lines:
            self._read(line)

    @Slot()
    def _on_errors(self) -> None:
        self._errors = (self._errors + self._process.readAllStandardError().data())[-_ERRORS_KEPT:]

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_output()
        self._read(self._buffer)
        self._buffer = b""
        self._on_errors()
        ended = status == QProcess.ExitStatus.NormalExit
        self._end(code if ended else -1)

    @Slot(QProcess.ProcessError)
    def _on_fault(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._errors = self._process.errorString().encode()
            self._end(-1)

    def _read(self, line: bytes) -> None:
        try:
            value = json.loads(line)
        except ValueError:
            return
        if isinstance(value, dict):
            self._last = value
            self.message.emit(value)

    def _end(self, code: int) -> None:
        self._patience.stop()
        errors = self._errors.decode(errors="replace")
        self.finished.emit(ChildResult(code, self._last, errors, self._cancelled))
