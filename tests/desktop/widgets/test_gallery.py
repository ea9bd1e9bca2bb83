"""The gallery builds in both themes and fits its page."""

import pytest
from pytestqt.qtbot import QtBot

from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.gallery import SIZE, build_gallery
from convergedesk.desktop.widgets.label import Label


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_the_gallery_fits_its_page(light: Theme, qtbot: QtBot, mode: Mode) -> None:
    light.set_mode(mode)
    page = build_gallery(light)
    qtbot.addWidget(page)
    page.resize(SIZE)
    page.show()
    assert page.minimumSizeHint().height() <= SIZE.height()
    cut = [
        label.text()
        for label in page.findChildren(Label)
        if label.isVisible() and label.height() < label.minimumSizeHint().height()
    ]
    assert not cut
