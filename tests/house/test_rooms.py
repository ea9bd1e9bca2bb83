"""The contracts on who imports whom can be broken, each of them, so that keeping them means something."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
BREACHES = {
    "Rooms import downwards only, and every module has a room": ("store/engine.py", "convergedesk.figures"),
    "Qt stays in the desktop": ("cli/pictures.py", "PySide6.QtGui"),
    "The keyring and the user's folders stay with the host": ("workspace/keys.py", "keyring"),
    "SQL stays in the store, the hub and the warehouse": ("figures/home.py", "sqlalchemy"),
    "Readers of files and public holidays stay with the sources": ("workspace/imports.py", "duckdb"),
    "The network stays with the sources, the hub and the Slack delivery": ("review/push.py", "httpx"),
    "A page never imports a page": ("desktop/pages/home/page.py", "convergedesk.desktop.pages.account.page"),
    "Figures know the store, the insights and the domain": ("figures/health.py", "convergedesk.sources"),
    "Sync knows the store, the sources and the domain": ("sync/pull.py", "convergedesk.insights"),
    "A review knows the figures, the store and the domain": ("review/draft.py", "convergedesk.host"),
    "Use cases know reviews, sync, figures, the store and the domain": (
        "workspace/explain.py",
        "convergedesk.insights",
    ),
    "Domain and insights need numpy alone": ("insights/dips.py", "rapidfuzz"),
}


def lint(folder: Path) -> str:
    tool = Path(sys.executable).with_name("lint-imports")
    command = [str(tool), "--no-cache"]
    environment = {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout + done.stderr


def rooms(folder: Path, breaches: dict[str, tuple[str, str]]) -> Path:
    """The project's contracts over a small tree of the same rooms with these imports in it."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    contracts = folder / "tests" / "house" / "import_contracts.py"
    contracts.parent.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "house" / "import_contracts.py", contracts)
    package = folder / "src" / "convergedesk"
    names = "desktop cli workspace review sync figures insights store sources host domain"
    for room in [*names.split(), "desktop/pages", "desktop/pages/account", "desktop/pages/home"]:
        (package / room).mkdir(parents=True, exist_ok=True)
        (package / room / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "desktop" / "pages" / "account" / "page.py").touch()
    for path, imported in breaches.values():
        (package / path).write_text(f"import {imported}\n")
    return folder


def verdicts(output: str) -> dict[str, str]:
    return dict(re.findall(r"^(\S.*?) (KEPT|BROKEN)\b", output, flags=re.MULTILINE))


def test_every_contract_breaks_where_it_should(tmp_path: Path) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {c["name"] for c in contracts} == BREACHES.keys()
    output = lint(rooms(tmp_path, BREACHES))
    assert verdicts(output) == dict.fromkeys(BREACHES, "BROKEN"), output


def test_no_contract_breaks_over_rooms_that_keep_them(tmp_path: Path) -> None:
    output = lint(rooms(tmp_path, {}))
    assert verdicts(output) == dict.fromkeys(BREACHES, "KEPT"), output


def test_a_module_without_a_room_is_noticed(tmp_path: Path) -> None:
    folder = rooms(tmp_path, {})
    (folder / "src" / "convergedesk" / "extras.py").touch()
    assert verdicts(lint(folder))["Rooms import downwards only, and every module has a room"] == "BROKEN"
