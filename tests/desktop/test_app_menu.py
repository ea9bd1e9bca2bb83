"""The menu at the end of the top bar is filled when it is opened, once."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from convergedesk.desktop.app_menu import AppMenu
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.theme.current import Mode


@pytest.fixture
def menu(qtbot: QtBot, light: Theme) -> AppMenu:
    made = AppMenu()
    qtbot.addWidget(made)
    return made


def opened(menu: AppMenu) -> dict[str, QAction]:
    """What stands in it once it is opened, by words; the sizes of text are in a menu of their own."""
    menu.menu().aboutToShow.emit()
    actions = menu.menu().actions()
    menus = [action.menu() for action in actions]
    inner = [one for sub in menus if isinstance(sub, QMenu) for one in sub.actions()]
    return {action.text(): action for action in [*actions, *inner] if action.text()}


def test_opening_it_twice_shows_every_entry_once(menu: AppMenu) -> None:
    first = len(menu.menu().actions()), list(opened(menu))
    assert first[0] == 0
    assert "Open another workspace…" in first[1]
    assert list(opened(menu)) == first[1]
    assert len(menu.menu().actions()) == len({id(action) for action in menu.menu().actions()})


def test_an_entry_says_what_is_wanted(menu: AppMenu, qtbot: QtBot) -> None:
    with qtbot.waitSignal(menu.workspace_wanted):
        opened(menu)["Open another workspace…"].trigger()
    with qtbot.waitSignal(menu.keys_wanted):
        opened(menu)["Keys…"].trigger()


def test_light_dark_and_the_size_of_text_are_chosen_and_ticked(menu: AppMenu, light: Theme) -> None:
    entries = opened(menu)
    assert entries["Light"].isChecked()
    entries["Dark"].trigger()
    assert light.mode is Mode.DARK
    entries["125\u202f%"].trigger()
    assert light.text_scale == 1.25
    entries = opened(menu)
    assert (entries["Dark"].isChecked(), entries["Light"].isChecked()) == (True, False)
    assert entries["125\u202f%"].isChecked()
    light.set_text_scale(1.0)
    light.set_mode(Mode.LIGHT)
