"""The writing desk as a fixture."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from convergedesk.desktop.theme import Theme
from tests.desktop.engagement.writing_desk import WritingDesk, writing_desk


@pytest.fixture
def writing(qtbot: QtBot, light: Theme, tmp_path: Path) -> Iterator[WritingDesk]:
    with writing_desk(qtbot, tmp_path) as opened:
        yield opened
