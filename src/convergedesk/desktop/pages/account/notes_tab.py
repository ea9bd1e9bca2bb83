"""The Notes tab: check-ins and notes as one story, and the pulse beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.clock_words import zone_of
from convergedesk.desktop.engagement.host import engagement_of
from convergedesk.desktop.engagement.writing import make_edit
from convergedesk.desktop.faults import error_state
from convergedesk.desktop.pages.account.note_rows import CheckInRow, EntryRow, NoteRow
from convergedesk.desktop.pages.account.own_reading import OwnReading
from convergedesk.desktop.pages.account.pulse_card import PulseCard
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.reveal import reveal
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.side_columns import SideColumns
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import CheckIn, Note
from convergedesk.figures.wording import count
from convergedesk.workspace.changes import Kind

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.navigator import Item
    from convergedesk.domain.accounts import AccountId
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace

_PAGE = 20
_WIDEST_PICTURE = 1120
_SHOWN = (("all", "All"), ("notes", "Notes"), ("check_ins", "Check-ins"))


class NotesRead(NamedTuple):
    """What the tab shows.

    Attributes:
        zone: IANA name of the account's time zone.
        entries: Notes and check-ins, newest first.
        judged: The notes that judge the relationship, newest first.
        pictures: Those of the entries on screen, by digest.
        people: Who of us can be mentioned.
    """

    zone: str
    entries: tuple[CheckIn | Note, ...]
    judged: tuple[Note, ...]
    pictures: Mapping[str, QImage]
    people: tuple[str, ...] = ()


class NotesTab(QWidget):
    """What was said and written, newest first."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Empty until `show_account`."""
        super().__init__(parent)
        self._context = context
        self._limit = _PAGE
        self._wanted: tuple[type[CheckIn | Note], int] | None = None
        self.reading = OwnReading(
            context, self._read, frozenset({Kind.ENGAGEMENT, Kind.ACCOUNTS, Kind.LINKS}), self
        )
        self.shown = SegmentedControl(_SHOWN)
        self.shown.setAccessibleName("Show")
        self.shown.set_value("all")
        self.shown.value_changed.connect(self._on_shown)
        log = Button("Log a check-in", icon="note-pencil")
        log.setToolTip("Ctrl L")
        log.clicked.connect(self._on_log)
        write = Button("Write a note", "primary", icon="plus")
        write.clicked.connect(self._on_write)
        self._card = Card("Notes and check-ins", flush=True)
        for widget in (self.shown, log, write):
            self._card.add_to_header(widget)
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll = ScrollArea(self._holder)
        self._card.add(self._scroll, 1)
        self._pulse = PulseCard()
        self._loading = Loading(self._card)
        self.columns = SideColumns(self._loading, self._pulse, "Pulse", icon="smiley")
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.columns)
        self.reading.loading.connect(self._loading.start)
        self.reading.loaded.connect(self._on_loaded)
        self.reading.failed.connect(self._on_failed)

    def show_account(self, account_id: AccountId, *, with_sites: bool = True) -> None:
        """Show what was written about an account, with its sites or alone."""
        if account_id != self.reading.account_id:
            self._limit = _PAGE
            self._scroll.verticalScrollBar().setValue(0)
        self.reading.show_account(account_id, with_sites=with_sites)

    def show_item(self, item: Item) -> None:
        """Bring a note or a check-in into sight, as soon as it is read."""
        kinds = {"note": Note, "check_in": CheckIn}
        self._wanted = (kinds[item.kind], item.id) if item.kind in kinds else None
        if self._wanted is not None and self.shown.value() != "all":
            self.shown.set_value("all")
        self._show_wanted()

    def _show_wanted(self) -> None:
        read: NotesRead | None = self.reading.value
        if self._wanted is None or read is None:
            return
        kind, entry_id = self._wanted
        found = [n for n, one in enumerate(read.entries) if isinstance(one, kind) and one.id == entry_id]
        if not found:
            self._wanted = None
            return
        if found[0] >= self._limit:
            self._limit = found[0] + 1
            self.reading.reload()
            return
        for row in self.rows():
            if isinstance(row.entry, kind) and row.entry.id == entry_id:
                self._wanted = None
                reveal(self._scroll, row)

    def rows(self) -> list[EntryRow]:
        """The entries on screen, newest first."""
        items = (self._column.itemAt(place) for place in range(self._column.count()))
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, EntryRow)]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reading.set_shown(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.reading.set_shown(False)

    def _read(self, workspace: Workspace, account_id: AccountId, with_sites: bool) -> NotesRead:
        from convergedesk.desktop.engagement.picture_intake import decode
        from convergedesk.workspace.check_ins import check_in_choices, check_ins
        from convergedesk.workspace.notes import notes, pictures_in, pulse_history
        from convergedesk.workspace.people import our_names

        written = notes(workspace, account_id, with_sites=with_sites)
        contacts = check_ins(workspace, account_id, with_sites=with_sites)
        entries = sorted((*written, *contacts), key=_at, reverse=True)
        shown = [entry.body for entry in entries[: self._limit] if isinstance(entry, Note)]
        images: dict[str, QImage] = {}
        for picture in pictures_in(workspace, shown):
            image = decode(picture)
            if image.width() > _WIDEST_PICTURE:
                mode = Qt.TransformationMode.SmoothTransformation
                image = image.scaledToWidth(_WIDEST_PICTURE, mode)
            images[picture.digest] = image
        zone = check_in_choices(workspace, account_id).time_zone
        return NotesRead(zone, tuple(entries), pulse_history(written), images, our_names(workspace))

    @Slot(object)
    def _on_loaded(self, read: NotesRead) -> None:
        self._pulse.set_history(read.judged, self._context.today(), zone_of(read.zone))
        if not read.entries:
            said = (
                "Put down what was said and what you think of it. Notes stay internal unless you share them."
            )
            empty = EmptyState("note-pencil", "Nothing written yet", said, "Write a note")
            empty.action_clicked.connect(self._on_write)
            self._loading.show_instead(empty)
            return
        self._fill(read)
        self._loading.finish()
        self._show_wanted()

    def _fill(self, read: NotesRead) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        wanted = {"notes": Note, "check_ins": CheckIn}.get(str(self.shown.value()))
        entries = [one for one in read.entries if wanted is None or isinstance(one, wanted)]
        notes = sum(isinstance(one, Note) for one in read.entries)
        self._card.set_sub(f"{count(notes, 'note')} · {count(len(read.entries) - notes, 'check-in')}")
        today, zone = self._context.today(), zone_of(read.zone)
        for entry in entries[: self._limit]:
            row = (
                NoteRow(entry, today, zone, read.pictures, read.people)
                if isinstance(entry, Note)
                else CheckInRow(entry, today, zone)
            )
            row.edit_wanted.connect(self._on_edit)
            row.delete_wanted.connect(self._on_delete)
            if isinstance(row, NoteRow):
                row.audience_wanted.connect(self._on_audience)
            self._column.addWidget(Separator())
            self._column.addWidget(row)
        rest = len(entries) - self._limit
        if rest > 0:
            more = Button(f"Show {min(rest, _PAGE)} more of {rest} older", "link")
            more.clicked.connect(self._on_more)
            self._column.addWidget(Separator())
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignHCenter)
        if not entries:
            kind = "notes" if wanted is Note else "check-ins"
            self._column.addWidget(EmptyState("note-pencil", f"No {kind} yet"), 1)
        self._column.addStretch(1)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The notes could not be read", error)
        failure.fix_clicked.connect(self.reading.reload)
        self._loading.show_instead(failure)

    @Slot()
    def _on_shown(self) -> None:
        if self.reading.value is not None:
            self._on_loaded(self.reading.value)

    @Slot()
    def _on_more(self) -> None:
        self._limit += _PAGE
        self.reading.reload()

    @Slot()
    def _on_write(self) -> None:
        if self.reading.account_id is not None:
            engagement_of(self, self._context).write_note(self.reading.account_id)

    @Slot()
    def _on_log(self) -> None:
        if self.reading.account_id is not None:
            engagement_of(self, self._context).log_check_in(self.reading.account_id)

    @Slot(object)
    def _on_edit(self, entry: CheckIn | Note) -> None:
        engagement = engagement_of(self, self._context)
        if isinstance(entry, Note):
            engagement.edit_note(entry)
        else:
            engagement.edit_check_in(entry)

    @Slot(object)
    def _on_delete(self, entry: CheckIn | Note) -> None:
        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace import check_ins, notes

            if isinstance(entry, Note):
                return notes.delete_note(workspace, entry.id)
            return check_ins.delete_check_in(workspace, entry.id)

        make_edit(self._context, change, "Note deleted" if isinstance(entry, Note) else "Check-in deleted")

    @Slot(object, bool)
    def _on_audience(self, note: Note, shared: bool) -> None:
        audience = Audience.SHARED if shared else Audience.INTERNAL

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.notes import write_note

            return write_note(workspace, replace(note, audience=audience)).changes

        said = "The customer may see this note now" if shared else "The note is internal again"
        make_edit(self._context, change, said)


def _at(entry: CheckIn | Note) -> tuple[object, int]:
    return (entry.written_at if isinstance(entry, Note) else entry.held_at), entry.id
