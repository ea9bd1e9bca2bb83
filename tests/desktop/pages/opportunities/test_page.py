"""Opportunities, driven with clicks and keys, over a sample workspace."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.engagement.action_dialog import ActionDialog
from convergedesk.desktop.navigator import AccountPlace
from convergedesk.desktop.pages.opportunities.dialogs import DismissDialog, PutOffDialog
from convergedesk.desktop.pages.opportunities.export import HEADER, table
from convergedesk.desktop.pages.opportunities.list_filter import Decided
from convergedesk.desktop.pages.opportunities.page import USE, OpportunitiesPage
from convergedesk.desktop.pages.opportunities.use_map import UseCell, use_rows
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.domain.errors import DiskFullError
from convergedesk.figures.openings import OpeningKind
from convergedesk.workspace import opportunities
from convergedesk.workspace.sample.build import build_sample
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.session import open_workspace
from tests.desktop.pages.desk import KEY, Desk, open_desk

D = TypeVar("D", bound=Dialog)


@cache
def sample() -> Path:
    """Built once for all tests of this process."""
    folder = Path(tempfile.mkdtemp(prefix="convergedesk-openings-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "sample.converge"
    build_sample(path, KEY, SampleSpec(accounts=10, days=400, tickets=20))
    return path


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    with open_workspace(sample(), KEY) as workspace:
        names = {row.opening.account_id: row.opening.account for row in _rows(workspace)}
    desk = open_desk(tmp_path, template=sample, names=names)
    yield desk
    desk.workspace.close()


def _rows(workspace: object) -> tuple[opportunities.Opportunity, ...]:
    return opportunities.opportunity_book(workspace).rows  # pyright: ignore[reportArgumentType]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> OpportunitiesPage:
    page = OpportunitiesPage(desk.context)
    page.resize(1440, 860)
    qtbot.addWidget(page)
    page.open()
    page.show()
    return page


def shown(page: OpportunitiesPage) -> list[opportunities.Opportunity]:
    return list(page.table.rows_model.rows)


def choose(page: OpportunitiesPage, *kinds: OpeningKind) -> opportunities.Opportunity:
    row = next(row for row in shown(page) if row.opening.kind in kinds)
    page.table.select_id(row.key)
    return row


def dialog(page: OpportunitiesPage, kind: type[D]) -> D:
    return next(each for each in page.window().findChildren(kind) if each.isVisible())


def press(page: OpportunitiesPage, text: str) -> None:
    # What was added to a visible card is shown with the next event.
    QApplication.processEvents()
    next(b for b in page.detail.findChildren(Button) if b.text() == text and b.isVisible()).click()


def test_most_money_comes_first_and_the_title_adds_up(page: OpportunitiesPage) -> None:
    values = [row.value.middle.minor_units for row in shown(page) if row.value is not None]
    assert values == sorted(values, reverse=True)
    assert len(values) >= 5
    assert page.model.state is not None
    assert page.model.state.title.endswith("a month within reach")


def test_filters_narrow_and_are_lifted(page: OpportunitiesPage) -> None:
    everything = len(shown(page))
    page.filters.kind_chosen.emit(OpeningKind.COMMITMENT_AHEAD)
    assert {row.opening.kind for row in shown(page)} == {OpeningKind.COMMITMENT_AHEAD}
    page.filters.cleared.emit()
    name = shown(page)[0].opening.account
    page.filters.searched.emit(name.lower())
    assert {row.opening.account for row in shown(page)} == {name}
    page.model.choose(text="", owner="Nobody of ours")
    assert shown(page) == []
    page.model.choose(owner=None, currency="XXX")
    assert shown(page) == []
    page.model.clear()
    assert len(shown(page)) == everything


def test_an_opening_shows_its_chart(page: OpportunitiesPage) -> None:
    choose(page, OpeningKind.UNDER_USED, OpeningKind.NEVER_ADOPTED)
    assert not page.detail.chart.isHidden()
    assert page.detail.chart.bars.accessibleDescription()
    choose(page, OpeningKind.COMMITMENT_AHEAD)
    assert page.detail.chart.burn_down.items()


@pytest.mark.parametrize("key", [Qt.Key.Key_W, Qt.Key.Key_Return])
def test_the_value_and_the_sum_answer_why(qtbot: QtBot, page: OpportunitiesPage, key: Qt.Key) -> None:
    choose(page, OpeningKind.COMMITMENT_AHEAD)
    QApplication.processEvents()
    tile = next(tile for tile in page.detail.findChildren(KpiTile) if tile.isVisible())
    tile.setFocus()
    qtbot.keyClick(tile, key)
    why = dialog(page, WhyDialog)
    assert why.why.formula
    why.accept()
    press(page, "Why?")
    dialog(page, WhyDialog).accept()
    page._why.click()
    assert "added up" in dialog(page, WhyDialog).why.formula


def test_taking_up_makes_an_action_and_leaves_the_list(page: OpportunitiesPage, desk: Desk) -> None:
    row = choose(page, OpeningKind.COMMITMENT_AHEAD)
    press(page, "Take up…")
    form = dialog(page, ActionDialog)
    assert form.title_field.text()
    assert form.due_on.day() is not None
    form.save_button.click()
    assert not form.isVisible()
    assert row.key not in [one.key for one in shown(page)]
    page.filters.decided_chosen.emit(Decided.TAKEN_UP)
    (taken,) = shown(page)
    assert taken.action is not None
    assert taken.action.title == form.title_field.text()
    desk.notices.undo()
    assert shown(page) == []
    page.model.clear()
    assert row.key in [one.key for one in shown(page)]


def test_not_now_needs_a_day_to_come(page: OpportunitiesPage) -> None:
    row = choose(page, OpeningKind.COMMITMENT_AHEAD)
    press(page, "Not now…")
    form = dialog(page, PutOffDialog)
    form.day.setText("1 Jan 2020")
    form.save_button.click()
    assert form.isVisible()
    form.day.setText("1 Feb 2027")
    form.reason.setText("after their season")
    form.save_button.click()
    assert not form.isVisible()
    page.filters.decided_chosen.emit(Decided.NOT_NOW)
    (kept,) = shown(page)
    assert kept.key == row.key
    assert kept.decision is not None
    assert kept.decision.reason == "after their season"
    page.table.select_id(row.key)
    press(page, "Open again")
    assert shown(page) == []


def test_dismissing_needs_a_reason_which_may_be_one_that_is_offered(page: OpportunitiesPage) -> None:
    row = choose(page, OpeningKind.UNDER_USED, OpeningKind.NEVER_ADOPTED)
    press(page, "Dismiss…")
    form = dialog(page, DismissDialog)
    form.save_button.click()
    assert form.isVisible()
    next(b for b in form.findChildren(Button) if b.text() == "Seasonal").click()
    form.save_button.click()
    page.filters.decided_chosen.emit(Decided.DISMISSED)
    assert [(one.key, one.decision.reason if one.decision else "") for one in shown(page)] == [
        (row.key, "Seasonal")
    ]


@pytest.mark.parametrize(
    ("key", "control", "kind"),
    [
        (Qt.Key.Key_T, True, ActionDialog),
        (Qt.Key.Key_N, True, PutOffDialog),
        (Qt.Key.Key_Delete, False, DismissDialog),
    ],
)
def test_keys_decide_in_the_list(
    qtbot: QtBot, page: OpportunitiesPage, key: Qt.Key, control: bool, kind: type[Dialog]
) -> None:
    choose(page, OpeningKind.COMMITMENT_AHEAD)
    page.activateWindow()
    page.table.setFocus()
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(page.table, key, held)
    assert dialog(page, kind).isVisible()


def test_a_full_disk_is_told_and_keeps_the_words(
    page: OpportunitiesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise DiskFullError("The disk is full.", fix="Make room.")

    choose(page, OpeningKind.COMMITMENT_AHEAD)
    press(page, "Dismiss…")
    form = dialog(page, DismissDialog)
    form.reason.setText("Half a thought")
    with monkeypatch.context() as patched:
        patched.setattr(opportunities, "dismiss", full)
        form.save_button.click()
    assert form.isVisible()
    assert "disk is full" in form.failure.text()
    assert form.reason.text() == "Half a thought"


def test_the_map_shows_every_account_and_leads_there(page: OpportunitiesPage, desk: Desk) -> None:
    page.mode.set_value(USE)
    state = page.model.state
    assert state is not None
    assert page.use_map.table is not None
    model = page.use_map.table.rows_model
    assert len(model.rows) == len(state.book.use.accounts)
    stands_out = [cell for row in use_rows(state.book.use) for cell in row.cells if cell.found is not None]
    assert stands_out
    told = {
        model.data(model.index(r, c)) for r in range(model.rowCount()) for c in range(1, model.columnCount())
    }
    assert "not in plan" in told
    assert any(text.endswith("stands out") for text in told)
    assert all(isinstance(cell, UseCell) for cell in stands_out)
    page.use_map.table.activated_id.emit(model.rows[0].account_id)
    assert desk.navigator.place is not None
    assert desk.navigator.place.argument == AccountPlace(model.rows[0].account_id)


def test_the_export_holds_every_row_with_its_value(page: OpportunitiesPage) -> None:
    rows = list(table(shown(page)))
    assert rows[0] == HEADER
    assert len(rows) == len(shown(page)) + 1
    assert all(len(row) == len(HEADER) for row in rows)
    assert rows[1][HEADER.index("Currency")] == "EUR"


def test_before_anything_is_computed_the_page_says_what_would_bring_openings(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_desk(tmp_path)
    page = OpportunitiesPage(desk.context)
    qtbot.addWidget(page)
    page.show()
    empty = next(each for each in page.findChildren(EmptyState) if each.isVisible())
    assert "Import usage by day and meter" in empty.accessibleName()
    desk.workspace.close()
