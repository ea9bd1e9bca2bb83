"""The sheet of paper with the recovery key: the same for the printer, a PDF and the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from convergedesk.desktop.theme.fonts import FAMILY
from convergedesk.figures.wording import day

_INK = QColor("#1A1B1E")
_GREY = QColor("#4C4E56")
_WIDTH = 480.0
_ADVICE = """\
Whoever has this sheet and the file opens the workspace. Keep it where you keep passports, away from \
the laptop, and not as a picture on a phone.
It stands for the key itself: no password belongs to it. When the key or passphrase of the workspace \
is changed, this sheet is void and a new one has to be printed.
To use it: open the workspace, choose “Use the recovery key”, and type the four lines. Dashes, spaces \
and capitals do not matter; the last letter of each line finds slips."""


def paint_sheet(
    painter: QPainter, width: float, name: str, file_name: str, lines: Sequence[str], printed: date
) -> None:
    """Paint the sheet into a rectangle of that width, in the painter's units."""
    painter.save()
    scale = width / _WIDTH
    painter.scale(scale, scale)
    y = _text(painter, 0, "ConvergeDesk recovery key", 20, bold=True)
    y = _text(painter, y + 4, f"Workspace “{name}” ({file_name}), printed on {day(printed)}", 10, _GREY)
    box = QRectF(0, y + 16, _WIDTH, 34 * len(lines) + 24)
    painter.setPen(QPen(_GREY, 1))
    painter.drawRoundedRect(box, 8, 8)
    row = box.top() + 12
    for number, line in enumerate(lines, 1):
        painter.setPen(_GREY)
        painter.setFont(_font(11))
        painter.drawText(QRectF(16, row, 24, 34), Qt.AlignmentFlag.AlignVCenter, str(number))
        painter.setPen(_INK)
        painter.setFont(_font(20, bold=True, spaced=True))
        painter.drawText(QRectF(48, row, _WIDTH - 60, 34), Qt.AlignmentFlag.AlignVCenter, line)
        row += 34
    y = box.bottom() + 16
    for sentence in _ADVICE.splitlines():
        y = _text(painter, y + 6, sentence, 11)
    painter.restore()


def write_pdf(path: str, name: str, file_name: str, lines: Sequence[str], printed: date) -> None:
    """Write the sheet as a PDF of one page."""
    writer = QPdfWriter(path)
    writer.setTitle("ConvergeDesk recovery key")
    writer.setCreator("ConvergeDesk")
    _set_up(writer)
    print_on(writer, name, file_name, lines, printed)


def print_on(
    device: QPagedPaintDevice, name: str, file_name: str, lines: Sequence[str], printed: date
) -> None:
    """Print the sheet on a printer or into a PDF."""
    painter = QPainter(device)
    try:
        paint_sheet(painter, float(painter.viewport().width()), name, file_name, lines, printed)
    finally:
        painter.end()


def _set_up(device: QPagedPaintDevice) -> None:
    size = QPageSize(QPageSize.PageSizeId.A4)
    margins = QMarginsF(25, 25, 25, 25)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    device.setPageLayout(layout)


def _text(
    painter: QPainter, y: float, text: str, size: int, ink: QColor = _INK, *, bold: bool = False
) -> float:
    painter.setPen(ink)
    painter.setFont(_font(size, bold=bold))
    room = QRectF(0, y, _WIDTH, 1000)
    flags = int(Qt.TextFlag.TextWordWrap)
    used = painter.boundingRect(room, flags, text)
    painter.drawText(room, flags, text)
    return used.bottom()


def _font(size: int, *, bold: bool = False, spaced: bool = False) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(size)
    font.setBold(bold)
    if spaced:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 2)
    return font
