"""What is loaded by the time that Home stands on screen, and what is loaded after it, and where."""

import json
import os
import subprocess
import sys

import pytest

from tests.desktop.workspace_files import WORDS, locked_file

# Each of these takes longer to load than the whole first page takes to read and paint, or draws in others.
HEAVY = (
    "PySide6.QtDBus",
    "PySide6.QtNetwork",
    "PySide6.QtPrintSupport",
    "PySide6.QtSvg",
    "alembic",
    "asyncio",
    "concurrent.futures",
    "cryptography",
    "duckdb",
    "email",
    "http.client",
    "importlib.metadata",
    "jeepney",
    "keyring",
    "multiprocessing",
    "numpy",
    "pptx",
    "pyqtgraph",
    "qtawesome",
    "secretstorage",
    "sqlalchemy",
    "ssl",
    "tomllib",
    "urllib.request",
    "zoneinfo",
)
# What Home shows is read and painted without these; every record and every page costs its share.
NOT_YET = (
    "convergedesk.cli",
    "convergedesk.desktop.care",
    "convergedesk.desktop.doorbell",
    "convergedesk.desktop.locking",
    "convergedesk.desktop.pages.account",
    "convergedesk.desktop.pages.accounts",
    "convergedesk.desktop.pages.first_run",
    "convergedesk.desktop.pages.importing",
    "convergedesk.desktop.pages.settings",
    "convergedesk.desktop.pages.tickets",
    "convergedesk.desktop.palette.sheet",
    "convergedesk.desktop.unlock_dialog",
    "convergedesk.desktop.welcome",
    "convergedesk.domain.accounts",
    "convergedesk.domain.engagement",
    "convergedesk.domain.tickets",
    "convergedesk.figures.account",
    "convergedesk.sources",
    "convergedesk.sync",
)
MOST_OWN_MODULES = 160
# PySide makes a class the first time that somebody names it, with all its enumerations. All kinds of widgets
# at once are made where a widget comes from Qt whose type is not known, such as a viewport of its own.
WIDGETS = ("QCalendarWidget", "QFileDialog", "QMdiArea", "QStyle", "QWizard")
PROGRAM = """
import json, os, sys, threading
from importlib.abc import MetaPathFinder
from pathlib import Path
from convergedesk.desktop import main
from convergedesk.host.folders import Folders

class NoSecrets:
    def get(self, name): return None
    set = delete = get
    def place(self): return "a test"

class Imports(MetaPathFinder):
    watched = False
    seen = []
    def find_spec(self, name, path=None, target=None):
        if self.watched and threading.current_thread() is threading.main_thread():
            self.seen.append(name)

imports = Imports()
sys.meta_path.insert(0, imports)

def watch(application):
    from PySide6 import QtWidgets
    from PySide6.QtCore import QTimer

    def painted():
        seen = {"modules": sorted(sys.modules), "widgets": sorted(vars(QtWidgets))}
        print(json.dumps(seen), flush=True)
        imports.watched = True
        look.start(20)

    def look_after():
        if application.care is not None and application.desk.is_warm:
            print(json.dumps(imports.seen), flush=True)
            look.stop()
            application.close()

    look = QTimer(application)
    look.timeout.connect(look_after)
    application.painted.connect(painted)

plain = main._application
def application():
    made = plain()
    from convergedesk.desktop.application import Application
    begin = Application.__init__
    def begun(self, **arguments):
        begin(self, **arguments)
        watch(self)
    Application.__init__ = begun
    return made
main._application = application
home = Path(os.environ["HOME"])
folders = Folders(home / "data", home / "settings", home / "state", home / "logs")
given = dict(workspace=Path(sys.argv[1]), passphrase_file=None)
sys.exit(main.run(**given, secrets=NoSecrets(), folders=folders, environ=os.environ))
"""


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the program said when Home was painted, and when everything else had been loaded."""
    home = tmp_path_factory.mktemp("home")
    path = locked_file(home / "workspace.converge")
    environ = {
        # Coverage of child processes would import more than the program does.
        **{name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")},
        "HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "CONVERGEDESK_PASSPHRASE": WORDS,
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        env=environ,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_home_is_painted_before_anything_heavy_is_loaded(start: list[str]) -> None:
    loaded = set(json.loads(start[0])["modules"])
    assert "convergedesk.desktop.pages.home.page" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_home_is_painted_before_what_it_does_not_show_is_loaded(start: list[str]) -> None:
    loaded = json.loads(start[0])["modules"]
    assert [name for name in loaded if name in NOT_YET] == []
    own = [name for name in loaded if name.partition(".")[0] == "convergedesk"]
    assert len(own) <= MOST_OWN_MODULES, own


def test_no_kind_of_widget_is_loaded_that_home_does_not_show(start: list[str]) -> None:
    made = json.loads(start[0])["widgets"]
    assert "QTableView" in made
    assert [name for name in WIDGETS if name in made] == []


def test_nothing_is_loaded_on_the_gui_thread_once_home_can_be_used(start: list[str]) -> None:
    assert json.loads(start[1]) == []
