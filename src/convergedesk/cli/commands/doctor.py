"""`convergedesk doctor`: is the workspace sound, and is everything around it?"""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import key_of
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Print the findings; returns 0 when all is well, 3 when the file cannot be opened, else 4."""
    from convergedesk.store.doctor import doctor

    path, key = key_of(arguments, ports)
    findings = doctor(path, key)
    sound = all(finding.ok for finding in findings)
    if arguments.json:
        write_json(ports.out, {"workspace": path, "sound": sound, "findings": findings})
    else:
        for finding in findings:
            ports.out.write(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.sentence}\n")
            if not finding.ok and finding.fix:
                ports.out.write(f"      {finding.fix}\n")
    if sound:
        return 0
    return 4 if all(finding.ok for finding in findings if finding.name == "opens") else 3
