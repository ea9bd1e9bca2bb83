"""One program on a workspace at a time, and no lock outlives its holder."""

import subprocess
import sys
from pathlib import Path

import pytest

from convergedesk.host.single_instance import InstanceLock

HOLDER = """
import sys
from pathlib import Path
from convergedesk.host.single_instance import InstanceLock
lock = InstanceLock(Path(sys.argv[1]), Path(sys.argv[2]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A workspace and the folder for locks."""
    workspace = tmp_path / "book.converge"
    workspace.touch()
    return workspace, tmp_path / "state"


def start_holder(workspace: Path, folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", HOLDER, str(workspace), str(folder)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    return holder


def test_a_second_program_finds_the_first(places: tuple[Path, Path]) -> None:
    holder = start_holder(*places)
    lock = InstanceLock(*places)
    assert not lock.acquire()
    holder.communicate()
    assert lock.acquire()
    lock.release()


def test_a_killed_program_leaves_no_lock(places: tuple[Path, Path]) -> None:
    holder = start_holder(*places)
    holder.kill()
    holder.communicate()
    lock = InstanceLock(*places)
    assert lock.acquire()
    lock.release()


def test_a_lock_that_was_given_back_can_be_taken(places: tuple[Path, Path]) -> None:
    first, second = InstanceLock(*places), InstanceLock(*places)
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    first.release()
    assert second.acquire()
    second.release()


def test_the_same_file_has_one_name_however_it_is_written(places: tuple[Path, Path], tmp_path: Path) -> None:
    workspace, folder = places
    link = tmp_path / "link.converge"
    link.symlink_to(workspace)
    around = workspace.parent / "state" / ".." / workspace.name
    names = {InstanceLock(path, folder).name for path in (workspace, link, around)}
    assert len(names) == 1
    assert InstanceLock(tmp_path / "other.converge", folder).name not in names


def test_other_workspaces_are_not_in_the_way(places: tuple[Path, Path], tmp_path: Path) -> None:
    mine, other = InstanceLock(*places), InstanceLock(tmp_path / "other.converge", places[1])
    assert mine.acquire()
    assert other.acquire()
    mine.release()
    other.release()


def test_where_nobody_can_be_asked_the_workspace_opens(places: tuple[Path, Path], tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    assert InstanceLock(places[0], blocked).acquire()
