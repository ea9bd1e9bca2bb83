"""A flowing row is laid out whatever became of the items that Qt keeps for it."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.scroll import FlowLayout


def test_a_flowing_row_outlives_items_that_qt_deleted(qtbot: QtBot, light: Theme) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box)
    for number in range(3):
        flow.addWidget(Chip(f"Chip {number}"))
    box.show()
    item = flow.itemAt(1)
    assert item is not None
    delete(item)
    flow.invalidate()
    assert flow.heightForWidth(80) > flow.heightForWidth(800) > 0
    assert flow.count() == 3
    assert flow.minimumSize().width() > 0
