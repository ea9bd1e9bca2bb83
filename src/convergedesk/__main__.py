"""Where the program begins: hands the outside world to the windows or to the command line.

Imports come late on purpose. Opening the windows must not pay for the command line, and
the command line must work where Qt cannot.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convergedesk.cli.ports import PictureRequest


def _open_desktop(workspace: Path | None, passphrase_file: Path | None) -> int:
    from convergedesk.desktop.main import run
    from convergedesk.host.folders import folders
    from convergedesk.host.keyring import KeyringSecrets

    return run(
        workspace=workspace,
        passphrase_file=passphrase_file,
        secrets=KeyringSecrets(),
        folders=folders(),
        environ=os.environ,
    )


def _make_pictures(request: PictureRequest) -> Sequence[Path]:
    from convergedesk.desktop.pictures import make_pictures

    return make_pictures(
        request.workspace,
        request.key,
        request.out,
        theme=request.theme,
        size=(request.width, request.height),
        scale=request.scale,
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    if not words:
        return _open_desktop(None, None)
    from convergedesk.cli.main import run
    from convergedesk.cli.ports import Ports
    from convergedesk.host.folders import folders
    from convergedesk.host.keyring import KeyringSecrets

    ports = Ports(
        out=sys.stdout,
        err=sys.stderr,
        stdin=sys.stdin.buffer,
        environ=os.environ,
        secrets=KeyringSecrets(),
        open_desktop=_open_desktop,
        make_pictures=_make_pictures,
        default_workspace=folders().workspace,
    )
    return run(words, ports)


if __name__ == "__main__":
    sys.exit(main())
