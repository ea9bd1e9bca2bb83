"""Driving Home with clicks and keys."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.navigator import AccountPlace, Place
from convergedesk.desktop.pages.home.page import HomePage
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.skeleton import Skeleton
from convergedesk.desktop.widgets.states import EmptyState, ErrorState
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.errors import WorkspaceError
from convergedesk.domain.portfolio import HomeSnapshot
from tests.desktop.around import Around, around, child, texts
from tests.desktop.book import KESTREL, PILOT, TINDLE, kestrel, snapshot, tindle

LEFT = Qt.MouseButton.LeftButton
Show = Callable[..., HomePage]


@pytest.fixture
def book(light: Theme) -> Around:
    return around(snapshot(rejects=2, unlinked=1))


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    # Held here until the test is over: a page that nobody holds may be collected while it is painted.
    kept: list[HomePage] = []

    def make(book: Around, width: int = 1440) -> HomePage:
        page = HomePage(book.context)
        kept.append(page)
        page.resize(width, 860)
        qtbot.addWidget(page)
        page.show()
        return page

    yield make
    kept.clear()


@pytest.fixture
def page(show: Show, book: Around) -> HomePage:
    return show(book)


def table(page: HomePage) -> TableView:
    return page.findChildren(TableView)[0]


def click_row(qtbot: QtBot, view: TableView, row: int) -> None:
    place = view.visualRect(view.rows_model.index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)


def test_the_title_states_the_finding_and_every_account_has_a_row(page: HomePage) -> None:
    assert "2 high-priority tickets are open at 1 of 3 accounts" in texts(page, ElidedLabel)
    assert [row.name for row in table(page).rows_model.rows] == [
        "Tindle Learning",
        "Kestrel Payments",
        "Quarry Robotics",
    ]


def test_a_click_or_enter_on_a_row_opens_the_account(qtbot: QtBot, page: HomePage, book: Around) -> None:
    click_row(qtbot, table(page), 1)
    assert book.navigator.place == Place("account", AccountPlace(KESTREL))
    table(page).setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(table(page), Qt.Key.Key_Home)
    qtbot.keyClick(table(page), Qt.Key.Key_Return)
    assert book.navigator.place == Place("account", AccountPlace(TINDLE))


def test_a_chip_narrows_the_table_and_all_brings_it_back(qtbot: QtBot, page: HomePage) -> None:
    qtbot.mouseClick(child(page, Chip, "High-priority open 1"), LEFT)
    assert table(page).rows_model.rowCount() == 1
    qtbot.mouseClick(child(page, Chip, "All 3"), LEFT)
    assert table(page).rows_model.rowCount() == 3


def test_a_chip_that_would_leave_nothing_is_not_offered(qtbot: QtBot, light: Theme, show: Show) -> None:
    page = show(around(snapshot(kestrel())))
    assert texts(page, Chip) == ["All 1", "High-priority open 1"]


def test_a_reason_opens_the_tab_that_shows_it(qtbot: QtBot, page: HomePage, book: Around) -> None:
    qtbot.mouseClick(child(page, Button, "Open tickets"), LEFT)
    assert book.navigator.place == Place("account", AccountPlace(KESTREL, "tickets"))
    qtbot.mouseClick(child(page, Button, "Look at usage"), LEFT)
    assert book.navigator.place == Place("account", AccountPlace(TINDLE, "overview"))


def test_a_figure_opens_what_is_behind_it_by_mouse_and_keyboard(
    qtbot: QtBot, page: HomePage, book: Around
) -> None:
    tiles = page.findChildren(KpiTile)
    qtbot.mouseClick(tiles[2], LEFT, pos=QPoint(20, 20))
    assert book.navigator.place == Place("accounts", "high_open")
    qtbot.keyClick(tiles[4], Qt.Key.Key_Return)
    assert book.navigator.place == Place("import", "rejects")


def test_a_figure_with_nothing_behind_it_takes_no_focus(qtbot: QtBot, light: Theme, show: Show) -> None:
    page = show(around(snapshot()))
    assert page.findChildren(KpiTile)[4].focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_right_column_is_a_drawer_in_a_narrow_window(qtbot: QtBot, book: Around, show: Show) -> None:
    page = show(book, 1280)
    assert page.columns.narrow
    assert "Next renewals" not in texts(page, Label)
    page.columns.open_drawer()
    assert "Next renewals" in texts(page, Label)
    page.columns.close_drawer()


def test_a_name_with_an_ampersand_is_shown_whole(qtbot: QtBot, light: Theme, show: Show) -> None:
    page = show(around(snapshot(replace(tindle(), name="Cobalt & Pine"))))
    assert "Cobalt && Pine" in texts(page, Button)


def test_without_accounts_the_way_to_import_is_offered(qtbot: QtBot, light: Theme, show: Show) -> None:
    book = around(replace(snapshot(), rows=()))
    page = show(book)
    assert "No accounts yet" in texts(page, Label)
    qtbot.mouseClick(child(page.findChildren(EmptyState)[-1], Button, "Import files"), LEFT)
    assert book.navigator.place == Place("import", ())


def test_an_empty_pod_says_so(qtbot: QtBot, light: Theme, show: Show) -> None:
    book = around(snapshot(replace(kestrel(), pod_ids=())))
    book.portfolio.choose_pod(PILOT)
    page = show(book)
    assert "This pod has no accounts" in texts(page, Label)


def test_a_slow_first_reading_shows_grey_blocks(qtbot: QtBot, light: Theme, show: Show) -> None:
    page = show(around(None, hold=True))
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(Skeleton)), timeout=2000)


def test_a_first_reading_that_fails_can_be_tried_again(qtbot: QtBot, light: Theme, show: Show) -> None:
    answers = [WorkspaceError("The disk is away."), snapshot()]

    def read() -> HomeSnapshot:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    book = around(None, read=read)
    page = show(book)
    book.portfolio.refresh()
    assert "The disk is away." in texts(page, Label)
    qtbot.mouseClick(child(page.findChildren(ErrorState)[0], Button, "Try again"), LEFT)
    assert table(page).isVisible()


def test_a_later_reading_that_fails_leaves_the_page_as_it_is(qtbot: QtBot, light: Theme, show: Show) -> None:
    def read() -> HomeSnapshot:
        raise WorkspaceError("The disk is away.")

    book = around(snapshot(), read=read)
    page = show(book)
    book.portfolio.refresh()
    assert table(page).rows_model.rowCount() == 3
    assert book.said == [("Not refreshed: The disk is away.", "warning")]
