"""`convergedesk doctor`: is the workspace sound, and is everything around it?"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from convergedesk.cli.opening import key_of
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports
from convergedesk.domain.protocols import SystemClock
from convergedesk.workspace.settings import Settings

if TYPE_CHECKING:
    from convergedesk.store.doctor import Finding

# Worth a look, but the file is sound all the same.
_ADVICE = ("place", "access", "backups")


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Print the findings; returns 0 when all is well, 3 when the file cannot be opened, else 4."""
    from convergedesk.host.places import place_of
    from convergedesk.workspace.doctor import examine, mend

    path, key = key_of(arguments, ports)
    settings, clock = Settings(ports.settings), SystemClock()

    def look() -> tuple[Finding, ...]:
        return examine(
            path,
            key,
            secrets=ports.secrets,
            settings=settings,
            clock=clock,
            place_warning=lambda file: place_of(file).warning,
        )

    findings = look()
    done: tuple[str, ...] = ()
    if arguments.fix:
        done = mend(findings, path, key, settings=settings, clock=clock)
        findings = look()
    sound = all(finding.ok for finding in findings if finding.name not in _ADVICE)
    if arguments.json:
        told = {"workspace": path, "sound": sound, "findings": findings}
        write_json(ports.out, told | ({"done": done} if arguments.fix else {}))
    else:
        for finding in findings:
            ports.out.write(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.sentence}\n")
            if not finding.ok and finding.fix:
                ports.out.write(f"      {finding.fix}\n")
        if any(finding.repair for finding in findings if not finding.ok):
            ports.out.write("Mend what needs no decision with: convergedesk doctor --fix\n")
        for sentence in done:
            ports.out.write(f"done  {sentence}\n")
    if sound:
        return 0
    return 4 if all(finding.ok for finding in findings if finding.name == "opens") else 3
