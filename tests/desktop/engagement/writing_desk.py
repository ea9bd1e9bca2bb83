"""A window over the pages' workspace in which something is written."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.engagement.host import Engagement
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.domain.accounts import PersonRole
from convergedesk.store import people
from tests.desktop.pages.desk import KESTREL, MARLOWE, NOW, Desk, open_desk

D = TypeVar("D", bound=Dialog)


@dataclass(frozen=True)
class WritingDesk:
    desk: Desk
    window: QWidget
    engagement: Engagement

    def dialog(self, kind: type[D]) -> D:
        """The open dialog of that kind."""
        return next(each for each in self.window.findChildren(kind) if each.isVisible())

    def has(self, kind: type[Dialog]) -> bool:
        return any(each.isVisible() for each in self.window.findChildren(kind))

    def button(self, text: str) -> Button:
        return next(
            each for each in self.window.findChildren(Button) if each.text() == text and each.isVisible()
        )


def fill_people(desk: Desk) -> None:
    """Two at Marlowe, one at Kestrel, three of us."""
    store = desk.workspace.store
    for name, role, account_id in (
        ("Dana Whitlock", PersonRole.SPONSOR, MARLOWE),
        ("Theo Marchetti", PersonRole.CHAMPION, MARLOWE),
        ("Declan Roche", PersonRole.SPONSOR, KESTREL),
        ("Amira Haddad", PersonRole.SUCCESS_MANAGER, None),
        ("Priya Nair", PersonRole.SUPPORT_AGENT, None),
        ("Jonas Weber", PersonRole.SUPPORT_AGENT, None),
    ):
        people.add_person(store, name, role, now=NOW, account_id=account_id)


@contextmanager
def writing_desk(qtbot: QtBot, folder: Path, *, hold: bool = False) -> Generator[WritingDesk]:
    desk = open_desk(folder, hold=hold)
    fill_people(desk)
    desk.workspace.author = "Amira Haddad"
    window = QWidget()
    window.resize(1280, 860)
    qtbot.addWidget(window)
    window.show()
    yield WritingDesk(desk, window, Engagement(window, desk.context))
    desk.workspace.close()
