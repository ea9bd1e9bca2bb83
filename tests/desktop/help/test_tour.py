"""The tour on a real desk: wide and narrow, from either side, with and without anything to show."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from convergedesk.desktop.desk import Desk
from convergedesk.desktop.help.tour import Tour
from convergedesk.desktop.help.tour_steps import STEPS, Sights
from convergedesk.desktop.picture_stage import Stage
from convergedesk.desktop.shell.window import MainWindow
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.theme.direction import mirror, unmirror
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.drawer import DrawerTab
from tests.desktop.workspace_files import KEY, Secrets, filled_file

WIDE, NARROW = (1440, 900), (1280, 720)


@pytest.fixture
def make_stage(tmp_path: Path, light: Theme) -> Iterator[list[Stage]]:
    stages: list[Stage] = []
    yield stages
    for stage in stages:
        for window in [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]:
            stage.put_away(window)
        stage.close()


def begun(stages: list[Stage], folder: Path, size: tuple[int, int] = WIDE, *, empty: bool = False) -> Desk:
    stage = Stage(filled_file(folder / "a.converge", Secrets()), KEY, folder, size, 1.0)
    stages.append(stage)
    snapshot = replace(stage.snapshot, rows=(), pods=()) if empty else stage.snapshot
    desk = stage.desk(snapshot)
    if empty:
        desk.help.begin_tour(Sights())
    else:
        desk.help.take_tour()
    stage.settle()
    return desk


def tour_of(desk: Desk) -> Tour:
    assert desk.help.tour is not None
    desk.help.tour.look()
    return desk.help.tour


def placed(desk: Desk) -> QRect:
    return tour_of(desk).bubble.geometry()


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_five_steps_stand_beside_what_they_are_about(
    make_stage: list[Stage], tmp_path: Path, size: tuple[int, int], direction: Qt.LayoutDirection
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    mirrored = mirror(app) if direction is Qt.LayoutDirection.RightToLeft else None
    try:
        desk = begun(make_stage, tmp_path, size)
        assert len(STEPS) == 5
        for number, step in enumerate(STEPS):
            QCoreApplication.processEvents()
            tour = tour_of(desk)
            assert tour.step == number
            assert tour.target is not None, step.title
            assert tour.frame.isVisible()
            assert desk.window.rect().contains(tour.bubble.geometry())
            assert desk.window.rect().intersects(tour.frame.geometry())
            small = tour.frame.width() < desk.window.width() // 2
            assert not (
                small and tour.bubble.geometry().intersects(tour.frame.geometry().adjusted(5, 5, -5, -5))
            )
            tour.next()
        assert desk.help.tour is None
    finally:
        if mirrored is not None:
            unmirror(app, mirrored)


def test_in_a_narrow_window_the_first_step_points_at_the_drawers_tab(
    make_stage: list[Stage], tmp_path: Path
) -> None:
    assert isinstance(tour_of(begun(make_stage, tmp_path, NARROW)).target, DrawerTab)


def test_it_goes_by_keys_alone(make_stage: list[Stage], tmp_path: Path) -> None:
    desk = begun(make_stage, tmp_path)
    bubble = tour_of(desk).bubble
    assert bubble.isAncestorOf(desk.window.focusWidget())
    QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Right)
    assert tour_of(desk).step == 1
    QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Left)
    assert tour_of(desk).step == 0
    QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Escape)
    assert desk.help.tour is None


def test_the_window_stays_in_use_meanwhile(make_stage: list[Stage], tmp_path: Path) -> None:
    desk = begun(make_stage, tmp_path)
    assert not desk.window.is_covered()
    desk.navigator.open_goals()
    tour = tour_of(desk)
    assert tour.target is None
    assert not tour.frame.isVisible()
    assert tour.bubble.isVisible()
    tour.next()
    tour.next()
    assert desk.window.pages.current_spec is not None
    assert desk.window.pages.current_spec.key == "account"


def test_without_accounts_it_says_what_will_be_there_and_points_at_nothing(
    make_stage: list[Stage], tmp_path: Path
) -> None:
    desk = begun(make_stage, tmp_path, empty=True)
    for number, step in enumerate(STEPS):
        tour = tour_of(desk)
        tour.give_up_looking()
        if number != 1:
            assert not tour.frame.isVisible()
            assert step.without in tour.bubble.words
        assert desk.window.rect().contains(tour.bubble.geometry())
        tour.next()


def test_it_follows_the_window(make_stage: list[Stage], tmp_path: Path) -> None:
    desk = begun(make_stage, tmp_path)
    before = placed(desk)
    desk.window.resize(1800, 1000)
    QCoreApplication.processEvents()
    assert placed(desk).left() > before.left()


def test_it_tells_when_it_was_taken_and_begins_only_once(make_stage: list[Stage], tmp_path: Path) -> None:
    desk = begun(make_stage, tmp_path)
    first = tour_of(desk)
    desk.help.take_tour()
    assert desk.help.tour is first
    told: list[bool] = []
    desk.help.tour_taken.connect(lambda: told.append(True))
    first.end()
    first.end()
    assert told == [True]
    desk.help.take_tour()
    assert desk.help.tour is not None


def test_it_does_not_begin_over_a_dialog(make_stage: list[Stage], tmp_path: Path) -> None:
    desk = begun(make_stage, tmp_path)
    tour_of(desk).end()
    Dialog(desk.window, "Something else").open()
    desk.help.take_tour()
    assert desk.help.tour is None
