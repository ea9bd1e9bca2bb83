"""Folders follow the system, for the user who runs the program."""

import sys
from pathlib import Path

import pytest

from convergedesk.host.folders import folders


@pytest.mark.skipif(sys.platform != "linux", reason="names of the XDG rules")
def test_folders_lie_in_the_users_home(home: Path) -> None:
    found = folders()
    assert found.workspace == home / "data" / "ConvergeDesk" / "workspace.converge"
    assert found.sample.parent == found.data
    assert found.settings == home / "config" / "ConvergeDesk"
    assert found.state == home / "state" / "ConvergeDesk"
    assert home in found.logs.parents


def test_asking_creates_nothing(home: Path) -> None:
    before = sorted(home.rglob("*"))
    folders()
    assert sorted(home.rglob("*")) == before
