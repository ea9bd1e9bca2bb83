"""What one can do about an account from Home, over a real workspace."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.engagement.check_in_dialog import CheckInDialog
from convergedesk.desktop.pages.home.page import HomePage
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.workspace.portfolio import home
from tests.desktop.around import child
from tests.desktop.book import kestrel, snapshot
from tests.desktop.pages.desk import KESTREL, Desk, open_desk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(light: Theme, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path)
    opened.context.portfolio.show(snapshot(replace(kestrel(), account_id=KESTREL)))
    yield opened
    opened.workspace.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> HomePage:
    made = HomePage(desk.context)
    made.resize(1440, 860)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_check_in_is_logged_from_home(qtbot: QtBot, page: HomePage) -> None:
    qtbot.mouseClick(child(page.check_ins, Button, "Log check-in"), LEFT)
    (dialog,) = page.window().findChildren(CheckInDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_not_now_is_kept_and_can_be_undone(qtbot: QtBot, page: HomePage, desk: Desk) -> None:
    def put_off() -> object:
        return next(row for row in home(desk.workspace).rows if row.account_id == KESTREL).put_off

    qtbot.mouseClick(child(page.check_ins, Button, "Not now"), LEFT)
    assert put_off() is not None
    assert desk.notices.shown[-1] == "The check-in with Kestrel Payments is put off for a week"
    desk.notices.undo()
    assert put_off() is None
