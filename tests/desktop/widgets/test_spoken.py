"""What a screen reader is told of widgets that are painted by ourselves, and what its press does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.bars import IntervalMark, ShareBar
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.paint import IntervalValue
from convergedesk.desktop.widgets.why import WhyTile

NAME = QAccessible.Text.Name


def told(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def test_a_figure_is_text_until_it_can_be_asked(qtbot: QtBot, light: Theme) -> None:
    tile = WhyTile("Measured effect")
    qtbot.addWidget(tile)
    tile.set_figure("−17 %", note="95 %: −21 to −10 %")
    assert told(tile).role() is QAccessible.Role.StaticText
    tile.set_askable(askable=True)
    assert told(tile).role() is QAccessible.Role.Button
    assert "−17 %" in told(tile).text(NAME)


def test_a_press_does_what_enter_does(qtbot: QtBot, light: Theme) -> None:
    tile = WhyTile("Measured effect")
    qtbot.addWidget(tile)
    tile.set_askable(askable=True)
    actions = told(tile).actionInterface()
    press = QAccessibleActionInterface.pressAction()
    assert press in actions.actionNames()
    with qtbot.waitSignal(tile.why_wanted):
        actions.doAction(press)


def test_a_bar_says_how_full_it_is_and_how_full_it_should_be(qtbot: QtBot, light: Theme) -> None:
    bar = ShareBar()
    qtbot.addWidget(bar)
    bar.set_share(0.62, tick=0.5)
    assert told(bar).role() is QAccessible.Role.ProgressBar
    assert told(bar).text(NAME) == "62%, 50% expected by now"


def test_an_effect_says_its_interval(qtbot: QtBot, light: Theme) -> None:
    mark = IntervalMark(IntervalValue(-0.38, -0.31, 0.02, inconclusive=True))
    qtbot.addWidget(mark)
    assert told(mark).text(NAME) == "-31%, from -38% to +2%, inconclusive"


def test_a_tile_without_an_answer_is_not_pressed(qtbot: QtBot, light: Theme) -> None:
    tile = KpiTile("Open tickets")
    qtbot.addWidget(tile)
    tile.set_figure("5")
    assert tile.focusPolicy() is Qt.FocusPolicy.NoFocus
    actions = told(tile).actionInterface()
    assert actions is None or QAccessibleActionInterface.pressAction() not in actions.actionNames()
