"""A workspace that lies where it may come to harm is warned about when it is opened, once."""

import tempfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from convergedesk.host.places import place_of
from convergedesk.host.private_folder import PrivateFolder
from tests.desktop.test_application import PATIENCE_MS, Program, opened, program, warm
from tests.desktop.workspace_files import filled_file

__all__ = ["program"]


def test_a_workspace_in_a_synchronised_folder_is_warned_about_once(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    path = filled_file(folder / "book.converge", program.secrets)
    said: list[str] = []
    desk = opened(qtbot, program, path)
    notices = desk.window.notices
    show = notices.show

    def listen(text: str, **told: object) -> None:
        said.append(text)
        show(text, **told)  # pyright: ignore[reportArgumentType]

    notices.show = listen  # pyright: ignore[reportAttributeAccessIssue]
    qtbot.waitUntil(lambda: any("Dropbox" in one for one in said), timeout=PATIENCE_MS)
    warm(qtbot, desk)
    assert program.preferences.values.get("warned_places", []) == [str(path)]
    assert program.application.care is not None
    program.application.care._on_place((str(path), "Book", place_of(path)))
    assert sum("Dropbox" in one for one in said) == 1


def test_signed_copies_that_a_crash_left_lying_go_at_the_next_start(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = PrivateFolder()
    shown = left.write("A3.pdf", b"%PDF-")
    assert left._lock is not None
    # What the system does when a program ends without more ado.
    left._lock.close()
    opened(qtbot, program, filled_file(tmp_path / "book.converge", program.secrets))
    qtbot.waitUntil(lambda: not shown.exists(), timeout=PATIENCE_MS)
