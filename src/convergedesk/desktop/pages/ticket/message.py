"""One message of a conversation."""

from __future__ import annotations

from datetime import date, tzinfo

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from convergedesk.desktop.clock_words import moment
from convergedesk.desktop.theme import Role, color, font, theme
from convergedesk.desktop.widgets.avatar import Avatar
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.domain.audience import Audience
from convergedesk.domain.tickets import TicketMessage
from convergedesk.figures.wording import count

_SHORT = 1200
_SHORT_LINES = 14
# A label lays out all of its text at every resize; beyond this a text view takes over.
_LABEL_MOST = 20_000
_AVATAR = 24
_INTERNAL_PADDING = 12


class Message(QWidget):
    """Author, time and text; internal ones stand in a dashed frame with a lock.

    Attributes:
        message_id: Which message.
    """

    def __init__(
        self, message: TicketMessage, zone: tzinfo, today: date, parent: QWidget | None = None
    ) -> None:
        """Times are told in `zone`, without the year where it is that of `today`."""
        super().__init__(parent)
        self.message_id = message.id
        self._body = message.body.strip()
        self._internal = message.audience is Audience.INTERNAL
        author = message.author or "Unknown author"
        said = moment(message.sent_at, zone, today)
        self.setAccessibleName(f"{'Internal note, ' if self._internal else ''}{author}, {said}")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ElidedLabel(author, Role.STRONG))
        if self._internal:
            internal = StatusText("Internal", "text_2", "lock-simple", Role.LABEL_MEDIUM)
            internal.setMinimumWidth(internal.sizeHint().width())
            head.addWidget(internal)
        role = message.author_role or ("Customer" if message.from_customer else "")
        head.addWidget(ElidedLabel(role, Role.LABEL, "text_3"), 1)
        head.addWidget(Label(said, Role.CAPTION, "text_3"))
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._words.addLayout(head)
        self._text = Label(_beginning(self._body), Role.BODY, "text_2", wrap=True, selectable=True)
        if not self._body:
            self._text.setText("No text in this message.")
            self._text.set_tone("text_3")
        self._words.addWidget(self._text)
        self._more = Button("", "link", small=True)
        self._more.setVisible(len(_beginning(self._body)) < len(self._body))
        self._more.setText(f"Show the whole message, {count(len(self._body), 'character')}")
        self._more.clicked.connect(self._on_more)
        self._words.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        side = _INTERNAL_PADDING if self._internal else 0
        row.setContentsMargins(side, 10 if self._internal else 2, side, 12 if self._internal else 2)
        row.setSpacing(12)
        row.addWidget(Avatar(author, _AVATAR), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._internal:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(color("line_strong"), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(color("inset"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    @Slot()
    def _on_more(self) -> None:
        self._more.hide()
        if len(self._body) <= _LABEL_MOST:
            self._text.setText(self._body)
            return
        self._text.hide()
        view = QPlainTextEdit(self._body)
        view.setReadOnly(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFont(font(Role.BODY))
        view.setMinimumHeight(theme().px(320))
        view.setAccessibleName("Text of the message")
        self._words.addWidget(view)


def _beginning(body: str) -> str:
    """The first lines of a long text, cut between words; the whole of a short one."""
    if len(body) <= _SHORT and body.count("\n") < _SHORT_LINES:
        return body
    lines = body[:_SHORT].splitlines()[:_SHORT_LINES]
    cut = "\n".join(lines)
    if len(cut) >= _SHORT:
        cut = cut[: max(cut.rfind(" "), _SHORT // 2)]
    return f"{cut.rstrip()} …"
