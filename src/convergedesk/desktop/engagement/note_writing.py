"""Opens the dialog for a note over a window, and keeps what is asked for in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.engagement.writing import make_edit, read_then

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.engagement.note_dialog import NoteDialog
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.engagement import Note
    from convergedesk.figures.mentions import Mention
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.check_ins import CheckInChoices
    from convergedesk.workspace.session import Workspace


class _Asked(NamedTuple):
    """What the dialog opens with."""

    choices: CheckInChoices
    note: Note
    pictures: Mapping[str, QImage]
    promised: tuple[tuple[str, date | None], ...]


class NoteWriting(QObject):
    """One note at a time."""

    def __init__(self, window: QWidget, context: PageContext) -> None:
        """Nothing is built before it is asked for."""
        super().__init__(window)
        self._window = window
        self._context = context
        self._note: NoteDialog | None = None

    def begin(self, account_id: AccountId) -> None:
        """Begin a note on an account."""

        def read(workspace: Workspace) -> _Asked:
            from convergedesk.domain.engagement import Note
            from convergedesk.workspace.check_ins import check_in_choices

            choices = check_in_choices(workspace, account_id)
            note = Note(account_id, choices.now, choices.author, "")
            return _Asked(choices, note, {}, _promised(workspace, account_id))

        read_then(self._context, read, self._open)

    def go_on(self, note: Note) -> None:
        """Go on writing a note."""

        def read(workspace: Workspace) -> _Asked:
            from convergedesk.desktop.engagement.picture_intake import decode
            from convergedesk.workspace.check_ins import check_in_choices
            from convergedesk.workspace.notes import pictures_in

            images = {one.digest: decode(one) for one in pictures_in(workspace, [note.body])}
            choices = check_in_choices(workspace, note.account_id)
            return _Asked(choices, note, images, _promised(workspace, note.account_id))

        read_then(self._context, read, self._open)

    def keep_now(self) -> None:
        """Keep what is being written, on this thread."""
        if self._note is not None:
            self._note.writer.flush_now()

    def _open(self, asked: _Asked) -> None:
        from convergedesk.desktop.engagement.note_dialog import NoteDialog
        from convergedesk.desktop.engagement.note_writer import NoteWriter

        writer = NoteWriter(self._context, asked.note)
        choices = asked.choices
        dialog = NoteDialog(
            self._window,
            writer,
            choices.account_name,
            choices.ours,
            self._context.today(),
            pictures=asked.pictures,
            promised=asked.promised,
        )
        dialog.rejected.connect(partial(self._on_note_closed, dialog, choices.account_name))
        dialog.action_wanted.connect(partial(self._act_on, dialog))
        dialog.delete_wanted.connect(partial(self._delete_note, dialog))
        self._note = dialog
        dialog.open(dialog.text)

    def _on_note_closed(self, dialog: NoteDialog, account_name: str) -> None:
        self._note = None
        if dialog.writer.changes is not None:
            self._context.edited(f"Note on {account_name} kept", dialog.writer.changes)

    def _delete_note(self, dialog: NoteDialog) -> None:
        note_id = dialog.writer.note.id
        dialog.writer.abandon()
        dialog.accept()
        self._note = None

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.notes import delete_note

            return delete_note(workspace, note_id)

        make_edit(self._context, change, "Note deleted")

    def _act_on(self, dialog: NoteDialog, mention: Mention) -> None:
        from convergedesk.domain.engagement import Action

        action = Action(dialog.writer.note.account_id, mention.request, mention.name, mention.day)

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.actions import add_action

            return add_action(workspace, action)

        said = f"Action added for {mention.name}"
        make_edit(self._context, change, said, on_done=partial(dialog.add_action_done, mention))


def _promised(workspace: Workspace, account_id: AccountId) -> tuple[tuple[str, date | None], ...]:
    from convergedesk.workspace.actions import account_actions

    return tuple((one.owner, one.due_on) for one in account_actions(workspace, account_id))
