"""Every page and dialog that is pictured, looked at for what a person would trip over.

A new page is held by having its scene.
"""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.navigator import Place
from convergedesk.desktop.picture_scenes import all_scenes
from convergedesk.desktop.picture_stage import Scene
from convergedesk.desktop.shell.page_host import PageHost
from convergedesk.desktop.text_trial import TextTrial
from tests.desktop.everywhere.conftest import Open
from tests.desktop.everywhere.focus import FocusLook, tab_findings
from tests.desktop.everywhere.layout import layout_findings
from tests.desktop.everywhere.reading import reading_findings

SMALLEST, LARGEST = (1280, 720), (3840, 2160)
scenes = pytest.mark.parametrize("scene", all_scenes(), ids=lambda scene: scene.__name__)


@scenes
def test_text_that_is_longer_by_two_fifths_is_nowhere_cut_off(scene: Scene, open_stage: Open) -> None:
    stage = open_stage(layout_findings, SMALLEST, TextTrial(pseudo=True))
    scene(stage)
    assert stage.seen
    assert stage.found == []


@scenes
@pytest.mark.parametrize("sample_or_nothing", [True], indirect=True, ids=["empty"])
def test_without_any_data_every_page_stands_and_can_be_read_out(scene: Scene, open_stage: Open) -> None:
    def look(window: QWidget) -> list[str]:
        return [*layout_findings(window), *reading_findings(window)]

    stage = open_stage(look, SMALLEST, TextTrial(pseudo=True))
    scene(stage)
    assert stage.found == []


@scenes
def test_nothing_breaks_from_right_to_left(scene: Scene, open_stage: Open) -> None:
    stage = open_stage(layout_findings, SMALLEST, TextTrial(right_to_left=True))
    scene(stage)
    assert stage.found == []


@scenes
def test_everything_can_be_reached_seen_and_read_out_without_a_mouse(scene: Scene, open_stage: Open) -> None:
    shows_focus = FocusLook()

    def look(window: QWidget) -> list[str]:
        return [*reading_findings(window), *tab_findings(window), *shows_focus(window)]

    stage = open_stage(look)
    scene(stage)
    assert stage.found == []


def test_on_the_largest_screen_pages_stay_readable_and_in_the_middle(open_stage: Open) -> None:
    places: list[QRect] = []

    def look(window: QWidget) -> list[str]:
        page = window.findChildren(PageHost)[0]
        places.append(QRect(page.mapTo(window, page.rect().topLeft()), page.size()))
        return layout_findings(window)

    stage = open_stage(look, LARGEST)
    desk = stage.desk(stage.snapshot)
    for spec in desk.window.pages.specs:
        if spec.in_rail:
            desk.navigator.go(Place(spec.key, () if spec.key == "import" else None))
            stage.shoot(spec.key, desk.window)
    stage.put_away(desk.window)
    assert stage.found == []
    assert {place.width() for place in places} == {2400}
    assert {place.left() - 88 - (3840 - place.right() - 1) for place in places} == {0}
