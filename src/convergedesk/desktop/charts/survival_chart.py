"""The survival curve as a widget: each step can be read out."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.charts.item_chart import ItemChart
from convergedesk.desktop.charts.read_out import ReadOutRow
from convergedesk.desktop.charts.survival_figure import SurvivalCurve, SurvivalFigure
from convergedesk.desktop.theme import DARK, LIGHT, theme
from convergedesk.figures.wording import count, percent


class SurvivalChart(ItemChart):
    """The share that still waits, day by day. Arrow keys move from step to step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_data`."""
        super().__init__("Survival curve", parent)
        self._figure: SurvivalFigure | None = None
        self._waiting = "not yet restored"

    def set_data(
        self,
        curve: SurvivalCurve | None,
        *,
        previous: SurvivalCurve | None = None,
        open_note: str = "",
        last_day: float | None = None,
        median_text: str = "",
        waiting: str = "not yet restored",
    ) -> None:
        """Show a curve, or nothing.

        Args:
            curve: The main one.
            previous: The period before, dashed, with its name beside it.
            open_note: What the ticks on the curve are, such as '3 not restored yet'.
            last_day: Where the axis ends; None for whole weeks up to the last day known.
            median_text: Printed at the median, such as '5 days'.
            waiting: What the share is of, for the read-out.
        """
        self.read(-1)
        self._waiting = waiting
        self._figure = None
        if curve is not None:
            self._figure = SurvivalFigure(
                curve, previous, open_note=open_note, last_day=last_day, median_text=median_text
            )
        self.setAccessibleDescription("; ".join(part for part in (median_text, open_note) if part))
        self.update()

    def items(self) -> Sequence[object]:
        return () if self._figure is None else (None,) * len(self._figure.curve.times)

    def place(self, number: int) -> QPointF:
        figure = self._shown()
        frame = figure.frame(QRectF(self.rect()))
        return QPointF(frame.x(float(figure.curve.times[number])), frame.y(float(figure.curve.share[number])))

    def words(self, number: int) -> tuple[str, list[ReadOutRow]]:
        figure = self._shown()
        curve, palette = figure.curve, LIGHT if theme().dark else DARK
        day = float(curve.times[number])
        rows = [ReadOutRow(self._waiting, percent(float(curve.share[number])), QColor(palette.usage))]
        low, high = float(curve.low[number]), float(curve.high[number])
        if math.isfinite(low) and math.isfinite(high):
            rows.append(ReadOutRow("95 % interval", f"{percent(low)} to {percent(high)}"))
        if figure.previous is not None:
            name = figure.previous.name or "before"
            rows.append(ReadOutRow(name, percent(figure.previous.at(day)), QColor(palette.previous)))
        return f"After {count(int(day), 'day')}", rows

    def item_at(self, position: QPointF) -> int:
        if self._figure is None:
            return -1
        frame = self._figure.frame(QRectF(self.rect()))
        if not frame.rect.contains(position):
            return -1
        return int(np.searchsorted(self._figure.curve.times, frame.day(position.x()), side="right")) - 1

    def paint_chart(self, painter: QPainter, area: QRectF, lit: int = -1) -> None:
        if self._figure is not None:
            self._figure.paint(painter, area, lit)

    def _shown(self) -> SurvivalFigure:
        if self._figure is None:
            raise IndexError("an empty chart has no steps")
        return self._figure
