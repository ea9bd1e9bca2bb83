"""`convergedesk explain`: what stands behind a figure."""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json, write_table
from convergedesk.cli.ports import Ports


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Print the explanation that the windows show for the same figure; returns 0."""
    from convergedesk.figures.why import as_text, to_json
    from convergedesk.workspace.explain import explain, figure_kinds

    if arguments.figure is None:
        kinds = [(kind.pattern, kind.meaning) for kind in figure_kinds().values()]
        if arguments.json:
            write_json(ports.out, {"figures": [{"id": one, "meaning": what} for one, what in kinds]})
        else:
            write_table(ports.out, ("ID", "WHAT IT IS"), kinds)
        return 0
    with opened(arguments, ports) as workspace:
        why = explain(workspace, arguments.figure)
    if arguments.json:
        write_json(ports.out, to_json(why))
    else:
        ports.out.write(f"{as_text(why)}\n")
    return 0
