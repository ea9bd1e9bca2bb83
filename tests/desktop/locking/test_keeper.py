"""Locking, unlocking and work with the file closed, over real files and real threads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from convergedesk.desktop.application import Application
from convergedesk.desktop.autosave import Autosave, SaveState
from convergedesk.desktop.care import Care
from convergedesk.desktop.desk import Desk
from convergedesk.desktop.jobs import JobContext
from convergedesk.desktop.locking.window import LockWindow
from convergedesk.desktop.opening import REFUSED, VOID
from convergedesk.desktop.pages.settings.page import SettingsPage
from convergedesk.desktop.pages.settings.recovery_dialog import RecoveryDialog
from convergedesk.desktop.preferences import Preferences
from convergedesk.desktop.starting import empty_file
from convergedesk.desktop.surroundings import ClosedWork
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.uncaught import Uncaught
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.declared_settings import LOCK_AFTER, LOCK_ON_SLEEP
from convergedesk.domain.errors import WorkspaceError
from convergedesk.domain.recovery_key import recovery_lines
from convergedesk.host.folders import Folders
from convergedesk.host.settings import SettingsFile
from convergedesk.host.single_instance import InstanceLock
from convergedesk.store.keys import Key, salt_of
from convergedesk.workspace.rekeying import keyring_holds, opens
from convergedesk.workspace.session import open_workspace
from tests.desktop.around import child, texts
from tests.desktop.workspace_files import KEY, WORDS, Secrets, filled_file, folders_in, locked_file

LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 20_000


@dataclass
class Program:
    application: Application
    secrets: Secrets
    folders: Folders
    preferences: Preferences
    qtbot: QtBot

    @property
    def desk(self) -> Desk:
        assert self.application.desk is not None
        return self.application.desk

    @property
    def care(self) -> Care:
        assert self.application.care is not None
        return self.application.care

    @property
    def screen(self) -> LockWindow:
        assert self.care.keeper.window is not None
        return self.care.keeper.window

    def open(self, path: Path, key: Key | None = None) -> None:
        with self.qtbot.waitSignal(self.application.painted, timeout=PATIENCE_MS):
            self.application.open(path, key)
        self.qtbot.waitUntil(lambda: self.desk.is_warm, timeout=PATIENCE_MS)

    def lock(self) -> None:
        with self.qtbot.waitSignal(self.care.keeper.locked, timeout=PATIENCE_MS):
            self.care.keeper.lock()

    def submit(self, text: str, *, recovery: bool = False) -> None:
        field = self.screen.unlock.recovery_field if recovery else self.screen.unlock.field
        field.setText(text)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def unlock(self, act: Callable[[], object]) -> None:
        with self.qtbot.waitSignal(self.application.painted, timeout=PATIENCE_MS):
            act()

    def press(self, text: str) -> None:
        self.qtbot.mouseClick(child(self.screen, Button, text), LEFT)


@pytest.fixture
def program(qtbot: QtBot, light: Theme, tmp_path: Path) -> Iterator[Program]:
    faults: list[BaseException] = []
    secrets, folders = Secrets(), folders_in(tmp_path)
    preferences = Preferences(SettingsFile(folders.settings / "settings.json"))
    uncaught = Uncaught(faults.append)
    application = Application(
        secrets=secrets,
        folders=folders,
        preferences=preferences,
        uncaught=uncaught,
        command=("python", "-m", "convergedesk"),
    )
    yield Program(application, secrets, folders, preferences, qtbot)
    application.close()
    uncaught.restore()
    assert faults == []


@pytest.fixture
def book(program: Program) -> Path:
    return filled_file(program.folders.workspace, program.secrets)


@pytest.fixture
def locked(program: Program) -> Path:
    path = locked_file(program.folders.workspace)
    program.open(path, Key.passphrase(WORDS))
    program.lock()
    return path


def test_locking_closes_the_file_and_shows_nothing_of_it(program: Program, book: Path) -> None:
    program.open(book)
    session, window = program.desk.session, program.desk.window
    program.lock()
    assert program.application.desk is None
    assert not window.isVisible()
    assert program.screen.isVisible()
    assert session.key() is None
    with pytest.raises(WorkspaceError, match="closed"):
        session.workspace()
    assert not book.with_name(book.name + "-wal").exists()


def test_while_locked_nobody_else_can_open_it(program: Program, book: Path) -> None:
    program.open(book)
    program.lock()
    assert not InstanceLock(book, program.folders.state).acquire()


def test_the_keyring_is_asked_again_and_the_page_comes_back(program: Program, book: Path) -> None:
    program.open(book)
    program.desk.navigator.open_tickets()
    program.lock()
    assert not program.screen.unlock.isVisible()
    program.unlock(lambda: program.press("Unlock"))
    place = program.desk.navigator.place
    assert place is not None
    assert place.page == "tickets"
    assert program.care.keeper.window is None
    assert program.desk.window.isVisible()


def test_a_keyring_that_does_not_answer_leaves_the_other_ways(program: Program, book: Path) -> None:
    program.open(book)
    program.lock()
    program.secrets.available = False
    program.press("Unlock")
    program.qtbot.waitUntil(lambda: program.screen.unlock.isVisible(), timeout=PATIENCE_MS)
    assert any("no keyring" in text for text in texts(program.screen, Label))
    program.press("Use the recovery key")
    key = "\n".join(recovery_lines(KEY.secret))
    program.unlock(lambda: program.submit(key, recovery=True))
    program.qtbot.waitUntil(lambda: program.desk.window.notices.current is not None, timeout=PATIENCE_MS)


def test_the_passphrase_opens_it_again(program: Program, locked: Path) -> None:
    assert program.screen.unlock.field.echoMode() is QLineEdit.EchoMode.Password
    program.submit("wrong")
    program.qtbot.waitUntil(
        lambda: any(REFUSED in text for text in texts(program.screen, Label)), timeout=PATIENCE_MS
    )
    program.unlock(lambda: program.submit(WORDS))
    assert program.desk.session.path == locked
    program.lock()
    assert program.screen.unlock.isVisible()


def test_a_void_recovery_key_says_so(program: Program, locked: Path) -> None:
    program.press("Use the recovery key")
    program.submit("\n".join(recovery_lines(bytes(32))), recovery=True)
    program.qtbot.waitUntil(
        lambda: any(VOID in text for text in texts(program.screen, Label)), timeout=PATIENCE_MS
    )


def test_what_is_being_typed_is_saved_before_the_file_is_closed(program: Program, book: Path) -> None:
    program.open(book)
    kept: list[str] = []
    desk = program.desk

    def write(_context: JobContext) -> None:
        workspace = desk.session.workspace()
        with workspace.store.write() as connection:
            connection.exec_driver_sql("INSERT INTO features (key, name) VALUES ('typed', 'x')")

    def begin() -> bool:
        desk.context.jobs.submit(write, write=True, on_done=lambda _: (kept.append("x"), autosave.saved()))
        return True

    autosave = Autosave(begin, desk.window)
    autosave.touch()
    assert autosave.state is SaveState.WAITING
    program.lock()
    assert kept == ["x"]
    with open_workspace(book, KEY) as workspace, workspace.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM features WHERE key='typed'").scalar_one() == 1


def test_an_import_goes_on_behind_the_locked_screen(program: Program, book: Path) -> None:
    program.open(book)
    desk = program.desk
    busy = True
    desk.busy = lambda: busy
    program.care.keeper.lock()
    assert not desk.window.isVisible()
    assert program.screen.isVisible()
    for _ in range(500):
        program.care.keeper._look()
    assert program.application.desk is desk
    busy = False
    program.qtbot.waitUntil(lambda: program.application.desk is None, timeout=PATIENCE_MS)


def test_unlocking_while_an_import_goes_on_only_uncovers(program: Program, book: Path) -> None:
    program.open(book)
    desk = program.desk
    desk.busy = lambda: True
    program.care.keeper.lock()
    program.press("Unlock")
    program.qtbot.waitUntil(lambda: program.care.keeper.window is None, timeout=PATIENCE_MS)
    assert program.application.desk is desk
    assert desk.window.isVisible()
    program.desk.busy = lambda: False
    program.lock()
    assert program.application.desk is None


def test_closing_the_locked_screen_ends_the_program(program: Program, locked: Path) -> None:
    with program.qtbot.waitSignal(program.application.ended, timeout=PATIENCE_MS):
        program.screen.close()
    lock = InstanceLock(locked, program.folders.state)
    assert lock.acquire()
    lock.release()


def test_another_workspace_can_be_opened_from_the_locked_screen(program: Program, locked: Path) -> None:
    program.press("Open another workspace")
    program.qtbot.waitUntil(lambda: program.application.welcome is not None, timeout=PATIENCE_MS)
    assert program.care.keeper.window is None


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_second_start_brings_the_locked_screen_forward(program: Program, book: Path) -> None:
    program.open(book)
    program.lock()
    program.screen.hide()
    program.application._on_rang()
    assert program.screen.isVisible()


def test_idle_and_sleep_lock_as_the_settings_say(program: Program, book: Path) -> None:
    program.open(book)
    around = program.care.surroundings
    around.settings().set(LOCK_ON_SLEEP, False)
    program.care.keeper.watch.slept.emit()
    assert program.care.keeper.window is None
    around.settings().set(LOCK_AFTER, 1)
    around.setting_changed.emit(LOCK_AFTER.key)
    assert program.care.keeper.watch._minutes == 1
    around.settings().set(LOCK_ON_SLEEP, True)
    program.care.keeper.watch.slept.emit()
    assert program.care.keeper.window is not None


def test_ctrl_shift_l_locks(program: Program, book: Path) -> None:
    program.open(book)
    program.desk.window.activateWindow()
    program.qtbot.keyClick(
        program.desk.window,
        Qt.Key.Key_L,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    program.qtbot.waitUntil(lambda: program.care.keeper.window is not None, timeout=PATIENCE_MS)


def rekeying(program: Program) -> Callable[[str | None], None]:
    program.desk.navigator.open_settings("security")
    pages = program.desk.window.pages
    program.qtbot.waitUntil(lambda: isinstance(pages.currentWidget(), SettingsPage), timeout=PATIENCE_MS)
    page = pages.currentWidget()
    assert isinstance(page, SettingsPage)
    model = page.model
    program.qtbot.waitUntil(lambda: bool(model.state.values), timeout=PATIENCE_MS)
    return model.change_key


def test_the_key_moves_from_the_keyring_to_a_passphrase_and_back(program: Program, book: Path) -> None:
    program.open(book)
    salt = salt_of(book)
    change = rekeying(program)
    program.unlock(lambda: change(WORDS))
    assert salt_of(book) != salt
    assert not keyring_holds(book, program.secrets)
    assert opens(book, Key.passphrase(WORDS))
    place = program.desk.navigator.place
    assert place is not None
    assert place.page == "settings"
    program.lock()
    assert program.screen.unlock.isVisible()
    program.unlock(lambda: program.submit(WORDS))
    change = rekeying(program)
    program.unlock(lambda: change(None))
    assert keyring_holds(book, program.secrets)
    assert not opens(book, Key.passphrase(WORDS))


def test_work_that_fails_opens_the_file_as_it_was_and_says_why(program: Program, book: Path) -> None:
    program.open(book)

    def fail(_key: Key) -> tuple[Key, str]:
        raise WorkspaceError("The disk that holds it is full.")

    closed = ClosedWork("Trying", fail)
    program.unlock(lambda: program.care.surroundings.closed_work_wanted.emit(closed))
    assert program.desk.window.notices.current is not None
    assert "full" in program.desk.window.notices.current.accessibleName()
    assert program.desk.session.path == book


def test_the_recovery_key_is_offered_once_after_a_workspace_was_created(program: Program) -> None:
    with program.qtbot.waitSignal(program.application.painted, timeout=PATIENCE_MS):
        program.application.show_first_run()
        welcome = program.application.welcome
        assert welcome is not None
        welcome.ready.emit(empty_file(program.folders.workspace, program.secrets, None), ())
    program.qtbot.waitUntil(lambda: program.desk.window.findChild(RecoveryDialog) is not None)
    dialog = program.desk.window.findChild(RecoveryDialog)
    assert isinstance(dialog, RecoveryDialog)
    program.qtbot.mouseClick(child(dialog, Button, "Not now"), LEFT)
    program.lock()
    program.unlock(lambda: program.press("Unlock"))
    program.qtbot.waitUntil(lambda: program.desk.is_warm, timeout=PATIENCE_MS)
    assert program.desk.window.findChild(RecoveryDialog) is None
