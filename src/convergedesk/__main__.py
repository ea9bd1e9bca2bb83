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


_ADDRESS = "convergedesk:"
_ADDRESS_LENGTH = len(_ADDRESS)


def _open_desktop(workspace: Path | None, passphrase_file: Path | None, link: str = "") -> int:
    from convergedesk.desktop.main import run
    from convergedesk.host.folders import folders
    from convergedesk.host.keyring import KeyringSecrets

    return run(
        workspace=workspace,
        passphrase_file=passphrase_file,
        secrets=KeyringSecrets(),
        folders=folders(),
        environ=os.environ,
        link=link,
    )


def _open_links(wanted: bool) -> str:
    from convergedesk.desktop.main import own_command
    from convergedesk.host import url_handler

    return url_handler.register(own_command()) if wanted else url_handler.remove()


def _make_pictures(request: PictureRequest) -> Sequence[Path]:
    from convergedesk.desktop.pictures import make_pictures
    from convergedesk.desktop.text_trial import TextTrial

    return make_pictures(
        request.workspace,
        request.key,
        request.out,
        theme=request.theme,
        size=(request.width, request.height),
        scale=request.scale,
        scenes=request.scenes,
        text=TextTrial(request.pseudo, request.right_to_left, request.text_scale),
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    # The windows are the usual start and must not pay for the command line's grammar.
    if not words:
        return _open_desktop(None, None)
    if len(words) == 2 and words[0] == "--workspace":
        return _open_desktop(Path(words[1]), None)
    # The last word alone may be an address; whatever it holds, it is never read as anything else.
    if words[-1][:_ADDRESS_LENGTH].casefold() == _ADDRESS:
        if len(words) == 1:
            return _open_desktop(None, None, words[-1])
        if len(words) == 3 and words[0] == "--workspace":
            return _open_desktop(Path(words[1]), None, words[-1])
    try:
        return _command_line(words)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
    except BrokenPipeError:
        # Whoever read our output has read enough; Python would complain about it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 (the one place where a bug becomes a sentence)
        _report(error)
    return 4


def _command_line(words: Sequence[str]) -> int:
    from convergedesk.cli.main import run
    from convergedesk.cli.ports import Ports
    from convergedesk.host.folders import folders
    from convergedesk.host.keyring import KeyringSecrets
    from convergedesk.host.settings import SETTINGS_NAME, SettingsFile

    ports = Ports(
        out=sys.stdout,
        err=sys.stderr,
        stdin=sys.stdin.buffer,
        environ=os.environ,
        secrets=KeyringSecrets(),
        open_desktop=_open_desktop,
        make_pictures=_make_pictures,
        default_workspace=folders().workspace,
        settings=SettingsFile(folders().settings / SETTINGS_NAME),
        open_links=_open_links,
    )
    return run(words, ports)


def _report(error: Exception) -> None:
    from convergedesk.host.fault_log import write_fault
    from convergedesk.host.folders import folders

    log = write_fault(folders().logs, error)
    if isinstance(error, OSError) and error.filename is not None:
        sentence = f"“{error.filename}” cannot be used: {error.strerror}."
    else:
        sentence = "ConvergeDesk met a fault of its own and stopped. Nothing that was saved is lost."
    where = "" if log is None else f" Details are in {log}."
    sys.stderr.write(f"{sentence}{where}\n")


if __name__ == "__main__":
    sys.exit(main())
