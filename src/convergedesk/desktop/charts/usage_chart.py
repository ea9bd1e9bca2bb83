"""The usage chart: lines by day or steps by month, tickets beneath, a read-out under the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.charts.canvas import UsagePlot
from convergedesk.desktop.charts.picture import image_of, png_of
from convergedesk.desktop.charts.read_out import Hairline, ReadOut
from convergedesk.desktop.charts.reading import day_rows, export_rows, mark_rows, spoken
from convergedesk.desktop.charts.series import (
    Band,
    ChartData,
    DaySeries,
    Dip,
    Forecast,
    Series,
    Span,
    Target,
    TicketMark,
    ordinal_day,
)
from convergedesk.desktop.charts.ticks import exact_text
from convergedesk.desktop.theme import give_focus_ring, theme
from convergedesk.desktop.widgets.spoken import CHART, speak_as

_PAN = 0.1
_ZOOM = 1.25


class UsageChart(QWidget):
    """One series or up to ten, with what explains them.

    Wheel zooms, dragging pans. Keys: left and right pan, + and − zoom, 0 goes back to the days set
    last, Ctrl with left or right moves the read-out, comma and full stop step through tickets, Enter
    opens the one that is lit.

    Signals:
        range_changed: (first day, last day) in view.
        ticket_clicked: The payload of the ticket's mark.
        dip_clicked: The `Dip` whose days were clicked.
        day_read: The day under the mouse, or None.
        axis_note_changed: See `axis_note`.
    """

    range_changed = Signal(object, object)
    ticket_clicked = Signal(object)
    dip_clicked = Signal(object)
    day_read = Signal(object)
    axis_note_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_data`."""
        super().__init__(parent)
        self._plot = UsagePlot(self)
        self._hairline = Hairline(self._plot)
        self._read_out = ReadOut(self._plot)
        self._home: tuple[date, date] | None = None
        self._range: tuple[date, date] | None = None
        self._note = ""
        self._read: int | None = None
        self._pressed_at = QPointF()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plot)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 96)
        self.setAccessibleName("Usage chart")
        speak_as(self, CHART)
        self._plot.days_changed.connect(self._on_days_changed)
        self._plot.values_changed.connect(self._on_values_changed)
        self._plot.viewport().installEventFilter(self)
        theme().changed.connect(self._on_theme_changed)

    def set_data(
        self,
        series: Sequence[Series],
        *,
        previous: DaySeries | None = None,
        band: Band | None = None,
        targets: Sequence[Target] = (),
        spans: Sequence[Span] = (),
        tickets: Sequence[TicketMark] = (),
        dips: Sequence[Dip] = (),
        forecast: Forecast | None = None,
        origin: date | None = None,
    ) -> None:
        """Show series with their surroundings.

        Args:
            series: Lines in the order of their colours; a total is drawn in ink over the others.
            previous: The period before, laid on the same days, dashed.
            band: The expected range; days under it are drawn in red where there is one series.
            targets: Horizontal lines to reach.
            spans: Days with a name, behind the lines.
            tickets: Signs under the time axis.
            dips: Days under the range, shaded and named.
            forecast: A dashed line in its fan; the chart then reaches to its last day.
            origin: The day that the axis counts from ('−14', '+14'); None for dates.
        """
        data = ChartData(
            series=tuple(series),
            previous=previous,
            band=band,
            targets=tuple(targets),
            spans=tuple(spans),
            tickets=tuple(tickets),
            dips=tuple(dips),
            forecast=forecast,
            origin=origin,
        )
        self._stop_reading()
        self._plot.set_data(data)
        if data.series and self._home is None:
            self.show_all()
        self.setAccessibleDescription(spoken(data))
        self._tell_note()

    def set_range(self, first: date, last: date) -> None:
        """Show the days from `first` to `last`; key 0 comes back to them."""
        self._home = (first, last)
        self._plot.set_days(first.toordinal(), last.toordinal())

    def show_all(self) -> None:
        """Show all days that have a series."""
        data = self._plot.data
        self.set_range(ordinal_day(data.first), ordinal_day(data.last))

    def day_range(self) -> tuple[date, date]:
        """The first and last day in view."""
        frame = self._plot.frame()
        return ordinal_day(frame.first + self._plot.edge), ordinal_day(frame.last - self._plot.edge)

    def reading_day(self) -> date | None:
        """The day of the read-out, or None while nothing is read."""
        return None if self._read is None else ordinal_day(self._read)

    def axis_note(self) -> str:
        """'axis starts at 1.4 M' where the value axis does not start at zero, else empty."""
        return self._note

    def to_image(self, size: QSize | None = None, scale: float = 2.0) -> QImage:
        """A picture of the chart as it stands, without the read-out, `scale` pixels per point."""
        figure, shown = self._plot.figure, self._plot.frame()

        def paint(painter: QPainter, area: QRectF) -> None:
            figure.paint(painter, figure.frame(area, shown.first, shown.last))

        return image_of(size or self.size(), scale, paint)

    def to_png(self, size: QSize | None = None, scale: float = 2.0) -> bytes:
        """The picture as PNG, for a job to write to a file."""
        return png_of(self.to_image(size, scale))

    def series_csv(self) -> list[tuple[str, ...]]:
        """The days (or months) in view as rows of text, the header first."""
        return export_rows(self._plot.data, *self.day_range())

    def read(self, day: date | None) -> None:
        """Put the read-out on a day, as the mouse does; None takes it away."""
        if day is None:
            self._stop_reading()
        else:
            self._read_day(day.toordinal(), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._on_key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # A ring around so large a thing helps those who come by keyboard and irritates the others.
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        self.setProperty("focusRing", None)
        if not by_mouse:
            give_focus_ring(self, 8)
        super().focusInEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Leave:
            self._stop_reading()
        elif isinstance(event, QMouseEvent):
            if kind == QEvent.Type.MouseMove:
                self._on_mouse_moved(event)
            elif kind == QEvent.Type.MouseButtonPress:
                self._pressed_at = event.position()
                self.setFocus(Qt.FocusReason.MouseFocusReason)
            elif kind == QEvent.Type.MouseButtonRelease:
                self._on_mouse_released(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        days = self._plot.days
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            if control:
                self._step_reading(step)
            else:
                days.pan(step * _PAN)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            first, last = days.viewRange()[0]
            days.zoom(_ZOOM if key == Qt.Key.Key_Minus else 1 / _ZOOM, (first + last) / 2)
        elif key == Qt.Key.Key_0 and self._home is not None:
            self.set_range(*self._home)
        elif key in (Qt.Key.Key_Comma, Qt.Key.Key_Period):
            self._step_ticket(1 if key == Qt.Key.Key_Period else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._plot.lit is not None:
            self.ticket_clicked.emit(self._plot.lit.payload)
        elif key == Qt.Key.Key_Escape and self._read_out.isVisible():
            self._stop_reading()
        else:
            return False
        return True

    def _step_reading(self, step: int) -> None:
        first, last = self.day_range()
        start = last.toordinal() + 1 if step < 0 else first.toordinal() - 1
        at = (self._read if self._read is not None else start) + step
        self._read_day(min(max(at, first.toordinal()), last.toordinal()), None)

    def _step_ticket(self, step: int) -> None:
        marks = self._plot.marks_in_view()
        if not marks:
            return
        lit = self._plot.lit
        at = marks.index(lit) + step if lit in marks else (0 if step > 0 else len(marks) - 1)
        mark = marks[at % len(marks)]
        self._light(mark)
        frame = self._plot.frame()
        place = QPointF(frame.x(mark.day.toordinal()), frame.rect.bottom() - 24)
        self._read_out.tell(*mark_rows(mark), place, QRectF(self._plot.rect()))

    def _read_day(self, ordinal: int, at: QPointF | None) -> None:
        frame = self._plot.frame()
        title, rows = day_rows(self._plot.data, ordinal)
        self._read = ordinal
        x = frame.x(ordinal)
        top, height = round(frame.rect.top()), round(frame.rect.height())
        self._hairline.setGeometry(round(x), top, 1, height)
        self._hairline.show()
        place = QPointF(x, at.y() if at is not None else frame.rect.top() + height / 3)
        self._read_out.tell(title, rows, place, QRectF(self._plot.rect()))
        self.day_read.emit(ordinal_day(ordinal))

    def _stop_reading(self) -> None:
        self._light(None)
        self._hairline.hide()
        self._read_out.hide()
        if self._read is not None:
            self._read = None
            self.day_read.emit(None)

    def _light(self, mark: TicketMark | None) -> None:
        if mark is not self._plot.lit:
            self._plot.lit = mark
            self._plot.refresh()

    def _tell_note(self) -> None:
        frame = self._plot.frame()
        note = ""
        if self._plot.data.series and frame.low > 0:
            note = f"axis starts at {exact_text(frame.low)}"
        if note != self._note:
            self._note = note
            self.axis_note_changed.emit(note)

    @Slot()
    def _on_days_changed(self) -> None:
        self._stop_reading()
        present = self.day_range()
        if present != self._range and self._plot.data.series:
            self._range = present
            self.range_changed.emit(*present)

    @Slot()
    def _on_values_changed(self) -> None:
        self._tell_note()

    def _on_mouse_moved(self, event: QMouseEvent) -> None:
        if event.buttons() != Qt.MouseButton.NoButton:
            return
        position = event.position()
        mark = self._plot.mark_under(position)
        frame = self._plot.frame()
        self._plot.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if mark is not None else Qt.CursorShape.ArrowCursor
        )
        if mark is not None:
            self._stop_reading()
            self._light(mark)
            self._read_out.tell(*mark_rows(mark), position, QRectF(self._plot.rect()))
        elif self._plot.data.series and frame.rect.contains(position):
            self._light(None)
            ordinal = round(frame.day(position.x()))
            data = self._plot.data
            self._read_day(min(max(ordinal, data.first), data.last), position)
        else:
            self._stop_reading()

    def _on_mouse_released(self, event: QMouseEvent) -> None:
        moved = (event.position() - self._pressed_at).manhattanLength()
        if event.button() != Qt.MouseButton.LeftButton or moved >= QApplication.startDragDistance():
            return
        mark = self._plot.mark_under(event.position())
        if mark is not None:
            self.ticket_clicked.emit(mark.payload)
            return
        frame = self._plot.frame()
        if frame.rect.contains(event.position()):
            ordinal = round(frame.day(event.position().x()))
            dip = next((dip for dip in reversed(self._plot.data.dips) if dip.covers(ordinal)), None)
            if dip is not None:
                self.dip_clicked.emit(dip)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._plot.dress()
        self._read_out.update()
