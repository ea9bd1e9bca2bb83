"""Any figure answers 'Why?', by mouse and by keyboard, and its rows lead on."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.askable import HINT, askable
from convergedesk.desktop.askable_table import CellFigure, askable_table
from convergedesk.desktop.explaining import Explaining
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.navigator import ACCOUNT, GOALS, TICKET
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.desktop.widgets.why_parts import BehindRows
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.freshness import Freshness, FreshnessState
from convergedesk.domain.kinds import SystemKind
from convergedesk.figures.why import Link, LinkKind, Why, WhyRow
from tests.desktop.around import Around, around
from tests.desktop.book import snapshot

WHY = Why("Usage", "What was used.", "690 ÷ 1,000 − 1 = −31 %", figure="−31 %", figure_id="ticket:1:after7")


@pytest.fixture
def window(qtbot: QtBot, light: Theme) -> Iterator[QWidget]:
    window = QWidget()
    window.resize(900, 700)
    QVBoxLayout(window)
    qtbot.addWidget(window)
    window.show()
    yield window  # noqa: PT022


@pytest.fixture
def tile(window: QWidget) -> KpiTile:
    tile = KpiTile("Usage")
    layout = window.layout()
    assert layout is not None
    layout.addWidget(tile)
    return tile


def opened(window: QWidget) -> WhyDialog | None:
    return window.findChild(WhyDialog)


def surroundings() -> Around:
    fresh = Freshness(SystemKind.USAGE, None, None, FreshnessState.NEVER)
    return around(snapshot(freshness=(fresh,)))


@pytest.mark.parametrize("key", [Qt.Key.Key_W, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_on_a_figure_opens_what_stands_behind_it(
    qtbot: QtBot, window: QWidget, tile: KpiTile, key: Qt.Key
) -> None:
    askable(tile, lambda: WHY)
    tile.setFocus()
    qtbot.keyClick(tile, key)
    dialog = opened(window)
    assert dialog is not None
    assert dialog.why == WHY
    dialog.accept()


def test_a_click_opens_it_and_one_that_is_dragged_away_does_not(
    qtbot: QtBot, window: QWidget, tile: KpiTile
) -> None:
    askable(tile, lambda: WHY)
    qtbot.mousePress(tile, Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(tile, Qt.MouseButton.LeftButton, pos=QPoint(5, -300))
    assert opened(window) is None
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert opened(window) is not None


def test_a_figure_without_an_explanation_cannot_be_asked(
    qtbot: QtBot, window: QWidget, tile: KpiTile
) -> None:
    figure = askable(tile, lambda: WHY)
    assert tile.accessibleDescription() == HINT
    figure.set_enabled(enabled=False)
    qtbot.keyClick(tile, Qt.Key.Key_W)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert opened(window) is None
    assert tile.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert not tile.accessibleDescription()


def test_where_a_click_does_something_else_only_w_asks(qtbot: QtBot, window: QWidget, tile: KpiTile) -> None:
    askable(tile, lambda: WHY, clicks=False)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert opened(window) is None
    qtbot.keyClick(tile, Qt.Key.Key_W)
    assert opened(window) is not None


def test_the_id_can_be_copied(qtbot: QtBot, window: QWidget, tile: KpiTile) -> None:
    askable(tile, lambda: WHY).open()
    dialog = opened(window)
    assert dialog is not None
    qtbot.mouseClick(dialog.copy_id, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "ticket:1:after7"


def test_sources_come_from_what_the_window_knows(window: QWidget, tile: KpiTile) -> None:
    uses = ((SystemKind.USAGE, "for what was used"),)
    asked = Why("Usage", "What was used.", "1", uses=uses)
    askable(tile, lambda: asked, context=surroundings().context).open()
    dialog = opened(window)
    assert dialog is not None
    assert [one.words for one in dialog.why.sources] == ["nothing imported yet, for what was used"]


@pytest.mark.parametrize(
    ("link", "page"),
    [
        (Link(LinkKind.TICKET, 7), TICKET),
        (Link(LinkKind.GOAL, 7), GOALS),
        (Link(LinkKind.ACCOUNT, 7), ACCOUNT),
        (Link(LinkKind.INVOICE, 7), ACCOUNT),
    ],
)
def test_a_row_behind_a_figure_leads_to_it(
    qtbot: QtBot, window: QWidget, tile: KpiTile, link: Link, page: str
) -> None:
    here = surroundings()
    row = WhyRow("Here", "1", link)
    askable(tile, lambda: Why("Usage", "", "1", behind=(row,)), context=here.context).open()
    dialog = opened(window)
    assert dialog is not None
    rows = dialog.findChild(BehindRows)
    assert rows is not None
    rows.opened.emit(link)
    place = here.navigator.place
    assert place is not None
    assert place.page == page


def test_many_rows_are_shown_when_asked_for(qtbot: QtBot, window: QWidget, light: Theme) -> None:
    rows = BehindRows([WhyRow(f"Row {n}", str(n)) for n in range(40)], 287)
    qtbot.addWidget(rows)
    assert rows.shown == 6
    rows._on_more()
    assert rows.shown == 40


def test_a_figure_known_by_its_id_is_read_and_a_failure_is_said(window: QWidget, tile: KpiTile) -> None:
    here = surroundings()
    failing = here.context._replace(workspace=lambda: (_ for _ in ()).throw(NotFoundError("Gone.")))
    Explaining(window, failing).show(tile, "ticket:1:after7")
    assert here.said == [("Gone.", "warning")]
    assert opened(window) is None


def test_alt_w_asks_the_figures_of_the_selected_row(qtbot: QtBot, window: QWidget) -> None:
    column: Column[str] = Column(key="name", title="Name", text=lambda row: row, width=200)
    model = RowsModel([column], id_of=lambda row: row)
    view = TableView(model, name="Rows")
    layout = window.layout()
    assert layout is not None
    layout.addWidget(view)
    model.set_rows(["first", "second"])
    asked: list[str] = []

    def figures(row: str) -> list[CellFigure]:
        def ask() -> Why:
            asked.append(row)
            return WHY

        return [CellFigure("name", "Usage", "−31 %", ask)]

    askable_table(view, figures)
    view.select_id("second")
    qtbot.keyClick(view, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert asked == ["second"]
    assert opened(window) is not None
