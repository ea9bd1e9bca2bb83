"""The two questions of a ticket: what the customer was trying to achieve, and how it blocks them."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.autosave import Autosave, SaveState
from convergedesk.desktop.pages.ticket.answer_writer import Answers, AnswerWriter
from convergedesk.desktop.theme import Role, color, font, theme
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.card import Separator
from convergedesk.desktop.widgets.fields import TextArea
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.ticket_notes import BLOCKS, LONGEST, TRYING_TO

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.ticket_notes import TicketNotes
    from convergedesk.domain.tickets import TicketId

_LEAST_LINES, _MOST_LINES = 2, 6
_SHARE = 0.13
# The border on both sides, and the room that the text area keeps at its right for the cursor.
_SLACK = 8
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
_SAID = {
    SaveState.KEPT: ("Internal, kept on this laptop as you type", "text_3", "lock-simple"),
    SaveState.WAITING: ("Internal, saving…", "text_3", "lock-simple"),
    SaveState.SAVING: ("Internal, saving…", "text_3", "lock-simple"),
    SaveState.FAILED: ("Not saved yet", "critical", "warning-octagon"),
}


class AnswersBox(QWidget):
    """Both questions side by side, written in place and kept with every pause.

    Attributes:
        trying_to: Where the first answer is written.
        blocks: Where the second is.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Nothing is shown before `show_notes`."""
        super().__init__(parent)
        self.trying_to = _Answer(TRYING_TO, "The outcome they wanted, in their words")
        self.blocks = _Answer(BLOCKS, "What they cannot do, and what it costs them")
        self.autosave = Autosave(self._save, self)
        self.writer = AnswerWriter(context, self)
        self.writer.kept.connect(self.autosave.saved)
        self.writer.refused.connect(self._on_refused)
        self.status = StatusText("", "text_3", "lock-simple", Role.CAPTION)
        self.autosave.state_changed.connect(self._on_state)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.trying_to, 1)
        row.addWidget(Separator(vertical=True))
        row.addWidget(self.blocks, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(row)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.addWidget(self.status, 1)
        column.addLayout(foot)
        for answer in (self.trying_to, self.blocks):
            answer.area.textChanged.connect(self._on_typed)
        self._on_state(SaveState.KEPT)

    def show_notes(self, ticket_id: TicketId, notes: TicketNotes) -> None:
        """Show what is written about a ticket; what somebody is typing about the same one stays."""
        same = ticket_id == self.writer.ticket_id
        if same and self.autosave.state is not SaveState.KEPT:
            return
        if not same:
            self.leave()
        shown = self.writer.begin(ticket_id, Answers(notes.trying_to, notes.blocks, notes.audience))
        self._fill(shown)
        if self.writer.is_unsaved:
            self.autosave.touch()

    def leave(self) -> None:
        """Another ticket comes: what was typed about this one is kept first."""
        if self.autosave.state is not SaveState.KEPT:
            self.writer.write(self._typed())
        self.autosave.forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), color("inset"))

    def _fill(self, shown: Answers) -> None:
        for answer, text in ((self.trying_to, shown.trying_to), (self.blocks, shown.blocks)):
            if answer.area.toPlainText() != text:
                blocked = answer.area.blockSignals(True)
                answer.area.setPlainText(text)
                answer.area.blockSignals(blocked)
                answer.fit()

    def _typed(self) -> Answers:
        return Answers(
            self.trying_to.area.toPlainText()[:LONGEST],
            self.blocks.area.toPlainText()[:LONGEST],
            self.writer.audience,
        )

    def _save(self) -> bool:
        return self.writer.write(self._typed())

    @Slot()
    def _on_typed(self) -> None:
        self.autosave.touch()

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self.autosave.failed()
        self.status.set_status(sentence, "critical", "warning-octagon")

    @Slot(object)
    def _on_state(self, state: SaveState) -> None:
        self.status.set_status(*_SAID[state])


class _Answer(QWidget):
    """A question with the room for its answer, which grows with it."""

    def __init__(self, question: str, hint: str) -> None:
        super().__init__()
        self.area = TextArea(hint)
        self.area.setProperty("bare", True)
        self.area.document().setDocumentMargin(0)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(question)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.textChanged.connect(self.fit)
        self.area.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 4)
        column.setSpacing(2)
        column.addWidget(Label(question, Role.LABEL, "text_3", wrap=True))
        column.addWidget(self.area)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(160), super().sizeHint().height())

    @Slot()
    def fit(self) -> None:
        """As high as the text, between two lines and six."""
        # A hint is quieter than an answer.
        role = Role.BODY if self.area.document().isEmpty() else Role.STRONG
        if self.area.font() != font(role):
            self.area.setFont(font(role))
        width = max(self.area.width() - _SLACK, 1)
        metrics = self.area.fontMetrics()
        box = metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAPPED, self._shown_text())
        # With large text in a low window the conversation needs the room; the answer scrolls.
        room = int(_SHARE * self.window().height() / metrics.lineSpacing())
        most = max(_LEAST_LINES, min(_MOST_LINES, room))
        lines = max(_LEAST_LINES, min(most, ceil(box.height() / metrics.lineSpacing())))
        height = lines * metrics.lineSpacing() + 14
        if self.area.height() != height or self.area.minimumHeight() != height:
            self.area.setFixedHeight(height)

    def _shown_text(self) -> str:
        return self.area.toPlainText() or self.area.placeholderText()
