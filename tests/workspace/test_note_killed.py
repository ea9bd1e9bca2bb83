"""A note that was said to be kept is there, at whatever moment the program is killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from convergedesk.store.doctor import doctor
from convergedesk.workspace.edits import history, undo
from convergedesk.workspace.notes import notes
from convergedesk.workspace.session import open_workspace
from tests.workspace.book import KEY, open_book


@pytest.mark.parametrize("after", [1, 7, 23])
def test_no_confirmed_word_is_lost(tmp_path: Path, after: int) -> None:
    with open_book(tmp_path) as book:
        path, account = book.workspace.path, book.acme
    command = [sys.executable, "-m", "tests.workspace.note_child", str(path), str(account)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = 0
        while told < after:
            told = int(child.stdout.readline())
        child.kill()
        for line in child.stdout:
            told = int(line) if line.endswith("\n") else told
    with open_workspace(path, KEY) as workspace:
        (note,) = notes(workspace, account)
        kept = int(note.body.split()[1])
        assert told <= kept <= told + 1
        # All of it was one sitting, and undoing it takes the note away whole.
        assert len(history(workspace)) == 1
        undo(workspace)
        assert notes(workspace, account) == ()
    assert all(finding.ok for finding in doctor(path, KEY) if finding.name != "Keyring")
