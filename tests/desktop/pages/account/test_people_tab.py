"""Driving the People tab with clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.engagement.person_dialog import PersonDialog
from convergedesk.desktop.pages.account.people_tab import PeopleTab
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.domain.accounts import Person, PersonRole
from convergedesk.domain.engagement import CheckIn, ContactChannel
from convergedesk.workspace import check_ins, people
from tests.desktop.engagement.writing_desk import fill_people
from tests.desktop.pages.desk import KESTREL, MARLOWE, NOW, SITE, TODAY, Desk, open_desk


@pytest.fixture
def desk(light: Theme, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk) -> PeopleTab:
    fill_people(desk)
    tab = PeopleTab(desk.context)
    tab.resize(1200, 700)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_account(MARLOWE)
    return tab


def told(tab: PeopleTab, key: str) -> list[str]:
    model = tab.table.rows_model
    column = next(column for column in model.columns if column.key == key)
    return [column.text(row) for row in model.rows]


def dialog(tab: PeopleTab) -> PersonDialog:
    return next(each for each in tab.window().findChildren(PersonDialog) if each.isVisible())


def button(tab: PeopleTab, text: str) -> Button:
    return next(one for one in tab.window().findChildren(Button) if one.text() == text and one.isVisible())


def kept(desk: Desk) -> list[Person]:
    return [view.person for view in people.people_at(desk.workspace, MARLOWE)]


def test_sponsors_come_first_and_last_contact_says_where_it_is_from(tab: PeopleTab, desk: Desk) -> None:
    assert told(tab, "name") == ["Dana Whitlock", "Theo Marchetti"]
    assert told(tab, "contact")[0] == "17 Nov, 23 days ago, opened ticket #48002"
    held = NOW - timedelta(days=3)
    check_in = CheckIn(MARLOWE, held, ContactChannel.CALL, "Amira", ("Dana Whitlock",), "Talked")
    desk.changes.publish(check_ins.log_check_in(desk.workspace, check_in))
    assert told(tab, "contact")[0] == "7 Dec, 3 days ago, check-in, call"


def test_a_person_is_added_with_the_keyboard(qtbot: QtBot, tab: PeopleTab, desk: Desk) -> None:
    qtbot.keyClick(button(tab, "Add person"), Qt.Key.Key_Space)
    form = dialog(tab)
    assert form.name_field.hasFocus()
    qtbot.keyClicks(form.name_field, "Iris van Loon")
    qtbot.keyClicks(form.email, "Iris@marlowe.example")
    form.role.set_value(PersonRole.CHAMPION)
    form.save_button.click()
    added = next(person for person in kept(desk) if person.name == "Iris van Loon")
    assert (added.role, added.email) == (PersonRole.CHAMPION, "iris@marlowe.example")
    assert desk.notices.shown == ["Iris van Loon added"]
    desk.notices.undo()
    assert told(tab, "name") == ["Dana Whitlock", "Theo Marchetti"]


def test_who_left_stays_in_the_list_with_the_day(tab: PeopleTab, desk: Desk) -> None:
    theo = kept(desk)[1]
    tab.table.activated_id.emit(theo.id)
    form = dialog(tab)
    form.left_on.setText("26 Nov")
    form.save_button.click()
    assert kept(desk)[1].left_on == date(2026, 11, 26)
    assert told(tab, "role") == ["Sponsor", "Champion, left 26 Nov"]


def test_a_person_is_deleted_and_undone(tab: PeopleTab, desk: Desk) -> None:
    tab.table.activated_id.emit(kept(desk)[0].id)
    button(tab, "Delete").click()
    assert told(tab, "name") == ["Theo Marchetti"]
    desk.notices.undo()
    assert told(tab, "name") == ["Dana Whitlock", "Theo Marchetti"]


@pytest.mark.parametrize(
    ("name", "email", "left_on"), [("", "", ""), ("Zoe", "no address", ""), ("Zoe", "", "some day")]
)
def test_what_is_wrong_is_said(tab: PeopleTab, desk: Desk, name: str, email: str, left_on: str) -> None:
    tab.table.activated_id.emit(kept(desk)[0].id)
    form = dialog(tab)
    form.name_field.setText(name)
    form.email.setText(email)
    form.left_on.setText(left_on)
    form.save_button.click()
    assert form.isVisible()
    assert [person.name for person in kept(desk)] == ["Dana Whitlock", "Theo Marchetti"]


def test_an_account_without_people_offers_to_add_one(tab: PeopleTab, desk: Desk) -> None:
    tab.show_account(SITE)
    (empty,) = [one for one in tab.findChildren(EmptyState) if one.isVisible()]
    empty.action_clicked.emit()
    form = dialog(tab)
    form.name_field.setText("Zoe Park")
    form.save_button.click()
    assert told(tab, "name") == ["Zoe Park"]


def test_another_account_shows_its_own_people(tab: PeopleTab) -> None:
    tab.show_account(KESTREL)
    assert told(tab, "name") == ["Declan Roche"]


def test_a_hidden_tab_reads_again_when_it_is_shown(tab: PeopleTab, desk: Desk) -> None:
    tab.hide()
    desk.changes.publish(people.mark_left(desk.workspace, kept(desk)[0].id, TODAY))
    assert told(tab, "role") == ["Sponsor", "Champion"]
    tab.show()
    assert "Sponsor, left 10 Dec" in told(tab, "role")
