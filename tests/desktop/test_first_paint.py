"""What is loaded by the time that Home stands on screen."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.desktop.workspace_files import WORDS, locked_file

# Each of these takes longer to load than the whole first page takes to read and paint.
HEAVY = (
    "PySide6.QtNetwork",
    "alembic",
    "convergedesk.desktop.pages.account",
    "convergedesk.figures.account",
    "duckdb",
    "keyring",
    "numpy",
    "pptx",
    "pyqtgraph",
    "qtawesome",
    "sqlalchemy",
)
PROGRAM = """
import json, os, sys
from pathlib import Path
from convergedesk.desktop import application, main
from convergedesk.host.folders import Folders

class NoSecrets:
    def get(self, name): raise AssertionError("the passphrase was handed over")
    set = delete = get

plain = application.Application.__init__
def watched(self, **arguments):
    plain(self, **arguments)
    def painted():
        print(json.dumps(sorted(sys.modules)), flush=True)
        self.close()
    self.painted.connect(painted)
application.Application.__init__ = watched
home = Path(os.environ["HOME"])
folders = Folders(home / "data", home / "settings", home / "state", home / "logs")
given = dict(workspace=Path(sys.argv[1]), passphrase_file=None)
sys.exit(main.run(**given, secrets=NoSecrets(), folders=folders, environ=os.environ))
"""


def test_home_is_painted_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    path = locked_file(tmp_path / "workspace.converge")
    environ = {
        **os.environ,
        "HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        "CONVERGEDESK_PASSPHRASE": WORDS,
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
    }
    # Coverage of child processes would import more than the program does.
    environ.pop("COVERAGE_PROCESS_START", None)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        env=environ,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert "convergedesk.desktop.pages.home.page" in loaded
    assert [name for name in HEAVY if name in loaded] == []
