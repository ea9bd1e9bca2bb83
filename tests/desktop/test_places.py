"""A workspace that lies where it may come to harm is warned about when it is opened, once."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from convergedesk.host.places import place_of
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
