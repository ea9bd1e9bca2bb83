"""Tables are moved through, sorted and opened by mouse and by keyboard."""

from typing import NamedTuple

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from convergedesk.desktop.charts.spark import Spark, SparkTick
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.theme import LIGHT, Theme
from convergedesk.desktop.widgets.paint import BadgeValue, IntervalValue, PacingValue
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.table.cells import (
    AvatarCell,
    BadgeCell,
    Cell,
    FlagCount,
    FlagCountCell,
    IntervalCell,
    PacingCell,
    SparkCell,
    StatusCell,
    TextCell,
    TextLine,
    TwoLine,
    TwoLineCell,
)
from convergedesk.desktop.widgets.table.view import TableView


class Row(NamedTuple):
    key: str
    figure: int


NAMES = ("Tindle", "Kestrel", "Fernhill", "Marlowe", "Cobalt", "Brightwater")


@pytest.fixture
def table(light: Theme, qtbot: QtBot) -> TableView:
    model = RowsModel[Row](
        (
            Column(key="name", title="Account", text=lambda row: row.key, sort_key=lambda row: row.key),
            Column(key="plain", title="Plain", text=lambda _row: "x"),
            Column(
                key="figure",
                title="Usage",
                text=lambda row: str(row.figure),
                align="right",
                sort_key=lambda row: row.figure,
                descending_first=True,
            ),
        ),
        id_of=lambda row: row.key,
    )
    model.set_rows([Row(name, len(name)) for name in NAMES])
    view = TableView(model, name="Accounts")
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    return view


def at(table: TableView, row: int, column: int = 0) -> QPoint:
    return table.visualRect(table.rows_model.index(row, column)).center()


def head(table: TableView, column: int) -> QPoint:
    header = table.horizontalHeader()
    return QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)


def test_a_click_opens_the_row(table: TableView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.activated_id) as opened:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at(table, 1))
    assert opened.args == ["Kestrel"]


def test_where_a_click_only_selects_two_open(light: Theme, qtbot: QtBot, table: TableView) -> None:
    view = TableView(table.rows_model, name="Accounts", click_opens=False)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    with qtbot.assertNotEmitted(view.activated_id):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at(view, 1))
    assert view.current_id() == "Kestrel"
    with qtbot.waitSignal(view.activated_id) as opened:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at(view, 1))
    assert opened.args == ["Kestrel"]


def test_keys_move_and_open(table: TableView, qtbot: QtBot) -> None:
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.current_id() == "Brightwater"
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current_id() == "Kestrel"
    with qtbot.waitSignal(table.activated_id) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["Kestrel"]


def test_typing_finds_a_name_from_any_column(table: TableView, qtbot: QtBot) -> None:
    table.setCurrentIndex(table.rows_model.index(0, 2))
    qtbot.keyClicks(table, "mar")
    assert table.current_id() == "Marlowe"


def test_a_click_on_the_header_sorts_and_a_second_one_turns_round(table: TableView, qtbot: QtBot) -> None:
    header = table.horizontalHeader().viewport()
    qtbot.mouseClick(header, Qt.MouseButton.LeftButton, pos=head(table, 2))
    assert table.rows_model.sort_state == (2, True)
    assert table.rows_model.row(0).key == "Brightwater"
    qtbot.mouseClick(header, Qt.MouseButton.LeftButton, pos=head(table, 2))
    assert table.rows_model.sort_state == (2, False)
    qtbot.mouseClick(header, Qt.MouseButton.LeftButton, pos=head(table, 1))
    assert table.rows_model.sort_state == (2, False)


def test_the_keyboard_sorts_too(table: TableView, qtbot: QtBot) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table, Qt.Key.Key_Right, shift)
    assert table.rows_model.sort_state == (0, False)
    qtbot.keyClick(table, Qt.Key.Key_Right, shift)
    assert table.rows_model.sort_state == (2, True)
    qtbot.keyClick(table, Qt.Key.Key_Up, shift)
    assert table.rows_model.sort_state == (2, False)


def test_the_selected_row_stays_selected_when_rows_are_replaced(table: TableView) -> None:
    table.select_id("Marlowe")
    table.rows_model.set_rows([Row(name, 1) for name in reversed(NAMES)])
    assert table.current_id() == "Marlowe"
    table.rows_model.set_rows([Row("Other", 1)])
    assert table.current_id() is None


def test_moving_says_where_to(table: TableView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.selected_id) as moved:
        table.select_id("Cobalt")
    assert moved.args == ["Cobalt"]


@pytest.mark.parametrize("width", [240, 600, 1200])
def test_the_last_column_is_never_cut(table: TableView, width: int) -> None:
    table.resize(width, 300)
    last = len(table.rows_model.columns) - 1
    right = table.columnViewportPosition(last) + table.columnWidth(last)
    assert right == table.viewport().width()


def test_rows_grow_with_the_text(table: TableView, light: Theme) -> None:
    before = table.rowHeight(0)
    light.set_text_scale(2.0)
    assert table.rowHeight(0) == 2 * before


def test_the_selected_row_has_its_ground_and_edge(table: TableView) -> None:
    table.select_id("Fernhill")
    table.clearFocus()
    picture = table.viewport().grab().toImage()
    rect = table.visualRect(table.rows_model.index(2, 0))
    assert picture.pixelColor(0, rect.center().y()) == QColor(LIGHT.accent)
    assert picture.pixelColor(rect.right() - 2, rect.center().y()) == QColor(LIGHT.accent_soft)


def test_the_row_under_the_mouse_is_tinted(table: TableView, qtbot: QtBot) -> None:
    qtbot.mouseMove(table.viewport(), at(table, 3))
    assert table.hover_row == 3
    table.selectionModel().clear()
    picture = table.viewport().grab().toImage()
    rect = table.visualRect(table.rows_model.index(3, 1))
    assert picture.pixelColor(rect.right() - 2, rect.top() + 3) == QColor(LIGHT.hover)


def test_without_rows_the_empty_state_stands_there(table: TableView) -> None:
    state = EmptyState("ticket", "No tickets", "None match.")
    table.set_empty(state)
    assert not state.isVisible()
    table.rows_model.set_filter(lambda _row: False)
    assert state.isVisible()
    assert state.size() == table.viewport().size()


VALUES = (
    (TextCell(), "text"),
    (TextCell(), TextLine("−33 %", icon="trend-down", tone="critical")),
    (TwoLineCell(), TwoLine("Marlowe", "Strategic")),
    (TwoLineCell(), TwoLine("Marlowe")),
    (SparkCell(), Spark((1.0, None, 2.0, 3.0), (SparkTick(1, True),), (0.0, 0.0, 0.0, 4.0), (5.0,) * 4)),
    (SparkCell(), Spark(())),
    (SparkCell(), None),
    (BadgeCell(), BadgeValue("A badge with a very long text", "good", "check-circle")),
    (BadgeCell(), None),
    (StatusCell(), TextLine("Watch", tone="warning", icon="warning")),
    (AvatarCell(named=True), "Lena Fischer"),
    (AvatarCell(), ""),
    (PacingCell(), PacingValue(1.3, 0.7, True, "ends 19 Jan", "warning", "121 %")),
    (PacingCell(), PacingValue(0.0)),
    (PacingCell(), None),
    (IntervalCell(), IntervalValue(-0.9, -0.31, 0.2, inconclusive=True)),
    (IntervalCell(), None),
    (FlagCountCell(), FlagCount(4, 2)),
    (FlagCountCell(), FlagCount(0, 0)),
)


@pytest.mark.parametrize(("cell", "value"), VALUES, ids=lambda part: type(part).__name__)
def test_every_cell_paints_inside_its_rectangle(light: Theme, cell: Cell, value: object) -> None:
    paper = QColor("#FFFFFF")
    image = QImage(200, 60, QImage.Format.Format_RGB32)
    image.fill(paper)
    painter = QPainter(image)
    painter.setClipRect(0, 0, 200, 60)
    cell.paint(painter, QRectF(40, 5, 100, 50), value, right=False)
    painter.end()
    beside = [(x, y) for x in (*range(36), *range(146, 200)) for y in range(60)]
    assert all(image.pixelColor(x, y) == paper for x, y in beside)
    inside = [image.pixelColor(x, y) for x in range(36, 146) for y in range(60)]
    empty = (value is None and not isinstance(cell, PacingCell)) or value in ("", Spark(()))
    assert all(pixel == paper for pixel in inside) == empty
