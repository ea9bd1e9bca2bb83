"""The usage chart: what is in view, what it reads out, and what leaves it."""

from datetime import date, timedelta

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.charts.read_out import Hairline, ReadOut
from convergedesk.desktop.charts.series import (
    Band,
    ChartData,
    DaySeries,
    Dip,
    MonthSeries,
    Span,
    Target,
    TicketMark,
)
from convergedesk.desktop.charts.usage_chart import UsageChart
from convergedesk.desktop.charts.usage_figure import values_in_view
from convergedesk.desktop.theme import DARK, LIGHT, Mode, Theme

FIRST = date(2026, 9, 1)
NAN = float("nan")
TICKETS = (
    TicketMark(date(2026, 9, 20), "#48213", "Deliveries time out", high=True, payload=48213),
    TicketMark(date(2026, 10, 20), "#48590", "Duplicates", payload=48590),
)


def days(values: list[float], name: str = "Events", first: date = FIRST) -> DaySeries:
    return DaySeries(name.lower(), name, first, np.array(values, dtype=np.float64), "events")


@pytest.fixture
def chart(light: Theme, qtbot: QtBot) -> UsageChart:
    widget = UsageChart()
    qtbot.addWidget(widget)
    widget.resize(900, 400)
    widget.set_data([days([float(n % 7 + 10) for n in range(90)])], tickets=TICKETS)
    widget.show()
    QApplication.processEvents()
    return widget


def plot(chart: UsageChart):
    return chart._plot


def test_all_days_are_shown_first(chart: UsageChart) -> None:
    assert chart.day_range() == (FIRST, FIRST + timedelta(days=89))


def test_a_range_that_is_set_is_said(chart: UsageChart, qtbot: QtBot) -> None:
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    with qtbot.waitSignal(chart.range_changed) as said:
        chart.set_range(first, last)
    assert said.args == [first, last]
    assert chart.day_range() == (first, last)


def test_keys_pan_zoom_and_go_back(chart: UsageChart, qtbot: QtBot) -> None:
    home = (date(2026, 10, 1), date(2026, 10, 31))
    chart.set_range(*home)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.day_range()[0] > home[0]
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.day_range()[1] - chart.day_range()[0] < home[1] - home[0]
    qtbot.keyClick(chart, Qt.Key.Key_Minus)
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart.day_range() == home


def test_nobody_gets_lost_far_from_the_data(chart: UsageChart, qtbot: QtBot) -> None:
    for _ in range(60):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.day_range()[1] <= FIRST + timedelta(days=89 + 7)
    for _ in range(60):
        qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert (chart.day_range()[1] - chart.day_range()[0]).days >= 5


def test_the_wheel_zooms_around_the_mouse(chart: UsageChart) -> None:
    frame = plot(chart).frame()
    place = QPointF(frame.rect.left() + frame.rect.width() * 0.8, frame.rect.center().y())
    under = frame.day(place.x())
    wheel = QWheelEvent(
        place,
        plot(chart).mapToGlobal(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot(chart).viewport(), wheel)
    after = plot(chart).frame()
    assert after.last - after.first < frame.last - frame.first
    assert after.day(place.x()) == pytest.approx(under, abs=0.01)


def test_the_value_axis_fits_what_is_in_view(light: Theme, qtbot: QtBot) -> None:
    chart = UsageChart()
    qtbot.addWidget(chart)
    chart.resize(600, 300)
    chart.set_data([days([1000.0] * 30 + [10.0] * 30)])
    chart.set_range(FIRST + timedelta(days=40), FIRST + timedelta(days=55))
    assert plot(chart).frame().high < 30
    chart.show_all()
    assert plot(chart).frame().high >= 1000


def test_an_axis_that_starts_high_says_so(light: Theme, qtbot: QtBot) -> None:
    chart = UsageChart()
    qtbot.addWidget(chart)
    chart.resize(600, 300)
    with qtbot.waitSignal(chart.axis_note_changed):
        chart.set_data([days([1.9e6, 2.0e6, 2.4e6] * 10)])
    assert chart.axis_note().startswith("axis starts at 1.")
    chart.set_data([days([0.0, 5.0, 9.0])])
    assert chart.axis_note() == ""


def test_values_in_view_know_targets_and_bands() -> None:
    data = ChartData(
        (days([5.0, NAN, 9.0]),),
        band=Band(FIRST, np.array([1.0, 1.0, 1.0]), np.array([2.0, 2.0, 2.0])),
        targets=(Target(40.0, "Target"),),
    )
    assert values_in_view(data, FIRST.toordinal(), FIRST.toordinal() + 2) == (1.0, 40.0)


def test_nothing_known_in_view_is_no_fault(light: Theme, qtbot: QtBot) -> None:
    chart = UsageChart()
    qtbot.addWidget(chart)
    chart.set_data([days([NAN] * 20)])
    chart.show()
    chart.grab()
    chart.set_data([])
    chart.grab()
    assert chart.series_csv() == [("period",)]


def test_the_read_out_names_the_day_and_every_value(chart: UsageChart) -> None:
    chart.set_data(
        [days([10.0, 20.0, 30.0]), days([40.0, NAN, 5.0], "Calls")],
        previous=days([7.0, 8.0, 9.0], "Q2"),
        spans=[Span(FIRST + timedelta(days=1), FIRST + timedelta(days=1), "Outage", incident=True)],
    )
    chart.read(FIRST + timedelta(days=1))
    box = chart.findChild(ReadOut)
    assert isinstance(box, ReadOut)
    assert box.isVisible()
    assert box.lines == ("2 Sep 2026", "Events 20\u202fevents", "Calls not reported", "Q2 8", "Outage")
    chart.read(FIRST)
    assert box.lines[1].startswith("Calls 40")
    chart.read(None)
    assert not box.isVisible()


def test_the_mouse_reads_the_nearest_day(chart: UsageChart, qtbot: QtBot) -> None:
    frame = plot(chart).frame()
    target = FIRST + timedelta(days=30)
    place = QPointF(frame.x(target.toordinal()) + 2, frame.rect.center().y())
    with qtbot.waitSignal(chart.day_read) as read:
        qtbot.mouseMove(plot(chart).viewport(), place.toPoint())
    assert read.args == [target]
    line = chart.findChild(Hairline)
    assert isinstance(line, Hairline)
    assert line.x() == pytest.approx(frame.x(target.toordinal()), abs=1)


def test_ctrl_and_an_arrow_read_day_by_day(chart: UsageChart, qtbot: QtBot) -> None:
    read = []
    chart.day_read.connect(read.append)
    for _ in range(2):
        qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert read == [FIRST, FIRST + timedelta(days=1)]


def test_a_click_on_a_ticket_opens_it(chart: UsageChart, qtbot: QtBot) -> None:
    frame = plot(chart).frame()
    place = QPointF(frame.x(TICKETS[0].day.toordinal()), frame.rect.bottom() + 11).toPoint()
    with qtbot.waitSignal(chart.ticket_clicked) as opened:
        qtbot.mouseClick(plot(chart).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [48213]


def test_a_ticket_under_the_mouse_says_what_it_is_about(chart: UsageChart, qtbot: QtBot) -> None:
    frame = plot(chart).frame()
    place = QPointF(frame.x(TICKETS[0].day.toordinal()), frame.rect.bottom() + 11).toPoint()
    qtbot.mouseMove(plot(chart).viewport(), place)
    box = chart.findChild(ReadOut)
    assert isinstance(box, ReadOut)
    qtbot.waitUntil(box.isVisible)
    assert box.lines == ("#48213", "Deliveries time out", "high priority, opened 20 Sep")


def test_keys_step_through_tickets_and_open_them(chart: UsageChart, qtbot: QtBot) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_Period)
    qtbot.keyClick(chart, Qt.Key.Key_Period)
    with qtbot.waitSignal(chart.ticket_clicked) as opened:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened.args == [48590]


def test_the_csv_has_the_days_in_view_and_keeps_what_is_unknown_empty(chart: UsageChart) -> None:
    events = days([1.0, 2.5, NAN, 4.0, NAN, NAN, NAN, NAN, 9.0, 10.0])
    chart.set_data([events, days([NAN, NAN, NAN, 7.0], "Calls")])
    chart.set_range(FIRST + timedelta(days=1), FIRST + timedelta(days=8))
    assert chart.series_csv() == [
        ("period", "Events (events)", "Calls (events)"),
        ("2026-09-02", "2.5", ""),
        ("2026-09-04", "4", "7"),
        ("2026-09-09", "9", ""),
    ]


def test_monthly_usage_stays_monthly_in_the_csv_and_the_read_out(chart: UsageChart) -> None:
    chart.set_data([MonthSeries("seats", "Seats", date(2026, 1, 1), np.array([5.0, NAN, 7.0]))])
    chart.show_all()
    assert chart.day_range() == (date(2026, 1, 1), date(2026, 3, 31))
    assert chart.series_csv() == [("period", "Seats"), ("2026-01", "5"), ("2026-03", "7")]
    chart.read(date(2026, 3, 17))
    box = chart.findChild(ReadOut)
    assert isinstance(box, ReadOut)
    assert box.lines == ("Mar 2026", "Seats 7")


def test_monthly_usage_is_a_flat_step_from_its_first_to_its_last_day(chart: UsageChart) -> None:
    chart.set_data([MonthSeries("seats", "Seats", date(2026, 1, 1), np.array([100.0, 50.0]))])
    chart.show_all()
    picture = chart.grab().toImage()
    frame = plot(chart).frame()
    fill = QColor(LIGHT.expected_range)
    for day in (date(2026, 1, 3), date(2026, 1, 29)):
        assert picture.pixelColor(round(frame.x(day.toordinal())), round(frame.y(80))) == fill
    for day in (date(2026, 2, 3), date(2026, 2, 26)):
        assert picture.pixelColor(round(frame.x(day.toordinal())), round(frame.y(80))) != fill
        assert picture.pixelColor(round(frame.x(day.toordinal())), round(frame.y(20))) == fill


def test_days_under_the_range_are_red_and_others_blue(chart: UsageChart) -> None:
    values = np.full(40, 100.0)
    values[20:30] = 40.0
    chart.set_data(
        [DaySeries("e", "Events", FIRST, values)],
        band=Band(FIRST, np.full(40, 80.0), np.full(40, 120.0), ""),
    )
    chart.show_all()
    picture = chart.grab().toImage()
    frame = plot(chart).frame()

    def ink(day: int, value: float) -> QColor:
        return picture.pixelColor(round(frame.x(FIRST.toordinal() + day)), round(frame.y(value)))

    assert ink(25, 40).red() > ink(25, 40).blue()
    assert ink(10, 100).blue() > ink(10, 100).red()


def test_a_picture_has_the_size_and_scale_asked_for(chart: UsageChart) -> None:
    image = chart.to_image(QSize(700, 300), scale=2)
    assert (image.width(), image.height()) == (1400, 600)
    again = QImage.fromData(chart.to_png(QSize(700, 300), scale=1))
    assert (again.width(), again.height()) == (700, 300)
    assert again.pixelColor(2, 2) == QColor(LIGHT.surface)


def test_the_chart_follows_the_theme(chart: UsageChart, light: Theme) -> None:
    light.set_mode(Mode.DARK)
    picture = chart.grab().toImage()
    assert picture.pixelColor(2, 2) == QColor(DARK.surface)


def test_ten_meters_are_named_apart(chart: UsageChart) -> None:
    series = [days([100.0 + n] * 60, f"Meter {n}") for n in range(10)]
    chart.set_data(series)
    chart.grab()
    assert chart.accessibleDescription().startswith("Meter 0, Meter 1")


def test_dragging_moves_the_days_with_the_mouse(chart: UsageChart) -> None:
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    chart.set_range(first, last)
    chart.grab()
    frame = plot(chart).frame()
    day = first.toordinal() + 20
    start = QPointF(frame.x(day), frame.rect.center().y())
    end = QPointF(frame.x(day - 5), start.y())
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, place, button, buttons in (
        (QEvent.Type.MouseButtonPress, start, left, left),
        (QEvent.Type.MouseMove, start - QPointF(10, 0), none, left),
        (QEvent.Type.MouseMove, end, none, left),
        (QEvent.Type.MouseButtonRelease, end, left, none),
    ):
        viewport = plot(chart).viewport()
        event = QMouseEvent(
            kind, place, viewport.mapToGlobal(place), button, buttons, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(viewport, event)
    assert plot(chart).frame().x(day) == pytest.approx(end.x(), abs=1)


def with_a_dip(chart: UsageChart) -> Dip:
    values = np.full(40, 100.0)
    values[20:25] = 40.0
    dip = Dip(FIRST + timedelta(days=20), FIRST + timedelta(days=24), "−60 % after #1")
    chart.set_data(
        [DaySeries("e", "Events", FIRST, values)],
        band=Band(FIRST, np.full(40, 80.0), np.full(40, 120.0)),
        dips=[dip],
    )
    chart.show_all()
    return dip


def test_a_click_on_the_days_of_a_dip_says_which(chart: UsageChart, qtbot: QtBot) -> None:
    dip = with_a_dip(chart)
    frame = plot(chart).frame()
    place = QPointF(frame.x(dip.first_day.toordinal() + 2), frame.rect.center().y()).toPoint()
    with qtbot.waitSignal(chart.dip_clicked) as clicked:
        qtbot.mouseClick(plot(chart).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args == [dip]
    outside = QPointF(frame.x(FIRST.toordinal() + 5), frame.rect.center().y()).toPoint()
    with qtbot.assertNotEmitted(chart.dip_clicked):
        qtbot.mouseClick(plot(chart).viewport(), Qt.MouseButton.LeftButton, pos=outside)


def test_the_expected_range_is_read_exported_and_told(chart: UsageChart) -> None:
    dip = with_a_dip(chart)
    chart.read(dip.first_day)
    assert chart.reading_day() == dip.first_day
    box = chart.findChild(ReadOut)
    assert isinstance(box, ReadOut)
    assert box.lines == ("21 Sep 2026", "Events 40", "expected 80 to 120", "−60 % after #1")
    assert chart.series_csv()[0] == ("period", "Events", "Expected range, low", "Expected range, high")
    assert chart.series_csv()[1] == ("2026-09-01", "100", "80", "120")
    assert chart.accessibleDescription().endswith("1 confirmed dip")
    chart.read(None)
    assert chart.reading_day() is None
