"""What the command line needs from outside: streams, secrets, and the parts that need Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from convergedesk.domain.protocols import SecretStore
from convergedesk.store.keys import Key
from convergedesk.workspace.settings import Values


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """What `convergedesk pictures` was asked for.

    Attributes:
        workspace: The file.
        key: What opens it.
        out: Folder for the PNG files; made where it is missing.
        theme: 'light' or 'dark'.
        width: Of the window, in device-independent pixels.
        height: Likewise.
        scale: Device pixels per such pixel, 1 to 4.
        scenes: Names of the scenes to picture; empty for all.
        pseudo: True for text that is 40 % longer, as a translation might be.
        right_to_left: True for the layout of languages that are written so.
        text_scale: How large the text is; 1.0 is 100 %.
    """

    workspace: Path
    key: Key
    out: Path
    theme: str
    width: int
    height: int
    scale: float
    scenes: tuple[str, ...] = ()
    pseudo: bool = False
    right_to_left: bool = False
    text_scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Ports:
    """The outside world of one run.

    Attributes:
        out: Results.
        err: Messages for the person.
        stdin: Read only where a flag asks for it (`--key-stdin`).
        environ: Environment variables.
        secrets: The system's keyring.
        open_desktop: Opens the windows on a file (None: the last one); returns an exit code.
        make_pictures: Writes every page as PNG; returns the files.
        default_workspace: Where a workspace is kept when no file is named.
        settings: Named values of this computer.
        open_links: Has the system open convergedesk: addresses with this program (True) or no longer; says
            what was done.
    """

    out: TextIO
    err: TextIO
    stdin: BinaryIO
    environ: Mapping[str, str]
    secrets: SecretStore
    open_desktop: Callable[[Path | None, Path | None], int]
    make_pictures: Callable[[PictureRequest], Sequence[Path]]
    default_workspace: Path
    settings: Values
    open_links: Callable[[bool], str]
