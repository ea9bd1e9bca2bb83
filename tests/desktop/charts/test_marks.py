"""Tickets on the axis: what is labelled, what lies under a pixel, and stamps that look like vectors."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPicture

from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.marks import LANE, MarkRow, paint_marks
from convergedesk.desktop.charts.series import TicketMark
from convergedesk.desktop.charts.signs import SIGNS, paint_sign, paint_signs
from convergedesk.desktop.theme import LIGHT, Theme, color

FIRST = date(2026, 9, 1)


def mark(day: int, *, high: bool = False, kind: str = "opened") -> TicketMark:
    return TicketMark(FIRST + timedelta(days=day), f"#{40000 + day}", high=high, kind=kind)


def shades(image: QImage) -> np.ndarray:
    return np.frombuffer(image.constBits(), np.uint8).astype(np.int64)


def frame(days: float = 100.0) -> Frame:
    start = float(FIRST.toordinal())
    return Frame(QRectF(50, 10, 1000, 300), start, start + days, 0.0, 1.0)


def test_a_number_is_printed_only_where_it_has_room(light: Theme) -> None:
    placed = MarkRow([mark(3), mark(40), mark(1)]).place(frame(), 1100)
    assert [one.day.day for one in placed.marks] == [2, 4, 11]
    assert np.isfinite(placed.lefts).tolist() == [False, True, True]


def test_tickets_out_of_view_are_left_out(light: Theme) -> None:
    placed = MarkRow([mark(-5), mark(0), mark(100), mark(130)]).place(frame(), 1100)
    assert [(one.day - FIRST).days for one in placed.marks] == [0, 100]


def test_the_nearest_ticket_is_under_the_mouse_and_of_two_on_a_day_the_graver(light: Theme) -> None:
    grave = mark(40, high=True)
    placed = MarkRow([mark(10), mark(40), grave]).place(frame(), 1100)
    assert placed.at(frame().x(FIRST.toordinal() + 40) + 2) is grave
    assert placed.at(frame().x(FIRST.toordinal() + 10) + 20) is placed.marks[0]
    assert placed.at(frame().x(FIRST.toordinal() + 25)) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 100), max_size=40))
def test_every_ticket_can_be_clicked_unless_another_lies_on_its_place(light: Theme, days: list[int]) -> None:
    placed = MarkRow([mark(day) for day in days]).place(frame(), 1100)
    assert len(placed.marks) == len(days)
    for one, x in zip(placed.marks, placed.xs, strict=True):
        found = placed.at(float(x))
        assert found is not None
        assert found.day == one.day


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_stamp_looks_like_the_sign_itself(light: Theme, sign: str, scale: float) -> None:
    def picture(*, stamped: bool) -> QImage:
        image = QImage(round(40 * scale), round(40 * scale), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.fill(color("surface"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(4, 6)
        if stamped:
            paint_signs(painter, [16.0], 14.0, sign)
        else:
            paint_sign(painter, QPointF(16, 14), sign)
        painter.end()
        return image

    assert np.abs(shades(picture(stamped=True)) - shades(picture(stamped=False))).max() <= 6


def test_signs_on_a_page_are_vectors(light: Theme) -> None:
    sheet = QPicture()
    painter = QPainter(sheet)
    paint_signs(painter, [10.0, 20.0], 10.0, "restored")
    painter.end()
    assert sheet.boundingRect().width() > 10
    enlarged = QImage(300, 200, QImage.Format.Format_RGB32)
    enlarged.fill(color("surface"))
    painter = QPainter(enlarged)
    painter.scale(10, 10)
    painter.drawPicture(0, 0, sheet)
    painter.end()
    assert enlarged.pixelColor(100, 100).name().upper() == LIGHT.good.upper()


def test_the_ticket_that_is_lit_is_outlined(light: Theme) -> None:
    lit = mark(50)

    def picture(which: TicketMark | None) -> QImage:
        image = QImage(1100, 340, QImage.Format.Format_RGB32)
        image.fill(color("surface"))
        painter = QPainter(image)
        paint_marks(painter, frame(), MarkRow([lit]).place(frame(), 1100), which)
        painter.end()
        return image

    at = round(frame().x(lit.day.toordinal())) + 7, round(frame().rect.bottom() + LANE / 2)
    assert picture(lit).pixelColor(*at).name().upper() == LIGHT.accent_soft.upper()
    assert picture(None).pixelColor(*at).name().upper() == LIGHT.surface.upper()
