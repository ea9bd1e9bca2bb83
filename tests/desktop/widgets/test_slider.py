import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.slider import ChangeSlider


@pytest.fixture
def slider(qtbot: QtBot, light: Theme) -> ChangeSlider:
    slider = ChangeSlider(-50, 100, "Change of usage, in per cent")
    slider.resize(300, slider.sizeHint().height())
    qtbot.addWidget(slider)
    slider.show()
    return slider


def test_it_stands_at_no_change_and_says_what_it_changes(slider: ChangeSlider) -> None:
    assert slider.value() == 0
    assert slider.accessibleName() == "Change of usage, in per cent"


def test_a_drag_follows_the_hand_and_stops_at_the_ends(qtbot: QtBot, slider: ChangeSlider) -> None:
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(round(slider.x_of(40)), 8))
    assert slider.value() == 40
    qtbot.mouseMove(slider, QPoint(round(slider.x_of(-20)), 8))
    assert slider.value() in {40, -20}
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(-500, 8))
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(299, 8))
    assert slider.value() == 100


def test_zero_and_a_double_click_go_back(qtbot: QtBot, slider: ChangeSlider) -> None:
    slider.setValue(33)
    qtbot.keyClick(slider, Qt.Key.Key_0)
    assert slider.value() == 0
    slider.setValue(33)
    qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton)
    assert slider.value() == 0


def test_the_change_is_filled_from_zero(slider: ChangeSlider) -> None:
    at_rest = slider.grab().toImage()
    slider.setValue(60)
    moved = slider.grab().toImage()
    between = round((slider.x_of(0) + slider.x_of(60)) / 2)
    assert at_rest.pixelColor(between, 12) != moved.pixelColor(between, 12)
