"""Every page and dialog that is pictured, looked at for what a person would trip over.

A new page is held by having its scene.
"""

import pytest

from convergedesk.desktop.picture_scenes import all_scenes
from convergedesk.desktop.picture_stage import Scene
from convergedesk.desktop.text_trial import TextTrial
from tests.desktop.everywhere.conftest import Open
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
def test_nothing_breaks_from_right_to_left(scene: Scene, open_stage: Open) -> None:
    stage = open_stage(layout_findings, SMALLEST, TextTrial(right_to_left=True))
    scene(stage)
    assert stage.found == []


@scenes
def test_everything_that_takes_the_keyboard_can_be_read_out(scene: Scene, open_stage: Open) -> None:
    stage = open_stage(reading_findings)
    scene(stage)
    assert stage.found == []
