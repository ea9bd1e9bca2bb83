"""The edits of the last 30 days: read, filtered, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.undoing import bring_back, step, take_back

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.edits import Edit, EditId


class EditsViewModel(QObject):
    """State and commands of the page.

    Signals:
        loading: A reading began.
        loaded: The edits that are to be shown, newest first.
        load_failed: They could not be read; the exception.
    """

    loading = Signal()
    loaded = Signal(object)
    load_failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `show_deleted`."""
        super().__init__(parent)
        self._context = context
        self._deleted: bool | None = None
        self._edits: tuple[Edit, ...] = ()
        self._reading: JobHandle | None = None
        context.changes.published.connect(self._on_changes)
        context.changes.written_elsewhere.connect(self.reload)

    @property
    def deleted(self) -> bool:
        """True while only what was deleted is listed."""
        return bool(self._deleted)

    def find(self, edit_id: object) -> Edit | None:
        """One of the edits that were read, or None."""
        return next((edit for edit in self._edits if edit.id == edit_id), None)

    def can_act_on(self, edit: Edit) -> bool:
        """Whether it can be taken back, restored, or is the next to be done again."""
        if not edit.undone:
            return not edit.restored
        return edit.id == min(one.id for one in self._edits if one.undone)

    @Slot(bool)
    def show_deleted(self, deleted: bool) -> None:
        """Read all edits, or only those that deleted something."""
        self._deleted = deleted
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read again; what is on screen stays until the answer is there."""
        if self._deleted is None:
            return
        if self._reading is not None:
            self._reading.cancel()
        self.loading.emit()
        deleted = self._deleted

        def read(_job: JobContext) -> tuple[Edit, ...]:
            from convergedesk.workspace import edits

            workspace = self._context.workspace()
            return edits.recently_deleted(workspace) if deleted else edits.history(workspace)

        self._reading = self._context.jobs.submit(read, on_done=self._on_read, on_error=self._on_failed)

    def undo(self, edit_id: EditId) -> None:
        """Take back one edit, whatever came after it."""
        take_back(self._context, edit_id)

    def redo(self) -> None:
        """Do again what was taken back last."""
        step(self._context, back=False)

    def restore(self, edit_id: EditId) -> None:
        """Bring back what an edit deleted."""
        bring_back(self._context, edit_id)

    @Slot(object)
    def _on_changes(self, _changes: object) -> None:
        self.reload()

    def _on_read(self, found: tuple[Edit, ...]) -> None:
        self._edits = found
        self.loaded.emit(found)

    def _on_failed(self, error: Exception) -> None:
        self.load_failed.emit(error)
