"""The field that opens a workspace: passphrase or recovery key, and waiting after refusals."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.theme import Theme
from convergedesk.desktop.unlock_field import UnlockField
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.recovery_key import recovery_lines
from convergedesk.store.keys import Key
from tests.desktop.around import texts

SECRET = bytes(range(32))


@pytest.fixture
def field(qtbot: QtBot, light: Theme) -> UnlockField:
    field = UnlockField("Book", second_ms=1)
    qtbot.addWidget(field)
    field.show()
    return field


def test_a_passphrase_is_handed_over_once(qtbot: QtBot, field: UnlockField) -> None:
    said: list[str] = []
    field.passphrase.connect(said.append)
    field.submit()
    field.field.setText("words")
    qtbot.keyClick(field.field, Qt.Key.Key_Return)
    qtbot.keyClick(field.field, Qt.Key.Key_Return)
    assert said == ["words"]


def test_a_recovery_key_is_read_before_it_is_tried(field: UnlockField) -> None:
    said: list[Key] = []
    field.recovered.connect(said.append)
    field.switch.click()
    assert field.by_recovery_key
    field.recovery_field.setText("ABC")
    field.submit()
    assert any("56 letters and digits; these are 3" in text for text in texts(field, Label))
    field.recovery_field.setText(" ".join(recovery_lines(SECRET)).lower())
    field.submit()
    assert said == [Key.raw(SECRET)]


def test_from_the_third_refusal_on_the_person_waits_twice_as_long_each_time(
    qtbot: QtBot, field: UnlockField
) -> None:
    waits: list[int] = []
    for _ in range(9):
        field.refuse("No.")
        waits.append(field._wait)
        qtbot.waitUntil(field.field.isEnabled)
    assert waits == [0, 0, 2, 4, 8, 16, 32, 60, 60]


def test_while_waiting_nothing_can_be_submitted(field: UnlockField) -> None:
    said: list[str] = []
    field.passphrase.connect(said.append)
    field._timer.setInterval(3_600_000)
    for _ in range(3):
        field.refuse("No.")
    field.field.setText("words")
    field.submit()
    assert said == []
    assert any("next try is in 2 s" in text for text in texts(field, Label))


def test_what_was_typed_is_forgotten(field: UnlockField) -> None:
    field.field.setText("words")
    field.recovery_field.setText("ABC")
    field.forget()
    assert field.field.text() == field.recovery_field.text() == ""
