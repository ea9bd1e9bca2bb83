"""The system is told which program opens our addresses."""

import plistlib
import shlex
import sys
from pathlib import Path

import pytest

from convergedesk.domain.deep_links import SCHEME
from convergedesk.host.url_handler import (
    ENTRY,
    UrlHandlerError,
    desktop_entry,
    register,
    remove,
    windows_command,
)

ROOT = Path(__file__).resolve().parents[2]


def entry_values(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if "=" in line]
    return dict(line.split("=", 1) for line in lines)


def test_the_address_is_one_argument_whatever_the_program_is_called() -> None:
    values = entry_values(desktop_entry(["/opt/Converge Desk/100%/convergedesk", "-m", "x"]))
    assert shlex.split(values["Exec"]) == ["/opt/Converge Desk/100%%/convergedesk", "-m", "x", "%u"]
    assert values["MimeType"] == f"x-scheme-handler/{SCHEME};"


def test_windows_gets_the_address_in_quotes() -> None:
    assert windows_command([r"C:\Program Files\cd.exe"]) == r'"C:\Program Files\cd.exe" "%1"'


@pytest.mark.skipif(sys.platform != "linux", reason="desktop entries are Linux's")
def test_it_is_registered_and_removed_again(tmp_path: Path) -> None:
    register(["convergedesk"], folder=tmp_path / "applications")
    entry = tmp_path / "applications" / ENTRY
    assert entry_values(entry.read_text(encoding="utf-8"))["Exec"] == "convergedesk %u"
    assert "no longer" in remove(folder=tmp_path / "applications")
    assert not entry.exists()
    assert "were not" in remove(folder=tmp_path / "applications")


@pytest.mark.skipif(sys.platform != "linux", reason="desktop entries are Linux's")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UrlHandlerError, match="cannot be written"):
        register(["convergedesk"], folder=tmp_path / "file" / "applications")


def test_packages_declare_the_same_scheme() -> None:
    entry = (ROOT / "installers/linux/convergedesk.desktop").read_text(encoding="utf-8")
    assert entry_values(entry)["MimeType"] == f"x-scheme-handler/{SCHEME};"
    plist = plistlib.loads((ROOT / "installers/macos/Info.plist").read_bytes())
    assert plist["CFBundleURLTypes"][0]["CFBundleURLSchemes"] == [SCHEME]
