"""`convergedesk contracts`: prices, commitments and service promises as a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports
from convergedesk.domain.errors import ReadOnlyError
from convergedesk.figures.wording import count

_DONE, _REJECTS = 0, 1


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Export, import, or write an example; returns 1 where a row was not taken."""
    if arguments.template is not None:
        from convergedesk.sources.contract_terms import example

        _write(arguments.template, example())
        return _tell(arguments, ports, f"Wrote an example to {arguments.template}.", {})
    if arguments.export is not None:
        return _export(arguments, ports)
    from convergedesk.workspace.contract_files import import_contracts

    with opened(arguments, ports) as workspace:
        done = import_contracts(workspace, arguments.source)
    rejects = [{"line": one.line, "reason": one.reason} for one in done.rejects]
    told: dict[str, object] = {
        "added": done.added,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "rejects": rejects,
    }
    words = f"{count(done.added, 'contract')} added, {done.changed} changed, {done.unchanged} as they were."
    _tell(arguments, ports, words, told)
    if not arguments.json:
        for one in done.rejects:
            ports.err.write(f"line {one.line}: {one.reason}\n")
    return _REJECTS if done.rejects else _DONE


def _export(arguments: argparse.Namespace, ports: Ports) -> int:
    from convergedesk.workspace.accounts import find_account
    from convergedesk.workspace.contract_files import contracts_text

    with opened(arguments, ports) as workspace:
        account = None if arguments.account is None else find_account(workspace, arguments.account)
        text = contracts_text(workspace, account)
    _write(arguments.export, text)
    return _tell(arguments, ports, f"Wrote the contracts to {arguments.export}.", {})


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8-sig", newline="")
    except OSError as error:
        raise ReadOnlyError(
            f"“{path.name}” cannot be written there.", fix="Choose another folder.", details=str(error)
        ) from error


def _tell(arguments: argparse.Namespace, ports: Ports, words: str, told: dict[str, object]) -> int:
    if arguments.json:
        write_json(ports.out, told)
    else:
        ports.out.write(f"{words}\n")
    return _DONE
