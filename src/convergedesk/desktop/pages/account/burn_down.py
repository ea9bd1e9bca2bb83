"""How a commitment was drawn down, invoice by invoice, beside an even pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from convergedesk.desktop.theme import Role, color, font
from convergedesk.domain.billing import Invoice
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import CommitmentUse
from convergedesk.figures.billing_view import is_billed
from convergedesk.figures.wording import short_day, short_money

_AXIS = 26.0
_TOP = 16.0
_DOT = 3.5


@dataclass(frozen=True, slots=True)
class BurnDown:
    """What is left of a commitment, by day.

    Attributes:
        points: (day, minor units left): the whole promise on the first day, then what was left
            after each invoice, on the last day that the invoice is for.
        use: The commitment.
        today: Where the term stands.
    """

    points: tuple[tuple[date, int], ...]
    use: CommitmentUse
    today: date

    @property
    def left(self) -> Money:
        """What is not billed yet; negative where more was billed than promised."""
        return Money(self.points[-1][1], self.use.committed.currency)


def burn_down(use: CommitmentUse, invoices: Sequence[Invoice], today: date) -> BurnDown:
    """The invoices that draw the commitment down, as what is left after each.

    The same invoices count as in `figures.billing_view.commitment_use`: billed, in the
    commitment's currency, for a period that begins within its term.
    """
    drawn = sorted(
        (min(invoice.period_end or invoice.issued_on, use.ends_on), invoice.total.minor_units)
        for invoice in invoices
        if is_billed(invoice)
        and invoice.total.currency == use.committed.currency
        and use.starts_on <= (invoice.period_start or invoice.issued_on) <= use.ends_on
    )
    left = use.committed.minor_units
    points = [(use.starts_on, left)]
    for day, amount in drawn:
        left -= amount
        if points[-1][0] == day:
            points[-1] = (day, left)
        else:
            points.append((day, left))
    return BurnDown(tuple(points), use, today)


class BurnDownView(QWidget):
    """The line of what is left, the dashed even pace, and today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: BurnDown | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)

    def set_burn_down(self, data: BurnDown) -> None:
        """Show a commitment."""
        self._data = data
        self.setAccessibleName(
            f"{short_money(data.left)} left of {short_money(data.use.committed)} after "
            f"{len(data.points) - 1} invoices"
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._data is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(Role.CAPTION))
        area = QRectF(self.rect()).adjusted(1, _TOP, -2, -_AXIS)
        scale = _Scale(self._data, area)
        self._paint_axis(painter, self._data, scale)
        self._paint_even_pace(painter, self._data, scale)
        self._paint_line(painter, self._data, scale)

    def _paint_axis(self, painter: QPainter, data: BurnDown, scale: _Scale) -> None:
        use, area = data.use, scale.area
        zero = scale.y(0)
        painter.setPen(QPen(color("axis"), 1))
        painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero))
        baseline = area.bottom() + _AXIS - 8
        metrics = QFontMetricsF(font(Role.CAPTION))
        painter.setPen(color("text_3"))
        painter.drawText(QPointF(area.left(), baseline), short_day(use.starts_on))
        end = short_day(use.ends_on)
        painter.drawText(QPointF(area.right() - metrics.horizontalAdvance(end), baseline), end)
        if not use.starts_on <= data.today <= use.ends_on:
            return
        x = scale.x(data.today)
        painter.setPen(QPen(color("axis"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, zero))
        width = metrics.horizontalAdvance("today")
        first = area.left() + metrics.horizontalAdvance(short_day(use.starts_on)) + 8
        last = area.right() - metrics.horizontalAdvance(end) - width - 8
        if first <= last:
            painter.setPen(color("text_3"))
            painter.drawText(QPointF(min(max(x - width / 2, first), last), baseline), "today")

    def _paint_even_pace(self, painter: QPainter, data: BurnDown, scale: _Scale) -> None:
        use = data.use
        pen = QPen(color("previous"), 1.25)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        begin = QPointF(scale.x(use.starts_on), scale.y(use.committed.minor_units))
        end = QPointF(scale.area.right(), scale.y(0))
        painter.drawLine(begin, end)
        # Where the line of what is left runs above the even pace, the words go below it.
        middle = use.starts_on + (use.ends_on - use.starts_on) * 0.42
        place = QPointF(scale.x(middle), begin.y() + (end.y() - begin.y()) * 0.42)
        behind = data.left.minor_units > use.committed.minor_units * (1 - use.term_elapsed(data.today))
        width = QFontMetricsF(font(Role.CAPTION)).horizontalAdvance("even pace")
        offset = QPointF(-width - 8, 14) if behind else QPointF(8, -6)
        painter.setPen(color("text_3"))
        painter.drawText(place + offset, "even pace")

    def _paint_line(self, painter: QPainter, data: BurnDown, scale: _Scale) -> None:
        painter.setPen(QPen(color("usage"), 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        points = [QPointF(scale.x(day), scale.y(left)) for day, left in data.points]
        painter.drawPolyline(points)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("usage"))
        painter.drawEllipse(points[-1], _DOT, _DOT)


class _Scale:
    def __init__(self, data: BurnDown, area: QRectF) -> None:
        self.area = area
        self._first = data.use.starts_on
        self._days = max(1, (data.use.ends_on - data.use.starts_on + timedelta(days=1)).days)
        lefts = [left for _, left in data.points]
        self._low = min(0, *lefts)
        self._high = max(data.use.committed.minor_units, *lefts, self._low + 1)

    def x(self, day: date) -> float:
        return self.area.left() + self.area.width() * ((day - self._first).days / self._days)

    def y(self, left: float) -> float:
        share = (left - self._low) / (self._high - self._low)
        return self.area.bottom() - share * self.area.height()
