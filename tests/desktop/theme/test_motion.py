"""Less motion: whatever moves asks the theme how long it may take."""

import ast
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import convergedesk.desktop
from convergedesk.desktop.theme import Theme

DESKTOP = Path(convergedesk.desktop.__file__).parent
MOVING = {
    "QPropertyAnimation",
    "QVariantAnimation",
    "QTimeLine",
    "QSequentialAnimationGroup",
    "QParallelAnimationGroup",
    "QGraphicsOpacityEffect",
}


def moving_files() -> list[Path]:
    found = []
    for path in sorted(DESKTOP.rglob("*.py")):
        names = {
            node.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Name)
        }
        if names & MOVING:
            found.append(path)
    return found


def test_something_moves_at_all() -> None:
    assert moving_files()


@pytest.mark.parametrize("path", moving_files(), ids=lambda path: path.stem)
def test_whatever_moves_asks_how_long_it_may_take(path: Path) -> None:
    assert "duration_ms(" in path.read_text(encoding="utf-8")


def test_with_less_motion_nothing_takes_time(light: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    monkeypatch.setattr(type(light), "_moves", lambda self: True)
    assert light.duration_ms(200) == 200
    light.set_still(True)
    try:
        assert light.duration_ms(200) == 0
    finally:
        light.set_still(False)
