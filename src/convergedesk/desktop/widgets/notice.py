"""Notices: a word at the bottom left for six seconds, with Undo where something can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, paint_icon
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import paint_sheet
from convergedesk.desktop.widgets.label import ElidedLabel
from convergedesk.desktop.widgets.spoken import announce

_SHOWN_FOR_MS = 6000
_MARGIN = 16
_MAX_WIDTH = 460
_HEIGHT = 40
_ICONS = {"good": "check-circle", "warning": "warning", "critical": "warning-octagon"}


class Notice(QWidget):
    """One notice on its sheet."""

    undo_clicked = Signal()

    def __init__(
        self,
        text: str,
        *,
        undo: bool = False,
        tone: str = "good",
        icon: str = "check-circle",
        parent: QWidget | None = None,
    ) -> None:
        """`tone` and `icon` are of the sign at the left."""
        super().__init__(parent)
        self._tone = tone
        self._icon = icon
        row = QHBoxLayout(self)
        row.setContentsMargins(38, 1, 12, 2)
        row.setSpacing(16)
        row.addWidget(ElidedLabel(text, Role.BODY), 1)
        if undo:
            button = Button("Undo", "link")
            button.clicked.connect(self.undo_clicked)
            row.addWidget(button)
        self.setMinimumHeight(_HEIGHT)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_sheet(painter, QRectF(self.rect()), 8, outline="line_strong")
        paint_icon(painter, QRectF(14, (self.height() - 17) / 2, 16, 16), self._icon, color(self._tone))


class Notices(QObject):
    """Shows one notice at a time over a window; a new one takes the old one's place."""

    def __init__(self, window: QWidget, left: int = _MARGIN) -> None:
        """`left` is the distance from the window's left edge."""
        super().__init__(window)
        self._window = window
        self._left = left
        self._notice: Notice | None = None
        self._undo: Callable[[], object] | None = None
        self._timer = QTimer(self, interval=_SHOWN_FOR_MS, singleShot=True)
        self._timer.timeout.connect(self.clear)
        window.installEventFilter(self)

    @property
    def current(self) -> Notice | None:
        """The notice on screen, or None."""
        return self._notice

    def show(
        self, text: str, undo: Callable[[], object] | None = None, tone: str = "good", icon: str = ""
    ) -> None:
        """Show a notice for six seconds; `undo` is called when the person takes it back."""
        self.clear()
        self._undo = undo
        sign = icon or _ICONS.get(tone, "info")
        notice = Notice(text, undo=undo is not None, tone=tone, icon=sign, parent=self._window)
        notice.undo_clicked.connect(self._on_undo)
        self._place(notice)
        notice.show()
        notice.raise_()
        self._notice = notice
        announce(notice, text)
        self._timer.start()

    @Slot()
    def clear(self) -> None:
        """Take the notice away; what it offered to undo stays done."""
        self._timer.stop()
        self._undo = None
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._notice is not None:
            self._place(self._notice)
        return super().eventFilter(watched, event)

    def _place(self, notice: Notice) -> None:
        size = notice.sizeHint()
        width = min(max(size.width(), 240), _MAX_WIDTH, self._window.width() - self._left - _MARGIN)
        height = max(size.height(), _HEIGHT)
        notice.setGeometry(self._left, self._window.height() - height - _MARGIN, width, height)

    @Slot()
    def _on_undo(self) -> None:
        undo = self._undo
        self.clear()
        if undo is not None:
            undo()
