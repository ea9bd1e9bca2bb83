"""`convergedesk sample`: a workspace of made-up data."""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import given_key, workspace_path
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports
from convergedesk.domain.errors import WorkspaceError
from convergedesk.workspace.keys import new_key


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Build the sample; returns 0."""
    from convergedesk.workspace.sample.build import build_sample
    from convergedesk.workspace.sample.spec import SampleSpec
    from convergedesk.workspace.session import create_workspace

    path = workspace_path(arguments, ports)
    if path.exists():
        # Said before a key is made, so that none is left in the keyring for nothing.
        raise WorkspaceError(
            f"There is already a file at “{path}”.", fix="Name another one, or delete it first."
        )
    key, salt = new_key(ports.secrets, given=given_key(arguments, ports))
    spec = SampleSpec(
        accounts=arguments.accounts,
        meters=arguments.meters,
        days=arguments.days,
        tickets=arguments.tickets,
        seed=arguments.seed,
        long_names=arguments.long_names,
    )
    if arguments.empty:
        create_workspace(path, key, name="Workspace", sample=True, salt=salt).close()
        ports.out.write(f"Made {path} without any data.\n")
        return 0
    built = build_sample(path, key, spec, salt=salt)
    if arguments.json:
        write_json(ports.out, {"workspace": path, "sample": built})
    else:
        ports.out.write(f"Built {path} with made-up data. Open it with: convergedesk --workspace {path}\n")
    return 0
