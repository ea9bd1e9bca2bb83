"""Figures at the head of a page: a card of tiles, split by hairlines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.card import Separator, paint_sheet
from convergedesk.desktop.widgets.label import ElidedLabel, Run, RunsLabel
from convergedesk.desktop.widgets.spoken import FIGURE, speak_as

_RADIUS = 10
_SIDE = 16
_TOP = 12


class KpiTile(QWidget):
    """One figure: what it is, its value, and one line of context."""

    def __init__(self, label: str, *, small: bool = False, parent: QWidget | None = None) -> None:
        """A small tile prints its value at 18 px instead of 26."""
        super().__init__(parent)
        self._value_role = Role.FIGURE if small else Role.KPI
        self._label = ElidedLabel(label, Role.LABEL_MEDIUM, "text_3")
        self._value = RunsLabel()
        self._value_row = QHBoxLayout()
        self._value_row.setSpacing(8)
        self._value_row.addWidget(self._value, 1)
        self._visual: QWidget | None = None
        self._visual_wanted = True
        self._status = StatusText("", "text_3", "")
        self._note = ElidedLabel("", Role.LABEL, "text_3")
        context = QHBoxLayout()
        context.setSpacing(6)
        context.addWidget(self._status)
        # The note takes what the status leaves, and is the one that is shortened.
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        context.addWidget(self._note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _TOP, _SIDE, _TOP)
        column.setSpacing(2)
        column.addWidget(self._label)
        column.addLayout(self._value_row)
        column.addSpacing(0 if small else 4)
        column.addLayout(context)
        column.addStretch(1)
        self._column = column
        # Tiles of a strip are equally wide, whatever they say.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        speak_as(self, FIGURE)
        self.set_figure("–")

    def set_figure(
        self,
        value: str,
        unit: str = "",
        *,
        status: str = "",
        tone: str = "text_3",
        icon: str = "",
        note: str = "",
    ) -> None:
        """Show a figure.

        Args:
            value: The number as it is printed.
            unit: What follows it in small type.
            status: The part of the context line that carries `tone` and `icon`.
            tone: A text token.
            icon: A Phosphor name.
            note: The quiet rest of the context line.
        """
        runs = [Run(value, self._value_role, "text")]
        if unit:
            runs.append(Run(unit, Role.LABEL_MEDIUM, "text_2", 3))
        self._value.set_runs(runs)
        self._status.set_status(status, tone, icon)
        self._status.setVisible(bool(status))
        self._note.setText(note)
        self.setAccessibleName(f"{self._label.text()}: {value} {unit}. {status} {note}".strip())

    def set_padding(self, side: int) -> None:
        """Change the room around the words, for a tile outside a strip."""
        self._column.setContentsMargins(side, side, side, side)

    def set_label(self, label: str) -> None:
        """Change what the figure is."""
        self._label.setText(label)

    def set_visual(self, visual: QWidget | None) -> None:
        """Put a small picture, such as a `SparkView`, at the right of the value."""
        if self._visual is not None:
            self._visual.deleteLater()
        self._visual = visual
        if visual is not None:
            self._value_row.addWidget(visual, 0, Qt.AlignmentFlag.AlignVCenter)
            self._fit_visual()

    def show_visual(self, *, shown: bool) -> None:
        """Show the small picture where there is room for it beside the value, or hide it."""
        self._visual_wanted = shown
        self._fit_visual()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_visual()

    def _fit_visual(self) -> None:
        if self._visual is None:
            return
        # The figure itself is never shortened for the sake of its picture.
        needed = self._value.sizeHint().width() + self._value_row.spacing() + self._visual.sizeHint().width()
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        self._visual.setVisible(self._visual_wanted and room >= needed)


class KpiStrip(QWidget):
    """Tiles side by side on one sheet."""

    def __init__(self, tiles: Sequence[KpiTile] = (), parent: QWidget | None = None) -> None:
        """Show the tiles from left to right."""
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 2)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for tile in tiles:
            self.add(tile)

    def add(self, tile: KpiTile) -> None:
        """Append a tile."""
        if self._row.count():
            self._row.addWidget(Separator(vertical=True))
        self._row.addWidget(tile, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_sheet(QPainter(self), QRectF(self.rect()), _RADIUS)
