"""Driving the Import page with clicks and keys, on real files and the real command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from convergedesk.desktop.navigator import Place
from convergedesk.desktop.pages.importing import column_table, file_list
from convergedesk.desktop.pages.importing.file_list import FileRow
from convergedesk.desktop.pages.importing.page import ImportPage
from convergedesk.desktop.pages.importing.question_card import QuestionCard
from convergedesk.desktop.pages.importing.reading_dialog import ReadingDialog
from convergedesk.desktop.pages.importing.state import Step
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.choice import RadioCard
from convergedesk.desktop.widgets.fields import Select
from convergedesk.domain.tickets import TicketQuery
from convergedesk.workspace.tickets import tickets
from tests.desktop.pages.desk import MANY_TICKETS, Desk, open_desk
from tests.desktop.pages.importing.exports import ACCOUNTS, INVOICES, N_TICKETS, TICKETS, write_exports

LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 60_000


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_exports(tmp_path / "exports")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[ImportPage]:
    page = ImportPage(desk.context)
    page.resize(1280, 760)
    qtbot.addWidget(page)
    page.show()
    yield page
    page.shutdown()


def button(qtbot: QtBot, page: ImportPage, text: str) -> Button:
    def visible() -> list[Button]:
        found = page.window().findChildren(Button)
        return [each for each in found if each.text() == text and each.isVisible()]

    qtbot.waitUntil(lambda: len(visible()) > 0)
    return visible()[0]


def card_of(qtbot: QtBot, page: ImportPage, table: str) -> QuestionCard:
    def visible() -> list[QuestionCard]:
        found = page.findChildren(QuestionCard)
        return [card for card in found if card.isVisible() and card.question.table == table]

    qtbot.waitUntil(lambda: len(visible()) == 1)
    return visible()[0]


def row_of(page: ImportPage, table: str) -> FileRow:
    rows = page.wizard.columns.files.findChildren(FileRow)
    return next(row for row in rows if row.accessibleName().startswith(table))


def goes_to(qtbot: QtBot, page: ImportPage, column: str) -> Select:
    card = page.wizard.columns.columns

    def visible() -> list[Select]:
        name = f"{column} goes to"
        return [
            each for each in card.findChildren(Select) if each.accessibleName() == name and each.isVisible()
        ]

    qtbot.waitUntil(lambda: len(visible()) == 1)
    return visible()[0]


def test_from_files_to_home(qtbot: QtBot, page: ImportPage, desk: Desk, folder: Path) -> None:
    places: list[Place] = []
    desk.navigator.arrived.connect(places.append)
    page.open((folder,))
    qtbot.mouseClick(button(qtbot, page, "Match columns"), LEFT)
    assert page.wizard.stepper.accessibleName() == "Step 2 of 4: Match columns"
    assert not page.wizard.columns.next_button.isEnabled()
    qtbot.keyClick(row_of(page, TICKETS), Qt.Key.Key_Return)
    card = card_of(qtbot, page, TICKETS)
    qtbot.mouseClick(next(each for each in card.findChildren(RadioCard) if "day first" in each.text()), LEFT)
    qtbot.mouseClick(row_of(page, INVOICES), LEFT)
    card = card_of(qtbot, page, INVOICES)
    qtbot.keyClicks(card.other, "sek")
    qtbot.keyClick(card.other, Qt.Key.Key_Return)
    assert page.model.state.blocking == ()
    qtbot.mouseClick(button(qtbot, page, "Check totals"), LEFT)
    qtbot.waitUntil(lambda: page.model.state.trial is not None, timeout=PATIENCE_MS)
    assert page.wizard.totals.import_button.text() == "Import 23 rows"
    qtbot.keyClick(page.wizard.totals.import_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.model.state.result is not None, timeout=PATIENCE_MS)
    assert tickets(desk.workspace, TicketQuery()).total == MANY_TICKETS + 3 + N_TICKETS - 1
    qtbot.mouseClick(button(qtbot, page, "Link the names that wait"), LEFT)
    assert page.tabs.current() == "unlinked"
    assert [row.link.label for row in page.unlinked.table.rows_model.rows] == ["Stranger Inc"]
    page.tabs.set_current("import")
    qtbot.mouseClick(button(qtbot, page, "Open Home"), LEFT)
    assert places == [Place("home")]


def test_a_column_is_sent_elsewhere_with_the_keyboard(qtbot: QtBot, page: ImportPage, folder: Path) -> None:
    page.open((folder,))
    page.model.go_to(Step.COLUMNS)
    assert page.model.state.table == ACCOUNTS
    select = goes_to(qtbot, page, "tier")
    select.setFocus()
    qtbot.keyClick(select, Qt.Key.Key_Home)
    mapping = page.model.state.mapping_of(ACCOUNTS)
    assert mapping is not None
    assert {column.column: column.field for column in mapping.columns}["tier"] is None


def test_a_file_can_be_skipped_and_the_preview_says_so(qtbot: QtBot, page: ImportPage, folder: Path) -> None:
    page.open((folder,))
    page.model.go_to(Step.COLUMNS)
    page.model.select(TICKETS)
    page.model.set_entity(TICKETS, None)
    assert not goes_to(qtbot, page, "Prio").isEnabled()
    assert page.wizard.columns.preview.isVisible()
    assert [one.table for one in page.model.state.taken] == [ACCOUNTS, INVOICES]


def test_reading_is_changed_in_its_dialog(qtbot: QtBot, page: ImportPage, folder: Path) -> None:
    page.open((folder,))
    page.model.go_to(Step.COLUMNS)
    page.wizard.columns.columns.link_clicked.emit()
    dialog = next(each for each in page.window().findChildren(ReadingDialog) if each.isVisible())
    qtbot.keyClicks(dialog.header, "first")
    qtbot.mouseClick(dialog.read_button, LEFT)
    assert dialog.isVisible()
    dialog.header.clear()
    dialog.time_zone.set_value("Europe/Berlin")
    qtbot.mouseClick(dialog.read_button, LEFT)
    mapping = page.model.state.mapping_of(ACCOUNTS)
    assert mapping is not None
    assert mapping.time_zone == "Europe/Berlin"


def test_a_template_is_saved_from_the_header(
    qtbot: QtBot, page: ImportPage, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    page.open((folder,))
    qtbot.mouseClick(page.save_button, LEFT)
    asked = next(each for each in page.window().findChildren(QFileDialog) if each.isVisible())
    asked.filesSelected.emit([str(tmp_path / "mine.toml")])
    asked.reject()
    assert (tmp_path / "mine.toml").exists()
    assert desk.notices.shown == ["Matches saved as “mine.toml”"]


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_list, "STEP", 3)
    monkeypatch.setattr(column_table, "STEP", 4)


def test_many_files_are_listed_step_by_step(
    small_steps: None, qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for place in range(5):
        (many / f"accounts {place:03}.csv").write_text("account_id,company\nA-1,Marlowe\n")
    page.open((many,))
    files = page.wizard.files.files
    qtbot.waitUntil(lambda: sum(row.isVisibleTo(page) for row in files.findChildren(FileRow)) == 3)
    qtbot.mouseClick(button(qtbot, page, "Show 2 of 2 further files"), LEFT)
    qtbot.waitUntil(lambda: sum(row.isVisibleTo(page) for row in files.findChildren(FileRow)) == 5)


def test_a_wide_file_shows_its_columns_step_by_step(
    small_steps: None, qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    path = tmp_path / "accounts.csv"
    heads = ",".join(f"extra {place}" for place in range(10))
    path.write_text(f"account_id,company,{heads}\n" + "A-1,Marlowe" + ",x" * 10 + "\n")
    page.open((path,))
    page.model.go_to(Step.COLUMNS)
    qtbot.mouseClick(button(qtbot, page, "Show 4 of 8 further columns"), LEFT)
    assert goes_to(qtbot, page, "extra 5").value() == "nowhere"


def test_start_over_forgets_the_files(qtbot: QtBot, page: ImportPage, folder: Path) -> None:
    page.open((folder,))
    qtbot.mouseClick(page.over_button, LEFT)
    assert page.model.state.findings is None
    assert not page.over_button.isVisible()


def test_tabs_are_named_by_navigation(page: ImportPage) -> None:
    page.open("rejects")
    assert page.tabs.current() == "rejects"
    page.open(())
    assert page.tabs.current() == "rejects"
