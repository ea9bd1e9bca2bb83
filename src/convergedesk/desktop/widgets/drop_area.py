"""Where files and folders are dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, give_focus_ring, paint_icon, theme
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.spoken import BUTTON, speak_as

_ICON = 24
_RADIUS = 8


def local_paths(urls: list[QUrl]) -> tuple[Path, ...]:
    """The files and folders among dropped addresses; others, such as web links, are left out."""
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())


class DropArea(QWidget):
    """A dashed field that takes files and folders; a click or Enter asks for them instead.

    Signals:
        dropped: A tuple of paths.
        clicked: The person wants to choose.
    """

    dropped = Signal(object)
    clicked = Signal()

    def __init__(self, title: str, sentence: str, parent: QWidget | None = None) -> None:
        """`title` says what to drop, `sentence` what it may hold."""
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(title)
        speak_as(self, BUTTON)
        self.setAccessibleDescription(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        give_focus_ring(self, _RADIUS)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(4)
        column.addStretch(1)
        column.addSpacing(_ICON + 8)
        self._title = Label(title, Role.STRONG, wrap=True)
        for label in (self._title, Label(sentence, Role.LABEL, "text_3", wrap=True)):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData().urls()):
            event.acceptProposedAction()
            self._mark(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(over=False)
        event.acceptProposedAction()
        self.dropped.emit(local_paths(event.mimeData().urls()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(color("accent" if self._over or self.hasFocus() else "control"), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        lit = "accent_soft" if self._over else "hover" if self.underMouse() else "surface"
        painter.setBrush(color(lit))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        top = self._title.y() - 8 - _ICON
        square = QRectF((self.width() - _ICON) / 2, top, _ICON, _ICON)
        paint_icon(painter, square, "upload-simple", color("accent_text" if self._over else "text_2"))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, theme().px(118)))

    def _mark(self, *, over: bool) -> None:
        self._over = over
        self.update()
