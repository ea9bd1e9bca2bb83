"""A forest plot: one effect a row with its interval, around a line of no change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.charts.item_chart import ItemChart
from convergedesk.desktop.charts.read_out import ReadOutRow
from convergedesk.desktop.charts.ticks import value_ticks
from convergedesk.desktop.theme import Role, color, font, theme
from convergedesk.figures.wording import percent

INCONCLUSIVE = "inconclusive"
_ROW, _LEAST_ROW = 40, 24
_GAP = 12.0
_AXIS = 26
_LABEL_SHARE, _LEAST_PLOT = 0.36, 80.0
_DOT = 3.75
_LINE = 1.75
_TICK_PX = 64.0
_ARROW = 5.0


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One effect.

    Attributes:
        label: Printed at the left, such as '#48213 Marlowe'.
        low: Lower limit of the interval, a share.
        middle: The effect.
        high: Upper limit.
        text: Printed at the right; empty for the effect itself, or 'inconclusive'.
        title: The read-out's first line; the label where empty.
        payload: Handed back by `item_opened`.
    """

    label: str
    low: float
    middle: float
    high: float
    text: str = ""
    title: str = ""
    payload: object = None

    @property
    def inconclusive(self) -> bool:
        """True where the interval holds no change."""
        return not (self.low > 0 or self.high < 0)

    @property
    def tone(self) -> str:
        """The token of its colour: grey where nothing is shown either way."""
        return "text_3" if self.inconclusive else "good" if self.middle > 0 else "critical"

    @property
    def verdict(self) -> str:
        """What is printed at the right."""
        return self.text or (INCONCLUSIVE if self.inconclusive else percent(self.middle, signed=True))


def limits_of(rows: Sequence[ForestRow]) -> tuple[float, float]:
    """A scale that holds all rows and no change; share it among plots that stand side by side."""
    low = min((row.low for row in rows), default=-0.1)
    high = max((row.high for row in rows), default=0.1)
    room = 0.05 * max(high - low, 0.02)
    return min(low - room, -room), max(high + room, room)


def paint_forest(
    painter: QPainter,
    area: QRectF,
    rows: Sequence[ForestRow],
    limits: tuple[float, float],
    *,
    value_text: Callable[[float], str],
    lit: int = -1,
) -> None:
    """Paint rows into an area of any painter.

    Args:
        painter: Any painter.
        area: What may be used.
        rows: From the top down.
        limits: The scale; intervals that leave it end in an arrow.
        value_text: Prints the figures of the axis.
        lit: The row that is shaded.
    """
    plot, height = _plot(area, rows), _row_height(area, rows)
    low, high = limits

    def x(value: float) -> float:
        return plot.left() + (min(max(value, low), high) - low) / (high - low) * plot.width()

    painter.save()
    if 0 <= lit < len(rows):
        painter.fillRect(QRectF(area.left(), plot.top() + lit * height, area.width(), height), color("hover"))
    _paint_scale(painter, plot, low, high, x, value_text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, row in enumerate(rows):
        middle = plot.top() + (number + 0.5) * height
        _paint_interval(painter, row, middle, x, limits)
        _paint_words(painter, area, plot, row, middle)
    painter.restore()


def row_at(area: QRectF, rows: Sequence[ForestRow], position: QPointF) -> int:
    """The row at a pixel, or −1."""
    plot, height = _plot(area, rows), _row_height(area, rows)
    if not area.contains(position) or not rows or not plot.top() <= position.y() < plot.bottom():
        return -1
    return min(int((position.y() - plot.top()) / height), len(rows) - 1)


class ForestPlot(ItemChart):
    """Effects in rows. Arrow keys move from row to row, Enter opens one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_data`."""
        super().__init__("Effects with their intervals", parent)
        self._rows: tuple[ForestRow, ...] = ()
        self._limits = limits_of(())
        self._value_text: Callable[[float], str] = _signed

    def set_data(
        self,
        rows: Sequence[ForestRow],
        *,
        limits: tuple[float, float] | None = None,
        value_text: Callable[[float], str] | None = None,
    ) -> None:
        """Show rows from the top down; `limits` is the scale, by default all that the rows reach."""
        self.read(-1)
        self._rows = tuple(rows)
        self._limits = limits or limits_of(rows)
        self._value_text = value_text or _signed
        self.setAccessibleDescription("; ".join(f"{row.label} {row.verdict}" for row in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(376, theme().px(_ROW) * len(self._rows) + theme().px(_AXIS))

    def minimumSizeHint(self) -> QSize:
        return QSize(260, theme().px(_LEAST_ROW) * len(self._rows) + theme().px(_AXIS))

    def items(self) -> Sequence[object]:
        return [row.payload for row in self._rows]

    def place(self, number: int) -> QPointF:
        area = QRectF(self.rect())
        plot = _plot(area, self._rows)
        return QPointF(plot.center().x(), plot.top() + (number + 0.5) * _row_height(area, self._rows))

    def words(self, number: int) -> tuple[str, list[ReadOutRow]]:
        row = self._rows[number]
        text = self._value_text
        rows = [
            ReadOutRow("effect", text(row.middle)),
            ReadOutRow("95 % interval", f"{text(row.low)} to {text(row.high)}"),
        ]
        if row.inconclusive:
            rows.append(ReadOutRow("inconclusive: the interval includes no change"))
        return row.title or row.label, rows

    def item_at(self, position: QPointF) -> int:
        return row_at(QRectF(self.rect()), self._rows, position)

    def paint_chart(self, painter: QPainter, area: QRectF, lit: int = -1) -> None:
        if self._rows:
            paint_forest(painter, area, self._rows, self._limits, value_text=self._value_text, lit=lit)


def _signed(value: float) -> str:
    return percent(value, signed=True) if value else "0"


def _row_height(area: QRectF, rows: Sequence[ForestRow]) -> float:
    return min(float(theme().px(_ROW)), (area.height() - theme().px(_AXIS)) / max(1, len(rows)))


def _plot(area: QRectF, rows: Sequence[ForestRow]) -> QRectF:
    """Where the intervals lie: between the labels and the verdicts, above the axis."""
    plain, strong = QFontMetricsF(font(Role.CAPTION)), QFontMetricsF(font(Role.CAPTION_STRONG))
    labels = max((plain.horizontalAdvance(row.label) for row in rows), default=0.0)
    labels = min(labels, area.width() * _LABEL_SHARE)
    verdicts = max(
        ((plain if row.inconclusive else strong).horizontalAdvance(row.verdict) for row in rows), default=0.0
    )
    width = max(_LEAST_PLOT, area.width() - labels - verdicts - 2 * _GAP)
    return QRectF(area.left() + labels + _GAP, area.top(), width, _row_height(area, rows) * len(rows))


def _ticks(low: float, high: float, width: float) -> tuple[float, ...]:
    """Round figures with room between them, and never no change alone."""
    wanted = max(2, int(width / _TICK_PX))
    found = (value_ticks(low, high, number) for number in range(wanted, wanted + 4))
    return next((ticks for ticks in found if len(ticks) > 2), value_ticks(low, high, wanted))


def _paint_scale(
    painter: QPainter,
    plot: QRectF,
    low: float,
    high: float,
    x: Callable[[float], float],
    value_text: Callable[[float], str],
) -> None:
    metrics = QFontMetricsF(font(Role.CAPTION))
    painter.setFont(font(Role.CAPTION))
    for value in _ticks(low, high, plot.width()):
        place = round(x(value)) + 0.5
        zero = abs(value) < 1e-12
        painter.setPen(QPen(color("axis" if zero else "grid"), 1))
        painter.drawLine(QLineF(place, plot.top(), place, plot.bottom()))
        text = value_text(0.0 if zero else value)
        painter.setPen(color("text_3"))
        left = place - metrics.horizontalAdvance(text) / 2
        painter.drawText(QPointF(round(left), round(plot.bottom() + 6 + metrics.ascent())), text)


def _paint_interval(
    painter: QPainter, row: ForestRow, y: float, x: Callable[[float], float], limits: tuple[float, float]
) -> None:
    tone = color(row.tone)
    pen = QPen(tone, _LINE)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(x(row.low), y), QPointF(x(row.high), y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone)
    for end, beyond, way in ((row.low, row.low < limits[0], -1), (row.high, row.high > limits[1], 1)):
        if beyond:
            tip, back = x(end) + way, x(end) - way * _ARROW
            painter.drawPolygon(
                QPolygonF([QPointF(tip, y), QPointF(back, y - _ARROW + 1), QPointF(back, y + _ARROW - 1)])
            )
    if not limits[0] <= row.middle <= limits[1]:
        return
    hollow = row.inconclusive
    painter.setPen(QPen(tone if hollow else color("surface"), 1.5))
    painter.setBrush(color("surface") if hollow else tone)
    size = _DOT - 0.25 if hollow else _DOT + 0.75
    painter.drawEllipse(QPointF(x(row.middle), y), size, size)


def _paint_words(painter: QPainter, area: QRectF, plot: QRectF, row: ForestRow, y: float) -> None:
    plain = QFontMetricsF(font(Role.CAPTION))
    baseline = round(y + (plain.ascent() - plain.descent()) / 2)
    room = plot.left() - _GAP - area.left()
    painter.setFont(font(Role.CAPTION))
    painter.setPen(color("text_2"))
    label = plain.elidedText(row.label, Qt.TextElideMode.ElideRight, room + 1)
    painter.drawText(QPointF(area.left(), baseline), label)
    role = Role.CAPTION if row.inconclusive else Role.CAPTION_STRONG
    painter.setFont(font(role))
    painter.setPen(color(row.tone))
    width = QFontMetricsF(font(role)).horizontalAdvance(row.verdict)
    painter.drawText(QPointF(area.right() - width, baseline), row.verdict)
