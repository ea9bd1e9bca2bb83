"""A workspace file of its own for every test, copied from one that is made once."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from convergedesk.store.engine import Store, create_workspace, open_workspace
from convergedesk.store.keys import Key

KEY = Key.raw(bytes(range(32)))


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "book.converge"
    create_workspace(path, KEY, name="Book").close()
    return path


@pytest.fixture
def key() -> Key:
    return KEY


@pytest.fixture
def path(blank: Path, tmp_path: Path) -> Path:
    """A closed workspace without accounts."""
    copy = tmp_path / blank.name
    shutil.copyfile(blank, copy)
    return copy


@pytest.fixture
def store(path: Path, key: Key) -> Iterator[Store]:
    with open_workspace(path, key) as opened:
        yield opened


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mounts a disk of its own with so many bytes; skips where that is not permitted."""
    mounted: list[Path] = []

    def mount(size: int) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.skip("needs the right to mount a disk")
        mounted.append(folder)
        return folder

    if shutil.which("mount") is None:
        pytest.skip("needs mount")
    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
