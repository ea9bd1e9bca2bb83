"""Undo and redo, wherever the person is: keys, commands, and the notice after every edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from convergedesk.desktop.faults import sentence_of
from convergedesk.desktop.palette.commands import Command
from convergedesk.desktop.shell.shortcuts import add_shortcut
from convergedesk.desktop.widgets.scrim import Scrim

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.desktop.shell.window import MainWindow
    from convergedesk.domain.edits import EditId
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.edits import Undone
    from convergedesk.workspace.session import Workspace

_QUIET = "text_2"
NOTHING_TO_UNDO = "There is nothing to undo"
NOTHING_TO_REDO = "There is nothing to do again"


def tell_edit(context: PageContext, sentence: str, changes: Changes) -> None:
    """Say what was done, with 'Undo' where it can be taken back, and have pages read it again."""
    undo = None if changes.edit_id is None else partial(take_back, context, changes.edit_id)
    context.notify(sentence, undo=undo)
    context.changes.publish(changes)


def take_back(context: PageContext, edit_id: EditId) -> None:
    """Undo that very edit, whatever was edited since."""

    def work(_job: JobContext) -> Undone:
        from convergedesk.workspace.edits import undo_edit

        return undo_edit(context.workspace(), edit_id)

    _submit(context, work, "")


def bring_back(context: PageContext, edit_id: EditId) -> None:
    """Restore what an edit deleted; the notice offers to delete it again."""

    def work(_job: JobContext) -> Undone:
        from convergedesk.workspace.edits import restore

        return restore(context.workspace(), edit_id)

    def done(undone: Undone) -> None:
        tell_edit(context, undone.sentence, undone.changes)

    context.jobs.submit(work, write=True, on_done=done, on_error=partial(_failed, context))


def step(context: PageContext, *, back: bool) -> None:
    """Take back the newest edit, or do again what was taken back last."""

    def work(_job: JobContext) -> Undone | None:
        from convergedesk.workspace import edits

        move: Callable[[Workspace], Undone | None] = edits.undo if back else edits.redo
        return move(context.workspace())

    _submit(context, work, NOTHING_TO_UNDO if back else NOTHING_TO_REDO)


def _submit(context: PageContext, work: Callable[[JobContext], Undone | None], nothing: str) -> None:
    def done(undone: Undone | None) -> None:
        if undone is None:
            context.notify(nothing, tone=_QUIET)
            return
        context.notify(undone.sentence)
        context.changes.publish(undone.changes)

    context.jobs.submit(work, write=True, on_done=done, on_error=partial(_failed, context))


def _failed(context: PageContext, error: Exception) -> None:
    context.notify(sentence_of(error), tone="critical")


class UndoKeys(QObject):
    """Ctrl Z and Ctrl Shift Z of a window, and the commands that do the same.

    A text field keeps these keys for what is typed in it, and a dialog keeps them to itself.
    """

    def __init__(self, window: MainWindow, context: PageContext) -> None:
        """Listens from now on; lives as long as the window."""
        super().__init__(window)
        self._window = window
        self._context = context
        for keys, slot in (("Ctrl+Z", self.undo), ("Ctrl+Shift+Z", self.redo), ("Ctrl+Y", self.redo)):
            add_shortcut(window, keys, slot)

    @Slot()
    def undo(self) -> None:
        """Take back the newest edit."""
        if not self._covered():
            step(self._context, back=True)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last."""
        if not self._covered():
            step(self._context, back=False)

    def _covered(self) -> bool:
        return any(scrim.isVisible() for scrim in self._window.findChildren(Scrim))

    @Slot()
    def show_edits(self) -> None:
        """Go to the list of edits."""
        self._context.navigator.open_edits()

    @Slot()
    def show_deleted(self) -> None:
        """Go to what was deleted."""
        self._context.navigator.open_edits(deleted=True)

    def commands(self) -> Iterable[Command]:
        """For the palette."""
        back, trash = "arrow-counter-clockwise", "trash"
        undo = ("Ctrl", "Z")
        yield Command("undo", "Undo the last edit", back, self.undo, undo, "take back revert")
        redo = ("Ctrl", "Shift", "Z")
        yield Command("redo", "Do again what was undone", "arrow-clockwise", self.redo, redo, "redo repeat")
        yield Command("edits", "Show all edits", back, self.show_edits, also="history changes who undo")
        yield Command(
            "deleted", "Show what was recently deleted", trash, self.show_deleted, also="restore bin trash"
        )
