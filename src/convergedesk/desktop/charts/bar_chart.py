"""Bars by month, stacked by part, with what is not final yet drawn hollow."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from convergedesk.desktop.charts.read_out import ReadOut, ReadOutRow
from convergedesk.desktop.charts.ticks import value_ticks
from convergedesk.desktop.theme import DARK, LIGHT, Palette, Role, color, font, give_focus_ring, theme
from convergedesk.desktop.widgets.spoken import CHART, speak_as
from convergedesk.figures.wording import short_number

_TOP = 26
_GAP = 8
_TICK_PX = 60
_BAR_SHARE = 0.56
_WIDEST = 56.0
_QUIET_PARTS = {False: ("#C9D3F5", "#B9BBC2"), True: ("#46528F", "#5C636F")}


class BarNote(NamedTuple):
    """Words beside a bar.

    Attributes:
        value: The height that they speak of.
        title: Such as 'Forecast 114.4'.
        sub: A quieter line beneath.
        tone: Colour token of the title.
    """

    value: float
    title: str
    sub: str = ""
    tone: str = "text"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, usually a month.

    Attributes:
        label: Printed beneath, such as 'Apr'.
        parts: From the bottom up, in the order of the chart's names; negative parts hang down.
        text: Printed above, such as '118.5'; empty for none.
        hollow: Up to where a dashed outline reaches, for a forecast; None for none.
        pending: True where the parts are not final, such as accrued and not yet invoiced.
        title: The read-out's first line; the label where empty.
        payload: Handed back by `bar_clicked`.
        likely: Limits of the forecast, drawn as an interval across the outline; None for none.
        notes: Words at the right of the bar; only the last bar's are printed.
    """

    label: str
    parts: tuple[float, ...]
    text: str = ""
    hollow: float | None = None
    pending: bool = False
    title: str = ""
    payload: object = None
    likely: tuple[float, float] | None = None
    notes: tuple[BarNote, ...] = ()

    @property
    def top(self) -> float:
        """Sum of the parts that stand up."""
        return sum(part for part in self.parts if part > 0)

    @property
    def bottom(self) -> float:
        """Sum of the parts that hang down, at most zero."""
        return sum(part for part in self.parts if part < 0)


def part_color(number: int, palette: Palette | None = None) -> QColor:
    """The fill of the part at that place: usage blue, a pale blue, grey, then the lines' colours."""
    palette = palette or theme().palette
    first = (palette.usage, *_QUIET_PARTS[palette.dark])
    return QColor(first[number] if number < len(first) else palette.series[number % len(palette.series)])


def _ticks_wanted(height: float) -> int:
    return max(2, min(6, int(height / _TICK_PX)))


class BarChart(QWidget):
    """Stacked bars on a zero line. Arrow keys move the read-out from bar to bar, Enter opens one.

    Signals:
        bar_clicked: The payload of a bar.
    """

    bar_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_data`."""
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._names: tuple[str, ...] = ()
        self._format: Callable[[float], str] = short_number
        self._lit = -1
        self._read_out = ReadOut(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Bar chart")
        speak_as(self, CHART)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        give_focus_ring(self, 8)

    def set_data(
        self,
        bars: Sequence[Bar],
        *,
        names: Sequence[str] = (),
        value_text: Callable[[float], str] = short_number,
    ) -> None:
        """Show bars; `names` are of their parts, `value_text` prints the axis and the read-out."""
        self._bars = tuple(bars)
        self._names = tuple(names)
        self._format = value_text
        self._light(-1)
        said = [f"{bar.title or bar.label} {bar.text or value_text(bar.top)}" for bar in self._bars]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)

    def read(self, number: int) -> None:
        """Put the read-out on a bar, as the mouse does; −1 takes it away."""
        self._light(number)

    def reading(self) -> object:
        """The payload of the bar that is read out, or None."""
        return self._bars[self._lit].payload if 0 <= self._lit < len(self._bars) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._light(self._bar_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._bar_at(event.position())
        if number >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.bar_clicked.emit(self._bars[number].payload)

    def leaveEvent(self, event: QEvent) -> None:
        self._light(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._bars:
            step = 1 if key == Qt.Key.Key_Right else -1
            start = self._lit if self._lit >= 0 else (-1 if step > 0 else len(self._bars))
            self._light(min(max(start + step, 0), len(self._bars) - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._lit >= 0:
            self.bar_clicked.emit(self._bars[self._lit].payload)
        elif key == Qt.Key.Key_Escape and self._lit >= 0:
            self._light(-1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._bars:
            self.paint_chart(QPainter(self), QRectF(self.rect()))

    def paint_chart(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the chart into a rectangle of any painter."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, low, high = self._area(rect)

        def y(value: float) -> float:
            return area.bottom() - (value - low) / (high - low) * area.height()

        self._paint_axis(painter, rect, area, (low, high), y)
        metrics = QFontMetricsF(font(Role.CAPTION))
        step = area.width() / len(self._bars)
        widest = max(metrics.horizontalAdvance(bar.label) for bar in self._bars) + _GAP
        every = max(1, math.ceil(widest / step))
        for number, bar in enumerate(self._bars):
            centre = area.left() + (number + 0.5) * step
            width = min(step * _BAR_SHARE, _WIDEST)
            self._paint_bar(painter, QRectF(centre - width / 2, 0, width, 0), bar, y)
            if number % every == 0:
                painter.setPen(color("text_3"))
                painter.setFont(font(Role.CAPTION))
                label = QRectF(centre - 60, area.bottom() + _GAP, 120, metrics.height())
                painter.drawText(label, Qt.AlignmentFlag.AlignHCenter, bar.label)
        self._paint_notes(painter, area, y)

    def _paint_axis(
        self,
        painter: QPainter,
        rect: QRectF,
        area: QRectF,
        edges: tuple[float, float],
        y: Callable[[float], float],
    ) -> None:
        metrics = QFontMetricsF(font(Role.CAPTION))
        room = area.left() - _GAP - rect.left()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(Role.CAPTION))
        for value in value_ticks(*edges, _ticks_wanted(area.height())):
            level = round(y(value)) + 0.5
            painter.setPen(QPen(color("axis" if value == 0 else "grid"), 1))
            painter.drawLine(QLineF(area.left(), level, area.right(), level))
            painter.setPen(color("text_3"))
            text = QRectF(rect.left(), level - metrics.height() / 2, room, metrics.height())
            painter.drawText(text, right, self._format(value))

    def _paint_bar(self, painter: QPainter, column: QRectF, bar: Bar, y: Callable[[float], float]) -> None:
        left, width = column.left(), column.width()
        up = down = 0.0
        for number, part in enumerate(bar.parts):
            start = up if part > 0 else down
            edges = sorted((y(start), y(start + part)))
            painter.fillRect(QRectF(left, edges[0], width, edges[1] - edges[0]), part_color(number))
            up, down = up + max(part, 0.0), down + min(part, 0.0)
        top = up
        if bar.hollow is not None:
            pen = QPen(color("forecast"), 1.5, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([2, 3])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            outline = QRectF(left + 0.75, y(bar.hollow), width - 1.5, y(up) - y(bar.hollow))
            painter.drawRect(outline)
            top = max(top, bar.hollow)
        if bar.likely is not None:
            self._paint_likely(painter, column.center().x(), [y(limit) for limit in bar.likely])
            top = max(top, bar.likely[1])
        if bar.text:
            metrics = QFontMetricsF(font(Role.CAPTION_MEDIUM))
            if metrics.horizontalAdvance(bar.text) > width / _BAR_SHARE:
                return
            painter.setFont(font(Role.CAPTION_MEDIUM if bar.pending else Role.CAPTION))
            painter.setPen(color("accent_text" if bar.pending else "text_2"))
            words = QRectF(column.center().x() - 60, y(top) - metrics.height() - 4, 120, metrics.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter, bar.text)

    @staticmethod
    def _paint_likely(painter: QPainter, x: float, limits: Sequence[float]) -> None:
        painter.setPen(QPen(color("forecast"), 1.75))
        painter.drawLine(QLineF(x, limits[0], x, limits[1]))
        for level in limits:
            painter.drawLine(QLineF(x - 4, level, x + 4, level))

    def _paint_notes(self, painter: QPainter, area: QRectF, y: Callable[[float], float]) -> None:
        strong, plain = QFontMetricsF(font(Role.LABEL_STRONG)), QFontMetricsF(font(Role.CAPTION))
        left, floor = area.right() + _GAP, area.bottom() + _GAP
        for note in self._notes():
            height = strong.height() + (plain.height() if note.sub else 0.0)
            top = min(max(y(note.value) - strong.height() / 2, area.top() - _TOP), floor - height)
            painter.setFont(font(Role.LABEL_STRONG))
            painter.setPen(color(note.tone))
            painter.drawText(QPointF(left, top + strong.ascent()), note.title)
            painter.setFont(font(Role.CAPTION))
            painter.setPen(color("text_3"))
            painter.drawText(QPointF(left, top + strong.height() + plain.ascent()), note.sub)
            floor = top - 2

    def _notes(self) -> list[BarNote]:
        """The last bar's words, from the bottom up."""
        return sorted(self._bars[-1].notes, key=lambda note: note.value) if self._bars else []

    def _notes_width(self) -> float:
        strong, plain = QFontMetricsF(font(Role.LABEL_STRONG)), QFontMetricsF(font(Role.CAPTION))
        widths = [
            max(strong.horizontalAdvance(note.title), plain.horizontalAdvance(note.sub))
            for note in self._notes()
        ]
        return max(widths) + 2 * _GAP if widths else 0.0

    def _area(self, rect: QRectF) -> tuple[QRectF, float, float]:
        """The plotting area and the values at its bottom and top."""
        highest = max(max(bar.top, bar.hollow or 0.0, *(bar.likely or ())) for bar in self._bars)
        lowest = min(bar.bottom for bar in self._bars)
        metrics = QFontMetricsF(font(Role.CAPTION))
        height = rect.height() - _TOP - metrics.height() - _GAP
        low, high = lowest, highest if highest > lowest else lowest + 1.0
        texts = [self._format(value) for value in value_ticks(low, high, _ticks_wanted(height))]
        left = max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + _GAP
        width = max(1.0, rect.width() - left - self._notes_width())
        return QRectF(rect.left() + left, rect.top() + _TOP, width, height), low, high

    def _bar_at(self, position: QPointF) -> int:
        if not self._bars:
            return -1
        area, _, _ = self._area(QRectF(self.rect()))
        inside = area.left() <= position.x() < area.right() and position.y() <= self.height()
        return int((position.x() - area.left()) / area.width() * len(self._bars)) if inside else -1

    def _light(self, number: int) -> None:
        self._lit = number
        if number < 0:
            self._read_out.hide()
            return
        bar = self._bars[number]
        palette = LIGHT if theme().dark else DARK
        rows = [
            ReadOutRow(name, self._format(part), part_color(index, palette))
            for index, (name, part) in enumerate(zip(self._names, bar.parts, strict=False))
            if part
        ]
        if bar.hollow is not None:
            rows.append(ReadOutRow("Forecast", self._format(bar.hollow), QColor(palette.forecast)))
            if bar.likely is not None:
                rows.append(ReadOutRow("likely", " to ".join(map(self._format, bar.likely))))
        if len(rows) != 1:
            name = "Accrued in all" if bar.pending else "In all"
            rows.append(ReadOutRow(name, self._format(sum(bar.parts))))
        area, _, _ = self._area(QRectF(self.rect()))
        place = QPointF(area.left() + (number + 0.5) * area.width() / len(self._bars), area.center().y())
        self._read_out.tell(bar.title or bar.label, rows, place, QRectF(self.rect()))
