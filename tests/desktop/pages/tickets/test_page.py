"""Driving the ticket history with clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.navigator import Place
from convergedesk.desktop.pages.tickets import view_model
from convergedesk.desktop.pages.tickets.opened_filter import RangeDialog
from convergedesk.desktop.pages.tickets.page import TicketsPage
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.domain.tickets import TicketQuery, TicketStatus
from tests.desktop.pages.desk import CUSTOMS, KESTREL, MANY_TICKETS, MARLOWE, RECEIPTS, Desk, open_desk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> TicketsPage:
    page = TicketsPage(desk.context)
    page.resize(1280, 720)
    qtbot.addWidget(page)
    page.show()
    page.open()
    return page


def listed(page: TicketsPage) -> list[object]:
    return [row.ticket.id for row in page.table.rows_model.rows]


def test_the_title_says_what_waits(page: TicketsPage) -> None:
    texts = [label.text() for label in page.findChildren(Label)]
    assert "The only open ticket is high priority" in texts
    assert "27 tickets since 1 Mar 2026" in texts


def test_typing_finds_and_enter_opens(qtbot: QtBot, page: TicketsPage, desk: Desk) -> None:
    places: list[Place] = []
    desk.navigator.arrived.connect(places.append)
    qtbot.keyClicks(page.filters.search, "48001")
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Return)
    assert listed(page) == [CUSTOMS]
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    page.table.select_id(CUSTOMS)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert places == [Place("ticket", CUSTOMS)]


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_an_account_is_found_by_a_part_of_its_name_and_removed_by_its_chip(
    qtbot: QtBot, page: TicketsPage
) -> None:
    accounts = page.filters.accounts
    qtbot.keyClicks(accounts.field, "marl")
    qtbot.keyClick(accounts.field, Qt.Key.Key_Return)
    assert set(listed(page)) == {CUSTOMS, RECEIPTS}
    assert accounts.chip.text() == "Marlowe Freight"
    qtbot.keyClick(accounts.chip, Qt.Key.Key_Delete)
    assert len(listed(page)) == MANY_TICKETS + 3
    assert accounts.field.isVisible()


def test_filters_combine_and_are_cleared_together(qtbot: QtBot, page: TicketsPage) -> None:
    qtbot.mouseClick(page.filters.high, LEFT)
    assert set(listed(page)) == {CUSTOMS, RECEIPTS}
    page.filters.status.menu().actions()[1].trigger()
    assert listed(page) == [RECEIPTS]
    assert page.filters.status.text() == "Status: open"
    qtbot.mouseClick(page.filters.clear, LEFT)
    assert len(listed(page)) == MANY_TICKETS + 3
    assert not page.filters.high.isChecked()


def test_an_own_range_is_checked_before_it_is_used(qtbot: QtBot, page: TicketsPage) -> None:
    page.filters.opened.ask_range()
    dialog = next(each for each in page.window().findChildren(RangeDialog) if each.isVisible())
    dialog.first.set_day(date(2026, 3, 3))
    dialog.last.set_day(date(2026, 3, 1))
    qtbot.mouseClick(dialog.show_button, LEFT)
    assert dialog.isVisible()
    dialog.last.set_day(date(2026, 3, 4))
    qtbot.mouseClick(dialog.show_button, LEFT)
    assert len(listed(page)) == 2
    assert page.filters.opened.text() == "Opened: 3 Mar to 4 Mar"


def test_nothing_found_offers_the_way_back(qtbot: QtBot, page: TicketsPage) -> None:
    page.filters.searched.emit("zzz")
    empty = page.findChild(EmptyState)
    assert empty is not None
    empty.action_clicked.emit()
    assert len(listed(page)) == MANY_TICKETS + 3


def test_a_click_on_a_header_sorts_in_the_file(page: TicketsPage) -> None:
    header = page.table.horizontalHeader()
    number = next(i for i, column in enumerate(page.table.rows_model.columns) if column.key == "number")
    header.sectionClicked.emit(number)
    assert listed(page)[-1] == 3
    assert page.model.query.sort == "number"


def test_scrolling_to_the_end_brings_more(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_model, "CHUNK", 25)
    page = TicketsPage(desk.context)
    page.resize(1280, 400)
    qtbot.addWidget(page)
    page.show()
    page.open()
    assert len(listed(page)) == 25
    bar = page.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: len(listed(page)) == MANY_TICKETS + 3)


def test_a_query_from_elsewhere_is_shown_in_the_filters(page: TicketsPage) -> None:
    page.open(TicketQuery(account_id=KESTREL, status=TicketStatus.CLOSED))
    assert page.filters.status.text() == "Status: closed"
    assert page.filters.accounts.chip.isVisible()
    page.open(TicketQuery(account_id=MARLOWE))
    assert page.filters.status.text() == "Status: any"
