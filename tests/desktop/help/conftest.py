"""A desk for the tests of what explains the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from convergedesk.desktop.theme import Theme
from tests.desktop.pages.desk import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path, light: Theme) -> Iterator[Desk]:
    opened = open_desk(tmp_path)
    yield opened
    opened.workspace.close()
