"""Bars by month are read and opened by mouse and by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from convergedesk.desktop.charts.bar_chart import Bar, BarChart, BarNote
from convergedesk.desktop.charts.read_out import ReadOut
from convergedesk.desktop.theme import LIGHT, Theme

BARS = (
    Bar("Oct", (97.0, 18.0), "115", payload="oct"),
    Bar("Nov", (100.0, 13.0), "118.5", payload="nov"),
    Bar("Dec", (28.0, 5.0), "33.1", hollow=114.4, pending=True, title="December, so far", payload="dec"),
)


@pytest.fixture
def chart(light: Theme, qtbot: QtBot) -> BarChart:
    widget = BarChart()
    qtbot.addWidget(widget)
    widget.resize(600, 300)
    widget.set_data(BARS, names=("Events", "API calls"))
    widget.show()
    return widget


def lines(chart: BarChart) -> tuple[str, ...]:
    box = chart.findChild(ReadOut)
    assert isinstance(box, ReadOut)
    return box.lines if box.isVisible() else ()


def test_arrows_read_and_enter_opens(chart: BarChart, qtbot: QtBot) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert lines(chart) == ("Oct", "Events 97", "API calls 18", "In all 115")
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    with qtbot.waitSignal(chart.bar_clicked) as opened:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened.args == ["nov"]
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert lines(chart) == ()


def test_what_is_not_final_says_its_forecast(chart: BarChart) -> None:
    chart.read(2)
    assert lines(chart) == ("December, so far", "Events 28", "API calls 5", "Forecast 114", "In all 33") or (
        "Forecast 114.4" in lines(chart)
    )


def test_the_mouse_finds_the_bar(chart: BarChart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chart.bar_clicked) as opened:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(580, 200))
    assert opened.args == ["dec"]


def test_a_bar_is_filled_from_zero(chart: BarChart) -> None:
    picture = chart.grab().toImage()
    column = [picture.pixelColor(130, y) for y in range(picture.height())]
    filled = [y for y, pixel in enumerate(column) if pixel == QColor(LIGHT.usage)]
    assert len(filled) > 100
    assert filled == list(range(filled[0], filled[-1] + 1))


def test_credits_hang_under_the_line(chart: BarChart) -> None:
    chart.set_data([Bar("Oct", (10.0,)), Bar("Nov", (-4.0,), "−4")])
    picture = chart.grab().toImage()
    assert picture.width() == 600
    chart.read(1)
    assert lines(chart)[0] == "Nov"


def test_no_bars_is_no_fault(chart: BarChart, qtbot: QtBot) -> None:
    chart.set_data([])
    chart.grab()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.mouseMove(chart, QPoint(100, 100))
    assert lines(chart) == ()


def test_the_bars_are_said_in_words(chart: BarChart) -> None:
    assert chart.accessibleDescription() == "Oct 115; Nov 118.5; December, so far 33.1"


def test_a_forecast_tells_its_limits_and_its_words_stand_beside_the_last_bar(chart: BarChart) -> None:
    plain = chart.grab().toImage()
    notes = (BarNote(114.4, "Forecast 114.4", "likely 109 to 120", "warning"), BarNote(16.0, "Accrued 33.1"))
    told = replace(BARS[2], likely=(109.0, 120.0), notes=notes)
    chart.set_data((*BARS[:2], told), names=("Events", "API calls"))
    assert chart.grab().toImage() != plain
    chart.read(2)
    assert "likely 109 to 120" in lines(chart)
    assert "Accrued in all 33" in lines(chart)
    assert chart.reading() == "dec"
    chart.read(-1)
    assert chart.reading() is None
