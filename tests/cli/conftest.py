"""One small sample workspace for all tests of the command line, built by the command line."""

import shutil
from pathlib import Path

import pytest

from tests.cli.program import good
from tests.store.conftest import disk

__all__ = ["built_sample", "disk", "sample"]


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.converge"
    good(
        "sample", "--workspace", path, "--accounts", "3", "--meters", "2", "--days", "120", "--tickets", "40"
    )
    return path


@pytest.fixture
def sample(built_sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample, for this test to do with as it likes."""
    return Path(shutil.copy(built_sample, tmp_path / "book.converge"))
