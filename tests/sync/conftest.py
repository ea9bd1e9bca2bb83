"""A workspace of its own for every test, copied from an empty one that is made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from convergedesk.store.engine import Store, create_workspace, open_workspace
from convergedesk.store.keys import Key
from tests.store.conftest import disk

__all__ = ["KEY", "disk"]

KEY = Key.raw(bytes(range(32)))


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "book.converge"
    create_workspace(path, KEY, name="Book").close()
    return path


@pytest.fixture
def path(blank: Path, tmp_path: Path) -> Path:
    copy = tmp_path / blank.name
    shutil.copyfile(blank, copy)
    return copy


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_workspace(path, KEY) as opened:
        yield opened


@pytest.fixture
def other_store(blank: Path, tmp_path: Path) -> Iterator[Store]:
    """A second workspace, to compare with."""
    copy = tmp_path / "other.converge"
    shutil.copyfile(blank, copy)
    with open_workspace(copy, KEY) as opened:
        yield opened
