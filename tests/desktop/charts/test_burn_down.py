"""The burn-down of a commitment: what is left, what is forecast, and the day on which nothing is."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from convergedesk.desktop.charts.burn_down_chart import BurnDownChart
from convergedesk.desktop.charts.burn_down_figure import BurnDownFigure, CommitmentPath, _until_nothing
from convergedesk.desktop.charts.read_out import ReadOut
from convergedesk.desktop.theme import LIGHT, Theme

SIZE = QSize(400, 300)
AREA = QRectF(0, 0, 400, 300)
FIRST, LAST = date(2026, 4, 1), date(2026, 4, 10)


def path(left: list[float], forecast: list[float], **more: Any) -> CommitmentPath:
    ahead = np.array(forecast)
    return CommitmentPath(
        FIRST, LAST, 100.0, np.array(left), ahead, ahead - 5, ahead + 5, left_text="70 left", **more
    )


USUAL = path([90.0, 80.0, 70.0], [55.0, 40.0, 25.0, 10.0, -5.0, -20.0, -35.0], exhausted=date(2026, 4, 8))


def shown(chart: BurnDownChart, qtbot: QtBot) -> BurnDownChart:
    qtbot.addWidget(chart)
    chart.resize(SIZE)
    chart.show()
    return chart


def ink(image: QImage, where: QPointF) -> QColor:
    return image.pixelColor(round(where.x()), round(where.y()))


def test_the_term_spans_the_chart_from_all_to_nothing(light: Theme) -> None:
    frame = BurnDownFigure(USUAL).frame(AREA)
    assert frame.last - frame.first == 10
    assert (frame.low, frame.high) == (0.0, 100.0)


def test_a_path_ends_at_the_moment_at_which_nothing_is_left() -> None:
    days, values = _until_nothing(np.arange(4.0), np.array([30.0, 10.0, -10.0, -30.0]))
    assert days.tolist() == [0, 1, 1.5]
    assert values.tolist() == [30, 10, 0]
    days, values = _until_nothing(np.arange(3.0), np.array([30.0, 20.0, np.nan]))
    assert values.tolist() == [30, 20]
    assert len(_until_nothing(np.arange(2.0), np.full(2, np.nan))[0]) == 0


def test_days_are_read_out_before_and_after_today(light: Theme, qtbot: QtBot) -> None:
    chart = BurnDownChart()
    chart.set_data(USUAL)
    shown(chart, qtbot)
    box = chart.findChild(ReadOut)
    assert isinstance(box, ReadOut)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert box.lines == ("1 Apr 2026", "left 90", "even pace 90")
    chart.read(3)
    assert box.lines == ("4 Apr 2026", "forecast, left 55", "likely 50 to 60", "even pace 60")
    chart.read(8)
    assert box.lines == ("9 Apr 2026", "forecast, left 0", "likely 0 to 0", "even pace 10")


def test_the_mouse_reads_the_nearest_day(light: Theme, qtbot: QtBot) -> None:
    chart = BurnDownChart()
    chart.set_data(USUAL)
    shown(chart, qtbot)
    assert [chart.item_at(chart.place(number)) for number in range(6)] == list(range(6))
    assert chart.item_at(QPointF(1, 1)) == -1


def test_what_is_left_and_what_is_forecast_look_apart(light: Theme) -> None:
    chart = BurnDownChart()
    chart.set_data(USUAL)
    figure = BurnDownFigure(USUAL)
    frame = figure.frame(AREA)
    image = chart.to_image(SIZE, 1)
    used = ink(image, figure.point(frame, 1))
    assert used.blue() > used.red() + 60
    start = FIRST.toordinal()
    fan = ink(image, QPointF(frame.x(start + 6), frame.y(figure.value(5) + 4)))
    assert fan == QColor(LIGHT.warning_soft)
    exhausted = frame.x(start + 7 + 10 / 15)
    assert ink(image, QPointF(exhausted, frame.y(0))) == QColor(LIGHT.forecast)
    chart.deleteLater()


def test_a_what_if_keeps_the_forecast_to_compare_with(light: Theme) -> None:
    def picture(before: list[float] | None) -> QImage:
        chart = BurnDownChart()
        array = None if before is None else np.array(before)
        chart.set_data(path([90.0, 80.0], [70.0, 60.0, 55.0, 50.0, 45.0, 40.0, 38.0, 36.0], before=array))
        image = chart.to_image(SIZE, 1)
        chart.deleteLater()
        return image

    assert picture(None) != picture([60.0, 40.0, 20.0, 0.0, -20.0, -40.0, -60.0, -80.0])


def test_an_empty_chart_paints_nothing(light: Theme) -> None:
    chart = BurnDownChart()
    chart.set_data(None)
    assert chart.items() == ()
    assert chart.item_at(QPointF(100, 100)) == -1
    blank = QImage(SIZE, QImage.Format.Format_RGB32)
    blank.fill(QColor(LIGHT.surface))
    assert chart.to_image(SIZE, 1) == blank


amounts = st.one_of(st.floats(-500, 500), st.just(float("nan")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(amounts, max_size=10), st.data())
def test_any_path_is_painted(light: Theme, left: list[float], data: st.DataObject) -> None:
    forecast = data.draw(st.lists(amounts, min_size=10 - len(left), max_size=10 - len(left)))
    chart = BurnDownChart()
    chart.set_data(path(left, forecast))
    chart.resize(SIZE)
    chart.to_image(QSize(200, 160), 1)
    for number in range(10):
        title, rows = chart.words(number)
        assert title
        assert rows
        assert np.isfinite(chart.place(number).y())


@pytest.mark.parametrize("size", [QSize(1, 1), QSize(30, 20)])
def test_no_room_is_no_fault(light: Theme, size: QSize) -> None:
    chart = BurnDownChart()
    chart.set_data(USUAL)
    assert chart.to_image(size, 1).size() == size
