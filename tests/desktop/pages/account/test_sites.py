"""The switch for sites holds on every tab that lists something."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.account.actions_tab import ActionsTab
from convergedesk.desktop.pages.account.notes_tab import NotesTab
from convergedesk.desktop.pages.account.people_tab import PeopleTab
from convergedesk.desktop.pages.contracts.view import ContractsView
from convergedesk.desktop.pages.goals.view import GoalsView
from convergedesk.desktop.theme import Theme
from convergedesk.domain.accounts import PersonRole
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import Action, Note
from convergedesk.domain.goals import GoalDraft
from convergedesk.store import engagement, goals, people
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.contracts import save_contract
from convergedesk.workspace.goals import create_goal
from tests.desktop.pages.contracts.agreed import order_form
from tests.desktop.pages.desk import MARLOWE, NOW, SITE, TODAY, Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path)
    store = opened.workspace.store
    for account in (MARLOWE, SITE):
        people.add_person(store, f"Person {account}", PersonRole.BUYER, now=NOW, account_id=account)
        engagement.add_note(store, Note(account, NOW, "Amira", "Text", Audience.INTERNAL), now=NOW)
        engagement.add_action(store, Action(account, "Send it", "Amira", TODAY), now=NOW)
        save_contract(opened.workspace, order_form(0, account))
    goals.create(store, SITE, GoalDraft("Faster", 0.0, 10.0), now=NOW)
    yield opened
    opened.workspace.close()


@pytest.mark.parametrize(
    ("tab_of", "accounts_of"),
    [
        (PeopleTab, lambda tab: {one.person.account_id for one in tab.reading.value.people}),
        (NotesTab, lambda tab: {row.entry.account_id for row in tab.rows()}),
        (ActionsTab, lambda tab: {one.account_id for one in tab.reading.value}),
        (GoalsView, lambda tab: {one.goal.account_id for one in tab.model.state.goals}),
        (ContractsView, lambda tab: {one.account_id for one in tab.model.book.contracts}),
    ],
    ids=["people", "notes", "actions", "goals", "contract"],
)
def test_a_tab_shows_the_account_alone_and_its_sites_again(
    desk: Desk,
    qtbot: QtBot,
    light: Theme,
    tab_of: Callable[..., Any],
    accounts_of: Callable[[Any], set[int]],
) -> None:
    tab = tab_of(desk.context)
    qtbot.addWidget(tab)
    tab.resize(1200, 800)
    tab.show()
    tab.show_account(MARLOWE)
    assert accounts_of(tab) == {MARLOWE, SITE}
    tab.show_account(MARLOWE, with_sites=False)
    assert accounts_of(tab) == {MARLOWE}
    tab.show_account(MARLOWE, with_sites=True)
    assert accounts_of(tab) == {MARLOWE, SITE}


def test_a_goal_of_a_site_shows_in_its_parents_list_at_once(desk: Desk, qtbot: QtBot, light: Theme) -> None:
    view = GoalsView(desk.context)
    qtbot.addWidget(view)
    view.show_account(MARLOWE)
    before = view.model.state
    assert before is not None
    changes: Changes = create_goal(desk.workspace, SITE, GoalDraft("Cheaper", 0.0, 10.0))
    assert Kind.GOALS in changes.kinds
    desk.changes.publish(changes)
    after = view.model.state
    assert after is not None
    assert len(after.goals) == len(before.goals) + 1
