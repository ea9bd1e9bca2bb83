"""Contracts drawn by day: terms, amendments, prices, included units, commitments and service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from convergedesk.desktop.pages.contracts.lanes import Lane, LaneBar, Mark, span_of
from convergedesk.desktop.theme import Role, color, font, give_focus_ring, theme
from convergedesk.desktop.widgets.spoken import CHART, speak_as
from convergedesk.domain.billing import ContractId
from convergedesk.figures.wording import day, month

_NAME = 132
_LANE = 23
_BAR = 18
_AXIS = 22
_LEAST_TICK = 64


class ContractTimeLine(QWidget):
    """Lanes over one axis of days; a click or the arrow keys choose a contract.

    Signals:
        contract_chosen: The id of a contract that was clicked.
    """

    contract_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes: tuple[Lane, ...] = ()
        self._chosen: ContractId | None = None
        self._today = date.min
        self._first, self._last = self._today, self._today + timedelta(days=365)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        give_focus_ring(self, 6)

    def set_lanes(self, lanes: Sequence[Lane], chosen: ContractId | None, today: date) -> None:
        """Draw lanes; the chosen contract's bars are outlined."""
        self._lanes = tuple(lanes)
        self._chosen = chosen
        self._today = today
        self._first, self._last = span_of(self._lanes, today)
        self.setAccessibleName("Terms and amendments by day")
        speak_as(self, CHART)
        self.setAccessibleDescription("; ".join(_lane_words(lane) for lane in self._lanes))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, theme().px(_LANE) * max(1, len(self._lanes)) + theme().px(_AXIS))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.sizeHint().height())

    def bar_at(self, position: QPointF) -> LaneBar | None:
        """The bar under a point; faults lie on top."""
        for place, lane in enumerate(self._lanes):
            for bar in reversed(lane.bars):
                if self._rect(place, bar).contains(position):
                    return bar
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axis(painter)
        for place, lane in enumerate(self._lanes):
            self._paint_name(painter, place, lane)
            for bar in sorted(lane.bars, key=lambda one: one.mark in (Mark.GAP, Mark.FAULT)):
                self._paint_bar(painter, self._rect(place, bar), bar)
        self._paint_today(painter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        bar = self.bar_at(event.position())
        if bar is not None and bar.contract_id is not None:
            self.contract_chosen.emit(bar.contract_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        ids = dict.fromkeys(bar.contract_id for lane in self._lanes for bar in lane.bars)
        known = [one for one in ids if one is not None]
        if step is None or not known:
            super().keyPressEvent(event)
            return
        place = known.index(self._chosen) if self._chosen is not None and self._chosen in known else 0
        self.contract_chosen.emit(known[(place + step) % len(known)])

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            bar = self.bar_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if bar is None else _bar_words(bar), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bar = self.bar_at(event.position())
        hand = bar is not None and bar.contract_id is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def _x(self, value: date) -> float:
        left = float(theme().px(_NAME))
        share = (value - self._first).days / max(1, (self._last - self._first).days)
        return left + min(1.0, max(0.0, share)) * (self.width() - left - 1)

    def _rect(self, place: int, bar: LaneBar) -> QRectF:
        lane, height = theme().px(_LANE), theme().px(_BAR)
        left = self._x(bar.first_day)
        right = self._x(self._last if bar.last_day is None else bar.last_day + timedelta(days=1))
        return QRectF(left, place * lane + (lane - height) / 2, max(3.0, right - left - 1.0), height)

    def _paint_name(self, painter: QPainter, place: int, lane: Lane) -> None:
        painter.setFont(font(Role.LABEL))
        painter.setPen(color("text_2"))
        width = theme().px(_NAME) - 12
        name = QFontMetricsF(painter.font()).elidedText(lane.name, Qt.TextElideMode.ElideRight, width)
        rect = QRectF(0, place * theme().px(_LANE), width, theme().px(_LANE))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_bar(self, painter: QPainter, rect: QRectF, bar: LaneBar) -> None:
        fill, line, ink = self._tones(bar)
        painter.setPen(QPen(color(line), 1.5 if self._is_chosen(bar) else 1))
        if bar.mark is Mark.GAP:
            painter.setBrush(QBrush(color(line), Qt.BrushStyle.BDiagPattern))
        else:
            painter.setBrush(color(fill))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if bar.mark is Mark.GAP:
            return
        painter.setFont(font(Role.CAPTION_MEDIUM))
        room = rect.adjusted(7, 0, -5, 0)
        text = QFontMetricsF(painter.font()).elidedText(bar.text, Qt.TextElideMode.ElideRight, room.width())
        if room.width() > 20:
            painter.setPen(color(ink))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _tones(self, bar: LaneBar) -> tuple[str, str, str]:
        if bar.mark is Mark.FAULT:
            return "critical_soft", "critical", "critical"
        if bar.mark is Mark.GAP:
            return "surface", "warning_fill", "warning"
        if self._is_chosen(bar):
            return "accent_soft", "accent", "accent_text"
        over = bar.last_day is not None and bar.last_day < self._today
        return "neutral_soft", "line_strong", "text_3" if over else "text_2"

    def _is_chosen(self, bar: LaneBar) -> bool:
        return self._chosen is not None and bar.contract_id == self._chosen

    def _paint_axis(self, painter: QPainter) -> None:
        bottom = self.height() - theme().px(_AXIS)
        painter.setFont(font(Role.CAPTION))
        metrics = QFontMetricsF(painter.font())
        today = self._today_label()
        for tick in _ticks(self._first, self._last, self.width() - theme().px(_NAME)):
            x = round(self._x(tick)) + 0.5
            painter.setPen(QPen(color("grid"), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom + 4))
            label = QRectF(x + 3, bottom, metrics.horizontalAdvance(month(tick)) + 2, theme().px(_AXIS))
            if label.right() <= self.width() and not label.intersects(today):
                painter.setPen(color("text_3"))
                painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, month(tick))

    def _paint_today(self, painter: QPainter) -> None:
        x = round(self._x(self._today)) + 0.5
        bottom = self.height() - theme().px(_AXIS)
        painter.setPen(QPen(color("text"), 1.5))
        painter.drawLine(QPointF(x, 0), QPointF(x, bottom + 2))
        painter.setFont(font(Role.CAPTION_STRONG))
        painter.drawText(self._today_label(), Qt.AlignmentFlag.AlignVCenter, "today")

    def _today_label(self) -> QRectF:
        x = self._x(self._today)
        width = QFontMetricsF(font(Role.CAPTION_STRONG)).horizontalAdvance("today") + 2
        left = x + 4 if x + width + 4 < self.width() else x - width - 4
        return QRectF(left, self.height() - theme().px(_AXIS), width, theme().px(_AXIS))


def _ticks(first: date, last: date, width: float) -> list[date]:
    """First days of months, as many as have room for their names."""
    least = theme().px(_LEAST_TICK)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((one for one in (1, 3, 6, 12) if months / one * least <= max(1.0, width)), 24)
    found: list[date] = []
    number = first.year * 12 + first.month
    while (day_ := date(number // 12, number % 12 + 1, 1)) <= last:
        if number % step == 0:
            found.append(day_)
        number += 1
    return found


def _bar_words(bar: LaneBar) -> str:
    until = "open end" if bar.last_day is None else day(bar.last_day)
    return f"{bar.text}, {day(bar.first_day)} to {until}"


def _lane_words(lane: Lane) -> str:
    return f"{lane.name}: {', '.join(_bar_words(bar) for bar in lane.bars)}"
