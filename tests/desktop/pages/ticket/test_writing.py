"""Writing on the Ticket page: the two questions, the feature, the goals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.autosave import SaveState
from convergedesk.desktop.pages.ticket.page import TicketPage
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.domain.errors import DiskFullError
from convergedesk.domain.tickets import TicketId
from convergedesk.workspace import ticket_notes
from convergedesk.workspace.ticket_notes import notes_on
from tests.desktop.pages.desk import CUSTOMS, RECEIPTS, Desk, open_desk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> TicketPage:
    page = TicketPage(desk.context)
    page.resize(1280, 800)
    qtbot.addWidget(page)
    page.show()
    page.open(CUSTOMS)
    return page


def kept(desk: Desk, ticket: TicketId = CUSTOMS) -> tuple[str, str]:
    notes = notes_on(desk.workspace, ticket)
    return notes.trying_to, notes.blocks


def test_what_is_typed_is_kept_by_itself(qtbot: QtBot, page: TicketPage, desk: Desk) -> None:
    qtbot.keyClicks(page.answers.trying_to.area, "Clear every container")
    qtbot.keyClicks(page.answers.blocks.area, "Trucks wait")
    page.answers.autosave.flush()
    assert kept(desk) == ("Clear every container", "Trucks wait")
    assert page.answers.autosave.state is SaveState.KEPT


def test_another_ticket_comes_and_nothing_typed_is_lost_or_mixed_up(
    qtbot: QtBot, page: TicketPage, desk: Desk
) -> None:
    qtbot.keyClicks(page.answers.trying_to.area, "Clear every container")
    page.open(RECEIPTS)
    assert kept(desk) == ("Clear every container", "")
    assert kept(desk, RECEIPTS) == ("", "")
    assert page.answers.trying_to.area.toPlainText() == ""


def test_a_reading_again_leaves_what_somebody_types(qtbot: QtBot, page: TicketPage, desk: Desk) -> None:
    qtbot.keyClicks(page.answers.trying_to.area, "Half a sen")
    desk.changes.written_elsewhere.emit()
    assert page.answers.trying_to.area.toPlainText() == "Half a sen"


def test_what_could_not_be_saved_is_still_there_and_tried_again(
    qtbot: QtBot, page: TicketPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ticket_notes.write_answers

    def full(*_args: object, **_named: object) -> None:
        raise DiskFullError("The disk is full.")

    monkeypatch.setattr(ticket_notes, "write_answers", full)
    qtbot.keyClicks(page.answers.trying_to.area, "Clear every container")
    page.answers.autosave.flush()
    assert page.answers.status.text().startswith("The disk is full")
    page.open(RECEIPTS)
    monkeypatch.setattr(ticket_notes, "write_answers", real)
    page.open(CUSTOMS)
    assert page.answers.trying_to.area.toPlainText() == "Clear every container"
    page.answers.autosave.flush()
    assert kept(desk) == ("Clear every container", "")


def test_leaving_the_page_keeps_it(qtbot: QtBot, page: TicketPage, desk: Desk) -> None:
    qtbot.keyClicks(page.answers.blocks.area, "Trucks wait")
    page.hide()
    assert kept(desk) == ("", "Trucks wait")


def test_a_feature_is_chosen_by_keyboard(qtbot: QtBot, page: TicketPage, desk: Desk) -> None:
    page.feature.click()
    dialog = page.feature.dialog
    assert dialog is not None
    dialog.field.setText("Retry rules")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert page.feature.text() == "Retry rules"
    assert desk.notices.shown[-1] == "Tagged #48001 with Retry rules"
    desk.notices.undo()
    assert page.feature.text() == "Webhooks"


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_a_goal_is_linked_and_taken_off_again(qtbot: QtBot, page: TicketPage, desk: Desk) -> None:
    assert page.goals.link_goal is not None
    qtbot.mouseClick(page.goals.link_goal, LEFT)
    menu = page.goals.menu
    assert menu is not None
    menu.actions()[0].trigger()
    (linked,) = notes_on(desk.workspace, CUSTOMS).goal_ids
    desk.notices.undo()
    assert notes_on(desk.workspace, CUSTOMS).goal_ids == ()
    assert linked


def test_figures_of_the_account_say_why(qtbot: QtBot, page: TicketPage) -> None:
    page.account.open.setFocus()
    qtbot.keyClick(page.account.open, Qt.Key.Key_W)
    dialog = page.findChild(WhyDialog)
    assert dialog is not None
    assert "open" in dialog.why.title.lower()
