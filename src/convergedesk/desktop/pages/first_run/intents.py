"""What a person may ask for on the first screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ExploreSample:
    """Create the made-up workspace and open it.

    Attributes:
        passphrase: Protects the file; None keeps a random key in the system's keychain.
    """

    passphrase: str | None


@dataclass(frozen=True, slots=True)
class ImportFiles:
    """Create an empty workspace and show what is in these files.

    Attributes:
        paths: Files and folders, as chosen or dropped; never empty.
        passphrase: Protects the file; None keeps a random key in the system's keychain.
    """

    paths: tuple[Path, ...]
    passphrase: str | None


@dataclass(frozen=True, slots=True)
class OpenWorkspace:
    """Open a workspace file that is there already."""

    path: Path


Intent = ExploreSample | ImportFiles | OpenWorkspace
