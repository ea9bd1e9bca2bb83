"""The settings file: written whole, read whatever happened to it."""

import json
from pathlib import Path

import pytest

from convergedesk.host.settings import SettingsFile


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_values_last(file: Path) -> None:
    settings = SettingsFile(file)
    assert settings.get("theme") is None
    assert settings.get("theme", "system") == "system"
    settings.set("theme", "dark")
    settings.update({"geometry": [0, 0, 1440, 900], "workspace": "Büro.converge"})
    again = SettingsFile(file)
    assert again.get("theme") == "dark"
    assert again.get("geometry") == [0, 0, 1440, 900]
    assert again.get("workspace") == "Büro.converge"
    assert not again.warning
    assert [entry.name for entry in file.parent.iterdir()] == ["settings.json"]


def test_nothing_forgets_a_value(file: Path) -> None:
    settings = SettingsFile(file)
    settings.update({"a": 1, "b": 2})
    settings.set("a", None)
    assert json.loads(file.read_text()) == {"b": 2}


@pytest.mark.parametrize("content", [b"{", b"[1, 2]", b'{"theme": "\xed\xa0\x80"}'])
def test_a_damaged_file_counts_as_empty_and_is_kept(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    settings = SettingsFile(file)
    assert settings.get("theme") is None
    assert file.with_name("settings.json.damaged").read_bytes() == content
    settings.set("theme", "dark")
    assert SettingsFile(file).get("theme") == "dark"


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    settings = SettingsFile(tmp_path / "config" / "settings.json")
    settings.set("theme", "dark")
    assert settings.get("theme") == "dark"
    assert "until the program closes" in settings.warning
