"""A note while it is written: kept with every pause, so that nothing typed can be lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from convergedesk.desktop.engagement.picture_intake import decode, encode, read_picture_file

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.domain.engagement import Note, Picture
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.notes import NoteWritten

PAUSE_MS = 600


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture that is in the workspace now."""

    words: str
    digest: str
    image: QImage


class NoteWriter(QObject):
    """Keeps a note as it stands; what could not be kept stays here and is tried again.

    Signals:
        state_changed: `unsaved`, `fault` or what is kept changed.
        picture_kept: A `KeptPicture`, to be named in the text.
        picture_refused: The exception that tells why a picture was not taken.
    """

    state_changed = Signal()
    picture_kept = Signal(object)
    picture_refused = Signal(object)

    def __init__(self, context: PageContext, note: Note, parent: QObject | None = None) -> None:
        """A note whose id is 0 is kept as soon as it says something."""
        super().__init__(parent)
        self._context = context
        self._note = note
        self._kept = note
        self._writing = False
        self._fault: Exception | None = None
        self._changes: Changes | None = None
        self._gone = False
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self.flush)

    @property
    def note(self) -> Note:
        """The note as it stands on screen."""
        return self._note

    @property
    def fault(self) -> Exception | None:
        """Why it could not be kept last, or None."""
        return self._fault

    @property
    def changes(self) -> Changes | None:
        """What was written so far; None where nothing was."""
        return self._changes

    @property
    def unsaved(self) -> bool:
        """True while the file does not have what the screen shows."""
        return not self._gone and self._says_something() and _content(self._note) != _content(self._kept)

    def change(self, **values: Any) -> None:
        """Take over what was typed or chosen; it is kept at the next pause."""
        changed = replace(self._note, **values)
        if changed == self._note:
            return
        self._note = changed
        self._timer.start()
        self.state_changed.emit()

    @Slot()
    def flush(self) -> None:
        """Keep the note now, unless that is under way already: then as soon as it is done."""
        self._timer.stop()
        if self._writing or not self.unsaved:
            return
        self._writing = True
        note = self._note

        def work(_job: JobContext) -> NoteWritten:
            from convergedesk.workspace.notes import write_note

            return write_note(self._context.workspace(), note)

        self._context.jobs.submit(work, write=True, on_done=self._on_written, on_error=self._on_failed)

    def flush_now(self) -> None:
        """Keep the note before the program ends, on this thread: jobs are not waited for any more."""
        self._timer.stop()
        if self.unsaved:
            from convergedesk.workspace.notes import write_note

            self._on_written(write_note(self._context.workspace(), self._note))

    def abandon(self) -> None:
        """The note was deleted or given up: nothing is kept from here on."""
        self._gone = True
        self._timer.stop()

    def take_image(self, image: QImage) -> None:
        """Keep a picture from the clipboard."""
        copy = image.copy()
        self._take(lambda: ("Picture", encode(copy)))

    def take_file(self, path: Path) -> None:
        """Keep a picture from a file."""
        self._take(lambda: (path.stem.replace("_", " "), read_picture_file(path)))

    def _take(self, read: Any) -> None:
        def work(_job: JobContext) -> KeptPicture:
            from convergedesk.workspace.notes import keep_picture

            taken: tuple[str, Picture] = read()
            words, picture = taken
            keep_picture(self._context.workspace(), picture)
            return KeptPicture(words, picture.digest, decode(picture))

        self._context.jobs.submit(
            work, write=True, on_done=self.picture_kept.emit, on_error=self.picture_refused.emit
        )

    def _says_something(self) -> bool:
        return bool(self._note.id or self._note.body.strip() or self._note.pulse is not None)

    def _on_written(self, written: NoteWritten) -> None:
        self._writing = False
        self._fault = None
        self._kept = written.note
        self._note = replace(self._note, id=written.note.id, updated_at=written.note.updated_at)
        if written.changes.edit_id is not None:
            self._changes = written.changes
        if self.unsaved:
            self._timer.start()
        self.state_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._writing = False
        self._fault = error
        self.state_changed.emit()


def _content(note: Note) -> tuple[object, ...]:
    return note.body, note.audience, note.pulse, note.pulse_reason
