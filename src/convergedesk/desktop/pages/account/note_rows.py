"""A check-in and a note as they stand among what was written about an account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.clock_words import moment
from convergedesk.desktop.engagement.note_view import NoteView
from convergedesk.desktop.engagement.words import CHANNEL_ICONS, CHANNELS, pulse_badge
from convergedesk.desktop.phrases import listing
from convergedesk.desktop.theme import Role, color, icon, paint_icon
from convergedesk.desktop.widgets.avatar import Avatar
from convergedesk.desktop.widgets.badge import Badge, StatusText, audience_badge
from convergedesk.desktop.widgets.button import IconButton, Menu
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import CheckIn, Note

_CHANNELS = dict(CHANNELS)
_MOST_NAMES = 4
_INDENT = 36


class EntryRow(QWidget):
    """What both kinds of entry share: a head with a menu, and content beneath it.

    Signals:
        edit_wanted: The entry.
        delete_wanted: The entry.
    """

    edit_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, entry: CheckIn | Note, name: str) -> None:
        """`name` is how a screen reader tells the entry."""
        super().__init__()
        self.entry = entry
        self.setAccessibleName(name)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._content = QVBoxLayout()
        self._content.setContentsMargins(_INDENT, 0, 0, 0)
        self._content.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 10, 14)
        column.setSpacing(6)
        column.addLayout(self._head)
        column.addLayout(self._content)

    def _finish_head(self, when: str, menu: Menu, name: str) -> None:
        self._head.addWidget(Label(when, Role.CAPTION, "text_3"))
        more = IconButton("dots-three", name)
        menu.setParent(more, menu.windowFlags())
        more.setMenu(menu)
        self._head.addWidget(more)

    def _menu(self) -> Menu:
        menu = Menu(self)
        menu.addAction(icon("note-pencil"), "Edit…").triggered.connect(self._on_edit)
        return menu

    @Slot()
    def _on_edit(self) -> None:
        self.edit_wanted.emit(self.entry)

    @Slot()
    def _on_delete(self) -> None:
        self.delete_wanted.emit(self.entry)


class CheckInRow(EntryRow):
    """A logged contact: how, with whom, what was said, what follows."""

    def __init__(self, check_in: CheckIn, today: date, zone: tzinfo) -> None:
        """Times are the customer's."""
        how = _CHANNELS[check_in.channel]
        when = moment(check_in.held_at, zone, today)
        whom = listing(check_in.attendees, _MOST_NAMES)
        title = f"{how} with {whom}" if whom else how
        super().__init__(check_in, f"{title}, {when}")
        self._head.addWidget(_Mark(CHANNEL_ICONS[check_in.channel]))
        self._head.addWidget(ElidedLabel(title, Role.MEDIUM), 1)
        if check_in.author:
            self._head.addWidget(Avatar(check_in.author, 20))
        menu = self._menu()
        menu.addSeparator()
        menu.addAction(icon("trash"), "Delete").triggered.connect(self._on_delete)
        self._finish_head(when, menu, f"More for the check-in of {when}")
        self._content.addWidget(Label(check_in.summary, Role.BODY, wrap=True, selectable=True))
        if check_in.next_step:
            follows = QHBoxLayout()
            follows.setSpacing(6)
            follows.addWidget(_Mark("arrow-right", 14), 0, Qt.AlignmentFlag.AlignTop)
            follows.addWidget(Label(check_in.next_step, Role.BODY, "text_2", wrap=True), 1)
            self._content.addLayout(follows)


class NoteRow(EntryRow):
    """A note: who wrote it, how they judged the relationship, and the text with its pictures.

    Signals:
        audience_wanted: The note and whether the customer may see it.
    """

    audience_wanted = Signal(object, bool)

    def __init__(
        self,
        note: Note,
        today: date,
        zone: tzinfo,
        pictures: Mapping[str, QImage],
        people: Sequence[str] = (),
    ) -> None:
        """`pictures` by digest; mentions of `people` are marked."""
        when = moment(note.written_at, zone, today)
        super().__init__(note, f"Note by {note.author or 'nobody named'}, {when}")
        shared = note.audience is Audience.SHARED
        self._head.addWidget(Avatar(note.author or "?", 24))
        self._head.addWidget(ElidedLabel(note.author or "Note", Role.MEDIUM), 1)
        self._head.addWidget(audience_badge(shared=shared))
        menu = self._menu()
        if shared:
            menu.addAction(icon("lock-simple"), "Make it internal").triggered.connect(self._on_internal)
        else:
            menu.addAction(icon("eye"), "Share with the customer").triggered.connect(self._on_shared)
        menu.addSeparator()
        menu.addAction(icon("trash"), "Delete").triggered.connect(self._on_delete)
        self._finish_head(when, menu, f"More for the note of {when}")
        if note.pulse is not None:
            judged = QHBoxLayout()
            judged.setSpacing(8)
            badge = pulse_badge(note.pulse)
            judged.addWidget(Badge(f"Pulse: {badge.text.lower()}", badge.kind, badge.icon))
            judged.addWidget(ElidedLabel(note.pulse_reason, Role.LABEL, "text_2"), 1)
            self._content.addLayout(judged)
        if note.body.strip():
            view = NoteView()
            view.setAccessibleName("Note")
            view.set_note(note.body, pictures, people)
            self._content.addWidget(view)
        if shared:
            said = StatusText("The customer may see this note", "accent_text", "eye", Role.CAPTION)
            self._content.addWidget(said)

    @Slot()
    def _on_shared(self) -> None:
        self.audience_wanted.emit(self.entry, True)

    @Slot()
    def _on_internal(self) -> None:
        self.audience_wanted.emit(self.entry, False)


class _Mark(QWidget):
    """An icon in the place of an avatar."""

    def __init__(self, name: str, size: int = 24) -> None:
        super().__init__()
        self._name = name
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        side = min(18, self._size)
        square = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), square, self._name, color("text_2"))
