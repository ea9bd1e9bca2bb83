"""The ways into a workspace that is not there yet: building the sample, creating an empty file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.domain.protocols import SecretStore
    from convergedesk.store.keys import Key

_MOST_NAMES = 1000


class Ready(NamedTuple):
    """A file that can be opened.

    Attributes:
        path: The file.
        key: What opens it; None where the keyring or the person knows.
        created: True for a workspace that was just made for a person's own data.
    """

    path: Path
    key: Key | None
    created: bool = False


def sample_file(path: Path, secrets: SecretStore, passphrase: str | None, context: JobContext) -> Ready:
    """The sample, built where it is not there yet.

    Raises:
        KeyMissingError: There is no keyring and no passphrase was given.
        WorkspaceError: The folder cannot be written.
    """
    if path.exists():
        return Ready(path, None)
    from convergedesk.workspace.keys import new_key
    from convergedesk.workspace.sample.build import build_sample
    from convergedesk.workspace.sample.spec import SampleSpec

    key, salt = new_key(secrets, given=_given(passphrase))
    build_sample(path, key, SampleSpec(), salt=salt, progress=context.progress, cancel=context)
    return Ready(path, key)


def empty_file(path: Path, secrets: SecretStore, passphrase: str | None) -> Ready:
    """A new, empty workspace at `path`, or beside it where there is one already.

    Raises:
        KeyMissingError: There is no keyring and no passphrase was given.
        WorkspaceError: The folder cannot be written.
    """
    from convergedesk.workspace.keys import new_key
    from convergedesk.workspace.session import create_workspace

    free = next(name for name in _names(path) if not name.exists())
    key, salt = new_key(secrets, given=_given(passphrase))
    create_workspace(free, key, name="Workspace", salt=salt).close()
    return Ready(free, key, created=True)


def _names(path: Path) -> list[Path]:
    numbered = [path.with_name(f"{path.stem} {number}{path.suffix}") for number in range(2, _MOST_NAMES)]
    return [path, *numbered]


def _given(passphrase: str | None) -> Key | None:
    if passphrase is None:
        return None
    from convergedesk.store.keys import Key

    return Key.passphrase(passphrase)
