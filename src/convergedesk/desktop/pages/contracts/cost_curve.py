"""What any volume costs, as a line with its tiers' limits and the volume that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from convergedesk.desktop.theme import Role, color, font, theme
from convergedesk.domain.money import Money
from convergedesk.figures.wording import short_money, short_number

_HEIGHT = 132
_AXIS = 18
_LEFT = 48
_JUMP = 1e-6


class CostCurve(QWidget):
    """Painted from points that the caller priced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[tuple[float, float], ...] = ()
        self._limits: tuple[tuple[float, float], ...] = ()
        self._asked = (0.0, 0.0)
        self._currency = "EUR"
        self._top = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_curve(
        self,
        points: Sequence[tuple[float, float]],
        limits: Sequence[tuple[float, float]],
        asked: tuple[float, float],
        currency: str,
    ) -> None:
        """Show a price.

        Args:
            points: (units, minor units of money) in ascending order of units.
            limits: The tiers' limits among them.
            asked: The volume that was asked for, and what it costs.
            currency: ISO 4217.
        """
        self._points, self._limits = tuple(points), tuple(limits)
        self._asked, self._currency = asked, currency
        self._top = max((money for _, money in points), default=1.0) or 1.0
        words = f"{short_number(asked[0])} cost {self._money(asked[1])}"
        self.setAccessibleName(f"Cost by volume: {words}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self._points) < 2 or self._points[-1][0] <= 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(Role.CAPTION))
        self._paint_axes(painter)
        painter.setPen(QPen(color("usage"), 1.75))
        plot = self._plot
        painter.drawLines(
            [
                QLineF(self._at(one, plot), self._at(other, plot))
                for one, other in pairwise(self._points)
                # Where a whole volume changes its price the line breaks instead of falling.
                if other[0] - one[0] > _JUMP * self._points[-1][0]
            ]
        )
        painter.setPen(QPen(color("usage"), 1.5))
        painter.setBrush(color("surface"))
        for limit in self._limits:
            painter.drawEllipse(self._at(limit, plot), 3.5, 3.5)
        self._paint_asked(painter)

    @property
    def _plot(self) -> QRectF:
        px = theme().px
        return QRectF(px(_LEFT), 6, self.width() - px(_LEFT) - 8, self.height() - px(_AXIS) - 10)

    def _at(self, point: tuple[float, float], plot: QRectF) -> QPointF:
        x = plot.left() + plot.width() * point[0] / self._points[-1][0]
        return QPointF(x, plot.bottom() - plot.height() * point[1] / self._top)

    def _money(self, minor: float) -> str:
        return short_money(Money(round(minor), self._currency))

    def _paint_axes(self, painter: QPainter) -> None:
        plot = self._plot
        for share in (0.0, 0.5, 1.0):
            y = round(plot.bottom() - plot.height() * share) + 0.5
            painter.setPen(QPen(color("axis" if not share else "grid"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(color("text_3"))
            label = QRectF(0, y - 8, plot.left() - 6, 16)
            painter.drawText(
                label,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                self._money(self._top * share),
            )
        for share in (0.0, 0.5, 1.0):
            text = short_number(self._points[-1][0] * share)
            width = QFontMetricsF(painter.font()).horizontalAdvance(text)
            x = min(plot.left() + plot.width() * share - width * share, plot.right() - width)
            painter.drawText(QPointF(x, self.height() - 3), text)

    def _paint_asked(self, painter: QPainter) -> None:
        plot = self._plot
        at = self._at(self._asked, plot)
        painter.setPen(QPen(color("text_3"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(plot.left(), at.y()), at)
        painter.drawLine(at, QPointF(at.x(), plot.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("usage"))
        painter.drawEllipse(at, 4, 4)
