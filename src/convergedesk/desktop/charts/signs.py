"""The signs of tickets. On a screen they are stamps, painted once and copied; on a page they are vectors."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter, QPen

from convergedesk.desktop.charts.spark import paint_ticket_triangle
from convergedesk.desktop.theme import color, theme

SIZE = 9.0
HIGH, OPENED, CLOSED, RESTORED = "high", "opened", "closed", "restored"
# Later ones lie over earlier ones.
SIGNS = (CLOSED, OPENED, RESTORED, HIGH)
_STAMP = 16


def paint_sign(painter: QPainter, centre: QPointF, sign: str) -> None:
    """Paint one sign: filled triangle, hollow triangle, hollow square or green dot."""
    if sign == CLOSED:
        painter.setPen(QPen(color("text_2"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(centre.x() - 4, centre.y() - 4, 8, 8), 1.5, 1.5)
    elif sign == RESTORED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("good"))
        painter.drawEllipse(centre, SIZE / 2, SIZE / 2)
    else:
        paint_ticket_triangle(painter, centre, SIZE, high=sign == HIGH)


def paint_signs(painter: QPainter, xs: Iterable[float], y: float, sign: str) -> None:
    """Paint the same sign at many places of a line, each once.

    On pixels a sign stands on the pixel grid, so that all look alike.
    """
    transform = painter.deviceTransform()
    scale = transform.m11()
    engine = painter.paintEngine()
    plain = scale == transform.m22() and not transform.isRotating()
    if engine is None or engine.type() != QPaintEngine.Type.Raster or not plain:
        for x in xs:
            paint_sign(painter, QPointF(x, y), sign)
        return
    stamp = _stamp(sign, scale, theme().dark)
    left, top = transform.dx() - stamp.width() / 2, transform.dy() - stamp.height() / 2
    columns = {round(x * scale + left) for x in xs}
    row = round(y * scale + top)
    painter.save()
    painter.resetTransform()
    # What remains is the screen's own scale and where the widget lies in its window.
    base = painter.deviceTransform()
    painter.scale(1 / base.m11(), 1 / base.m22())
    for column in columns:
        painter.drawImage(QPointF(column - base.dx(), row - base.dy()), stamp)
    painter.restore()


@lru_cache(maxsize=64)
def _stamp(sign: str, scale: float, dark: bool) -> QImage:  # noqa: ARG001
    side = 2 * round(_STAMP * scale / 2)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    paint_sign(painter, QPointF(side / scale / 2, side / scale / 2), sign)
    painter.end()
    return image
