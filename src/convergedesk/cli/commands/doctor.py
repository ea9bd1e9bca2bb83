"""`convergedesk doctor`: is the workspace sound, and is everything around it?"""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import key_of
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Print the findings; returns 0 when all is well, else 4."""
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
    return 0 if sound else 4
