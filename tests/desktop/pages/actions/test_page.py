"""Actions across accounts: whose, which, and what the page finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.navigator import AccountPlace, Item, Place
from convergedesk.desktop.pages.actions.page import ActionsPage
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.domain.accounts import PersonRole
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import Action, Note
from convergedesk.store import engagement, people
from convergedesk.workspace import actions
from tests.desktop.engagement.writing_desk import fill_people
from tests.desktop.pages.desk import KESTREL, MARLOWE, NOW, TODAY, Desk, open_desk


@pytest.fixture
def desk(light: Theme, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    fill_people(desk)
    yield desk
    desk.workspace.close()


def fill(desk: Desk) -> None:
    for title, days, account, owner in (
        ("Send figures", -2, MARLOWE, "Amira Haddad"),
        ("Test the patch", 1, KESTREL, "Priya Nair"),
        ("Plan the review", 40, MARLOWE, "Amira Haddad"),
    ):
        due = TODAY + timedelta(days)
        actions.add_action(desk.workspace, Action(account, title, owner, due))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ActionsPage:
    fill(desk)
    page = ActionsPage(desk.context)
    page.resize(1280, 800)
    qtbot.addWidget(page)
    page.show()
    return page


def titles(page: ActionsPage) -> list[str]:
    return [row.action_shown.title for row in page.list.rows()]


def test_everybodys_are_shown_overdue_first(page: ActionsPage) -> None:
    assert titles(page) == ["Send figures", "Test the patch", "Plan the review"]
    assert page.model.title == "1 of 3 actions is overdue"


def test_ones_own_are_shown_at_first_where_it_is_known_whose_program_it_is(qtbot: QtBot, desk: Desk) -> None:
    fill(desk)
    desk.workspace.author = "Priya Nair"
    page = ActionsPage(desk.context)
    qtbot.addWidget(page)
    page.show()
    assert titles(page) == ["Test the patch"]
    page.owner.set_value("")
    assert len(titles(page)) == 3


def test_a_search_finds_titles_and_accounts(qtbot: QtBot, page: ActionsPage) -> None:
    page.focus_search()
    qtbot.keyClicks(page.search, "kestrel")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert titles(page) == ["Test the patch"]
    page.search.setText("nothing like it")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert [one for one in page.findChildren(EmptyState) if one.isVisible()]
    assert page.model.title == "No open action fits"


def test_an_account_opens_at_its_actions(page: ActionsPage, desk: Desk) -> None:
    next(one for one in page.findChildren(Button) if one.text() == "Kestrel Payments").click()
    assert desk.navigator.place == Place("account", AccountPlace(KESTREL, "actions"))


def test_what_is_done_moves_to_the_end(page: ActionsPage) -> None:
    page.list.rows()[0].box.click()
    assert titles(page) == ["Test the patch", "Plan the review", "Send figures"]
    assert page.model.title == "2 open actions, none overdue"


def test_hundreds_are_built_as_far_as_they_are_looked_at(page: ActionsPage, desk: Desk) -> None:
    for number in range(60):
        actions.add_action(desk.workspace, Action(KESTREL, f"Action {number}", "", TODAY))
    desk.changes.written_elsewhere.emit()
    assert len(titles(page)) == 40
    next(one for one in page.findChildren(Button) if one.text().startswith("Show")).click()
    assert len(titles(page)) == 63


def test_a_book_without_actions_offers_to_add_one(qtbot: QtBot, desk: Desk) -> None:
    page = ActionsPage(desk.context)
    qtbot.addWidget(page)
    page.show()
    (empty,) = [one for one in page.findChildren(EmptyState) if one.isVisible()]
    assert empty.findChildren(Button)[0].text() == "Add action"


def test_notes_that_mention_somebody_stand_beside_the_actions_and_open(desk: Desk, page: ActionsPage) -> None:
    store = desk.workspace.store
    people.add_person(store, "Amira Haddad", PersonRole.SUCCESS_MANAGER, now=NOW)
    people.add_person(store, "Priya Nair", PersonRole.SUPPORT_AGENT, now=NOW)
    texts = (
        "Nothing for anybody",
        "Before all:\n- @Priya Nair sends the **list**",
        "Ask @Amira Haddad today",
    )
    ids = [
        engagement.add_note(store, Note(KESTREL, NOW, "Lena", text, Audience.INTERNAL), now=NOW)
        for text in texts
    ]
    page.model.reload()
    page.which.set_value(True)
    assert {one.note.id for one in page.model.mentions} >= set(ids[1:])
    assert ids[0] not in {one.note.id for one in page.model.mentions}
    page.owner.set_value("Priya Nair")
    (mine,) = page.model.mentions
    assert mine.mentioned == ("Priya Nair",)
    assert page.mentions.table.rows_model.row(0) == mine
    assert "@Priya Nair sends the list" in page.mentions._rows.columns[1].text(mine)
    page.mentions.table.activated_id.emit(ids[1])
    assert desk.navigator.place == Place("account", AccountPlace(KESTREL, "notes"))
    assert desk.navigator.take_item() == Item("note", ids[1])
