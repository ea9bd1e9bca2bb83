"""Runs one command and turns faults into a sentence and an exit code."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence

from convergedesk.cli.output import write_json
from convergedesk.cli.parser import build_parser
from convergedesk.cli.ports import Ports
from convergedesk.domain.errors import ConvergeDeskError, QuestionError, UsageError, WorkspaceError

DONE, REJECTS, USAGE, CANNOT_OPEN, OTHER = range(5)

_MODULES = {"import": "importing", "recovery-key": "recovery_key", "undo": "edits", "redo": "edits"}


def run(argv: Sequence[str], ports: Ports) -> int:
    """Run one command line.

    Args:
        argv: The words behind the program's name.
        ports: The outside world.

    Returns:
        0 done, 1 done with rejects, 2 wrong usage or an open question, 3 the workspace
        cannot be opened, 4 anything else that the person can act on. Bugs propagate.
    """
    try:
        arguments = build_parser().parse_args(argv)
    except UsageError as error:
        ports.err.write(f"{error}\n")
        return USAGE
    if arguments.command is None:
        return ports.open_desktop(arguments.workspace, arguments.passphrase_file)
    name = _MODULES.get(arguments.command, arguments.command)
    command = importlib.import_module(f"convergedesk.cli.commands.{name}")
    try:
        return command.run(arguments, ports)
    except ConvergeDeskError as error:
        return _report(error, arguments, ports)


def _report(error: ConvergeDeskError, arguments: argparse.Namespace, ports: Ports) -> int:
    code = OTHER
    if isinstance(error, UsageError | QuestionError):
        code = USAGE
    elif isinstance(error, WorkspaceError):
        code = CANNOT_OPEN
    told: dict[str, object] = {"sentence": error.sentence, "fix": error.fix, "exit_code": code}
    if isinstance(error, QuestionError):
        told["flags"] = error.flags
    if arguments.json or getattr(arguments, "progress_json", False):
        write_json(ports.out, {"error": told})
    ports.err.write(f"{error}\n")
    return code
