from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.paint_watch import PaintWatch


class Painted(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.times = 0
        self.setMinimumSize(40, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.times += 1


def test_it_tells_after_the_widget_and_all_in_it_were_painted(qtbot: QtBot) -> None:
    window, inner = QWidget(), Painted()
    QVBoxLayout(window).addWidget(inner)
    qtbot.addWidget(window)
    watch = PaintWatch(window, window)
    with qtbot.waitSignal(watch.painted):
        window.show()
    assert inner.times >= 1


def test_it_tells_once(qtbot: QtBot) -> None:
    window = Painted()
    qtbot.addWidget(window)
    told: list[bool] = []
    watch = PaintWatch(window, window)
    watch.painted.connect(lambda: told.append(True))
    with qtbot.waitSignal(watch.painted):
        window.show()
    window.repaint()
    assert told == [True]
