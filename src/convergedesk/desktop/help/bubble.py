"""What the tour shows over a window: a sheet with words, and a frame around what they are about."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import paint_sheet
from convergedesk.desktop.widgets.label import Label

_WIDTH = 360
_RADIUS = 12
_PADDING = 16
_AWAY = 12
_REACH = 4
_LINE = 2
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class Frame(QWidget):
    """An accent line around a widget, through which the mouse passes."""

    def __init__(self, window: QWidget) -> None:
        """Hidden until it is put around something."""
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent"), _LINE))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)


class Bubble(QWidget):
    """The words of a step with Back, Next and Skip. It does not keep the keyboard or the mouse.

    Signals:
        back_wanted: The step before.
        next_wanted: The next step, or the end after the last.
        skip_wanted: The person has seen enough.
    """

    back_wanted = Signal()
    next_wanted = Signal()
    skip_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        """Hidden until `say`."""
        super().__init__(window)
        self._count = Label("", Role.LABEL_MEDIUM, "text_3")
        self._title = Label("", Role.SECTION, wrap=True)
        self._text = Label("", Role.BODY, "text_2", wrap=True)
        self._skip = Button("Skip", "quiet", small=True)
        self._back = Button("Back", small=True)
        self._next = Button("Next", "primary", small=True)
        self._skip.clicked.connect(self.skip_wanted)
        self._back.clicked.connect(self.back_wanted)
        self._next.clicked.connect(self.next_wanted)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._skip)
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        column.setSpacing(6)
        for widget in (self._count, self._title, self._text):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addLayout(foot)
        self._column = column
        for button in (self._skip, self._back, self._next):
            button.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """The step as a screen reader says it."""
        return f"{self._count.text()}. {self._title.text()}. {self._text.text()}"

    def say(self, number: int, total: int, title: str, text: str) -> None:
        """Show step `number` (from 1) of `total`, with the keyboard on its next step."""
        self._count.setText(f"Step {number} of {total}")
        self._title.setText(title)
        self._text.setText(text)
        self._back.setVisible(number > 1)
        self._skip.setVisible(number < total)
        self._next.setText("Done" if number == total else "Next")
        self.setAccessibleName(self.words)
        self.show()
        self.raise_()
        self._next.setFocus(Qt.FocusReason.TabFocusReason)

    def place(self, target: QRect | None) -> None:
        """Stand beside a rectangle of the window, or in its middle for None."""
        room = self.window().rect().adjusted(_AWAY, _AWAY, -_AWAY, -_AWAY)
        width = min(theme().px(_WIDTH), room.width())
        size = QSize(width, self._column.totalHeightForWidth(width))
        self.setGeometry(QRect(_corner(size, target, room, self.isRightToLeft()), size))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Buttons take the arrow keys to go from one to the next.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ARROWS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ahead = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        behind = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        if event.key() == Qt.Key.Key_Escape:
            self.skip_wanted.emit()
        elif event.key() == ahead:
            self.next_wanted.emit()
        elif event.key() == behind and not self._back.isHidden():
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_sheet(QPainter(self), QRectF(self.rect()), _RADIUS, outline="accent")


def _corner(size: QSize, target: QRect | None, room: QRect, mirrored: bool) -> QPoint:
    """The upper left corner: beside the target where it fits there, else beneath, above, or over it."""
    if target is None:
        return room.center() - QPoint(size.width() // 2, size.height() // 2)
    after = QPoint(target.right() + _AWAY, target.top())
    before = QPoint(target.left() - _AWAY - size.width(), target.top())
    beneath = QPoint(target.left(), target.bottom() + _AWAY)
    above = QPoint(target.left(), target.top() - _AWAY - size.height())
    wished = (before, after, beneath, above) if mirrored else (after, before, beneath, above)
    for corner in wished:
        rect = QRect(corner, size)
        held = _held(rect, room)
        if not held.intersects(target):
            return held.topLeft()
    inside = QRect(target.bottomRight() - QPoint(size.width() + _AWAY, size.height() + _AWAY), size)
    return _held(inside, room).topLeft()


def _held(rect: QRect, room: QRect) -> QRect:
    """The rectangle, moved into the room."""
    left = max(room.left(), min(rect.left(), room.right() - rect.width() + 1))
    top = max(room.top(), min(rect.top(), room.bottom() - rect.height() + 1))
    return QRect(QPoint(left, top), rect.size())
