from pathlib import Path
from typing import Any

import pytest

from convergedesk.desktop.preferences import Preferences
from convergedesk.desktop.theme import Mode
from convergedesk.host.settings import SettingsFile


def on_disk(tmp_path: Path) -> Preferences:
    return Preferences(SettingsFile(tmp_path / "settings.json"))


def test_what_was_chosen_is_there_at_the_next_start(tmp_path: Path) -> None:
    first = on_disk(tmp_path)
    first.mode = Mode.DARK
    first.workspace = tmp_path / "a.converge"
    first.save(b"\x00\x01geometry")
    again = on_disk(tmp_path)
    assert again.mode is Mode.DARK
    assert again.workspace == tmp_path / "a.converge"
    assert again.load() == b"\x00\x01geometry"


def test_a_first_start_follows_the_system(tmp_path: Path) -> None:
    fresh = on_disk(tmp_path)
    assert fresh.mode is Mode.SYSTEM
    assert fresh.workspace is None
    assert fresh.load() is None


@pytest.mark.parametrize("junk", [7, "neon!", "%%%", [], {"a": 1}])
def test_settings_that_make_no_sense_are_passed_over(tmp_path: Path, junk: Any) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    settings.update({"theme": junk, "window": junk, "workspace": 7})
    odd = Preferences(settings)
    assert odd.mode is Mode.SYSTEM
    assert odd.workspace is None
    assert odd.load() is None
