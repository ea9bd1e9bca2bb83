"""`convergedesk settings`: shown, written to a file, or read from one."""

from __future__ import annotations

import argparse
from pathlib import Path

from convergedesk.cli.opening import opened, workspace_path
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports
from convergedesk.domain.errors import ConvergeDeskError
from convergedesk.workspace.settings import Settings, apply_plan, export_text, plan_import


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Show, export or import; returns 0, or 1 where a file held values that do not fit."""
    if not workspace_path(arguments, ports).exists() and arguments.workspace is None:
        return _with(Settings(ports.settings), arguments, ports)
    with opened(arguments, ports) as workspace:
        return _with(Settings(ports.settings, workspace), arguments, ports)


def _with(settings: Settings, arguments: argparse.Namespace, ports: Ports) -> int:
    if arguments.export is not None:
        target: Path = arguments.export.expanduser()
        _write(target, export_text(settings, as_json=target.suffix == ".json"))
        if arguments.json:
            write_json(ports.out, {"exported": target})
        else:
            ports.out.write(f"Wrote {target}. No keys and no passphrases are in it.\n")
        return 0
    if arguments.source is not None:
        return _import(settings, arguments, ports)
    if arguments.json:
        write_json(ports.out, settings.everything())
    else:
        ports.out.write(export_text(settings))
    return 0


def _import(settings: Settings, arguments: argparse.Namespace, ports: Ports) -> int:
    plan = plan_import(arguments.source.expanduser(), settings)
    apply_plan(plan, settings)
    changed = {change.setting.key: change.after for change in plan.changes}
    if arguments.json:
        write_json(ports.out, {"changed": changed, "faults": plan.faults, "unknown": list(plan.unknown)})
    else:
        for name, value in changed.items():
            ports.out.write(f"{name} is now {value}\n")
        if not changed:
            ports.out.write("Nothing to change.\n")
        for fault in plan.faults:
            ports.err.write(f"{fault} It was left as it is.\n")
        for name in plan.unknown:
            ports.err.write(f"“{name}” is no setting of this release.\n")
    return 1 if plan.faults else 0


def _write(target: Path, text: str) -> None:
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConvergeDeskError(
            f"“{target}” cannot be written.", fix="Choose another place.", details=str(error)
        ) from error
