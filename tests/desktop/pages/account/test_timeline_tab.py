"""The timeline narrows by kind, person, period and text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.account.timeline_tab import TimelineTab
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.figures.account import TimelineEntry, TimelineKind

TODAY = date(2026, 12, 10)
NOW = datetime(2026, 12, 10, 12, tzinfo=UTC)


def entry(kind: TimelineKind, title: str, days: int, *people: str, target: int | None = 1) -> TimelineEntry:
    return TimelineEntry(NOW - timedelta(days), False, kind, title, "", target, True, people)


ENTRIES = (
    entry(TimelineKind.ACTION, "Action due", -3, "Priya Nair"),
    entry(TimelineKind.NOTE, "Note by Amira", 1, "Amira Haddad"),
    entry(TimelineKind.CHECK_IN, "Amira: call with Dana", 5, "Amira Haddad", "Dana Whitlock"),
    entry(TimelineKind.TICKET_OPENED, "Ticket opened", 40, "Dana Whitlock", target=7),
    entry(TimelineKind.PERSON, "Theo left the company", 60, "Theo Marchetti"),
    entry(TimelineKind.INVOICE, "Invoice over €100", 200, target=None),
)


@pytest.fixture
def tab(qtbot: QtBot, light: Theme) -> TimelineTab:
    tab = TimelineTab(lambda: TODAY)
    tab.resize(1100, 700)
    qtbot.addWidget(tab)
    tab.show()
    tab.set_entries(ENTRIES, UTC)
    return tab


def titles(tab: TimelineTab) -> list[str]:
    return [row[1].title for row in tab.table.rows_model.rows]


def counted(tab: TimelineTab) -> list[str]:
    return [chip.text() for chip in tab.findChildren(Chip) if chip.isVisible()]


def test_everything_that_happened_is_shown_at_first(tab: TimelineTab) -> None:
    assert len(titles(tab)) == 5
    assert counted(tab) == [
        "All 5",
        "Tickets 1",
        "Check-ins and notes 2",
        "People 1",
        "Billing 1",
        "Still ahead 1",
    ]


def test_a_person_narrows_it_with_its_counts(tab: TimelineTab) -> None:
    tab.person.set_value("Dana Whitlock")
    assert titles(tab) == ["Amira: call with Dana", "Ticket opened"]
    assert counted(tab) == ["All 2", "Tickets 1", "Check-ins and notes 1"]


def test_a_period_narrows_it_and_what_is_ahead_stays(tab: TimelineTab) -> None:
    tab.period.set_value(30)
    assert titles(tab) == ["Note by Amira", "Amira: call with Dana"]
    assert "Still ahead 1" in counted(tab)


def test_text_narrows_it_by_title_and_people(qtbot: QtBot, tab: TimelineTab) -> None:
    tab.focus_search()
    qtbot.keyClicks(tab.search, "dana call")
    qtbot.keyClick(tab.search, Qt.Key.Key_Return)
    assert titles(tab) == ["Amira: call with Dana"]
    qtbot.keyClick(tab.search, Qt.Key.Key_Escape)
    assert len(titles(tab)) == 5


def test_another_account_without_that_person_shows_everybody_again(tab: TimelineTab) -> None:
    tab.person.set_value("Theo Marchetti")
    tab.set_entries(ENTRIES[1:3], UTC)
    assert tab.person.value() == ""
    assert len(titles(tab)) == 2


def test_a_line_leads_to_where_it_came_from(qtbot: QtBot, tab: TimelineTab) -> None:
    wanted: list[str] = []
    opened: list[object] = []
    tab.tab_wanted.connect(wanted.append)
    tab.ticket_opened.connect(opened.append)
    for row in range(len(titles(tab))):
        tab.table.activated_id.emit(tab.table.rows_model.id_at(row))
    assert wanted == ["notes", "notes", "people", "billing"]
    assert opened == [7]
