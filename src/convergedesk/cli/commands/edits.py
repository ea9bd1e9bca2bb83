"""`convergedesk edits`, `undo` and `redo`: what was edited, and the way back and forth."""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json, write_table
from convergedesk.cli.ports import Ports
from convergedesk.domain.edits import Edit, EditId

_NOTHING = {"undo": "There is nothing to undo.", "redo": "There is nothing to do again."}


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """List the edits, or walk one step; returns 0."""
    from convergedesk.workspace import edits

    with opened(arguments, ports) as workspace:
        if arguments.command == "edits" and arguments.restore is None:
            listed = edits.recently_deleted if arguments.deleted else edits.history
            return _list(listed(workspace), arguments, ports)
        if arguments.command == "edits":
            done = edits.restore(workspace, EditId(arguments.restore))
        else:
            done = edits.undo(workspace) if arguments.command == "undo" else edits.redo(workspace)
    sentence = _NOTHING[arguments.command] if done is None else f"{done.sentence}."
    if arguments.json:
        write_json(ports.out, {"done": done is not None, "sentence": sentence})
    else:
        ports.out.write(f"{sentence}\n")
    return 0


def _list(found: tuple[Edit, ...], arguments: argparse.Namespace, ports: Ports) -> int:
    if arguments.json:
        write_json(ports.out, {"edits": found})
    elif not found:
        ports.out.write("Nothing was deleted.\n" if arguments.deleted else "No edits yet.\n")
    else:
        heads = ("No.", "When", "What", "Account", "By", "State")
        write_table(ports.out, heads, [_line(edit) for edit in found], right=(0,))
    return 0


def _line(edit: Edit) -> tuple[str, ...]:
    state = "undone" if edit.undone else "taken back" if edit.restored else "deleted" if edit.deletes else ""
    when = f"{edit.made_at.astimezone():%Y-%m-%d %H:%M}"
    return str(edit.id), when, edit.label, edit.account_name, edit.author, state
