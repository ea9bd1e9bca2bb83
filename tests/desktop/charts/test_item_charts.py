"""Survival curve, forest plot and scatter: what they say, what is opened, and what stays grey."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from convergedesk.desktop.charts.forest_plot import ForestPlot, ForestRow, limits_of
from convergedesk.desktop.charts.item_chart import ItemChart
from convergedesk.desktop.charts.placing import along, free_box
from convergedesk.desktop.charts.read_out import ReadOut
from convergedesk.desktop.charts.scatter_chart import ScatterAxes, ScatterChart, ScatterFigure, ScatterPoint
from convergedesk.desktop.charts.survival_chart import SurvivalChart
from convergedesk.desktop.charts.survival_figure import SurvivalCurve, SurvivalFigure, corners
from convergedesk.desktop.theme import DARK, LIGHT, Mode, Theme

SIZE = QSize(400, 360)
AREA = QRectF(0, 0, 400, 360)
MARLOWE = ForestRow("#48213 Marlowe", -0.18, -0.11, -0.04, payload=48213)
OPEN = ForestRow("#48590 Marlowe", -0.04, 0.02, 0.08, payload=48590)
BRIGHT = ForestRow("#48402 Brightwater", 0.04, 0.12, 0.21)


def curve(open_days: list[float] | None = None) -> SurvivalCurve:
    times, share = np.array([2.0, 5.0, 9.0]), np.array([0.8, 0.4, 0.2])
    waiting = None if open_days is None else np.array(open_days)
    return SurvivalCurve(times, share, share - 0.1, share + 0.1, median=5.0, open_days=waiting)


def shown(chart: ItemChart, qtbot: QtBot) -> ItemChart:
    qtbot.addWidget(chart)
    chart.resize(SIZE)
    chart.show()
    return chart


def said(chart: ItemChart) -> tuple[str, ...]:
    box = chart.findChild(ReadOut)
    assert isinstance(box, ReadOut)
    return box.lines if box.isVisible() else ()


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_a_share_holds_until_the_next_step() -> None:
    days, shares = corners(np.array([2.0, 5.0]), np.array([0.8, 0.4]), 7.0)
    assert list(zip(days, shares, strict=True)) == [(0, 1), (2, 1), (2, 0.8), (5, 0.8), (5, 0.4), (7, 0.4)]
    assert [curve().at(day) for day in (0, 1.9, 2, 8.9, 30)] == [1.0, 1.0, 0.8, 0.4, 0.2]


def test_the_axis_of_a_survival_curve_ends_with_a_whole_week(light: Theme) -> None:
    assert SurvivalFigure(curve()).frame(AREA).last == 14
    assert SurvivalFigure(curve([20.0])).frame(AREA).last == 21
    assert SurvivalFigure(curve(), last_day=10).frame(AREA).last == 10


def test_steps_are_read_out_with_their_interval(light: Theme, qtbot: QtBot) -> None:
    chart = SurvivalChart()
    chart.set_data(curve(), previous=curve(), median_text="5 days")
    shown(chart, qtbot)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert said(chart) == (
        "After 5 days",
        "not yet restored 40\u202f%",
        "95 % interval 30\u202f% to 50\u202f%",
        "before 40\u202f%",
    )
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert said(chart) == ()


def test_those_still_open_are_ticks_on_the_curve(light: Theme) -> None:
    def ink(open_days: list[float] | None) -> QColor:
        chart = SurvivalChart()
        chart.set_data(curve(open_days))
        frame = SurvivalFigure(curve(open_days), last_day=14).frame(AREA)
        image = chart.to_image(SIZE, 1)
        chart.deleteLater()
        return image.pixelColor(round(frame.x(7)), round(frame.y(0.4)) - 4)

    assert ink([7.0, 7.0]) != ink(None)


def test_a_curve_without_a_step_is_a_flat_line(light: Theme) -> None:
    none = np.zeros(0)
    chart = SurvivalChart()
    chart.set_data(SurvivalCurve(none, none, none, none, open_days=np.array([3.0])))
    assert chart.items() == ()
    frame = SurvivalFigure(curve(), last_day=7).frame(AREA)
    on_line = chart.to_image(SIZE, 1).pixelColor(round(frame.x(1)), round(frame.y(1)))
    assert on_line.blue() - on_line.red() > 60
    chart.set_data(None)
    assert colours(chart.to_image(SIZE, 1)) == {QColor(LIGHT.surface).name()}


def test_an_interval_that_includes_no_change_is_grey_and_says_so(light: Theme) -> None:
    assert [row.tone for row in (MARLOWE, OPEN, BRIGHT)] == ["critical", "text_3", "good"]
    assert [row.verdict for row in (MARLOWE, OPEN, BRIGHT)] == [
        "−11\u202f%",
        "inconclusive",
        "+12\u202f%",
    ]
    chart = ForestPlot()
    chart.set_data([OPEN])
    seen = colours(chart.to_image(SIZE, 1))
    assert QColor(LIGHT.text_3).name() in seen
    assert not seen & {QColor(LIGHT.critical).name(), QColor(LIGHT.good).name()}


def test_a_row_is_opened_by_click_and_by_key(light: Theme, qtbot: QtBot) -> None:
    chart = ForestPlot()
    chart.set_data([MARLOWE, OPEN, BRIGHT])
    shown(chart, qtbot)
    with qtbot.waitSignal(chart.item_opened) as opened:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place(1).toPoint())
    assert opened.args == [48590]
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert said(chart)[0] == "#48590 Marlowe"
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    with qtbot.waitSignal(chart.item_opened) as opened:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened.args == [48213]
    with qtbot.assertNotEmitted(chart.item_opened):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place(2).toPoint())
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(200, 350))


def test_the_scale_holds_every_row_and_no_change() -> None:
    low, high = limits_of([MARLOWE])
    assert low < -0.18
    assert high > 0
    assert limits_of([])[0] < 0 < limits_of([])[1]


def test_an_effect_beyond_the_scale_is_an_arrow_at_its_edge(light: Theme) -> None:
    def picture(row: ForestRow) -> QImage:
        chart = ForestPlot()
        chart.set_data([row], limits=(-0.2, 0.2))
        image = chart.to_image(SIZE, 1)
        chart.deleteLater()
        return image

    inside = picture(ForestRow("A", -0.19, -0.15, -0.1, text="x"))
    beyond = picture(ForestRow("A", -0.9, -0.5, -0.1, text="x"))
    assert inside != beyond
    assert QColor(LIGHT.critical).name() in colours(beyond)


POINTS = (
    ScatterPoint(0.6, 0.07, "Solvane", payload="solvane"),
    ScatterPoint(3.1, -0.26, "Kestrel", payload="kestrel"),
    ScatterPoint(0.4, -0.33, "Tindle: dip with no tickets", notable=True, payload="tindle"),
    ScatterPoint(math.nan, 0.2, "Unknown"),
)
AXES = ScatterAxes("tickets a week", "usage change")


def test_points_are_read_from_left_to_right_and_opened(light: Theme, qtbot: QtBot) -> None:
    chart = ScatterChart()
    chart.set_data(POINTS, AXES)
    shown(chart, qtbot)
    assert chart.items() == ["tindle", "solvane", "kestrel"]
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert said(chart) == ("Kestrel", "tickets a week 3.1", "usage change −26\u202f%")
    with qtbot.waitSignal(chart.item_opened) as opened:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place(0).toPoint())
    assert opened.args == ["tindle"]
    assert chart.item_at(QPointF(200, 20)) == -1
    assert "Unknown" not in chart.accessibleDescription()


values = st.floats(-0.6, 0.6)
clouds = st.lists(st.tuples(st.floats(0, 9), values), min_size=1, max_size=25)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(clouds)
def test_every_point_lies_inside_the_axes(light: Theme, cloud: list[tuple[float, float]]) -> None:
    figure = ScatterFigure([ScatterPoint(x, y, "") for x, y in cloud], AXES)
    low, high = min(y for _, y in cloud), max(y for _, y in cloud)
    last = max(x for x, _ in cloud)
    frame = figure.frame(AREA)
    assert frame.low <= low + 1e-9
    assert frame.high >= high - 1e-9
    assert frame.first == 0
    assert frame.last >= last
    assert frame.last > frame.first
    assert frame.high > frame.low


def test_names_of_points_cover_neither_dots_nor_one_another(light: Theme) -> None:
    noise = np.random.default_rng(4)
    places = noise.uniform(0, 1, (40, 2)).tolist()
    cloud = [ScatterPoint(x, y, f"Account {n}") for n, (x, y) in enumerate(places)]
    figure = ScatterFigure([*cloud, ScatterPoint(0.5, 0.5, "Look here", notable=True)], AXES)
    frame = figure.frame(AREA)
    named = figure.names(frame)
    assert named[0][0].label == "Look here"
    boxes = [box for _, box in named]
    assert 5 < len(boxes) < 40
    assert not any(one.intersects(other) for n, one in enumerate(boxes) for other in boxes[:n])
    dots = [(frame.x(point.x), frame.y(point.y)) for point in figure.points]
    assert not any(box.contains(x, y) for box in boxes for x, y in dots)


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_notable_points_are_red_in_both_themes(light: Theme, mode: Mode) -> None:
    light.set_mode(mode)
    palette = DARK if mode == Mode.DARK else LIGHT
    chart = ScatterChart()
    chart.set_data(POINTS, AXES)
    seen = colours(chart.to_image(SIZE, 1))
    assert {QColor(palette.critical).name(), QColor(palette.usage).name()} <= seen


def test_a_saved_picture_has_its_size_and_no_read_out(light: Theme, qtbot: QtBot) -> None:
    chart = ScatterChart()
    chart.set_data(POINTS, AXES)
    shown(chart, qtbot)
    before = chart.to_image(SIZE, 2)
    chart.read(1)
    assert chart.to_image(SIZE, 2) == before
    assert QImage.fromData(chart.to_png(SIZE, 2)).size() == SIZE * 2


def test_words_prefer_free_ground() -> None:
    area = QRectF(0, 0, 200, 100)
    line = along(np.array([0.0, 200.0]), np.array([20.0, 20.0]))
    boxes = [QRectF(10, 10, 50, 20), QRectF(10, 60, 50, 20)]
    assert free_box(boxes, area, [], line) == boxes[1]
    assert free_box(boxes, area, [boxes[1]], line) == boxes[0]
    assert free_box([QRectF(190, 10, 50, 20)], area, [], line) is None
