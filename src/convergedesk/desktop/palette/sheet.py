"""The palette itself: a field, what it finds, and the keys, over the darkened window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPropertyAnimation, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from convergedesk.desktop.palette.button import PLACEHOLDER
from convergedesk.desktop.palette.entries import Entry
from convergedesk.desktop.palette.model import PaletteModel
from convergedesk.desktop.palette.rows import RowList
from convergedesk.desktop.theme import Role, color, font, paint_icon, theme
from convergedesk.desktop.widgets.card import Separator, paint_sheet
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.key_hint import KeyHint
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scrim import Scrim

_WIDTH = 640
_FROM_TOP = 96
_MARGIN = 24
_FIELD = 52
_FIELD_TEXT = 16
_FOOTER = 40
_RADIUS = 12
_SIDE = 16
_MOST_ROWS = 400
_RISE = 4
_RISE_MS = 160
_HINTS = ((("↑", "↓"), "move"), (("Enter",), "open"), (("Esc",), "close"))
_FILTERS = (((">",), "commands"), (("#",), "tickets"), (("@",), "people"))


class Palette(QWidget):
    """Find anything, do anything. It lives inside the window and is made anew whenever it opens.

    Signals:
        closed: It is gone, and the keyboard is back where it was.
    """

    closed = Signal()

    def __init__(self, window: QWidget, model: PaletteModel) -> None:
        """Show it with `open`."""
        self._scrim = Scrim(window)
        super().__init__(self._scrim)
        self._scrim.hide()
        self._scrim.dismissed.connect(self.close_palette)
        self._scrim.installEventFilter(self)
        self.model = model
        model.setParent(self)
        self._done = False
        self._rise: QPropertyAnimation | None = None
        self.setAccessibleName("Search and commands")
        self.field = QLineEdit()
        self.field.setPlaceholderText(PLACEHOLDER)
        self.field.setAccessibleName(PLACEHOLDER)
        self.field.setFrame(False)
        self.field.setFont(_field_font())
        self.field.setMaxLength(20_000)
        self.field.installEventFilter(self)
        self.chip = Chip(model.narrowed_to, checkable=False, removable=True)
        self.chip.setVisible(bool(model.narrowed_to))
        self.chip.removed.connect(self._on_widened)
        self.list = RowList()
        self.message = Label("", Role.BODY, "text_3")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setMinimumHeight(theme().px(72))
        self.message.hide()
        self._lay_out()
        self.field.textChanged.connect(model.set_text)
        self.list.chosen.connect(self.run)
        self.list.moved.connect(self._on_moved)
        model.changed.connect(self._on_changed)
        model.chosen.connect(self.run)

    def open(self, text: str = "") -> None:
        """Show it with the keyboard in its field, perhaps with a filter typed already."""
        self._scrim.show()
        self._scrim.raise_()
        self.model.start()
        self.field.setText(text)
        self.show()
        self._place()
        self.field.setFocus()
        self._begin_to_rise()

    @Slot()
    def close_palette(self) -> None:
        """Close; the keyboard goes back to whoever had it."""
        if self._done:
            return
        self._done = True
        self.model.stop()
        self._scrim.leave()
        self.closed.emit()

    @Slot(object)
    def run(self, entry: Entry) -> None:
        """Close, and do what an entry is for."""
        if not self._done:
            self.close_palette()
            entry.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        if watched is self._scrim and event.type() == QEvent.Type.Resize and not self._done:
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_sheet(painter, QRectF(self.rect()), _RADIUS, outline="line_strong")
        footer = QRectF(self.rect()).adjusted(1, 0, -1, -2)
        footer.setTop(footer.bottom() - theme().px(_FOOTER))
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -2), _RADIUS - 1, _RADIUS - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(shape)
        painter.fillRect(footer, color("inset"))
        size = theme().px(20)
        middle = 1 + theme().px(_FIELD) / 2
        paint_icon(painter, QRectF(_SIDE, middle - size / 2, size, size), "magnifying-glass", color("text_2"))

    def _lay_out(self) -> None:
        scaled = theme().px
        top = QWidget()
        top.setFixedHeight(scaled(_FIELD))
        head = QHBoxLayout(top)
        head.setContentsMargins(_SIDE + scaled(20) + 8, 0, _SIDE, 0)
        head.setSpacing(8)
        head.addWidget(self.field, 1)
        head.addWidget(self.chip)
        self.field.setStyleSheet(
            "QLineEdit { border: 0; background: transparent; padding: 0; min-height: 0; }"
        )
        foot = QWidget()
        foot.setFixedHeight(scaled(_FOOTER))
        hints = QHBoxLayout(foot)
        hints.setContentsMargins(_SIDE, 0, _SIDE, 0)
        hints.setSpacing(4)
        for keys, does in _HINTS:
            _add_hint(hints, keys, does)
        hints.addStretch(1)
        for keys, does in _FILTERS:
            _add_hint(hints, keys, does)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 2)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(Separator())
        column.addSpacing(4)
        column.addWidget(self.list, 1)
        column.addWidget(self.message)
        column.addSpacing(4)
        column.addWidget(Separator())
        column.addWidget(foot)

    def _place(self) -> None:
        room, scaled = self._scrim.size(), theme().px
        frame = scaled(_FIELD) + scaled(_FOOTER) + 2 + 8 + 3
        content = min(self.list.content_height(), scaled(_MOST_ROWS))
        if self.message.isVisibleTo(self):
            content = self.message.minimumHeight()
        height = min(frame + content, room.height() - _FROM_TOP - _MARGIN)
        width = min(scaled(_WIDTH), room.width() - 2 * _MARGIN)
        self.setGeometry((room.width() - width) // 2, _FROM_TOP, width, height)

    def _begin_to_rise(self) -> None:
        duration = theme().duration_ms(_RISE_MS)
        if not duration:
            return
        self._rise = QPropertyAnimation(self, b"pos", self)
        self._rise.setDuration(duration)
        self._rise.setStartValue(self.pos() + QPoint(0, _RISE))
        self._rise.setEndValue(self.pos())
        self._rise.start()

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        moves: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Down: lambda: self.list.move_by(1),
            Qt.Key.Key_Up: lambda: self.list.move_by(-1),
            Qt.Key.Key_PageDown: lambda: self.list.move_page(1),
            Qt.Key.Key_PageUp: lambda: self.list.move_page(-1),
            Qt.Key.Key_Return: self._on_enter,
            Qt.Key.Key_Enter: self._on_enter,
            Qt.Key.Key_Escape: self.close_palette,
        }
        if key == Qt.Key.Key_Backspace and not self.field.text() and self.model.narrowed_to:
            self._on_widened()
            return True
        if key not in moves:
            return False
        moves[key]()
        return True

    def _on_enter(self) -> None:
        # While an answer is awaited, the rows belong to an earlier text.
        entry = self.model.run_first() if self.model.waiting else self.list.current
        if entry is not None:
            self.run(entry)

    @Slot()
    def _on_widened(self) -> None:
        self.model.widen()
        self.chip.set_label(self.model.narrowed_to)
        self.chip.setVisible(bool(self.model.narrowed_to))
        self.field.setFocus()

    @Slot()
    def _on_changed(self) -> None:
        if self._done:
            return
        self.list.show_rows(self.model.rows)
        self.message.setText(self.model.message)
        self.message.setVisible(bool(self.model.message))
        self.list.setVisible(not self.model.message)
        self._place()

    @Slot(object)
    def _on_moved(self, entry: Entry | None) -> None:
        # The keyboard stays in the field, so it is the field that tells what Enter would open.
        self.field.setAccessibleDescription("" if entry is None else entry.words)


def _field_font() -> QFont:
    chosen = QFont(font(Role.BODY))
    chosen.setPixelSize(theme().px(_FIELD_TEXT))
    return chosen


def _add_hint(row: QHBoxLayout, keys: tuple[str, ...], does: str) -> None:
    for key in keys:
        row.addWidget(KeyHint(key))
    row.addWidget(Label(does, Role.CAPTION, "text_2"))
    row.addSpacing(8)
