"""The strip of figures; a tile opens what is behind its figure."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.charts.spark import Spark
from convergedesk.desktop.pages.home.kpis import Kpi
from convergedesk.desktop.theme import give_focus_ring
from convergedesk.desktop.widgets.kpi import KpiStrip, KpiTile
from convergedesk.desktop.widgets.spark_view import SparkView

_TILES = 5


class HomeKpis(QWidget):
    """Five tiles on one sheet.

    Signals:
        opened: The figure of a tile that was clicked, where something is behind it.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = [_Tile(self) for _ in range(_TILES)]
        for tile in self._tiles:
            tile.opened.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(KpiStrip(self._tiles))

    def set_kpis(self, kpis: tuple[Kpi, ...]) -> None:
        """Show the figures, from left to right."""
        for tile, kpi in zip(self._tiles, kpis, strict=True):
            tile.set_kpi(kpi)


class _Tile(KpiTile):
    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent=parent)
        self._kpi: Kpi | None = None
        self._spark = SparkView()
        self.set_visual(self._spark)
        give_focus_ring(self, 10)

    def set_kpi(self, kpi: Kpi) -> None:
        self._kpi = kpi
        self.set_label(kpi.label)
        plain = kpi.tone == "text_3" and not kpi.icon
        self.set_figure(
            kpi.value,
            kpi.unit,
            status="" if plain else kpi.context,
            tone=kpi.tone,
            icon=kpi.icon,
            note=" · ".join(part for part in (kpi.context if plain else "", kpi.note) if part),
        )
        self._spark.set_spark(Spark(kpi.trend) if kpi.trend else None)
        self._spark.setVisible(bool(kpi.trend))
        clickable = bool(kpi.goes_to)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if clickable else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self._open()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
            return
        super().keyPressEvent(event)

    def _open(self) -> None:
        if self._kpi is not None and self._kpi.goes_to:
            self.opened.emit(self._kpi)
