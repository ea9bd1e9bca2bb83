"""The plot: axes and the view box from pyqtgraph, everything else painted by one item of ours."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGraphicsGridLayout, QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from convergedesk.desktop.charts.axes import DayAxis, ValueAxis
from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.labels import end_labels, labels_width, paint_end_labels
from convergedesk.desktop.charts.marks import LANE, MarkRow, PlacedMarks, paint_marks
from convergedesk.desktop.charts.pace import Pace
from convergedesk.desktop.charts.painters import paint_contents
from convergedesk.desktop.charts.series import ChartData, MonthSeries, TicketMark
from convergedesk.desktop.charts.ticks import value_range
from convergedesk.desktop.theme import color

_LEAST_DAYS = 6.0
_MOST_EMPTY_DAYS = 7.0
_TOP = 10
_WHEEL_STEP = 120.0
_WHEEL_ZOOM = 1.18
_WHEEL_PAN = 0.1


class DayViewBox(pg.ViewBox):
    """Pans and zooms along the days only. The wheel zooms around the mouse, sideways it pans.

    Signals:
        moved: A hand has panned or zoomed.
    """

    moved = Signal()

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)
        self.setMouseEnabled(x=True, y=False)
        self.sigRangeChangedManually.connect(self._on_dragged)

    def wheelEvent(self, ev: Any, axis: int | None = None) -> None:
        steps = ev.delta() / _WHEEL_STEP
        if ev.orientation() == Qt.Orientation.Horizontal:
            self.pan(-steps * _WHEEL_PAN)
        else:
            centre = self.mapSceneToView(ev.scenePos()).x()
            self.zoom(_WHEEL_ZOOM**-steps, centre)
        ev.accept()

    def zoom(self, factor: float, centre: float) -> None:
        """Show `factor` times as many days around a place."""
        self.moved.emit()
        first, last = self.viewRange()[0]
        self.setXRange(centre - (centre - first) * factor, centre + (last - centre) * factor, padding=0)

    def pan(self, share: float) -> None:
        """Move by a share of the days in view."""
        self.moved.emit()
        first, last = self.viewRange()[0]
        self.setXRange(first + share * (last - first), last + share * (last - first), padding=0)

    @Slot()
    def _on_dragged(self) -> None:
        self.moved.emit()


class _Contents(pg.GraphicsObject):
    """Paints what the plot shows, in the pixels of the plot."""

    def __init__(self, plot: UsagePlot) -> None:
        super().__init__()
        self._plot = plot
        self.setParentItem(plot.stage)
        self.setZValue(-10)

    def boundingRect(self) -> QRectF:
        return QRectF(self._plot.stage.rect())

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        self._plot.paint_plot(painter)


class UsagePlot(pg.GraphicsView):
    """A plot by day that fits its value axis to what is in view.

    Signals:
        days_changed: The days in view are others now.
        values_changed: So are the values at top and bottom.
    """

    days_changed = Signal()
    values_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day_axis = DayAxis()
        self.value_axis = ValueAxis()
        self.days = DayViewBox()
        # A PlotItem would bring seven menus and a form that are never shown, and keep them for good.
        self.stage = QGraphicsWidget()
        self._grid = QGraphicsGridLayout(self.stage)
        self._grid.setSpacing(0)
        for axis, row, column in ((self.value_axis, 0, 0), (self.days, 0, 1), (self.day_axis, 1, 1)):
            self._grid.addItem(axis, row, column)
        self._grid.setRowStretchFactor(0, 1)
        self._grid.setColumnStretchFactor(1, 1)
        self.day_axis.linkToView(self.days)
        self.value_axis.linkToView(self.days)
        self.setCentralItem(self.stage)
        self._data = ChartData()
        self._marks = MarkRow(())
        self._right = 0.0
        self.edge = 0.0
        self.lit: TicketMark | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._contents = _Contents(self)
        self._pace = Pace(self)
        self._pace.settled.connect(self.refresh)
        self.days.moved.connect(self._pace.move)
        self.days.sigXRangeChanged.connect(self._on_days_changed)
        self.days.sigResized.connect(self._on_resized)
        self.dress()

    @property
    def data(self) -> ChartData:
        """What is shown."""
        return self._data

    def set_data(self, data: ChartData) -> None:
        """Show something else, keeping the days in view where they still make sense."""
        self._data = data
        self.lit = None
        months = [isinstance(one, MonthSeries) for one in data.series]
        self.edge = 0.5 if any(months) else 0.0
        self.day_axis.set_months(bool(months) and all(months))
        most = data.last - data.first + 2 * _MOST_EMPTY_DAYS
        self.days.setLimits(
            xMin=data.first - _MOST_EMPTY_DAYS,
            xMax=data.last + _MOST_EMPTY_DAYS,
            minXRange=min(_LEAST_DAYS, most),
            maxXRange=most,
        )
        for axis in (self.day_axis, self.value_axis):
            axis.setVisible(bool(data.series))
        self._make_room()
        self._fit_values()
        self.refresh()

    def set_days(self, first: float, last: float) -> None:
        """Show the days from one ordinal to another."""
        self.days.setXRange(first - self.edge, max(last, first + 1) + self.edge, padding=0)

    def dress(self) -> None:
        """Take colours and fonts from the theme on screen."""
        self.setBackground(color("surface"))
        self.day_axis.dress()
        self.value_axis.dress()
        self._make_room()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Paint again."""
        self._contents.update()

    def frame(self) -> Frame:
        """The plotting area in pixels of this widget, and the days and values at its edges."""
        (first, last), (low, high) = self.days.viewRange()
        return Frame(QRectF(self.days.geometry()), first, last, low, high)

    def mark_under(self, position: QPointF) -> TicketMark | None:
        """The ticket at a pixel, or None."""
        bottom = self.days.geometry().bottom()
        if not bottom <= position.y() <= bottom + LANE:
            return None
        return self._placed(self.frame()).at(position.x())

    def marks_in_view(self) -> list[TicketMark]:
        """Tickets in view from left to right."""
        return list(self._placed(self.frame()).marks)

    def paint_plot(self, painter: QPainter) -> None:
        """Paint contents, names and tickets."""
        if not self._data.series:
            return
        frame = self.frame()
        ticks = self.value_axis.ticks(frame.low, frame.high, frame.rect.height())
        with self._pace.painting() as hurried:
            paint_contents(painter, frame, self._data, ticks, quick=hurried)
        paint_end_labels(painter, frame, end_labels(self._data, frame), self._right)
        if self._data.tickets:
            paint_marks(painter, frame, self._placed(frame), self.lit)

    def _placed(self, frame: Frame) -> PlacedMarks:
        return self._marks.place(frame, frame.rect.right() + self._right)

    def _make_room(self) -> None:
        self._marks = MarkRow(self._data.tickets)
        self._right = labels_width(self._data) if self._data.series else 0.0
        self._grid.setContentsMargins(0, _TOP, self._right, 0)
        self.day_axis.set_lane(shown=bool(self._data.tickets))

    def _fit_values(self) -> None:
        first, last = self.days.viewRange()[0]
        low, high = values_in_view(self._data, first, last)
        wanted = self.value_axis.wanted(self.days.height())
        low, high = value_range(low, high, wanted=wanted)
        self.days.setYRange(low, high, padding=0)
        self.values_changed.emit()

    @Slot()
    def _on_days_changed(self) -> None:
        self._fit_values()
        self.refresh()
        self.days_changed.emit()

    @Slot()
    def _on_resized(self) -> None:
        self._contents.prepareGeometryChange()
        self._fit_values()
        self.refresh()


def values_in_view(data: ChartData, first: float, last: float) -> tuple[float, float]:
    """The least and greatest value that is drawn between two days; NaN where there is none."""
    parts = []
    lines = [*data.series, data.previous] if data.previous is not None else data.series
    for series in lines:
        days, values = series.window(first, last)
        inside = values if isinstance(series, MonthSeries) else values[(days >= first) & (days <= last)]
        parts.append(inside)
    if data.band is not None:
        start = data.band.first_day.toordinal()
        lower = max(0, int(first) - start)
        upper = max(lower, int(last) - start + 1)
        parts += [data.band.low[lower:upper], data.band.high[lower:upper]]
    if data.targets:
        parts.append(np.array([target.value for target in data.targets]))
    known = np.concatenate([np.zeros(0), *parts])
    known = known[np.isfinite(known)]
    if any(isinstance(series, MonthSeries) for series in data.series) and len(known):
        # Filled steps stand on zero.
        known = np.append(known, 0.0)
    return (float(known.min()), float(known.max())) if len(known) else (float("nan"), float("nan"))
