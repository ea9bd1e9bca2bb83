"""The list of workspaces: open, forget, begin a new one."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.surroundings import MemoryValues, Recent, Surroundings
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.badge import Badge
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.workspaces_dialog import NewWorkspaceDialog, WorkspacesDialog
from convergedesk.store.keys import Key
from convergedesk.workspace.keys import find_key
from convergedesk.workspace.rekeying import opens
from convergedesk.workspace.session import open_workspace
from tests.desktop.around import child, texts
from tests.desktop.workspace_files import Secrets

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Scene:
    window: QWidget
    around: Surroundings
    secrets: Secrets
    folder: Path
    qtbot: QtBot
    opened: list[Path] = field(default_factory=list)
    created: list[Path] = field(default_factory=list)

    def listing(self) -> WorkspacesDialog:
        dialog = WorkspacesDialog(self.window, self.around, InlineJobs(), self.folder / "here.converge")
        dialog.open()
        return dialog

    def new(self) -> NewWorkspaceDialog:
        dialog = NewWorkspaceDialog(self.window, self.around, InlineJobs(), self.folder)
        dialog.open()
        return dialog


@pytest.fixture
def scene(qtbot: QtBot, light: Theme, tmp_path: Path) -> Scene:
    window = QWidget()
    window.resize(1280, 720)
    qtbot.addWidget(window)
    window.show()
    secrets = Secrets()
    around = Surroundings(MemoryValues(), secrets, new_workspaces=tmp_path)
    (tmp_path / "other.converge").write_bytes(b"x")
    around.remember(tmp_path / "gone.converge", "Gone")
    around.remember(tmp_path / "other.converge", "Other")
    around.remember(tmp_path / "here.converge", "Here")
    scene = Scene(window, around, secrets, tmp_path, qtbot)
    around.workspace_wanted.connect(scene.opened.append)
    around.workspace_created.connect(scene.created.append)
    return scene


def test_the_latest_come_first_and_each_once(scene: Scene) -> None:
    scene.around.remember(scene.folder / "other.converge", "Renamed")
    assert scene.around.recent()[:2] == (
        Recent(scene.folder / "other.converge", "Renamed"),
        Recent(scene.folder / "here.converge", "Here"),
    )


def test_values_that_make_no_sense_are_passed_over() -> None:
    assert Surroundings(MemoryValues({"recent_workspaces": 7})).recent() == ()
    assert Surroundings(MemoryValues({"recent_workspaces": [3, {"path": 4}]})).recent() == ()


def test_one_that_is_there_opens_and_one_that_is_not_says_so(scene: Scene) -> None:
    dialog = scene.listing()
    assert texts(dialog, Badge) == ["Open", "Not there"]
    buttons = [one for one in dialog.findChildren(Button) if one.text() == "Open"]
    assert [one.isEnabled() for one in buttons] == [True, False]
    scene.qtbot.mouseClick(buttons[0], LEFT)
    assert scene.opened == [scene.folder / "other.converge"]


def test_forgetting_leaves_the_file(scene: Scene) -> None:
    dialog = scene.listing()
    forget = next(one for one in dialog.findChildren(IconButton) if "Forget Other" in one.toolTip())
    scene.qtbot.mouseClick(forget, LEFT)
    assert [one.name for one in scene.around.recent()] == ["Here", "Gone"]
    assert (scene.folder / "other.converge").exists()


def test_a_new_one_whose_key_the_keyring_keeps(scene: Scene) -> None:
    dialog = scene.new()
    assert not dialog.create_button.isEnabled()
    scene.qtbot.keyClicks(dialog.name, "Team: North/South")
    scene.qtbot.mouseClick(dialog.create_button, LEFT)
    path = scene.folder / "Team- North-South.converge"
    assert scene.created == [path]
    with open_workspace(path, find_key(path, scene.secrets)) as workspace:
        assert workspace.name == "Team: North/South"


def test_a_new_one_behind_a_passphrase(scene: Scene) -> None:
    dialog = scene.new()
    dialog.name.setText("North")
    dialog._begin("correct horse battery")
    path = scene.folder / "North.converge"
    assert opens(path, Key.passphrase("correct horse battery"))
    assert scene.secrets.kept == {}


def test_a_name_that_is_taken_is_said(scene: Scene) -> None:
    dialog = scene.new()
    dialog.name.setText("other")
    scene.qtbot.mouseClick(dialog.create_button, LEFT)
    assert any("already a workspace" in text for text in texts(dialog, Label))
    assert scene.created == []


def test_without_a_keyring_the_reason_is_said(scene: Scene) -> None:
    scene.secrets.available = False
    dialog = scene.new()
    dialog.name.setText("North")
    scene.qtbot.mouseClick(child(dialog, Button, "Create"), LEFT)
    assert any("no keyring" in text for text in texts(dialog, Label))
    assert dialog.create_button.isEnabled()
