"""The calendar on a real workspace."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from convergedesk.desktop.customer_year import CustomerYearDialog
from convergedesk.desktop.pages.calendar.page import CalendarPage
from convergedesk.desktop.pages.calendar.words import FREEZE, HOLIDAY, RELEASE, days_words, year_title
from convergedesk.desktop.theme import Theme
from convergedesk.domain.calendar import CalendarEvent
from convergedesk.store import accounts
from convergedesk.store import calendar as store_calendar
from convergedesk.workspace.calendar import add_event, set_account_calendar
from tests.desktop.pages.desk import KESTREL, MARLOWE, Desk, open_desk

PEAK = CalendarEvent(FREEZE, "Peak season", date(2026, 11, 20), date(2027, 1, 5), MARLOWE)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path)
    set_account_calendar(opened.workspace, MARLOWE, fiscal_month=None, country="NL", region=None)
    add_event(opened.workspace, PEAK)
    yield opened
    opened.workspace.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, light: Theme) -> CalendarPage:
    shown = CalendarPage(desk.context)
    qtbot.addWidget(shown)
    shown.resize(1300, 860)
    shown.open()
    shown.show()
    return shown


def test_the_year_says_what_it_holds(page: CalendarPage) -> None:
    kinds = [one.kind for one in page.model.events]
    assert kinds.count(FREEZE) == 1
    assert kinds.count(HOLIDAY) >= 9
    assert "King's Day" in page.planner.accessibleDescription()
    page.model.set_kind(HOLIDAY, on=False)
    assert {one.kind for one in page.model.events} == {FREEZE}


def test_an_entry_is_added_changed_deleted_and_brought_back(desk: Desk, page: CalendarPage) -> None:
    page.add()
    dialog = page._dialog
    assert dialog is not None
    dialog.save_button.click()
    assert store_calendar.list_events(desk.workspace.store)[-1].title == "Peak season"
    dialog.kind.set_value(RELEASE)
    dialog.title_field.setText("Version 26.4")
    dialog.first_day.setText("1 Dec 2026")
    dialog.save_button.click()
    assert page._dialog is None
    added = next(one for one in page.model.events if one.title == "Version 26.4")
    assert added.last_day == added.first_day == date(2026, 12, 1)
    page.edit(added)
    assert page._dialog is not None
    page._dialog.title_field.setText("Version 26.5")
    page._dialog.save_button.click()
    changed = next(one for one in page.model.events if one.title == "Version 26.5")
    page.model.delete(changed)
    assert all(one.title != "Version 26.5" for one in page.model.events)
    desk.notices.undo()
    assert any(one.title == "Version 26.5" for one in page.model.events)


def test_a_freeze_names_its_customer_and_days_run_forwards(page: CalendarPage) -> None:
    page.add()
    dialog = page._dialog
    assert dialog is not None
    dialog.title_field.setText("Freeze")
    dialog.first_day.setText("5 Dec 2026")
    dialog.last_day.setText("1 Dec 2026")
    assert dialog._problems().keys() == {"last_day", "whom"}


def test_a_public_holiday_is_explained_and_not_edited(desk: Desk, page: CalendarPage) -> None:
    holiday = next(one for one in page.model.events if one.kind is HOLIDAY)
    page.edit(holiday)
    assert page._dialog is None
    assert "comes with the country" in desk.notices.shown[-1]


def test_a_click_on_a_day_opens_what_is_there_or_adds_on_it(page: CalendarPage) -> None:
    clicked: list[object] = []
    page.planner.event_chosen.connect(clicked.append)
    rect = page.planner._rect(date(2026, 12, 24))
    assert page.planner.day_at(QPointF(rect.center())) == date(2026, 12, 24)
    assert page.planner.day_at(QPointF(1, 1)) is None
    assert page.planner.day_at(QPointF(page.planner._rect(date(2026, 1, 31)).center().x(), 60)) is None
    page._on_day(date(2026, 7, 7))
    assert page._dialog is not None
    assert page._dialog.first_day.day() == date(2026, 7, 7)


def test_the_pod_narrows_the_calendar(desk: Desk, page: CalendarPage) -> None:
    assert page.model.of_pod == page.model.book.events  # pyright: ignore[reportOptionalMemberAccess]
    desk.context.portfolio._pod = 99  # pyright: ignore[reportAttributeAccessIssue]
    assert [one for one in page.model.of_pod if one.account_id is not None] == []


def test_a_customers_year_and_holidays_are_edited(desk: Desk, page: CalendarPage, qtbot: QtBot) -> None:
    book = page.model.book
    assert book is not None
    dialog = CustomerYearDialog(page, desk.context, book.accounts, 1, KESTREL)
    dialog.open()
    dialog.month.set_value(4)
    dialog.country.setText("de")
    dialog.region.set_value("BY")
    dialog.save_button.click()
    kept = accounts.get(desk.workspace.store, KESTREL)
    assert (kept.fiscal_month, kept.country, kept.region) == (4, "DE", "BY")
    assert date(2026, 1, 6) in {one.first_day for one in page.model.events}
    desk.notices.undo()
    assert accounts.get(desk.workspace.store, KESTREL).country is None


def test_words() -> None:
    assert days_words(PEAK) == "20 Nov 2026 to 5 Jan 2027"
    assert year_title(2026, [PEAK]) == "2026: 1 freeze"
    assert year_title(2026, []) == "2026: nothing in the calendar"
