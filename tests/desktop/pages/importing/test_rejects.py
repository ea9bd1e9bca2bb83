"""Rows that were not taken: listed, filtered, exported."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.importing import rejects_view_model
from convergedesk.desktop.pages.importing.rejects_tab import RejectsTab
from convergedesk.desktop.pages.importing.rejects_view_model import RejectsState, RejectsViewModel
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.workspace import links
from tests.desktop.pages.desk import Desk, open_desk
from tests.desktop.pages.importing.intake import BAD_DATES, open_fed_desk

ALL = BAD_DATES + 3


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_fed_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def model(desk: Desk) -> RejectsViewModel:
    model = RejectsViewModel(desk.context)
    model.open()
    return model


def state(model: RejectsViewModel) -> RejectsState:
    assert model.state is not None
    return model.state


def test_every_reject_is_listed_with_counts_by_reason(model: RejectsViewModel) -> None:
    assert state(model).total == ALL
    assert dict(state(model).by_code) == {"bad_date": BAD_DATES, "unknown_account": 3}
    assert state(model).complete


def test_reasons_and_text_narrow_the_list(model: RejectsViewModel) -> None:
    model.set_code("bad_date")
    assert [row.line for row in state(model).rows] == [20, 21, 22]
    assert state(model).by_code["unknown_account"] == 3
    model.set_text("31/21")
    assert [row.line for row in state(model).rows] == [21]
    assert state(model).filtered
    model.clear_filters()
    assert state(model).total == ALL


def test_rows_arrive_in_chunks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejects_view_model, "CHUNK", 4)
    model = RejectsViewModel(desk.context)
    model.open()
    assert not state(model).complete
    model.fetch_more()
    model.fetch_more()
    assert len({row.id for row in state(model).rows}) == ALL
    assert state(model).complete


def test_the_export_holds_what_is_filtered_and_runs_no_formula(
    model: RejectsViewModel, tmp_path: Path
) -> None:
    said: list[str] = []
    model.said.connect(said.append)
    model.set_code("bad_date")
    place = tmp_path / "rejects.csv"
    model.export(place)
    assert said == ["3 rejected rows saved as “rejects.csv”"]
    with place.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + BAD_DATES
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_an_export_that_fails_is_told(model: RejectsViewModel, tmp_path: Path) -> None:
    failures: list[Exception] = []
    model.failed.connect(failures.append)
    model.export(tmp_path / "missing" / "rejects.csv")
    assert len(failures) == 1


def test_rows_that_were_linked_leave_the_list(desk: Desk, model: RejectsViewModel) -> None:
    key = links.unlinked_keys(desk.workspace)[0]
    _, changes = links.link(desk.workspace, key.key_id, key.suggestions[0].account_id)
    desk.changes.publish(changes)
    assert state(model).total == ALL - 2


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk) -> RejectsTab:
    tab = RejectsTab(desk.context)
    tab.resize(1240, 700)
    qtbot.addWidget(tab)
    tab.show()
    tab.open()
    return tab


def test_selecting_a_row_shows_all_of_it(qtbot: QtBot, tab: RejectsTab) -> None:
    tab.table.setFocus(Qt.FocusReason.TabFocusReason)
    tab.table.select_id(1)
    said = {label.text() for label in tab.findChildren(Label) if not label.isHidden()}
    assert {"20,=SUM(A1)", "The date “31/20/2026” cannot be read.", "tickets.csv, line 20"} <= said


def test_the_reason_menu_filters_and_nothing_found_leads_back(qtbot: QtBot, tab: RejectsTab) -> None:
    actions = {action.text().split("  ")[0]: action for action in tab.reason.menu().actions()}
    actions["date cannot be read"].trigger()
    assert len(tab.table.rows_model.rows) == BAD_DATES
    assert tab.reason.text() == "Reason: date cannot be read"
    tab.model.set_text("zzz")
    empty = tab.table.findChild(EmptyState)
    assert empty is not None
    empty.action_clicked.emit()
    assert len(tab.table.rows_model.rows) == ALL


def test_a_workspace_without_rejects_says_so(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    Theme.install(qapp, Mode.LIGHT)
    clean = open_desk(tmp_path)
    tab = RejectsTab(clean.context)
    qtbot.addWidget(tab)
    tab.show()
    tab.open()
    empty = tab.findChild(EmptyState)
    assert empty is not None
    assert empty.accessibleName() == "No rejected rows. Every row of every import so far was taken."
    clean.workspace.close()
