"""The import wizard: from files to a summary."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from convergedesk.desktop.mending import mend_imports
from convergedesk.desktop.pages.importing.analysis import Analysis, Findings
from convergedesk.desktop.pages.importing.outcome import Outcome
from convergedesk.desktop.pages.importing.run import ImportRun, RunProgress
from convergedesk.desktop.pages.importing.state import Step, WizardState
from convergedesk.workspace.changes import EVERYTHING, Changes

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle, JobProgress
    from convergedesk.desktop.pages.importing.reading_dialog import Reading
    from convergedesk.domain.records import EntityKind
    from convergedesk.sources.files import FileMapping, FileSet, Mapping, Preview, Question

Work = Callable[["JobContext"], Findings]


class ImportViewModel(QObject):
    """State and commands of the wizard. Nothing is saved before the person starts the import.

    Signals:
        changed: `state` is another one now.
        saved: A sentence for the notice, when a mapping was saved.
        imported: An `Outcome`, when an import has ended.
    """

    changed = Signal()
    saved = Signal(str)
    imported = Signal(object)

    def __init__(self, context: PageContext, command: Sequence[str], parent: QObject | None = None) -> None:
        """`command` starts this program, for the import that runs as a process of its own."""
        super().__init__(parent)
        self._context = context
        self._state = WizardState()
        self._analysis: Analysis | None = None
        self._reading: JobHandle | None = None
        self._previewing: JobHandle | None = None
        self._waiting: deque[Work] = deque()
        self._working = False
        self._dry = True
        self._run = ImportRun(context, command, self)
        self._run.progressed.connect(self._on_progressed)
        self._run.finished.connect(self._on_finished)
        self._run.stopped.connect(self._on_stopped)
        self._run.failed.connect(self._on_run_failed)

    @property
    def state(self) -> WizardState:
        """What the wizard shows."""
        return self._state

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Read files and folders, together with those that are there already."""
        fresh = [path for path in paths if path not in self._state.paths]
        if not fresh or self._run.running:
            return
        self._read((*self._state.paths, *fresh))

    def stop_reading(self) -> None:
        """Leave off reading; what was open before stays."""
        if self._reading is not None:
            self._reading.cancel()
        before = self._state.paths if self._state.findings is not None else ()
        self._set(reading=None, paths=before)

    def start_over(self) -> None:
        """Forget the files; nothing of them is in the workspace unless they were imported."""
        if self._run.running:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._drop_analysis()
        self._state = WizardState()
        self.changed.emit()

    def go_to(self, step: Step) -> None:
        """Show a step that can be shown by now; `can_go_to` says which."""
        if self.can_go_to(step):
            self._set(step=step, fault=None)
            if step is Step.COLUMNS and self._state.preview is None:
                self._preview()

    def can_go_to(self, step: Step) -> bool:
        """True where everything that the step needs is known."""
        state = self._state
        if state.running is not None:
            return False
        if step is Step.FILES:
            return state.result is None
        if step is Step.COLUMNS:
            return bool(state.taken) and state.result is None
        return state.trial is not None if step is Step.TOTALS else state.result is not None

    def select(self, table: str) -> None:
        """Look at another table."""
        if table != self._state.table:
            self._set(table=table, preview=None)
            self._preview()

    def set_entity(self, table: str, entity: EntityKind | None) -> None:
        """Say what a file's rows are, or that it is skipped; its columns are matched anew."""

        def change(files: FileSet, mapping: Mapping) -> Mapping:
            from convergedesk.sources.files import with_entity

            return with_entity(files, mapping, table, entity)

        self._change(change)

    def set_field(self, table: str, column: str, field: str | None) -> None:
        """Say where a column goes; None does not import it."""

        def change(files: FileSet, mapping: Mapping) -> Mapping:
            from convergedesk.sources.files import with_field

            return with_field(mapping, table, column, field, files=files)

        self._change(change)

    def answer(self, question: Question, value: str) -> None:
        """Answer a question."""

        def change(_files: FileSet, mapping: Mapping) -> Mapping:
            from convergedesk.sources.files import answer

            return answer(mapping, question, value)

        self._change(change)

    def reread(self, table: str, reading: Reading) -> None:
        """Read one file in another way."""
        analysis = self._analysis
        if analysis is not None:
            self._enqueue(lambda _job: analysis.reread(table, reading))

    def set_time_zone(self, table: str, zone: str) -> None:
        """Say in which zone the times of a file are that state none."""

        def change(_files: FileSet, mapping: Mapping) -> Mapping:
            return mapping.change(table, lambda one: replace(one, time_zone=zone))

        self._change(change)

    def ask_again(self, table: str) -> None:
        """Take back the answers about a file, so that they can be given otherwise."""

        def change(_files: FileSet, mapping: Mapping) -> Mapping:
            return mapping.change(table, _unanswered)

        self._change(change)

    def load_template(self, path: Path) -> None:
        """Match columns as a saved mapping says."""
        analysis = self._analysis
        if analysis is not None:
            self._enqueue(lambda _job: analysis.load_mapping(path))

    def save_template(self, path: Path) -> None:
        """Save how the files are read, for next time or for the command line."""
        analysis = self._analysis
        if analysis is not None:
            self._context.jobs.submit(
                lambda _job: _saved(analysis, path), on_done=self.saved.emit, on_error=self._on_failed
            )

    def save_examples(self, folder: Path) -> None:
        """Write an example file for every kind of data."""
        self._context.jobs.submit(
            lambda _job: _examples(folder), on_done=self.saved.emit, on_error=self._on_failed
        )

    def check_totals(self) -> None:
        """Try the whole import on a copy and show what it would do."""
        if self._state.trial is not None:
            self.go_to(Step.TOTALS)
        elif not self._state.blocking:
            self._start(dry=True)

    def start_import(self) -> None:
        """Import for real."""
        if self._state.trial is not None:
            self._start(dry=False)

    def stop_run(self) -> None:
        """Ask the try or the import to end after the page in hand."""
        if self._run.running:
            self._set(stopping=True)
            self._run.stop()

    def shutdown(self) -> None:
        """End what runs and remove temporary files, as when the program closes."""
        if self._reading is not None:
            self._reading.cancel()
        self._run.shutdown()
        if self._analysis is not None:
            self._analysis.close()
            self._analysis = None

    def _read(self, paths: tuple[Path, ...]) -> None:
        if self._reading is not None:
            self._reading.cancel()
        analysis = self._analysis or Analysis(self._context.workspace)
        self._analysis = analysis
        from convergedesk.desktop.jobs import JobProgress

        self._set(paths=paths, reading=JobProgress(0, None, "Looking at the files"), fault=None, result=None)
        self._reading = self._context.jobs.submit(
            lambda job: analysis.read(paths, job.progress, job),
            on_done=self._on_read,
            on_error=self._on_read_failed,
            on_progress=self._on_reading,
        )

    def _change(self, change: Callable[[FileSet, Mapping], Mapping]) -> None:
        analysis = self._analysis
        if analysis is not None and not self._run.running:
            self._enqueue(lambda _job: analysis.change(change))

    def _enqueue(self, work: Work) -> None:
        # One after another: two quick changes of one column must not overtake each other.
        self._waiting.append(work)
        self._set(working=True, trial=None, fault=None)
        self._next()

    def _next(self) -> None:
        if self._working or not self._waiting:
            return
        self._working = True
        self._context.jobs.submit(
            self._waiting.popleft(), on_done=self._on_changed, on_error=self._on_change_failed
        )

    def _preview(self) -> None:
        analysis, table = self._analysis, self._state.table
        mapping = self._state.mapping_of(table)
        if self._previewing is not None:
            self._previewing.cancel()
        if analysis is None or table is None or mapping is None or mapping.entity is None:
            return
        self._previewing = self._context.jobs.submit(
            lambda _job: analysis.preview(table), on_done=self._on_previewed, on_error=self._on_failed
        )

    def _start(self, *, dry: bool) -> None:
        if self._analysis is None or self._run.running or self._working:
            return
        self._dry = dry
        step = Step.TOTALS if dry else Step.IMPORT
        self._set(running=RunProgress(), stopping=False, stopped_at=None, fault=None, step=step)
        self._run.start(self._analysis, self._state.paths, dry=dry)

    def _drop_analysis(self) -> None:
        analysis, self._analysis = self._analysis, None
        self._waiting.clear()
        if analysis is not None:
            self._context.jobs.submit(partial(_close, analysis))

    def _on_reading(self, progress: JobProgress) -> None:
        self._set(reading=progress)

    def _on_read(self, findings: Findings) -> None:
        first = next((one.table for one in findings.mapping.files if one.entity is not None), None)
        known = {table.name for table in findings.tables}
        table = self._state.table if self._state.table in known else first
        self._set(reading=None, findings=findings, table=table, preview=None, trial=None)
        self._preview()

    def _on_read_failed(self, error: Exception) -> None:
        before = self._state.findings is not None
        paths = self._state.paths[:-1] if before else ()
        self._set(reading=None, paths=paths, fault=error)

    def _on_changed(self, findings: Findings) -> None:
        self._working = False
        self._set(findings=findings, working=bool(self._waiting))
        self._next()
        if not self._working:
            self._preview()

    def _on_change_failed(self, error: Exception) -> None:
        self._working = False
        self._set(fault=error, working=bool(self._waiting))
        self._next()

    def _on_previewed(self, preview: Preview) -> None:
        if preview.table == self._state.table:
            self._set(preview=preview)

    def _on_failed(self, error: Exception) -> None:
        self._set(fault=error)

    def _on_progressed(self, progress: RunProgress) -> None:
        self._set(running=progress)

    def _on_finished(self, outcome: Outcome) -> None:
        if outcome.dry:
            step = Step.COLUMNS if outcome.cancelled else Step.TOTALS
            trial = None if outcome.cancelled else outcome
            self._set(running=None, stopping=False, trial=trial, step=step)
            return
        self._set(running=None, stopping=False, result=outcome, step=Step.IMPORT)
        self._tell(outcome)

    def _on_stopped(self, progress: RunProgress) -> None:
        if self._dry:
            self._set(running=None, stopping=False, step=Step.COLUMNS)
            return
        self._set(running=None, stopping=False, stopped_at=progress, step=Step.IMPORT)
        self._tell(None)

    def _on_run_failed(self, error: Exception) -> None:
        step = Step.COLUMNS if self._dry else Step.TOTALS
        self._set(running=None, stopping=False, fault=error, step=step)
        if not self._dry:
            self._tell(None)

    def _tell(self, outcome: Outcome | None) -> None:
        # Rows of any account may have come in, also by an import that was stopped.
        self._context.changes.publish(Changes(frozenset(), EVERYTHING))
        if outcome is None:
            mend_imports(self._context)
        if outcome is not None:
            self.imported.emit(outcome)

    def _set(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)
        self.changed.emit()


def _unanswered(one: FileMapping) -> FileMapping:
    decided = one.date_evidence.decided if one.date_evidence is not None else None
    return replace(one, date_order=decided, currency=None, whole=None)


def _saved(analysis: Analysis, path: Path) -> str:
    analysis.save_mapping(path)
    return f"Matches saved as “{path.name}”"


def _examples(folder: Path) -> str:
    from convergedesk.figures.wording import count
    from convergedesk.sources.files import write_templates

    return f"{count(len(write_templates(folder)), 'file')} saved in “{folder.name}”"


def _close(analysis: Analysis, _job: JobContext) -> None:
    analysis.close()
