"""Where a note is written: text, pulse, and who may see it. There is no Save button: it is always kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from convergedesk.desktop.engagement.mention_offer import MentionOffers
from convergedesk.desktop.engagement.note_text import NoteText
from convergedesk.desktop.engagement.note_view import NoteView
from convergedesk.desktop.engagement.picture_strip import PictureStrip
from convergedesk.desktop.engagement.words import PULSES
from convergedesk.desktop.faults import sentence_of
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import IconButton
from convergedesk.desktop.widgets.dialog import Dialog, confirmation
from convergedesk.desktop.widgets.fields import TextField
from convergedesk.desktop.widgets.file_chooser import FileChooser
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import Pulse, pictures_named
from convergedesk.figures.mentions import mentions

if TYPE_CHECKING:
    from pathlib import Path

    from convergedesk.desktop.engagement.note_writer import KeptPicture, NoteWriter
    from convergedesk.figures.mentions import Mention

_WIDTH = 760
_TEXT_HEIGHT = 220
_LEAST_TEXT = 96
_SHARE = 1000
_PICTURE_FILES = "Pictures (*.png *.jpg *.jpeg *.gif *.bmp *.webp)"
_AUDIENCES = ((Audience.INTERNAL, "Internal"), (Audience.SHARED, "Shared with the customer"))
_TOOLS = (
    ("text-bolder", "Bold (Ctrl B)", "**"),
    ("text-italic", "Italic (Ctrl I)", "_"),
    ("list-bullets", "List", "- "),
    ("check-square", "Checklist", "- [ ] "),
    ("quotes", "Quotation", "> "),
)


class NoteDialog(Dialog):
    """Shows a `NoteWriter`'s note and hands it whatever is typed.

    Signals:
        action_wanted: A `Mention` that is to become an action.
        delete_wanted: The note is to be deleted.
    """

    action_wanted = Signal(object)
    delete_wanted = Signal()

    def __init__(
        self,
        parent: QWidget,
        writer: NoteWriter,
        account_name: str,
        ours: Sequence[str],
        today: date,
        *,
        pictures: Mapping[str, QImage],
        promised: Sequence[tuple[str, date | None]],
    ) -> None:
        """Shows the writer's note.

        Args:
            parent: Any widget of the window.
            writer: Keeps the note.
            account_name: Whom it is about.
            ours: Who can be mentioned.
            today: The workspace's today.
            pictures: Those that the note shows already, by digest.
            promised: Owner and day of the account's actions, which need not be offered again.
        """
        super().__init__(parent, f"Note on {account_name}", width=theme().px(_WIDTH))
        self.writer = writer
        writer.setParent(self)
        self._ours = tuple(ours)
        self._today = today
        self._pictures: dict[str, QImage] = dict(pictures)
        self._promised = tuple(promised)
        self._asking: Dialog | None = None
        self._leaving = False
        note = writer.note
        self.text = NoteText("Write in Markdown. Mention a colleague with @, paste pictures.")
        self.text.set_people(ours)
        self.text.setPlainText(note.body)
        self.view = NoteView()
        self.mode = SegmentedControl((("write", "Write"), ("read", "Read")))
        self.mode.set_value("write")
        self.pulse = SegmentedControl(PULSES)
        self.pulse.set_value(note.pulse)
        self.reason = TextField("Why, in a few words", note.pulse_reason)
        self.audience = SegmentedControl(_AUDIENCES)
        self.audience.set_value(note.audience)
        self.offers = MentionOffers(today)
        self.strip = PictureStrip()
        self._lay_out()
        self._connect()
        self._on_audience()
        self._on_pulse()
        self._show_pictures()
        self._show_state()

    @property
    def said(self) -> str:
        """What the foot of the dialog says about keeping the note."""
        return self._state.text()

    @Slot()
    def reject(self) -> None:
        """Close as soon as the note is kept; one that cannot be is not given up without asking."""
        self._leaving = True
        self.writer.flush()
        if not self.writer.unsaved:
            super().reject()
            return
        if self.writer.fault is None:
            return
        self._leaving = False
        if self._asking is None:
            self._asking = confirmation(
                self,
                "Close without keeping this note?",
                "It could not be saved. Copy the text first if you want to keep it elsewhere.",
                "Close anyway",
                destructive=True,
            )
            self._asking.accepted.connect(self._on_given_up)
            self._asking.rejected.connect(self._on_kept_open)
            self._asking.open()

    def add_action_done(self, mention: Mention) -> None:
        """The mention has become an action."""
        self.offers.mark_added(mention)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(2)
        for number, (icon, name, _) in enumerate(_TOOLS):
            button = IconButton(icon, name)
            button.setProperty("tool", number)
            button.clicked.connect(self._on_tool)
            tools.addWidget(button)
        picture = IconButton("image", "Add a picture from a file")
        picture.clicked.connect(self._on_choose_picture)
        tools.addWidget(picture)
        tools.addStretch(1)
        self.mode.setAccessibleName("Write or read")
        tools.addWidget(self.mode)
        self.body.addLayout(tools)
        reading = QWidget()
        inner = QVBoxLayout(reading)
        inner.setContentsMargins(9, 5, 9, 5)
        inner.addWidget(self.view)
        inner.addStretch(1)
        self._stack = _Stack(theme().px(_TEXT_HEIGHT))
        self._stack.addWidget(self.text)
        self._stack.addWidget(ScrollArea(reading))
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.offers)
        pulse = QHBoxLayout()
        pulse.setSpacing(12)
        self.pulse.setAccessibleName("Pulse: how you judge the relationship")
        self.reason.setAccessibleName("Why you judge so")
        pulse.addWidget(self.pulse)
        pulse.addWidget(self.reason, _SHARE)
        pulse.addStretch(1)
        self.body.addLayout(pulse)
        audience = QHBoxLayout()
        audience.setSpacing(12)
        self.audience.setAccessibleName("Who may see the note")
        audience.addWidget(self.audience)
        self._seen = StatusText("", "text_3", "lock-simple", Role.LABEL)
        audience.addWidget(self._seen, 1)
        self.body.addLayout(audience)
        self._state = StatusText("", "text_3", "", Role.LABEL)
        self.footer.insertWidget(0, self._state, 1)
        self._again = self.add_button("Try again")
        self._again.clicked.connect(self.writer.flush)
        self._delete = self.add_button("Delete", "quiet", icon="trash")
        self._delete.clicked.connect(self.delete_wanted)
        done = self.add_button("Done", "primary")
        done.clicked.connect(self.reject)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._on_text)
        self.text.image_pasted.connect(self.writer.take_image)
        self.text.files_dropped.connect(self._on_files)
        self.text.too_long.connect(self._on_too_long)
        self.mode.value_changed.connect(self._on_mode)
        self.pulse.value_changed.connect(self._on_pulse)
        self.reason.textChanged.connect(self._on_pulse)
        self.audience.value_changed.connect(self._on_audience)
        self.offers.wanted.connect(self.action_wanted)
        self.writer.state_changed.connect(self._show_state)
        self.writer.picture_kept.connect(self._on_picture)
        self.writer.picture_refused.connect(self._on_refused)

    @Slot()
    def _on_text(self) -> None:
        self.writer.change(body=self.text.toPlainText())

    @Slot()
    def _on_pulse(self) -> None:
        pulse = cast("Pulse | None", self.pulse.value())
        self.reason.setVisible(pulse is not None)
        self.writer.change(pulse=pulse, pulse_reason=self.reason.text().strip() if pulse is not None else "")

    @Slot()
    def _on_audience(self) -> None:
        shared = self.audience.value() is Audience.SHARED
        said = "May appear in the customer's review; the pulse never does." if shared else "Only we see it."
        self._seen.set_status(said, "accent_text" if shared else "text_3", "eye" if shared else "lock-simple")
        self.writer.change(audience=Audience.SHARED if shared else Audience.INTERNAL)

    @Slot()
    def _on_tool(self) -> None:
        _, _, mark = _TOOLS[self.sender().property("tool")]
        self.mode.set_value("write")
        self._on_mode()
        if mark in ("**", "_"):
            self.text.wrap(mark)
        else:
            self.text.start_lines(mark)

    @Slot()
    def _on_mode(self) -> None:
        reading = self.mode.value() == "read"
        if reading:
            self.view.set_note(self.text.toPlainText(), self._pictures)
        self._stack.setCurrentIndex(int(reading))
        self.strip.setVisible(not reading and bool(self._named()))

    @Slot()
    def _on_choose_picture(self) -> None:
        chooser = FileChooser(self.window())
        chooser.chosen.connect(self._on_files)
        chooser.ask_files("Add a picture", _PICTURE_FILES)

    @Slot(object)
    def _on_files(self, paths: Sequence[Path]) -> None:
        for path in paths:
            self.writer.take_file(path)

    @Slot(object)
    def _on_picture(self, kept: KeptPicture) -> None:
        self._pictures[kept.digest] = kept.image
        self.text.insert_picture(kept.words, kept.digest)
        self._show_pictures()

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self._state.set_status(sentence_of(error), "critical", "warning-octagon")

    @Slot()
    def _on_too_long(self) -> None:
        self._state.set_status("This is too long for a note.", "critical", "warning-octagon")

    @Slot()
    def _show_state(self) -> None:
        writer = self.writer
        failed = writer.fault is not None and writer.unsaved
        self._again.setVisible(failed)
        self._delete.setVisible(bool(writer.note.id))
        if failed and writer.fault is not None:
            said = f"Not saved: {sentence_of(writer.fault)}"
            self._state.set_status(said, "critical", "warning-octagon")
        elif writer.unsaved:
            self._state.set_status("Saving…", "text_3", "")
        elif writer.note.id:
            self._state.set_status("Saved on this laptop", "text_3", "check-circle")
        else:
            self._state.set_status("Kept as soon as you write", "text_3", "")
        if self._leaving:
            self._go_on_leaving()
        elif not writer.unsaved:
            found = mentions(writer.note.body, self._ours, self._today)
            self.offers.show_mentions(found, self._promised)
            self._show_pictures()

    def _go_on_leaving(self) -> None:
        if not self.writer.unsaved:
            super().reject()
        elif self.writer.fault is not None:
            self._leaving = False
        else:
            # What was typed while the file was written.
            self.writer.flush()

    def _named(self) -> list[str]:
        return [one for one in pictures_named(self.text.toPlainText()) if one in self._pictures]

    def _show_pictures(self) -> None:
        self.strip.show_images([self._pictures[digest] for digest in self._named()])
        self.strip.setVisible(self.mode.value() == "write" and bool(self._named()))

    @Slot()
    def _on_given_up(self) -> None:
        self.writer.abandon()
        super().reject()

    @Slot()
    def _on_kept_open(self) -> None:
        self._asking = None
        self.text.setFocus()


class _Stack(QStackedWidget):
    """Wishes for a height of its own, and takes less where the window is low."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self._wish = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(200, self._wish)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, _LEAST_TEXT)
