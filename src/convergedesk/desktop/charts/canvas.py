"""The plot: pan and zoom by pyqtgraph's view box, everything that is seen painted by one item of ours."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.pace import Pace
from convergedesk.desktop.charts.series import ChartData, MonthSeries, TicketMark
from convergedesk.desktop.charts.usage_figure import UsageFigure
from convergedesk.desktop.theme import color

_LEAST_DAYS = 6.0
_MOST_EMPTY_DAYS = 7.0
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
        self._figure = UsageFigure(ChartData())
        self._frame = Frame(QRectF(0, 0, 1, 1), 0.0, 1.0, 0.0, 1.0)
        self.edge = 0.0
        self.lit: TicketMark | None = None
        self.days = DayViewBox()
        # A PlotItem would bring seven menus and a form that are never shown, and keep them for good.
        self.stage = QGraphicsWidget()
        self.days.setParentItem(self.stage)
        self._contents = _Contents(self)
        self._pace = Pace(self)
        self.setCentralItem(self.stage)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stage.geometryChanged.connect(self._on_resized)
        self._pace.settled.connect(self.refresh)
        self.days.moved.connect(self._pace.move)
        self.days.sigXRangeChanged.connect(self._on_days_changed)
        self.dress()

    @property
    def data(self) -> ChartData:
        """What is shown."""
        return self._figure.data

    @property
    def figure(self) -> UsageFigure:
        """What is shown, ready to be painted elsewhere."""
        return self._figure

    def set_data(self, data: ChartData) -> None:
        """Show something else, keeping the days in view where they still make sense."""
        self._figure = UsageFigure(data)
        self.lit = None
        self.edge = 0.5 if any(isinstance(one, MonthSeries) for one in data.series) else 0.0
        most = data.last - data.first + 2 * _MOST_EMPTY_DAYS
        self.days.setLimits(
            xMin=data.first - _MOST_EMPTY_DAYS,
            xMax=data.last + _MOST_EMPTY_DAYS,
            minXRange=min(_LEAST_DAYS, most),
            maxXRange=most,
        )
        self._lay_out()

    def set_days(self, first: float, last: float) -> None:
        """Show the days from one ordinal to another."""
        self.days.setXRange(first - self.edge, max(last, first + 1) + self.edge, padding=0)

    def dress(self) -> None:
        """Take colours and fonts from the theme on screen."""
        self.setBackground(color("surface"))
        self._figure = UsageFigure(self._figure.data)
        self._lay_out()

    @Slot()
    def refresh(self) -> None:
        """Paint again."""
        self._contents.update()

    def frame(self) -> Frame:
        """The plotting area in pixels of this widget, and the days and values at its edges."""
        return self._frame

    def mark_under(self, position: QPointF) -> TicketMark | None:
        """The ticket at a pixel, or None."""
        bottom = self._frame.rect.bottom()
        if not bottom <= position.y() <= bottom + self._figure.marks.height:
            return None
        return self._figure.placed(self._frame).at(position.x())

    def marks_in_view(self) -> list[TicketMark]:
        """Tickets in view from left to right."""
        return list(self._figure.placed(self._frame).marks)

    def paint_plot(self, painter: QPainter) -> None:
        """Paint the chart as it stands."""
        with self._pace.painting() as hurried:
            self._figure.paint(painter, self._frame, lit=self.lit, quick=hurried)

    def _lay_out(self) -> None:
        first, last = self.days.viewRange()[0]
        area = QRectF(self.viewport().rect())
        self._frame = self._figure.frame(area, first, last, self._frame.rect.left())
        if self.days.geometry() != self._frame.rect:
            self.days.setGeometry(self._frame.rect)
        self.values_changed.emit()
        self.refresh()

    @Slot()
    def _on_days_changed(self) -> None:
        self._lay_out()
        self.days_changed.emit()

    @Slot()
    def _on_resized(self) -> None:
        self._contents.prepareGeometryChange()
        self._lay_out()
