"""The strip of figures; each answers 'Why?', by mouse and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.charts.spark import Spark
from convergedesk.desktop.widgets.bars import ShareBar
from convergedesk.desktop.widgets.kpi import KpiStrip, KpiTile
from convergedesk.desktop.widgets.spark_view import SparkView
from convergedesk.figures.home.figure import HomeFigure

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.figures.why import Why

_TILES = 5
_BAR_WIDTH = 84


class HomeKpis(QWidget):
    """Five tiles on one sheet."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = [FigureTile(context, self) for _ in range(_TILES)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(KpiStrip(self.tiles))

    def set_figures(self, figures: tuple[HomeFigure, ...]) -> None:
        """Show the figures, from left to right."""
        for tile, figure in zip(self.tiles, figures, strict=True):
            tile.set_home_figure(figure)


class FigureTile(KpiTile):
    """A figure with its small line or bar."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__("", parent=parent)
        self._figure: HomeFigure | None = None
        self._spark = SparkView()
        self._bar: ShareBar | None = None
        self.set_visual(self._spark)
        self._asked = askable(self, self._why, context=context)

    def set_home_figure(self, figure: HomeFigure) -> None:
        """Show a figure."""
        self._figure = figure
        self.set_label(figure.label)
        self.set_figure(
            figure.value,
            figure.unit,
            status=figure.status,
            tone=figure.tone,
            icon=figure.icon,
            note=figure.note,
        )
        if figure.share is not None and self._bar is None:
            self._bar = ShareBar()
            self._bar.setFixedWidth(_BAR_WIDTH)
            self.set_visual(self._bar)
        if self._bar is not None:
            self._bar.set_share(figure.share or 0.0, tick=figure.elapsed)
            self.show_visual(shown=figure.share is not None)
        else:
            self._spark.set_spark(Spark(figure.trend) if figure.trend else None)
            self.show_visual(shown=bool(figure.trend))
        self._asked.set_enabled(enabled=figure.why is not None)

    def _why(self) -> Why | None:
        return None if self._figure is None or self._figure.why is None else self._figure.why()
