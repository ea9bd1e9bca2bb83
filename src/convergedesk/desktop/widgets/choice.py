"""Check boxes, and cards of which one is chosen."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon, theme

_BOX = 16
_GAP = 8
_LEAST_WORDS = 80
_CARD_PADDING = 12
_TEXT_LEFT = 2 * _CARD_PADDING + _BOX - 2
_LINE_GAP = 2
_PREFERRED_WIDTH = 320


def paint_check_box(
    painter: QPainter, rect: QRectF, state: Qt.CheckState, *, focused: bool = False, enabled: bool = True
) -> None:
    """Paint the box of a check box into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on = state != Qt.CheckState.Unchecked
    border = "accent" if on or focused else "control" if enabled else "line_strong"
    painter.setPen(QPen(color(border), 1))
    painter.setBrush(color("accent" if on else "surface"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if state == Qt.CheckState.Checked:
        paint_icon(painter, rect.adjusted(2, 2, -2, -2), "check", color("on_accent"))
    elif state == Qt.CheckState.PartiallyChecked:
        paint_icon(painter, rect.adjusted(2, 2, -2, -2), "minus", color("on_accent"))
    painter.restore()


class Checkbox(QCheckBox):
    """A box with a word beside it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Unchecked at first."""
        super().__init__(text, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        give_focus_ring(self, 5)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(font(Role.BODY)).horizontalAdvance(self.text())
        return QSize(_BOX + _GAP + width + 2, max(24, theme().px(24)))

    def minimumSizeHint(self) -> QSize:
        return QSize(_BOX + _GAP + theme().px(_LEAST_WORDS), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.sizeHint().width() > self.width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(0, (self.height() - _BOX) / 2, _BOX, _BOX)
        paint_check_box(painter, box, self.checkState(), focused=self.hasFocus(), enabled=self.isEnabled())
        painter.setFont(font(Role.BODY))
        painter.setPen(color("text" if self.isEnabled() else "text_3"))
        room = self.rect().adjusted(_BOX + _GAP, 0, 0, 0)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


class RadioCard(QAbstractButton):
    """A choice with its consequences in small lines; the chosen one is outlined."""

    def __init__(self, title: str, lines: Sequence[str] = (), parent: QWidget | None = None) -> None:
        """`lines` say what choosing this means."""
        super().__init__(parent)
        self.setText(title)
        self._lines = tuple(lines)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleDescription(". ".join(lines))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        give_focus_ring(self, 8)

    def set_lines(self, lines: Sequence[str]) -> None:
        """Say anew what choosing this means."""
        self._lines = tuple(lines)
        self.setAccessibleDescription(". ".join(lines))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        pieces = self._pieces(max(1, width - _TEXT_LEFT - _CARD_PADDING))
        return 2 * _CARD_PADDING + sum(height for *_, height in pieces) + _LINE_GAP * (len(pieces) - 1)

    def sizeHint(self) -> QSize:
        title = QFontMetrics(font(Role.STRONG))
        line = QFontMetrics(font(Role.LABEL))
        widths = [
            title.horizontalAdvance(self.text()),
            *(line.horizontalAdvance(text) for text in self._lines),
        ]
        width = min(max(widths) + _TEXT_LEFT + _CARD_PADDING, theme().px(_PREFERRED_WIDTH))
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(QPen(color("accent" if on or self.hasFocus() else "line_strong"), 1))
        painter.setBrush(color("accent_soft" if on else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        title = QFontMetrics(font(Role.STRONG))
        centre = QPointF(_CARD_PADDING + _BOX / 2, _CARD_PADDING + title.height() / 2)
        painter.setPen(QPen(color("accent" if on else "control"), 1))
        painter.setBrush(color("accent" if on else "surface"))
        painter.drawEllipse(centre, _BOX / 2 - 0.5, _BOX / 2 - 0.5)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("on_accent"))
            painter.drawEllipse(centre, 3, 3)
        self._paint_text(painter)

    def _pieces(self, room: int) -> list[tuple[str, Role, str, int]]:
        """Text, role, tone and height of the title and of each line, broken to `room` pixels."""
        texts = [(self.text(), Role.STRONG, "text"), *((line, Role.LABEL, "text_2") for line in self._lines)]
        wrap = int(Qt.TextFlag.TextWordWrap)
        return [
            (
                text,
                role,
                tone,
                QFontMetrics(font(role)).boundingRect(QRect(0, 0, room, 9999), wrap, text).height(),
            )
            for text, role, tone in texts
        ]

    def _paint_text(self, painter: QPainter) -> None:
        room = self.width() - _TEXT_LEFT - _CARD_PADDING
        y = _CARD_PADDING
        for text, role, tone, height in self._pieces(room):
            painter.setFont(font(role))
            painter.setPen(color(tone))
            painter.drawText(QRect(_TEXT_LEFT, y, room, height), int(Qt.TextFlag.TextWordWrap), text)
            y += height + _LINE_GAP


class RadioCards(QWidget):
    """Cards of which one is chosen; arrow keys move the choice."""

    value_changed = Signal(object)

    def __init__(
        self, options: Sequence[tuple[Hashable, str, Sequence[str]]], parent: QWidget | None = None
    ) -> None:
        """`options` are (key, title, lines). Nothing is chosen until the person chooses."""
        super().__init__(parent)
        self._keys = [key for key, _, _ in options]
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for index, (_, title, lines) in enumerate(options):
            card = RadioCard(title, lines, self)
            self._group.addButton(card, index)
            column.addWidget(card)
        self._group.idToggled.connect(self._on_toggled)

    def value(self) -> Hashable | None:
        """The chosen key, or None."""
        index = self._group.checkedId()
        return self._keys[index] if index >= 0 else None

    def set_value(self, key: Hashable) -> None:
        """Choose a key."""
        self._group.button(self._keys.index(key)).setChecked(True)

    @Slot(int, bool)
    def _on_toggled(self, index: int, checked: bool) -> None:
        if checked:
            self.value_changed.emit(self._keys[index])
