"""Fields: text, search, long text, a choice from a list, and the form row around them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon, theme
from convergedesk.desktop.widgets.key_hint import hint_width, paint_key_hint
from convergedesk.desktop.widgets.label import Label

_RADIUS = 6
_SEARCH_DELAY_MS = 150
_LEAST_SELECT = 96


def _restyle(widget: QWidget, name: str, value: bool) -> None:
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class TextField(QLineEdit):
    """One line of text."""

    def __init__(self, placeholder: str = "", text: str = "", parent: QWidget | None = None) -> None:
        """An empty field shows the placeholder."""
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        give_focus_ring(self, _RADIUS)

    def set_fault(self, fault: bool) -> None:
        """Outline the field as wrong; say why beneath it, through `FormRow.set_fault`."""
        _restyle(self, "fault", fault)


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab leaves the field."""

    def __init__(self, placeholder: str = "", text: str = "", parent: QWidget | None = None) -> None:
        """An empty field shows the placeholder."""
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        give_focus_ring(self, _RADIUS)

    def set_fault(self, fault: bool) -> None:
        """Outline the field as wrong."""
        _restyle(self, "fault", fault)


class SearchField(QLineEdit):
    """A field with a magnifying glass; `search_changed` follows the typing with a short delay."""

    search_changed = Signal(str)

    def __init__(self, placeholder: str, key_hint: str = "", parent: QWidget | None = None) -> None:
        """`key_hint` is printed at the right while the field is empty, such as 'Ctrl K'."""
        super().__init__(parent)
        self._key_hint = key_hint
        self._timer = QTimer(self, interval=_SEARCH_DELAY_MS, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setProperty("soft", True)
        self.setTextMargins(24, 0, hint_width(key_hint) if key_hint else 0, 0)
        self.setClearButtonEnabled(False)
        self.textChanged.connect(self._on_typed)
        give_focus_ring(self, _RADIUS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._timer.stop()
            self.search_changed.emit("")
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._timer.stop()
            self.search_changed.emit(self.text())
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        square = QRectF(10, (self.height() - 16) / 2, 16, 16)
        paint_icon(painter, square, "magnifying-glass", color("text_3"))
        if self._key_hint and not self.text():
            paint_key_hint(painter, self.width() - 6, self.height() / 2, self._key_hint)

    @Slot()
    def _on_typed(self) -> None:
        self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        self.search_changed.emit(self.text())


class Select(QComboBox):
    """A choice from a list. Entries have a key; the wheel does not change it by accident."""

    value_changed = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[Hashable, str]] = (),
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`options` are (key, text)."""
        super().__init__(parent)
        self._keys: list[Hashable] = []
        self._cut = ""
        self._role = Role.LABEL_MEDIUM if small else Role.BODY
        self.setProperty("small", small)
        self.setFont(font(self._role))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_focus_ring(self, _RADIUS)
        self.set_options(options)
        self.currentIndexChanged.connect(self._on_index_changed)

    def set_options(self, options: Sequence[tuple[Hashable, str]]) -> None:
        """Replace the entries, keeping the choice where its key is still among them."""
        kept = self.value() if self._keys else None
        blocked = self.blockSignals(True)
        self.clear()
        self._keys = [key for key, _ in options]
        self.addItems([text for _, text in options])
        if kept in self._keys:
            self.setCurrentIndex(self._keys.index(kept))
        self.blockSignals(blocked)
        widest = max((QFontMetrics(self.font()).horizontalAdvance(text) for _, text in options), default=0)
        self.view().setMinimumWidth(min(420, widest + 40))

    def value(self) -> Hashable | None:
        """The key in force, or None where nothing is chosen."""
        index = self.currentIndex()
        return self._keys[index] if 0 <= index < len(self._keys) else None

    def set_value(self, key: Hashable | None) -> None:
        """Choose a key; None, or one that is not there, leaves the field empty."""
        self.setCurrentIndex(self._keys.index(key) if key in self._keys else -1)

    def set_attention(self, attention: bool) -> None:
        """Outline the field in amber: somebody should look at this choice."""
        _restyle(self, "attention", attention)

    def minimumSizeHint(self) -> QSize:
        # A long entry is shortened where room is short.
        least = super().minimumSizeHint()
        return QSize(min(least.width(), theme().px(_LEAST_SELECT)), least.height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and self.font() != font(self._role):
            self.setFont(font(self._role))
        super().changeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        combo, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(combo, option, part, self).width()
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        whole = "" if text == self.currentText() else self.currentText()
        if whole != self._cut:
            self._cut = whole
            self.setToolTip(whole)
        option.currentText = text
        painter = QStylePainter(self)
        painter.drawComplexControl(combo, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        square = QRectF(self.width() - 22, (self.height() - 12) / 2, 12, 12)
        tone = "text_2" if self.isEnabled() else "text_3"
        paint_icon(painter, square, "caret-down", color(tone))

    @Slot(int)
    def _on_index_changed(self, index: int) -> None:
        if 0 <= index < len(self._keys):
            self.value_changed.emit(self._keys[index])


class FormRow(QWidget):
    """A field under its label, with a hint or a fault beneath."""

    def __init__(self, label: str, field: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        """The label names the field for screen readers and takes its shortcut ('&Owner')."""
        super().__init__(parent)
        self._hint_text = hint
        self.field = field
        self._label = Label(label, Role.LABEL_MEDIUM, "text_2", wrap=True)
        self._label.setBuddy(field)
        self._hint = Label(hint, Role.CAPTION, "text_3", wrap=True)
        if not field.accessibleName():
            field.setAccessibleName(label.replace("&", ""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._label, field, self._hint):
            column.addWidget(widget)
        self._hint.setVisible(bool(hint))

    def set_hint(self, hint: str) -> None:
        """Say something else beneath the field."""
        self._hint_text = hint
        self.set_fault("")

    def set_fault(self, sentence: str) -> None:
        """Say what is wrong with the field; an empty sentence restores the hint."""
        self._hint.setText(sentence or self._hint_text)
        self._hint.set_tone("critical" if sentence else "text_3")
        self._hint.setVisible(bool(sentence or self._hint_text))
        _restyle(self.field, "fault", bool(sentence))
