"""One run of the import in a process of its own: the try before, or the real one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from convergedesk.desktop.jobs.child_process import ChildProcess, ChildResult
from convergedesk.desktop.pages.importing.analysis import Analysis, MappingFile
from convergedesk.desktop.pages.importing.outcome import Outcome, read_outcome
from convergedesk.domain.errors import ConvergeDeskError, SourceError

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext

_STEADY_AFTER_S = 2.0


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run is.

    Attributes:
        done: Rows done.
        total: Rows in all, or None while they are counted.
        message: What it does at present.
        seconds_left: Estimate, or None while it is too early for one.
    """

    done: int = 0
    total: int | None = None
    message: str = "Starting"
    seconds_left: float | None = None


class RunFailedError(ConvergeDeskError):
    """The import could not be finished; what was committed before stays."""


@dataclass(frozen=True, slots=True)
class _Start:
    mapping: MappingFile
    arguments: tuple[str, ...]
    secret: bytes


class ImportRun(QObject):
    """Starts the program's own command line and tells what it says.

    Signals:
        progressed: A `RunProgress`.
        finished: An `Outcome`, also of a run that was stopped and could still tell.
        stopped: The last `RunProgress` of a run that was stopped and could not tell.
        failed: An exception with the person's sentence.
    """

    progressed = Signal(object)
    finished = Signal(object)
    stopped = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, command: Sequence[str], parent: QObject | None = None) -> None:
        """`command` starts this program; the import's own words are added."""
        super().__init__(parent)
        self._context = context
        self._child = ChildProcess(command, self)
        self._child.message.connect(self._on_message)
        self._child.finished.connect(self._on_finished)
        self._mapping: MappingFile | None = None
        self._told: dict[str, Any] | None = None
        self._error: dict[str, Any] | None = None
        self._progress = RunProgress()
        self._began_at = 0.0
        self._stopping = False
        self._preparing = False

    @property
    def running(self) -> bool:
        """True between `start` and the signal that ends the run."""
        return self._preparing or self._child.running

    def start(self, analysis: Analysis, paths: Sequence[Path], *, dry: bool) -> None:
        """Start; with `dry` everything is done on a copy and nothing is kept."""
        self._told = self._error = None
        self._progress = RunProgress()
        self._stopping = False
        self._preparing = True
        self._began_at = monotonic()
        self._context.jobs.submit(
            partial(_prepare, self._context, analysis, tuple(paths), dry),
            on_done=self._on_prepared,
            on_error=self._on_not_prepared,
        )

    def stop(self) -> None:
        """Ask for an end after the page in hand."""
        self._stopping = True
        self._child.stop()

    def shutdown(self) -> None:
        """End at once, as when the program closes; what was committed stays."""
        self._stopping = True
        self._child.shutdown()
        self._drop_mapping()

    def _on_prepared(self, start: _Start) -> None:
        self._mapping = start.mapping
        self._preparing = False
        if self._stopping:
            self._drop_mapping()
            self.stopped.emit(self._progress)
            return
        self._child.start(start.arguments, start.secret)

    def _on_not_prepared(self, error: Exception) -> None:
        self._preparing = False
        self.failed.emit(error)

    def _on_message(self, told: dict[str, Any]) -> None:
        if "summary" in told:
            self._told = told["summary"]
        elif "error" in told:
            self._error = told["error"]
        elif "done" in told:
            self._tell(int(told["done"]), told.get("total"), str(told.get("message", "")))

    def _tell(self, done: int, total: int | None, message: str) -> None:
        passed = monotonic() - self._began_at
        left: float | None = None
        if message != self._progress.message or done < self._progress.done:
            self._began_at = monotonic()
        elif total and 0 < done < total and passed >= _STEADY_AFTER_S:
            left = passed * (total - done) / done
        self._progress = RunProgress(done, total, message, left)
        self.progressed.emit(self._progress)

    def _on_finished(self, result: ChildResult) -> None:
        self._drop_mapping()
        if self._told is not None:
            outcome: Outcome = read_outcome(self._told)
            self.finished.emit(outcome)
        elif self._stopping:
            self.stopped.emit(self._progress)
        else:
            self.failed.emit(self._fault(result))

    def _fault(self, result: ChildResult) -> ConvergeDeskError:
        if self._error is not None:
            sentence, fix = str(self._error.get("sentence", "")), str(self._error.get("fix", ""))
            return RunFailedError(sentence, fix=fix, details=result.errors)
        return RunFailedError(
            "The import ended before it was done.",
            fix="What was finished is kept; importing the same files again doubles nothing.",
            details=result.errors,
        )

    def _drop_mapping(self) -> None:
        if self._mapping is not None:
            self._mapping.remove()
            self._mapping = None


def _prepare(
    context: PageContext, analysis: Analysis, paths: tuple[Path, ...], dry: bool, _job: JobContext
) -> _Start:
    if not paths:
        raise SourceError("No files were chosen.")
    workspace = context.workspace()
    mapping = MappingFile(analysis)
    arguments = [
        "import",
        *(str(path) for path in paths),
        "--workspace",
        str(workspace.path),
        "--mapping",
        str(mapping.path),
        "--progress-json",
        "--key-stdin",
        *(("--dry-run",) if dry else ()),
    ]
    return _Start(mapping, tuple(arguments), f"key:{workspace.store.key.key.hex()}\n".encode())
