"""What a search found is brought into sight on its tab, has the keyboard and is marked."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.navigator import Item
from convergedesk.desktop.pages.account.actions_tab import ActionsTab
from convergedesk.desktop.pages.account.notes_tab import NotesTab
from convergedesk.desktop.pages.account.people_tab import PeopleTab
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.reveal import Mark
from convergedesk.domain.accounts import PersonRole
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import Action, CheckIn, ContactChannel, Note
from convergedesk.store import engagement, people
from tests.desktop.pages.desk import KESTREL, MARLOWE, NOW, TODAY, Desk, open_desk

MANY = 60


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path)
    store = opened.workspace.store
    for number in range(MANY):
        at = NOW - timedelta(days=number)
        engagement.add_note(store, Note(MARLOWE, at, "Amira", f"Note {number}", Audience.INTERNAL), now=NOW)
        engagement.add_action(store, Action(MARLOWE, f"Step {number}", "Amira", TODAY), now=NOW)
    contact = CheckIn(
        MARLOWE, NOW - timedelta(days=90), ContactChannel.CALL, "Amira", (), "First contact of all"
    )
    engagement.add_check_in(store, contact, now=NOW)
    for number in range(MANY):
        people.add_person(store, f"Person {number:02}", PersonRole.USER, now=NOW, account_id=MARLOWE)
    yield opened
    opened.workspace.close()


def shown(qtbot: QtBot, tab: QWidget) -> QWidget:
    qtbot.addWidget(tab)
    tab.resize(1000, 600)
    tab.show()
    tab.activateWindow()
    return tab


def in_sight(tab: QWidget, row: QWidget) -> bool:
    area = next(
        one for one in tab.findChildren(QScrollArea) if one.widget() is not None and one.isAncestorOf(row)
    )
    top = row.mapTo(area.viewport(), row.rect().topLeft()).y()
    return 0 <= top < area.viewport().height()


@pytest.mark.parametrize(
    ("tab_of", "item", "rows_of"),
    [
        (NotesTab, Item("note", MANY - 1), lambda tab: {row.entry.id: row for row in tab.rows()}),
        (NotesTab, Item("check_in", 1), lambda tab: {row.entry.id: row for row in tab.rows()[-1:]}),
        (ActionsTab, Item("action", MANY - 1), lambda tab: {r.action_shown.id: r for r in tab.list.rows()}),
    ],
    ids=["note", "check-in", "action"],
)
def test_a_row_far_down_is_scrolled_to_focused_and_marked(
    desk: Desk,
    qtbot: QtBot,
    light: Theme,
    tab_of: Callable[..., Any],
    item: Item,
    rows_of: Callable[[Any], dict[int, QWidget]],
) -> None:
    tab = shown(qtbot, tab_of(desk.context))
    tab.show_account(MARLOWE)  # pyright: ignore[reportAttributeAccessIssue]
    tab.show_item(item)  # pyright: ignore[reportAttributeAccessIssue]
    row = rows_of(tab)[item.id]
    qtbot.waitUntil(lambda: bool(row.findChildren(Mark)))
    assert in_sight(tab, row)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert row.isAncestorOf(focused)
    qtbot.waitUntil(lambda: not row.findChildren(Mark), timeout=5_000)


def test_what_is_looked_for_may_be_read_later(desk: Desk, qtbot: QtBot, light: Theme) -> None:
    tab = NotesTab(desk.context)
    qtbot.addWidget(tab)
    tab.resize(1000, 600)
    tab.show_account(MARLOWE)
    tab.show_item(Item("note", 3))
    assert tab.reading.value is None
    tab.show()
    row = next(one for one in tab.rows() if isinstance(one.entry, Note) and one.entry.id == 3)
    qtbot.waitUntil(lambda: bool(row.findChildren(Mark)))


def test_a_note_that_is_gone_leaves_the_list_as_it_is(desk: Desk, qtbot: QtBot, light: Theme) -> None:
    tab = NotesTab(desk.context)
    shown(qtbot, tab)
    tab.show_account(KESTREL)
    tab.show_item(Item("note", 3))
    assert tab.rows() == []


def test_a_person_is_selected_whatever_was_searched_before(desk: Desk, qtbot: QtBot, light: Theme) -> None:
    tab = PeopleTab(desk.context)
    shown(qtbot, tab)
    tab.show_account(MARLOWE)
    tab.search.setText("Person 01")
    tab.search.search_changed.emit("Person 01")
    last = next(one for one in tab.reading.value.people if one.person.name == "Person 59")
    tab.show_item(Item("person", last.person.id))
    assert tab.table.current_id() == last.person.id
    assert tab.search.text() == ""
