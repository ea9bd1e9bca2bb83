"""What surrounds usage: special days, dips and their words, the forecast's fan."""

from datetime import date, timedelta

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter

from convergedesk.desktop.charts.context_painters import (
    paint_forecast,
    paint_span_names,
    paint_spans,
)
from convergedesk.desktop.charts.dip_notes import place_notes
from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.marks import MarkRow
from convergedesk.desktop.charts.reading import day_rows
from convergedesk.desktop.charts.series import Band, ChartData, DaySeries, Dip, Forecast, Span, TicketMark
from convergedesk.desktop.charts.usage_figure import UsageFigure
from convergedesk.desktop.theme import DARK, LIGHT, Mode, Theme, color

FIRST = date(2026, 9, 1)
START = FIRST.toordinal()
NAN = float("nan")


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def frame(low: float = 0.0, high: float = 100.0) -> Frame:
    return Frame(QRectF(50, 10, 900, 300), START, START + 90, low, high)


def canvas() -> QImage:
    image = QImage(1100, 400, QImage.Format.Format_RGB32)
    image.fill(color("surface"))
    return image


def at(image: QImage, where: Frame, number: float, value: float) -> QColor:
    return image.pixelColor(round(where.x(START + number)), round(where.y(value)))


def usage(values: list[float]) -> DaySeries:
    return DaySeries("events", "Events", FIRST, np.array(values, dtype=np.float64))


def painted_spans(*spans: Span) -> tuple[QImage, list[QRectF]]:
    image = canvas()
    painter = QPainter(image)
    paint_spans(painter, frame(), spans)
    boxes = paint_span_names(painter, frame(), spans)
    painter.end()
    return image, boxes


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_kinds_of_days_look_apart(light: Theme, mode: Mode) -> None:
    light.set_mode(mode)
    image, _ = painted_spans(
        Span(day(10), day(15), kind="holiday"),
        Span(day(30), day(35), kind="outage"),
        Span(day(50), day(60), kind="freeze"),
        Span(day(80), day(80), kind="release"),
    )
    surface = QColor((DARK if mode == Mode.DARK else LIGHT).surface)
    plain, broken = at(image, frame(), 12, 50), at(image, frame(), 32, 50)
    assert len({one.name() for one in (surface, plain, broken)}) == 3
    row = {
        image.pixelColor(x, 200).name()
        for x in range(round(frame().x(START + 50)), round(frame().x(START + 60)))
    }
    assert len(row) > 1, "a freeze is hatched"
    x = round(frame().x(START + 80))
    assert any(image.pixelColor(x + shift, 200) != surface for shift in (-1, 0, 1))
    assert at(image, frame(), 81, 50) == surface, "a release is a line, not an area"


def test_names_of_days_never_cover_one_another(light: Theme) -> None:
    _, boxes = painted_spans(*(Span(day(40 + n), day(40 + n), f"A long holiday {n}") for n in range(5)))
    assert len(boxes) == 2
    assert not boxes[0].intersects(boxes[1])


def test_many_narrow_days_are_shaded_without_names(light: Theme) -> None:
    _, boxes = painted_spans(*(Span(day(10 * n), day(10 * n), "Holiday") for n in range(8)))
    assert boxes == []


def test_a_forecast_is_a_fan_and_what_is_unknown_stays_empty(light: Theme) -> None:
    middle = np.array([50.0] * 20 + [NAN] * 10 + [50.0] * 20)
    image = canvas()
    painter = QPainter(image)
    paint_forecast(painter, frame(), Forecast(day(30), middle, middle - 20, middle + 20))
    painter.end()
    fan = QColor(LIGHT.warning_soft)
    assert at(image, frame(), 40, 60) == fan
    assert at(image, frame(), 70, 40) == fan
    assert at(image, frame(), 55, 60) == QColor(LIGHT.surface)
    assert at(image, frame(), 20, 50) == QColor(LIGHT.surface)


def test_a_forecast_widens_days_and_values_and_is_read_out(light: Theme) -> None:
    data = ChartData(
        (usage([50.0] * 30),),
        forecast=Forecast(day(30), np.array([60.0, 70.0]), np.array([55.0, NAN]), np.array([90.0, NAN])),
    )
    assert data.last == START + 31
    assert UsageFigure(data).frame(QRectF(0, 0, 800, 300), START, START + 31).high >= 90
    assert [row[:2] for row in day_rows(data, START + 30)[1]] == [
        ("Events", "not reported"),
        ("Forecast", "60"),
        ("likely", "55 to 90"),
    ]
    assert [row.name for row in day_rows(data, START + 31)[1]] == ["Events", "Forecast"]


def dipping() -> DaySeries:
    return usage([80.0] * 40 + [40.0, 20.0, 30.0] + [80.0] * 30 + [50.0, 45.0] + [80.0] * 15)


def test_words_of_dips_cover_neither_the_line_nor_one_another(light: Theme) -> None:
    dips = (
        Dip(day(40), day(42), "−31 % after #48213", "−38 to −22"),
        Dip(day(73), day(74), "−12 % after #48590", "−18 to −5"),
    )
    notes = place_notes(ChartData((dipping(),), dips=dips), frame())
    assert [note.dip for note in notes] == list(dips)
    assert not notes[0].box.intersects(notes[1].box)
    points = [(frame().x(START + n), frame().y(v)) for n, v in enumerate(dipping().values)]
    assert not any(note.box.contains(x, y) for note in notes for x, y in points)
    assert all(frame().rect.contains(note.box) for note in notes)


def test_words_keep_clear_of_words_that_are_there(light: Theme) -> None:
    dip = Dip(day(40), day(42), "−31 % after #48213")
    free = place_notes(ChartData((dipping(),), dips=(dip,)), frame())[0].box
    moved = place_notes(ChartData((dipping(),), dips=(dip,)), frame(), [free])[0].box
    assert not moved.intersects(free)
    assert place_notes(ChartData((dipping(),), dips=(dip,)), frame(), [frame().rect]) == []


def test_a_dip_is_shaded_and_its_recovery_marked(light: Theme) -> None:
    data = ChartData((dipping(),), dips=(Dip(day(40), day(42), restored=day(43)), Dip(day(85), None)))
    figure = UsageFigure(data)
    where = figure.frame(QRectF(0, 0, 1100, 400), START, START + 100)
    image = canvas()
    painter = QPainter(image)
    figure.paint(painter, where)
    painter.end()
    surface = QColor(LIGHT.surface)
    assert at(image, where, 41, 55) != surface
    assert at(image, where, 45, 55) == surface
    assert at(image, where, 88, 55) != surface, "one that lasts reaches to the last day known"
    assert at(image, where, 95, 55) == surface
    assert at(image, where, 43, 80) == QColor(LIGHT.good)


def test_a_band_has_gaps_where_nothing_is_expected(light: Theme) -> None:
    low = np.array([40.0] * 30 + [NAN] * 30 + [40.0] * 30)
    data = ChartData((usage([90.0] * 90),), band=Band(FIRST, low, low + 30, ""))
    figure = UsageFigure(data)
    where = figure.frame(QRectF(0, 0, 1100, 400), START, START + 89)
    image = canvas()
    painter = QPainter(image)
    figure.paint(painter, where)
    painter.end()
    assert at(image, where, 15, 60) == QColor(LIGHT.expected_range)
    assert at(image, where, 45, 61) == QColor(LIGHT.surface)
    assert at(image, where, 75, 60) == QColor(LIGHT.expected_range)


def test_the_words_of_a_ticket_s_story_find_room_left_and_beneath(light: Theme) -> None:
    story = [
        TicketMark(day(40), "opened 21 Oct", rule=True),
        TicketMark(day(42), "closed 23 Oct", kind="closed", rule=True),
        TicketMark(day(45), "value restored 27 Oct", kind="restored", rule=True),
    ]
    placed = MarkRow(story).place(frame(), 1000)
    assert np.isfinite(placed.lefts).all()
    assert placed.ends[0] < placed.xs[0]
    assert placed.beneath.tolist() == [False, True, False]
    assert placed.lefts[2] > placed.xs[2]
    assert placed.at(float(placed.lefts[0]) + 2) is story[0]


def test_an_axis_can_count_from_a_day(light: Theme) -> None:
    data = ChartData((usage([5.0] * 57),), origin=day(28))
    axis = UsageFigure(data)._days(frame()._replace(last=START + 56, rect=QRectF(0, 0, 500, 200)))
    assert [tick.text for tick in axis] == ["−28 days", "−14", "0", "+14", "+28 days"]


def test_many_dips_are_shaded_without_words(light: Theme) -> None:
    dips = tuple(Dip(day(9 * n), day(9 * n + 2), f"−{n} %") for n in range(9))
    assert place_notes(ChartData((dipping(),), dips=dips), frame()) == []
    few = frame()._replace(last=START + 40.0)
    assert len(place_notes(ChartData((dipping(),), dips=dips), few)) == 5


def test_on_a_page_a_chart_is_drawn_not_pictured(light: Theme) -> None:
    data = ChartData(
        (dipping(),),
        band=Band(FIRST, np.full(90, 60.0), np.full(90, 90.0)),
        tickets=(TicketMark(day(40), "#48213", high=True), TicketMark(day(60), "#48590")),
        dips=(Dip(day(40), day(42), "−31 % after #48213"),),
        spans=(Span(day(10), day(15), "Freeze", kind="freeze"),),
    )
    sheet = QBuffer()
    sheet.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(sheet)
    painter = QPainter(writer)
    figure = UsageFigure(data)
    painter.scale(4, 4)
    figure.paint(painter, figure.frame(QRectF(0, 0, 1000, 400), START, START + 89))
    painter.end()
    page = bytes(sheet.data().data())
    assert page.startswith(b"%PDF")
    assert b"/Subtype /Image" not in page
