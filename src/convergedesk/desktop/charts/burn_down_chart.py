"""The burn-down of a commitment as a widget: each day of the term can be read out."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.charts.burn_down_figure import BurnDownFigure, CommitmentPath
from convergedesk.desktop.charts.item_chart import ItemChart
from convergedesk.desktop.charts.read_out import ReadOutRow
from convergedesk.desktop.theme import DARK, LIGHT, theme
from convergedesk.figures.wording import day, short_number


class BurnDownChart(ItemChart):
    """What is left of a commitment. Arrow keys move from day to day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_data`."""
        super().__init__("Burn-down of the commitment", parent)
        self._figure: BurnDownFigure | None = None
        self._value_text: Callable[[float], str] = short_number

    def set_data(
        self, path: CommitmentPath | None, *, value_text: Callable[[float], str] = short_number
    ) -> None:
        """Show a path, or nothing; `value_text` prints the amounts of the read-out.

        For a what-if, call it again with another forecast: it is quick enough to follow a slider.
        """
        self.read(-1)
        self._figure = None if path is None else BurnDownFigure(path)
        self._value_text = value_text
        said = ""
        if path is not None:
            end = f"used up about {day(path.exhausted)}" if path.exhausted is not None else path.end_text
            said = "; ".join(part for part in (path.left_text, end) if part)
        self.setAccessibleDescription(said)
        self.update()

    def items(self) -> Sequence[object]:
        return () if self._figure is None else (None,) * self._figure.path.days

    def place(self, number: int) -> QPointF:
        figure = self._shown()
        return figure.point(figure.frame(QRectF(self.rect())), number)

    def words(self, number: int) -> tuple[str, list[ReadOutRow]]:
        figure, text = self._shown(), self._value_text
        path, palette = figure.path, LIGHT if theme().dark else DARK
        ahead = number - len(path.left)
        value = figure.value(number)
        rows: list[ReadOutRow] = []
        if math.isnan(value):
            rows.append(ReadOutRow("not reported" if ahead < 0 else "no forecast"))
        elif ahead < 0:
            rows.append(ReadOutRow("left", text(value), QColor(palette.usage)))
        else:
            rows.append(ReadOutRow("forecast, left", text(value), QColor(palette.forecast)))
            low, high = max(0.0, float(path.low[ahead])), max(0.0, float(path.high[ahead]))
            if not math.isnan(low) and not math.isnan(high):
                rows.append(ReadOutRow("likely", f"{text(low)} to {text(high)}"))
        rows.append(
            ReadOutRow(path.even_text, text(float(path.even_path[number + 1])), QColor(palette.previous))
        )
        return day(path.first_day + timedelta(days=number)), rows

    def item_at(self, position: QPointF) -> int:
        if self._figure is None:
            return -1
        frame = self._figure.frame(QRectF(self.rect()))
        if not frame.rect.contains(position):
            return -1
        number = round(frame.day(position.x()) - frame.first) - 1
        return min(max(number, 0), self._figure.path.days - 1)

    def paint_chart(self, painter: QPainter, area: QRectF, lit: int = -1) -> None:
        if self._figure is not None:
            self._figure.paint(painter, area, lit)

    def _shown(self) -> BurnDownFigure:
        if self._figure is None:
            raise IndexError("an empty chart has no days")
        return self._figure
