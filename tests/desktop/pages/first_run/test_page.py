"""A person's first minute: clicks, keys, drops, and the passphrase dialog."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.first_run.encryption import EncryptionCard
from convergedesk.desktop.pages.first_run.intents import ExploreSample, ImportFiles, Intent, OpenWorkspace
from convergedesk.desktop.pages.first_run.page import FirstRunPage
from convergedesk.desktop.passphrase_dialog import PassphraseDialog
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.drop_area import DropArea
from convergedesk.domain.errors import ReadOnlyError


@pytest.fixture
def intents() -> list[Intent]:
    return []


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, intents: list[Intent]) -> FirstRunPage:
    Theme.install(qapp, Mode.LIGHT)
    page = FirstRunPage()
    page.resize(1280, 720)
    page.chosen.connect(intents.append)
    qtbot.addWidget(page)
    page.show()
    return page


def button(page: FirstRunPage, text: str) -> Button:
    return next(found for found in page.window().findChildren(Button) if found.text() == text)


def press(qtbot: QtBot, page: FirstRunPage, text: str) -> None:
    qtbot.mouseClick(button(page, text), Qt.MouseButton.LeftButton)


def dialog(page: FirstRunPage) -> PassphraseDialog:
    found = [each for each in page.window().findChildren(PassphraseDialog) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def test_the_sample_is_one_key_press_away(qtbot: QtBot, page: FirstRunPage, intents: list[Intent]) -> None:
    page.model.set_keychain(available=True)
    page.focus_first()
    qtbot.keyClick(button(page, "Explore the sample"), Qt.Key.Key_Space)
    assert intents == [ExploreSample(None)]


def test_without_a_keychain_the_person_types_a_passphrase_twice(
    qtbot: QtBot, page: FirstRunPage, intents: list[Intent]
) -> None:
    page.model.set_keychain(available=False)
    press(qtbot, page, "Explore the sample")
    asked = dialog(page)
    assert not asked.confirm.isEnabled()
    qtbot.keyClicks(asked.passphrase, "orbit candle walnut tractor")
    qtbot.keyClicks(asked.again, "orbit candle walnut tractar")
    assert not asked.confirm.isEnabled()
    asked.again.clear()
    qtbot.keyClicks(asked.again, "orbit candle walnut tractor")
    qtbot.keyClick(asked.again, Qt.Key.Key_Return)
    assert intents == [ExploreSample("orbit candle walnut tractor")]


def test_escape_closes_the_dialog_and_starts_nothing(
    qtbot: QtBot, page: FirstRunPage, intents: list[Intent]
) -> None:
    page.model.set_keychain(available=False)
    press(qtbot, page, "Explore the sample")
    asked = dialog(page)
    qtbot.keyClick(asked.passphrase, Qt.Key.Key_Escape)
    assert not asked.isVisible()
    page.model.protect("orbit candle walnut tractor")
    assert intents == []


def test_a_passphrase_can_be_chosen_and_taken_back(
    qtbot: QtBot, page: FirstRunPage, intents: list[Intent]
) -> None:
    page.model.set_keychain(available=True)
    press(qtbot, page, "Protect with a passphrase instead")
    asked = dialog(page)
    qtbot.keyClicks(asked.passphrase, "password1")
    qtbot.keyClicks(asked.again, "password1")
    qtbot.mouseClick(asked.confirm, Qt.MouseButton.LeftButton)
    assert page.model.has_passphrase
    card = page.findChild(EncryptionCard)
    assert card is not None
    assert card.keychain.isVisible()
    press(qtbot, page, "Use the keychain instead")
    assert not page.model.has_passphrase
    assert not card.keychain.isVisible()


def test_dropped_files_are_imported_and_web_links_are_not(
    qtbot: QtBot, page: FirstRunPage, intents: list[Intent], tmp_path: Path
) -> None:
    page.model.set_keychain(available=True)
    area = page.findChild(DropArea)
    assert area is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.com/a.csv")])
    copy = Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    area.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), copy, data, left, none))
    area.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert intents == [ImportFiles((tmp_path,), None)]


def choose(page: FirstRunPage, path: Path) -> None:
    """Select in the file dialog that is open; Qt's own dialog is told directly."""
    asked = next(each for each in page.window().findChildren(QFileDialog) if each.isVisible())
    asked.filesSelected.emit([str(path)])
    asked.reject()


def test_chosen_files_and_an_existing_workspace_come_with_their_paths(
    qtbot: QtBot, page: FirstRunPage, intents: list[Intent], tmp_path: Path
) -> None:
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    page.model.set_keychain(available=True)
    press(qtbot, page, "Choose files")
    choose(page, tmp_path / "crm.csv")
    press(qtbot, page, "Open an existing workspace…")
    choose(page, tmp_path / "book.converge")
    assert intents == [ImportFiles((tmp_path / "crm.csv",), None), OpenWorkspace(tmp_path / "book.converge")]


def test_while_a_workspace_is_prepared_nothing_else_can_be_started(qtbot: QtBot, page: FirstRunPage) -> None:
    page.model.set_keychain(available=True)
    page.model.prepare("Building the sample workspace", 3, 10)
    assert not button(page, "Choose files").isEnabled()
    page.model.fail(ReadOnlyError("The folder cannot be written to.", fix="Choose another folder."))
    assert button(page, "Choose files").isEnabled()
