"""Where the wizard stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from convergedesk.desktop.pages.importing.outcome import Outcome
from convergedesk.desktop.pages.importing.run import RunProgress

if TYPE_CHECKING:
    from convergedesk.desktop.jobs import JobProgress
    from convergedesk.desktop.pages.importing.analysis import Findings
    from convergedesk.sources.files import FileMapping, Preview, Question, Table


class Step(IntEnum):
    """The steps of the wizard, in order."""

    FILES = 0
    COLUMNS = 1
    TOTALS = 2
    IMPORT = 3


STEP_NAMES = ("Files", "Match columns", "Check totals", "Import")


@dataclass(frozen=True, slots=True)
class WizardState:
    """What the wizard shows.

    Attributes:
        step: The step on screen.
        paths: Files and folders as given.
        reading: How far reading the files is, or None while none are being read.
        findings: What the files hold, or None before they were read.
        table: Name of the table that is looked at, or None.
        preview: Its first rows, or None while they are worked out.
        working: True while a change is being worked out.
        running: How far the try or the import is, or None while none runs.
        stopping: True once the person asked the run to end.
        trial: What the import would do, or None before the try or after a change.
        result: What the import did, or None before it.
        stopped_at: How far a run was that was stopped and could not tell what it kept.
        fault: Why the last thing failed, or None.
    """

    step: Step = Step.FILES
    paths: tuple[Path, ...] = ()
    reading: JobProgress | None = None
    findings: Findings | None = None
    table: str | None = None
    preview: Preview | None = None
    working: bool = False
    running: RunProgress | None = None
    stopping: bool = False
    trial: Outcome | None = None
    result: Outcome | None = None
    stopped_at: RunProgress | None = None
    fault: Exception | None = None

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables that were found."""
        return self.findings.tables if self.findings is not None else ()

    @property
    def taken(self) -> tuple[FileMapping, ...]:
        """Mappings of the tables that will be imported."""
        files = self.findings.mapping.files if self.findings is not None else ()
        return tuple(one for one in files if one.entity is not None)

    @property
    def blocking(self) -> tuple[Question, ...]:
        """Questions of taken tables without whose answer nothing can be imported."""
        return tuple(question for question in self.open_questions if question.blocking)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """Questions of taken tables that are still open."""
        names = {one.table for one in self.taken}
        found = self.findings.questions if self.findings is not None else ()
        return tuple(question for question in found if question.table in names)

    @property
    def current(self) -> Table | None:
        """The table that is looked at."""
        return next((table for table in self.tables if table.name == self.table), None)

    def mapping_of(self, name: str | None) -> FileMapping | None:
        """How a table is read."""
        files = self.findings.mapping.files if self.findings is not None else ()
        return next((one for one in files if one.table == name), None)

    def questions_of(self, name: str) -> tuple[Question, ...]:
        """Open questions of a table."""
        return tuple(question for question in self.open_questions if question.table == name)
