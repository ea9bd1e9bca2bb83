"""What every test of the desktop may ask for."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from convergedesk.desktop.theme import Mode, Theme


@pytest.fixture(autouse=True)
def _no_garbage_collection_while_painting() -> Iterator[None]:
    """As in the program: what a test leaves behind is not destroyed in the midst of another's painting."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def light(qapp: QApplication) -> Theme:
    """The light theme at 100 %, whatever an earlier test left on screen."""
    theme = Theme.install(qapp, Mode.LIGHT)
    theme.set_mode(Mode.LIGHT)
    theme.set_text_scale(1.0)
    return theme
