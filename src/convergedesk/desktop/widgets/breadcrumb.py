"""The way back: the pages above this one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon
from convergedesk.desktop.widgets.label import Label


class _Arrow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(12, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QRectF(self.rect()), "caret-right", color("text_3"))


class Breadcrumb(QWidget):
    """Steps from the outermost page to this one; all but the last can be clicked."""

    step_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_steps`."""
        super().__init__(parent)
        self._steps: list[QPushButton | Label] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)

    def set_steps(self, steps: Sequence[tuple[Hashable, str]]) -> None:
        """`steps` are (key, text), outermost first."""
        # Every widget that comes or goes has Qt lay out the whole page again.
        if len(steps) != len(self._steps):
            self._build(len(steps))
        for widget, (key, text) in zip(self._steps, steps, strict=True):
            widget.setText(text)
            widget.setProperty("key", key)

    def _build(self, count: int) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._steps = [
            *(self._link() for _ in range(count - 1)),
            *([Label("", Role.LABEL, "text_3")] * (count > 0)),
        ]
        for index, step in enumerate(self._steps):
            if index:
                self._row.addWidget(_Arrow())
            self._row.addWidget(step)
        self._row.addStretch(1)

    def _link(self) -> QPushButton:
        step = QPushButton()
        step.setProperty("variant", "crumb")
        step.setFont(font(Role.LABEL))
        step.setCursor(Qt.CursorShape.PointingHandCursor)
        give_focus_ring(step, 4)
        step.clicked.connect(self._on_clicked)
        return step

    @Slot()
    def _on_clicked(self) -> None:
        self.step_clicked.emit(self.sender().property("key"))
