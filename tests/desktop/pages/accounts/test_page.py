"""Driving the list of accounts with clicks and keys."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot

from convergedesk.desktop.navigator import AccountPlace, Place
from convergedesk.desktop.pages.accounts.page import AccountsPage
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.button import Button, MenuButton
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.domain.accounts import AccountId
from tests.desktop.around import Around, around, child, texts
from tests.desktop.book import KESTREL, QUARRY, kestrel, quarry, row, snapshot, tindle

LEFT = Qt.MouseButton.LeftButton
Show = Callable[..., AccountsPage]


@pytest.fixture
def book(light: Theme) -> Around:
    return around(snapshot())


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    # Held here until the test is over: a page that nobody holds may be collected while it is painted.
    kept: list[AccountsPage] = []

    def make(book: Around, width: int = 1352) -> AccountsPage:
        page = AccountsPage(book.context)
        kept.append(page)
        page.resize(width, 840)
        qtbot.addWidget(page)
        page.show()
        return page

    yield make
    kept.clear()


@pytest.fixture
def page(show: Show, book: Around) -> AccountsPage:
    return show(book)


def names(page: AccountsPage) -> list[str]:
    return [one.name for one in page.table.rows_model.rows]


def shown_columns(page: AccountsPage) -> set[str]:
    columns = page.table.rows_model.columns
    return {c.key for number, c in enumerate(columns) if not page.table.isColumnHidden(number)}


def choose(button: MenuButton, words: str) -> None:
    next(action for action in button.menu().actions() if action.text().startswith(words)).trigger()


def test_the_list_is_sorted_by_name_and_a_header_sorts_it_otherwise(qtbot: QtBot, page: AccountsPage) -> None:
    assert names(page) == ["Kestrel Payments", "Quarry Robotics", "Tindle Learning"]
    page.table.rows_model.sort_by("tickets", descending=True)
    assert names(page)[0] == "Kestrel Payments"
    page.table.rows_model.sort_by("change", descending=False)
    assert names(page) == ["Tindle Learning", "Kestrel Payments", "Quarry Robotics"]


def test_a_view_narrows_the_list_and_the_title_says_what_it_found(qtbot: QtBot, page: AccountsPage) -> None:
    qtbot.mouseClick(child(page.views, QAbstractButton, "Overdue goals"), LEFT)
    assert names(page) == ["Kestrel Payments"]
    assert "1 of 3 accounts has overdue goals" in texts(page, ElidedLabel)


def test_typing_finds_accounts_and_escape_shows_all_again(qtbot: QtBot, page: AccountsPage) -> None:
    page.focus_search()
    qtbot.keyClicks(page.filters.search, "quarry")
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Return)
    assert names(page) == ["Quarry Robotics"]
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Escape)
    assert len(names(page)) == 3


def test_a_filter_is_a_chip_that_can_be_taken_off(qtbot: QtBot, page: AccountsPage) -> None:
    choose(child(page.filters, MenuButton, "Country"), "GB")
    assert names(page) == ["Kestrel Payments"]
    chip = child(page.filters, Chip, "Country: GB")
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert len(names(page)) == 3


def test_nothing_found_offers_to_show_all(qtbot: QtBot, page: AccountsPage) -> None:
    page.model.search("no such customer")
    assert "No account matches" in texts(page, Label)
    qtbot.mouseClick(child(page, Button, "Show all"), LEFT)
    assert len(names(page)) == 3
    assert page.filters.search.text() == ""


def test_enter_opens_an_account(qtbot: QtBot, page: AccountsPage, book: Around) -> None:
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert book.navigator.place == Place("account", AccountPlace(QUARRY))


def test_opening_with_a_view_chooses_it(page: AccountsPage) -> None:
    page.open("high_open")
    assert names(page) == ["Kestrel Payments"]
    page.open(None)
    assert names(page) == ["Kestrel Payments"]


def test_a_refresh_keeps_the_selected_row(page: AccountsPage, book: Around, show: Show) -> None:
    page.table.select_id(KESTREL)
    book.portfolio.show(snapshot(replace(kestrel(), name="Renamed"), tindle(), quarry()))
    assert page.table.current_id() == KESTREL


def test_columns_without_content_are_left_out(qtbot: QtBot, light: Theme, show: Show) -> None:
    bare = row(tier=None, country=None, owner=None, commitment=None, goals_open=0, renews_on=None)
    page = show(around(snapshot(bare)))
    assert shown_columns(page) == {"name", "lifecycle", "usage", "change", "billed", "tickets"}


def test_a_narrow_window_leaves_out_what_filters_name_anyway(qtbot: QtBot, book: Around, show: Show) -> None:
    assert "country" not in shown_columns(show(book, 1192))
    assert "country" in shown_columns(show(book))


def test_the_list_on_screen_is_exported(
    qtbot: QtBot, page: AccountsPage, book: Around, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.filesSelected.emit([str(path)]))
    page.model.choose_view("high_open")
    qtbot.mouseClick(child(page, Button, "Export list"), LEFT)
    assert path.read_text(encoding="utf-8-sig").count("\n") == 2
    assert book.said == [("1 account saved in “list.csv”", "good")]


def test_a_failed_export_is_a_plain_sentence(page: AccountsPage, book: Around, tmp_path: Path) -> None:
    page.model.export(tmp_path / "gone" / "list.csv")
    (said, tone) = book.said[0]
    assert said.startswith("“list.csv” could not be saved")
    assert tone == "critical"


def test_without_accounts_the_way_to_import_is_offered(qtbot: QtBot, light: Theme, show: Show) -> None:
    book = around(replace(snapshot(), rows=()))
    page = show(book)
    qtbot.mouseClick(child(page, Button, "Import files"), LEFT)
    assert book.navigator.place == Place("import", ())


def test_thousands_of_rows_are_narrowed_without_a_proxy(qtbot: QtBot, light: Theme, show: Show) -> None:
    many = snapshot(*(row(number, f"Account {number:05d}") for number in range(1, 5001)))
    page = show(around(many))
    assert page.table.rows_model.rowCount() == 5000
    page.model.search("04999")
    assert [one.account_id for one in page.table.rows_model.rows] == [AccountId(4999)]
