"""'?' lists every key: whatever is registered anywhere in the desktop stands on the sheet."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton

import convergedesk.desktop
from convergedesk.desktop.desk import Desk
from convergedesk.desktop.navigator import Place
from convergedesk.desktop.picture_stage import Stage
from convergedesk.desktop.shell import shortcuts
from convergedesk.desktop.shell.shortcuts import KeyGroup
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.key_hint import KeyHint
from tests.desktop.pages.desk import MARLOWE
from tests.desktop.workspace_files import KEY, Secrets, filled_file

DESKTOP = Path(convergedesk.desktop.__file__).parent
_KEY = re.compile(r"^(?:(?:Ctrl|Alt|Shift)\+)+(?:[A-Z0-9?]|Return|Left|Right|Up|Down|F\d+)$|^F\d{1,2}$")
_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter", "Delete": "Del"}


def on_the_sheet() -> set[frozenset[str]]:
    groups = [value for value in vars(shortcuts).values() if isinstance(value, KeyGroup)]
    listed = {frozenset(key.keys.split()) for group in groups for key in group.keys}
    return listed | {frozenset(("Ctrl", str(number))) for number in range(1, 9)}


def as_listed(keys: str) -> frozenset[str]:
    return frozenset(_SIGNS.get(one, one) for one in keys.split("+") if one)


def written_keys() -> Iterator[tuple[str, str]]:
    for path in sorted(DESKTOP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _KEY.match(node.value):
                yield node.value, path.relative_to(DESKTOP).as_posix()


def test_every_key_that_is_written_in_the_code_is_on_the_sheet() -> None:
    listed = on_the_sheet()
    missing = {f"{keys} ({place})" for keys, place in written_keys() if not _is_listed(keys, listed)}
    assert missing == set()


def _is_listed(keys: str, listed: set[frozenset[str]]) -> bool:
    wanted = as_listed(keys)
    # 'Ctrl ← →' stands for both.
    return any(wanted <= one and len(one) - len(wanted) <= 1 for one in listed) or wanted == {"Shift", "?"}


@pytest.fixture
def desk(tmp_path: Path, light: Theme) -> Iterator[Desk]:
    stage = Stage(filled_file(tmp_path / "a.converge", Secrets()), KEY, tmp_path, (1440, 900), 1.0)
    shown = stage.desk(stage.snapshot)
    yield shown
    stage.put_away(shown.window)
    stage.close()


def test_every_key_that_works_on_a_page_is_on_the_sheet(desk: Desk) -> None:
    for spec in desk.window.pages.specs:
        if spec.key in ("account", "ticket"):
            desk.navigator.open_account(MARLOWE)
        else:
            desk.navigator.go(Place(spec.key, () if spec.key == "import" else None))
    registered: set[str] = set()
    for shortcut in desk.window.findChildren(QShortcut):
        registered |= {sequence.toString() for sequence in QShortcut.keys(shortcut)}
    for button in desk.window.findChildren(QAbstractButton):
        if button.shortcut() != QKeySequence.mnemonic(button.text()):
            registered.add(button.shortcut().toString())
    registered |= {action.shortcut().toString() for action in desk.window.findChildren(QAction)}
    listed = on_the_sheet()
    assert {keys for keys in registered - {""} if not _is_listed(keys, listed)} == set()
    assert "Ctrl+K" in registered


def test_the_sheet_shows_all_groups(desk: Desk) -> None:
    desk.window.show_keys()
    hints = {hint.text() for hint in desk.window.findChildren(KeyHint)}
    assert {"F1", "F6", "W", "Del", "Enter"} <= hints
