"""Addresses lead to their place: at the start, in the program that runs already, and after unlocking."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.application import Application
from convergedesk.desktop.desk import Desk
from convergedesk.desktop.link_following import LinkEvents
from convergedesk.desktop.navigator import ACCOUNT, HOME, TICKET, AccountPlace
from convergedesk.desktop.preferences import Preferences
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.uncaught import Uncaught
from convergedesk.desktop.widgets.button import Button
from convergedesk.host.folders import Folders
from convergedesk.host.settings import SettingsFile
from tests.desktop.around import child
from tests.desktop.pages.desk import CUSTOMS, KESTREL
from tests.desktop.workspace_files import Secrets, filled_file, folders_in

PATIENCE_MS = 20_000
CUSTOMS_LINK = "convergedesk://ticket/48001"


@dataclass
class Programs:
    """Starts of the program on one computer."""

    app: QApplication
    secrets: Secrets
    folders: Folders
    qtbot: QtBot
    started: list[Application]
    faults: list[BaseException]

    def start(self) -> Application:
        application = Application(
            secrets=self.secrets,
            folders=self.folders,
            preferences=Preferences(SettingsFile(self.folders.settings / "settings.json")),
            uncaught=Uncaught(self.faults.append),
            command=("python", "-m", "convergedesk"),
            parent=self.app,
        )
        self.started.append(application)
        return application

    def opened(self, path: Path, link: str = "") -> Application:
        application = self.start()
        with self.qtbot.waitSignal(application.painted, timeout=PATIENCE_MS):
            application.open(path, link=link)
        self.qtbot.waitUntil(lambda: desk_of(application).is_warm, timeout=PATIENCE_MS)
        self.qtbot.waitUntil(lambda: application.single.listens, timeout=PATIENCE_MS)
        return application


def desk_of(application: Application) -> Desk:
    assert application.desk is not None
    return application.desk


def said(application: Application) -> str:
    notice = desk_of(application).window.notices.current
    return "" if notice is None else notice.accessibleName()


@pytest.fixture
def programs(qtbot: QtBot, qapp: QApplication, light: Theme, tmp_path: Path) -> Iterator[Programs]:
    found = Programs(qapp, Secrets(), folders_in(tmp_path), qtbot, [], [])
    yield found
    for application in reversed(found.started):
        application.close()
        application.deleteLater()
    assert found.faults == []


@pytest.fixture
def book(programs: Programs) -> Path:
    return filled_file(programs.folders.workspace, programs.secrets)


def arrives(programs: Programs, application: Application, page: str, argument: object) -> None:
    def there() -> bool:
        place = None if application.desk is None else application.desk.navigator.place
        return place is not None and (place.page, place.argument) == (page, argument)

    programs.qtbot.waitUntil(there, timeout=PATIENCE_MS)


def test_the_program_starts_at_the_place_of_an_address(programs: Programs, book: Path) -> None:
    arrives(programs, programs.opened(book, CUSTOMS_LINK), TICKET, CUSTOMS)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_second_start_hands_its_address_to_the_program_that_runs(programs: Programs, book: Path) -> None:
    first = programs.opened(book)
    second = programs.start()
    with programs.qtbot.waitSignal(second.ended, timeout=PATIENCE_MS):
        second.open(book, link="convergedesk://account/Kestrel%20Payments")
    assert second.desk is None
    arrives(programs, first, ACCOUNT, AccountPlace(KESTREL))


def test_a_locked_workspace_asks_first_and_goes_there_then(programs: Programs, book: Path) -> None:
    first = programs.opened(book)
    assert first.care is not None
    keeper = first.care.keeper
    with programs.qtbot.waitSignal(keeper.locked, timeout=PATIENCE_MS):
        keeper.lock()
        first.follow("convergedesk://ticket/1")
        first.follow(CUSTOMS_LINK)
    assert first.desk is None
    window = keeper.window
    assert window is not None
    with programs.qtbot.waitSignal(first.painted, timeout=PATIENCE_MS):
        child(window, Button, "Unlock").click()
    arrives(programs, first, TICKET, CUSTOMS)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("convergedesk://ticket/404", "There is no ticket “404”"),
        ("convergedesk://account/Nobody", "No account is called “Nobody”"),
        ("convergedesk://ticket/../../etc/passwd", "more than one name"),
        ("convergedesk://ticket/" + "9" * 10_240, "too long"),
        ("javascript:alert(1)", "not one of ConvergeDesk"),
    ],
)
def test_an_address_that_leads_nowhere_gets_a_sentence(
    programs: Programs, book: Path, link: str, sentence: str
) -> None:
    first = programs.opened(book)
    first.follow(link)
    programs.qtbot.waitUntil(lambda: sentence in said(first), timeout=PATIENCE_MS)
    place = desk_of(first).navigator.place
    assert place is not None
    assert place.page == HOME


def test_an_address_given_in_the_first_run_waits_for_a_workspace(programs: Programs, book: Path) -> None:
    first = programs.start()
    first.follow(CUSTOMS_LINK)
    first.show_first_run()
    with programs.qtbot.waitSignal(first.painted, timeout=PATIENCE_MS):
        first.open(book)
    arrives(programs, first, TICKET, CUSTOMS)


def test_an_address_that_the_system_hands_to_the_running_program_is_heard(qtbot: QtBot) -> None:
    heard: list[str] = []
    app = QObject()
    LinkEvents(app, heard.append)
    for address in (CUSTOMS_LINK, "https://example.org/"):
        QCoreApplication.sendEvent(app, QFileOpenEvent(QUrl(address)))
    assert heard == [CUSTOMS_LINK]
