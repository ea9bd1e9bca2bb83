"""Shown files are the user's alone, go when they are no longer shown, and never outlive a crash for long."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from convergedesk.host.private_folder import PrivateFolder, sweep


def test_a_file_is_written_for_the_user_alone_and_taken_away(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path)
    path = folder.write("A3.pdf", b"%PDF-")
    assert path.read_bytes() == b"%PDF-"
    assert path.name == "A3.pdf"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
        (made,) = tmp_path.iterdir()
        assert stat.S_IMODE(made.stat().st_mode) == 0o700
    folder.remove()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\boot.pdf", "boot.pdf"),
        ("-rf *;$(x).pdf", "-rf ____x_.pdf"),
        (".pdf", "file.pdf"),
        ("ä" * 300 + ".pdf", "ä" * 80 + ".pdf"),
    ],
)
def test_names_cannot_leave_the_folder(tmp_path: Path, name: str, written: str) -> None:
    folder = PrivateFolder(tmp_path)
    path = folder.write(name, b"")
    assert path.name == written
    assert path.resolve().is_relative_to(tmp_path.resolve())
    folder.remove()


def test_two_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path)
    one, other = folder.write("A.pdf", b"1"), folder.write("A.pdf", b"2")
    assert (one.read_bytes(), other.read_bytes()) == (b"1", b"2")
    folder.remove()


def test_what_a_killed_program_left_goes_at_the_next_start_and_nothing_else(tmp_path: Path) -> None:
    shown = PrivateFolder(tmp_path)
    kept = shown.write("A.pdf", b"1")
    other = tmp_path / "convergedesk-shown-not-ours"
    other.mkdir()
    script = (
        "import os, pathlib, sys\n"
        "from convergedesk.host.private_folder import PrivateFolder\n"
        "print(PrivateFolder(pathlib.Path(sys.argv[1])).write('B.pdf', b'2'), flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True)
    left = Path(done.stdout.strip())
    assert left.exists()
    assert sweep(tmp_path) == 1
    assert not left.exists()
    assert kept.exists()
    assert other.exists()
    shown.remove()
