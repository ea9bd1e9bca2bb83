from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from convergedesk.desktop.picture_scenes import all_scenes, home
from convergedesk.desktop.picture_stage import Stage
from convergedesk.desktop.pictures import make_pictures
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.domain.errors import ConvergeDeskError
from tests.desktop.workspace_files import KEY, Secrets, filled_file


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return filled_file(tmp_path / "a.converge", Secrets())


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    Theme.install(qapp).set_mode(Mode.LIGHT)


def is_blank(path: Path) -> bool:
    image = QImage(str(path))
    first = image.pixel(0, 0)
    step = max(1, image.width() // 40)
    return all(
        image.pixel(x, y) == first
        for x in range(0, image.width(), step)
        for y in range(0, image.height(), step)
    )


def test_every_page_is_pictured_once_under_its_own_name(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    files = make_pictures(book, KEY, out, theme="dark", size=(1280, 720))
    assert sorted(out.iterdir()) == sorted(files)
    names = [path.stem.partition("-")[2] for path in files]
    assert len(set(names)) == len(names)
    assert len(files) > len(all_scenes()) * 2
    assert {"home", "home-drawer", "accounts", "account", "tickets", "ticket", "import-files"} <= set(names)
    assert not [path.name for path in files if is_blank(path)]
    assert QImage(str(files[0])).size().toTuple() == (1280, 720)


def test_the_same_workspace_gives_the_same_picture(book: Path, tmp_path: Path, light: Theme) -> None:
    taken: list[list[bytes]] = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        stage = Stage(book, KEY, tmp_path / name, (1440, 900), 2.0)
        home(stage)
        stage.close()
        taken.append([path.read_bytes() for path in stage.written])
    assert taken[0] == taken[1]
    assert QImage.fromData(taken[0][0]).size().toTuple() == (2880, 1800)


def test_a_folder_that_cannot_be_made_is_said(book: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ConvergeDeskError) as caught:
        make_pictures(book, KEY, tmp_path / "taken" / "out")
    assert "cannot be made" in caught.value.sentence
