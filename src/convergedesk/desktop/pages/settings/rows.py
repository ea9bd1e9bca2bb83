"""One setting, or one thing to do, per row: icon, name, a sentence, and a control at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, paint_icon, theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.fields import Select, TextField
from convergedesk.desktop.widgets.file_chooser import FileChooser
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.switch import Switch
from convergedesk.domain.settings import Choice, Folder, Number, Setting, SettingError, Toggle

_ICON = 20
_FIELD_WIDTH = 200
_NUMBER_WIDTH = 72


class Row(QWidget):
    """A row of a card.

    Attributes:
        controls: Where buttons go, at the right.
    """

    def __init__(self, icon: str, title: str, sentence: str, controls: Sequence[QWidget] = ()) -> None:
        """`sentence` says what it is or does."""
        super().__init__()
        self.title = title
        self._sentence = Label(sentence, Role.LABEL, "text_2", wrap=True)
        self._plain = sentence
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(title, Role.STRONG))
        words.addWidget(self._sentence)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(8)
        for control in controls:
            self.controls.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 10, 4, 10)
        line.setSpacing(14)
        line.addWidget(_Sign(icon), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addLayout(self.controls)

    def say(self, sentence: str, tone: str = "text_2") -> None:
        """Change the sentence."""
        self._plain = sentence
        self._show(sentence, tone)

    def set_fault(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence restores what stood there."""
        self._show(sentence or self._plain, "critical" if sentence else "text_2")

    def _show(self, sentence: str, tone: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.set_tone(tone)


class SettingRow(Row):
    """A setting with the control that its declaration asks for.

    Signals:
        chosen: The setting and a value that it takes.
    """

    chosen = Signal(object, object)

    def __init__(self, setting: Setting[Any], icon: str) -> None:
        super().__init__(icon, setting.title, setting.help)
        self.setting = setting
        self._value: Any = None
        self._control = self._make()
        self.controls.addWidget(self._control, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def control(self) -> QWidget:
        """What the person uses."""
        return self._control

    def show_value(self, value: Any) -> None:
        """Show what holds, unless the person is just typing."""
        self._value = value
        control = self._control
        control.blockSignals(True)
        if isinstance(control, Switch):
            control.setChecked(bool(value))
        elif isinstance(control, Select):
            control.set_value(value)
        elif isinstance(control, TextField) and not control.hasFocus():
            control.setText(str(value))
        elif isinstance(control, _FolderChoice):
            control.show_folder(str(value))
        control.blockSignals(False)

    def _make(self) -> QWidget:
        field = self.setting.field
        if isinstance(field, Toggle):
            switch = Switch(self.setting.title)
            switch.toggled.connect(self._choose)
            return switch
        if isinstance(field, Choice):
            select = Select(field.options)
            select.setAccessibleName(self.setting.title)
            select.setMinimumWidth(theme().px(_FIELD_WIDTH * 3 // 4))
            select.value_changed.connect(self._choose)
            return select
        if isinstance(field, Folder):
            folder = _FolderChoice(field)
            folder.chosen.connect(self._choose)
            return folder
        text = TextField(getattr(field, "placeholder", ""))
        text.setAccessibleName(self.setting.title)
        width = _NUMBER_WIDTH if isinstance(field, Number) else _FIELD_WIDTH
        text.setFixedWidth(theme().px(width))
        text.textEdited.connect(self._on_typed)
        text.editingFinished.connect(self._on_typed_out)
        return text

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.set_fault(self._parsed(text)[1])

    @Slot()
    def _on_typed_out(self) -> None:
        control = self._control
        if not isinstance(control, TextField):
            return
        value, fault = self._parsed(control.text())
        if fault:
            control.setText(str(self._value))
            self.set_fault("")
        elif value != self._value:
            self._choose(value)

    def _parsed(self, text: str) -> tuple[Any, str]:
        stripped = text.strip()
        raw: object = stripped
        if isinstance(self.setting.field, Number) and stripped.isdecimal():
            raw = int(stripped)
        try:
            return self.setting.parse(raw), ""
        except SettingError as error:
            # The row says which setting it is.
            return None, error.sentence.partition("” ")[2].partition(";")[0].capitalize() + "."

    def _choose(self, value: object) -> None:
        self._value = value
        self.chosen.emit(self.setting, value)


class _FolderChoice(QWidget):
    chosen = Signal(object)

    def __init__(self, field: Folder) -> None:
        super().__init__()
        self._field = field
        self._own = Button("Use the usual one", "link", small=True)
        self._own.clicked.connect(self._on_own)
        self._choose = Button("Choose…")
        self._choose.clicked.connect(self._on_choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._own)
        row.addWidget(self._choose)

    def show_folder(self, folder: str) -> None:
        self._own.setVisible(bool(folder))
        self._choose.setToolTip(folder or self._field.own)

    @Slot()
    def _on_own(self) -> None:
        self.chosen.emit("")

    @Slot()
    def _on_choose(self) -> None:
        chooser = FileChooser(self)
        chooser.chosen.connect(lambda paths: self.chosen.emit(str(paths[0])))
        chooser.ask_folder("Where backups go")


class RowCard(Card):
    """Rows with hairlines between them; rows can be hidden by a search."""

    def __init__(self, title: str = "") -> None:
        super().__init__(title)
        self.body.setSpacing(0)
        self._rows: list[tuple[QWidget, Separator]] = []

    @property
    def rows(self) -> tuple[QWidget, ...]:
        """The rows from top to bottom."""
        return tuple(row for row, _ in self._rows)

    def add_row(self, row: QWidget) -> None:
        """Append a row."""
        line = Separator()
        self.add(line)
        self.add(row)
        self._rows.append((row, line))
        self.arrange()

    def arrange(self) -> None:
        """Put hairlines between the rows that are shown; hide a card without any."""
        first = True
        for row, line in self._rows:
            shown = not row.isHidden()
            line.setVisible(shown and not first)
            first = first and not shown
        # Shown before it lies on a page, it would come up as a window of its own.
        if first or self.parentWidget() is not None:
            self.setVisible(not first)


class _Sign(QWidget):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(_ICON, _ICON)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QRectF(self.rect()), self._icon, color("text_2"))
