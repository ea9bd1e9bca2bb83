"""Driving Home with clicks and keys."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
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
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import WorkspaceError
from convergedesk.domain.portfolio import HomeSnapshot, PutOff, ReachedGoal
from convergedesk.figures.why import Why
from tests.desktop.around import Around, around, child, texts
from tests.desktop.book import KESTREL, PILOT, TINDLE, TODAY, kestrel, row, snapshot, tindle

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
    assert "2 of 3 accounts need a check-in" in texts(page, ElidedLabel)
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
    qtbot.mouseClick(child(page, Chip, "Below expected 1"), LEFT)
    assert table(page).rows_model.rowCount() == 1
    qtbot.mouseClick(child(page, Chip, "All 3"), LEFT)
    assert table(page).rows_model.rowCount() == 3


def test_a_chip_that_would_leave_nothing_is_not_offered(qtbot: QtBot, light: Theme, show: Show) -> None:
    page = show(around(snapshot(kestrel())))
    assert texts(page, Chip) == ["All 1"]


def buttons(page: HomePage, text: str) -> list[Button]:
    return [one for one in page.check_ins.findChildren(Button) if one.text() == text and one.isVisible()]


def test_an_account_that_needs_a_check_in_opens_where_its_reason_is_shown(
    qtbot: QtBot, page: HomePage, book: Around
) -> None:
    tindle_open, kestrel_open = buttons(page, "Open")
    qtbot.mouseClick(tindle_open, LEFT)
    assert book.navigator.place == Place("account", AccountPlace(TINDLE, "billing"))
    qtbot.mouseClick(kestrel_open, LEFT)
    assert book.navigator.place == Place("account", AccountPlace(KESTREL, "tickets"))
    qtbot.mouseClick(child(page.check_ins, Button, "Kestrel Payments"), LEFT)
    assert book.navigator.place == Place("account", AccountPlace(KESTREL, "tickets"))


def asked(page: HomePage) -> Why:
    """What the dialog explains."""
    dialog = page.window().findChildren(WhyDialog)[-1]
    why = dialog.why
    dialog.reject()
    return why


def test_why_says_the_points_of_an_account(qtbot: QtBot, page: HomePage) -> None:
    qtbot.mouseClick(buttons(page, "Why?")[0], LEFT)
    assert asked(page).formula == "25 + 20 + 10 = 55 points"


def test_a_figure_says_what_is_behind_it_by_mouse_and_keyboard(qtbot: QtBot, page: HomePage) -> None:
    tiles = page.findChildren(KpiTile)
    qtbot.mouseClick(tiles[3], LEFT, pos=QPoint(20, 20))
    assert asked(page).title == "Open high-priority tickets"
    qtbot.keyClick(tiles[4], Qt.Key.Key_Return)
    assert asked(page).title == "Who needs a check-in"


def test_the_order_of_the_table_says_its_rule(qtbot: QtBot, page: HomePage) -> None:
    qtbot.mouseClick(child(page, Button, "Ordered by need"), LEFT)
    assert asked(page).definition.startswith("Each account collects points")


def test_a_figure_that_is_not_measured_takes_no_focus(qtbot: QtBot, page: HomePage) -> None:
    assert page.findChildren(KpiTile)[0].focusPolicy() == Qt.FocusPolicy.NoFocus


def test_good_news_offers_words_for_the_customer(qtbot: QtBot, light: Theme, show: Show) -> None:
    goal = ReachedGoal(4, "Orders without a person", TODAY - timedelta(days=2), TODAY)
    book = around(snapshot(row(name="Solvane", reached=(goal,))))
    page = show(book)
    assert "Good news to share" in texts(page, Label)
    qtbot.mouseClick(child(page.check_ins, Button, "Copy words"), LEFT)
    assert book.said[-1][0].startswith("Copied: Congratulations: you reached “Orders without a person”")
    assert QGuiApplication.clipboard().text().startswith("Congratulations")


def test_more_than_three_check_ins_are_shown_on_demand(qtbot: QtBot, light: Theme, show: Show) -> None:
    rows = [replace(kestrel(), account_id=AccountId(n), name=f"Account {n}") for n in range(10, 15)]
    page = show(around(snapshot(*rows)))
    assert len(buttons(page, "Log check-in")) == 3
    qtbot.mouseClick(child(page.check_ins, Button, "Show 2 more"), LEFT)
    qtbot.waitUntil(lambda: len(buttons(page, "Log check-in")) == 5)


def test_who_was_put_off_is_counted_and_not_asked_for(qtbot: QtBot, light: Theme, show: Show) -> None:
    later = replace(kestrel(), put_off=PutOff(TODAY + timedelta(days=3), 40, "Ana"))
    page = show(around(snapshot(tindle(), later)))
    assert len(buttons(page, "Log check-in")) == 1
    assert "1 account put off" in texts(page, Label)


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
