"""Days as people type them, and only those that can be read in one way."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.date_field import DateField, parse_day

TODAY = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10 Dec 2026", date(2026, 12, 10)),
        ("10 december", date(2026, 12, 10)),
        ("Dec 10, 2025", date(2025, 12, 10)),
        ("2027-01-31", date(2027, 1, 31)),
        ("31.1.2027", date(2027, 1, 31)),
        ("25/12/2026", date(2026, 12, 25)),
        ("12/25/2026", date(2026, 12, 25)),
        ("5/5/2026", date(2026, 5, 5)),
        ("03/04/2026", None),
        ("31 Feb 2026", None),
        ("10 Foo 2026", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_days_are_read_unless_they_are_ambiguous(text: str, day: date | None) -> None:
    assert parse_day(text, TODAY) == day


@pytest.fixture
def field(qtbot: QtBot, qapp: QApplication) -> DateField:
    Theme.install(qapp, Mode.LIGHT)
    field = DateField(TODAY)
    qtbot.addWidget(field)
    field.show()
    return field


def test_typing_tells_the_day_once_it_can_be_read(qtbot: QtBot, field: DateField) -> None:
    heard: list[object] = []
    field.day_changed.connect(heard.append)
    qtbot.keyClicks(field, "2 jan 2027")
    assert heard[-1] == date(2027, 1, 2)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "2 Jan 2027"
    field.clear()
    assert heard[-1] is None
    assert field.fault() == ""


def test_what_is_no_day_is_said(qtbot: QtBot, field: DateField) -> None:
    qtbot.keyClicks(field, "03/04/2026")
    assert field.day() is None
    assert field.fault() == "“03/04/2026” cannot be read as a day. Write it like 10 Dec 2026."


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_the_calendar_opens_with_the_arrow_key_and_fills_the_field(qtbot: QtBot, field: DateField) -> None:
    qtbot.keyClick(field, Qt.Key.Key_Down)
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None
    calendar.clicked.emit(QDate(2026, 12, 24))
    assert field.day() == date(2026, 12, 24)
