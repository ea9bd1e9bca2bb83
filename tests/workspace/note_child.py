"""Writes a note again and again, telling after each time what the file has now; ends when it is killed."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.engagement import Note
from convergedesk.workspace.notes import write_note
from convergedesk.workspace.session import open_workspace
from tests.workspace.book import KEY


def main() -> None:
    """Arguments: the workspace file and the account's id."""
    with open_workspace(Path(sys.argv[1]), KEY) as workspace:
        note = Note(AccountId(int(sys.argv[2])), workspace.clock.now(), "Amira", "")
        count = 0
        while True:
            count += 1
            note = write_note(workspace, replace(note, body=f"kept {count} times")).note
            sys.stdout.write(f"{count}\n")
            sys.stdout.flush()


main()
