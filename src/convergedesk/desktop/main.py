"""Starts the windows."""

from __future__ import annotations

import builtins
import gc
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from convergedesk.domain.errors import UsageError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from convergedesk.desktop.preferences import Preferences
    from convergedesk.domain.protocols import SecretStore
    from convergedesk.host.folders import Folders
    from convergedesk.store.keys import Key

_NAME = "ConvergeDesk"
_SETTINGS = "settings.json"
# Where no Home is painted, because the first run or a passphrase comes before.
_COLLECT_AFTER_MS = 2000
_EAGER_S = 0.002


def run(
    *,
    workspace: Path | None,
    passphrase_file: Path | None,
    secrets: SecretStore,
    folders: Folders,
    environ: Mapping[str, str],
    link: str = "",
) -> int:
    """Show the windows until the person closes them.

    Args:
        workspace: The file to open; None opens the last one, or the first run.
        passphrase_file: Its first line is the passphrase.
        secrets: The system's keyring.
        folders: Where the program keeps its files.
        environ: Environment variables; CONVERGEDESK_PASSPHRASE is a passphrase.
        link: An address to follow once the workspace is open.

    Returns:
        The exit code: 0.

    Raises:
        UsageError: The passphrase file cannot be read.
    """
    # Until Home stands on screen hardly anything is thrown away, so there is no garbage to look for.
    gc.disable()
    # The thread that reads mostly waits, for the keyring and for the file, and goes on at once when it can.
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_EAGER_S)
    from convergedesk.desktop.first_reading import Ahead, load_reading

    given = given_key(passphrase_file, environ)
    # A named file is read at once; which one was open last is only known once the settings are.
    ahead = Ahead(workspace, given, secrets) if workspace is not None else None

    from convergedesk.desktop.preferences import Preferences
    from convergedesk.host.settings import SettingsFile

    preferences = Preferences(SettingsFile(folders.settings / _SETTINGS))
    path = workspace or _last(preferences, folders)
    if ahead is None and path is not None:
        ahead = Ahead(path, given, secrets)
    if ahead is not None:
        load_reading()
    # Nothing of Qt before this line: it takes as long to load as the reading takes to finish.
    app = _application()

    from PySide6.QtCore import QTimer

    from convergedesk.desktop.application import Application
    from convergedesk.desktop.garbage import GarbageCollection
    from convergedesk.desktop.text_trial import VARIABLE, begin_trial, trial_of
    from convergedesk.desktop.theme.current import Theme
    from convergedesk.desktop.uncaught import Uncaught

    theme = Theme.install(app, preferences.mode, unfinished=True)
    if VARIABLE in environ:
        begin_trial(app, theme, trial_of(environ))
    uncaught = Uncaught(_fault_log(folders), app)
    application = Application(
        secrets=secrets,
        folders=folders,
        preferences=preferences,
        uncaught=uncaught,
        command=own_command(),
        parent=app,
    )
    application.ended.connect(app.quit)

    def remember_mode() -> None:
        if theme.mode != preferences.mode:
            preferences.mode = theme.mode

    def start() -> None:
        if path is None:
            application.follow(link)
            application.show_first_run()
        else:
            application.open(path, given, ahead=ahead, link=link)
        theme.finish()

    if sys.platform == "darwin":
        from convergedesk.desktop.link_following import LinkEvents

        LinkEvents(app, application.follow)
    theme.changed.connect(remember_mode)
    garbage = GarbageCollection(app)
    application.painted.connect(garbage.start)
    QTimer.singleShot(_COLLECT_AFTER_MS, application, lambda: sys.setswitchinterval(usual))
    QTimer.singleShot(_COLLECT_AFTER_MS, garbage, garbage.start)
    QTimer.singleShot(0, application, start)
    return app.exec()


def given_key(passphrase_file: Path | None, environ: Mapping[str, str]) -> Key | None:
    """The passphrase that was handed over, or None. Raises UsageError where its file cannot be read."""
    words = environ.get("CONVERGEDESK_PASSPHRASE") or None
    if passphrase_file is not None:
        try:
            text = passphrase_file.expanduser().read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"The passphrase file “{passphrase_file}” cannot be read.", details=str(error)
            ) from error
        words = text.split("\n", 1)[0].rstrip("\r")
    if words is None:
        return None
    from convergedesk.store.keys import Key

    return Key.passphrase(words)


def own_command() -> tuple[str, ...]:
    """What starts this program again, from an interpreter or frozen into one file."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "convergedesk")


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    _import_plainly()
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    from convergedesk.desktop.theme.current import FUSION

    app = QApplication([*sys.argv[:1], *FUSION])
    app.setApplicationName(_NAME)
    app.setApplicationDisplayName(_NAME)
    app.setDesktopFileName("convergedesk")
    # The application itself decides when the last window means the end.
    app.setQuitOnLastWindowClosed(False)
    return app


def _import_plainly() -> None:
    """Give the import statement back to Python.

    PySide6 replaces it by one that reads the source of every module loaded from then on and looks
    for its own name in it, for the sake of `__feature__` switches, which this program does not use.
    """
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain


def _fault_log(folders: Folders) -> Callable[[BaseException], object]:
    def write(error: BaseException) -> None:
        from convergedesk.host.fault_log import write_fault

        write_fault(folders.logs, error)

    return write


def _last(preferences: Preferences, folders: Folders) -> Path | None:
    candidates = (preferences.workspace, folders.workspace, folders.sample)
    return next((path for path in candidates if path is not None and path.exists()), None)
