"""Deciding what names from outside mean; every decision can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.importing.decisions_card import DecisionsCard
from convergedesk.desktop.pages.importing.link_dialogs import MergeDialog, NameDialog, PickDialog, SplitDialog
from convergedesk.desktop.pages.importing.unlinked_tab import UnlinkedTab
from convergedesk.desktop.pages.importing.unlinked_view_model import Decided, UnlinkedViewModel
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.links import UnlinkedKey
from convergedesk.domain.tickets import TicketQuery
from convergedesk.workspace.changes import Changes
from convergedesk.workspace.tickets import tickets
from tests.desktop.pages.desk import Desk
from tests.desktop.pages.importing.intake import STRANGERS, open_fed_desk

LEFT = Qt.MouseButton.LeftButton
MARLOWE, KESTREL = AccountId(1), AccountId(2)


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_fed_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def model(desk: Desk) -> UnlinkedViewModel:
    model = UnlinkedViewModel(desk.context)
    model.open()
    return model


@pytest.fixture
def decided(model: UnlinkedViewModel) -> list[Decided]:
    heard: list[Decided] = []
    model.decided.connect(heard.append)
    return heard


def labels(model: UnlinkedViewModel) -> list[str]:
    assert model.state is not None
    return [key.link.label for key in model.state.keys]


def key(model: UnlinkedViewModel, label: str = STRANGERS[0]) -> UnlinkedKey:
    assert model.state is not None
    return next(key for key in model.state.keys if key.link.label == label)


def tickets_of(desk: Desk, account_id: AccountId) -> int:
    return tickets(desk.workspace, TicketQuery(account_id=account_id)).total


def take_back(decided: list[Decided]) -> None:
    undo = decided[-1].undo
    assert undo is not None
    undo()


def test_names_with_most_rows_come_first_with_their_best_suggestion(model: UnlinkedViewModel) -> None:
    assert labels(model) == list(STRANGERS)
    assert key(model).suggestions[0].account_name == "Marlowe Freight"


def test_linking_brings_the_rows_in_and_undo_takes_them_out(
    desk: Desk, model: UnlinkedViewModel, decided: list[Decided]
) -> None:
    published: list[Changes] = []
    desk.changes.published.connect(published.append)
    model.link(key(model), MARLOWE, "Marlowe Freight")
    assert labels(model) == [STRANGERS[1]]
    assert tickets_of(desk, MARLOWE) == 3
    assert decided[0].sentence == "“Marlow Frieght” is Marlowe Freight, 2 rows came in"
    assert MARLOWE in published[0].accounts
    take_back(decided)
    assert set(labels(model)) == set(STRANGERS)
    assert tickets_of(desk, MARLOWE) == 1
    assert decided[-1].undo is None


def test_an_account_is_created_for_a_stranger(
    desk: Desk, model: UnlinkedViewModel, decided: list[Decided]
) -> None:
    model.create_account(key(model, STRANGERS[1]), "Unheard Of")
    assert labels(model) == [STRANGERS[0]]
    assert tickets(desk.workspace, TicketQuery()).total == 2
    take_back(decided)
    assert tickets(desk.workspace, TicketQuery()).total == 1


def test_ignoring_hides_a_name_until_it_is_taken_back(
    model: UnlinkedViewModel, decided: list[Decided]
) -> None:
    model.ignore(key(model))
    assert labels(model) == [STRANGERS[1]]
    take_back(decided)
    assert set(labels(model)) == set(STRANGERS)


def test_merging_moves_everything_and_splitting_takes_it_apart(
    desk: Desk, model: UnlinkedViewModel, decided: list[Decided]
) -> None:
    model.merge((KESTREL, "Kestrel Payments"), (MARLOWE, "Marlowe Freight"))
    assert tickets_of(desk, KESTREL) == 1
    assert decided[0].sentence.startswith("Marlowe Freight is now part of Kestrel Payments")
    take_back(decided)
    assert tickets_of(desk, KESTREL) == 0
    assert tickets_of(desk, MARLOWE) == 1


def test_the_history_lists_what_was_decided_and_what_was_taken_back(
    model: UnlinkedViewModel, decided: list[Decided]
) -> None:
    model.ignore(key(model))
    take_back(decided)
    model.link(key(model), MARLOWE, "Marlowe Freight")
    assert model.state is not None
    assert [(one.kind.value, one.undone_at is not None) for one in model.state.decisions] == [
        ("link", False),
        ("ignore", True),
    ]


def test_decisions_are_written_by_the_writer(tmp_path: Path, qapp: QApplication) -> None:
    held = open_fed_desk(tmp_path, hold=True)
    model = UnlinkedViewModel(held.context)
    model.open()
    held.jobs.run_all()
    model.ignore(key(model))
    assert [write for _, write in held.jobs.pending] == [True]
    held.jobs.run_all()
    held.workspace.close()


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk) -> UnlinkedTab:
    tab = UnlinkedTab(desk.context)
    tab.resize(1240, 700)
    qtbot.addWidget(tab)
    tab.show()
    tab.open()
    return tab


def button(qtbot: QtBot, tab: UnlinkedTab, text: str) -> Button:
    def visible() -> list[Button]:
        found = tab.window().findChildren(Button)
        return [each for each in found if each.text() == text and each.isVisible()]

    qtbot.waitUntil(lambda: len(visible()) == 1)
    return visible()[0]


def open_dialog(tab: UnlinkedTab) -> Dialog:
    return next(each for each in tab.window().findChildren(Dialog) if each.isVisible())


def listed(tab: UnlinkedTab) -> list[str]:
    return [row.link.label for row in tab.table.rows_model.rows]


def test_the_best_suggestion_is_one_click_away_and_undo_is_in_the_notice(
    qtbot: QtBot, tab: UnlinkedTab, desk: Desk
) -> None:
    link = next(each for each in tab.key_card.findChildren(Button) if each.text() == "Link")
    qtbot.mouseClick(link, LEFT)
    assert listed(tab) == [STRANGERS[1]]
    assert desk.notices.shown == ["“Marlow Frieght” is Marlowe Freight, 2 rows came in"]
    desk.notices.undo()
    assert set(listed(tab)) == set(STRANGERS)


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_another_account_is_found_by_typing(qtbot: QtBot, tab: UnlinkedTab) -> None:
    qtbot.mouseClick(button(qtbot, tab, "Another account…"), LEFT)
    dialog = open_dialog(tab)
    assert isinstance(dialog, PickDialog)
    qtbot.mouseClick(dialog.confirm, LEFT)
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.search, "cobalt")
    qtbot.mouseClick(dialog.confirm, LEFT)
    assert not dialog.isVisible()
    assert listed(tab) == [STRANGERS[1]]


def test_a_new_account_takes_the_name_of_its_rows(qtbot: QtBot, tab: UnlinkedTab, desk: Desk) -> None:
    tab.table.select_id(tab.table.rows_model.id_at(1))
    qtbot.mouseClick(button(qtbot, tab, "Create account…"), LEFT)
    dialog = open_dialog(tab)
    assert isinstance(dialog, NameDialog)
    assert dialog.name.text() == STRANGERS[1]
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert desk.notices.shown == ["Account “Unheard Of Ltd” created, 1 row came in"]


def test_ignoring_and_the_history_of_decisions(qtbot: QtBot, tab: UnlinkedTab) -> None:
    qtbot.mouseClick(button(qtbot, tab, "Ignore this name"), LEFT)
    assert listed(tab) == [STRANGERS[1]]
    history = tab.findChild(DecisionsCard)
    assert history is not None
    undo = next(each for each in history.findChildren(Button) if each.text() == "Undo")
    qtbot.mouseClick(undo, LEFT)
    assert listed(tab) == list(STRANGERS)


def test_an_account_is_not_merged_with_itself(qtbot: QtBot, tab: UnlinkedTab, desk: Desk) -> None:
    tab.ask_merge()
    dialog = open_dialog(tab)
    assert isinstance(dialog, MergeDialog)
    dialog.keep.setText("Kestrel Payments")
    dialog.merged.setText("Kestrel Payments")
    qtbot.mouseClick(dialog.confirm, LEFT)
    assert dialog.isVisible()
    dialog.merged.setText("Marlowe Freight")
    qtbot.mouseClick(dialog.confirm, LEFT)
    assert desk.notices.shown[0].startswith("Marlowe Freight is now part of Kestrel Payments")


def test_a_split_takes_some_names_and_leaves_others(qtbot: QtBot, tab: UnlinkedTab, desk: Desk) -> None:
    tab.model.link(key(tab.model), MARLOWE, "Marlowe Freight")
    tab.ask_split()
    dialog = open_dialog(tab)
    assert isinstance(dialog, SplitDialog)
    dialog.account.setText("Marlowe Freight")
    dialog.account.editingFinished.emit()
    names = [box.text() for box, _ in dialog.boxes]
    assert any(name.startswith("Marlow Frieght") for name in names)
    for box, _ in dialog.boxes:
        box.setChecked(True)
    dialog.name.setText("Marlow Two")
    qtbot.mouseClick(dialog.confirm, LEFT)
    assert dialog.isVisible()
    for box, _ in dialog.boxes:
        box.setChecked(box.text().startswith("Marlow Frieght"))
    qtbot.mouseClick(dialog.confirm, LEFT)
    assert not dialog.isVisible()
    assert desk.notices.shown[-1].startswith("“Marlow Two” was split off Marlowe Freight")
    assert tickets_of(desk, MARLOWE) == 1
