"""A workspace that is open, as the use cases see it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from convergedesk.domain.protocols import Clock, SystemClock

if TYPE_CHECKING:
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.edits import EditId
    from convergedesk.store.edits import OpenEdit
    from convergedesk.store.engine import Store
    from convergedesk.store.keys import Key


class Workspace:
    """An open workspace. Safe to use from several threads; close it once.

    Attributes:
        store: The file; only use cases touch it.
        path: Where it is.
        name: As the person calls it.
        sample: True for made-up data, which every page says.
        clock: Tells the time.
        author: Who works with it, as written on edits; empty while unknown.
    """

    author: str = ""

    def __init__(
        self, store: Store, *, name: str, sample: bool, fixed_today: date | None, clock: Clock | None = None
    ) -> None:
        """Take over an open store; use `open_workspace` or `create_workspace` instead."""
        self.store = store
        self.path = store.path
        self.name = name
        self.sample = sample
        self.clock: Clock = clock or SystemClock()
        self._fixed_today = fixed_today

    @property
    def today(self) -> date:
        """The day that counts as today: this computer's, or the fixed day of a sample."""
        return self._fixed_today or self.clock.now().astimezone().date()

    def edit(
        self,
        label: str = "",
        *,
        account_id: AccountId | None = None,
        deletes: bool = False,
        merge: str = "",
        restores: EditId | None = None,
    ) -> AbstractContextManager[OpenEdit]:
        """One step of 'Undo': everything that this thread writes within the block, whole or not at all.

        Args:
            label: What is done, in plain words and the past tense; may be set within the block.
            account_id: The account that it concerns.
            deletes: True lists it among what was recently deleted.
            merge: Edits that follow within seconds with the same word are one step, as while typing.
            restores: The edit whose deletion it takes back.
        """
        from convergedesk.store.edits import OpenEdit

        made = OpenEdit(label, self.clock.now(), self.author, account_id, deletes, merge, restores)
        return self.store.edit(made)

    def data_version(self) -> int:
        """A number that changes whenever something was written to the file."""
        return self.store.data_version()

    def version_of_others(self) -> tuple[int, int]:
        """What changes when another process wrote to the file, and not when this program did."""
        return self.store.version_of_others()

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def __enter__(self) -> Self:
        """The workspace itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close it."""
        self.close()


def open_workspace(path: Path, key: Key, *, clock: Clock | None = None) -> Workspace:
    """Open a workspace file.

    Raises:
        WorkspaceError: It cannot be opened; the sentence says why and what helps.
        DiskFullError: No room to open it.
    """
    from convergedesk.store.engine import open_workspace as open_store

    return _session(open_store(path, key), clock)


def create_workspace(
    path: Path,
    key: Key,
    *,
    name: str,
    sample: bool = False,
    salt: bytes | None = None,
    clock: Clock | None = None,
) -> Workspace:
    """Create a workspace file and open it.

    Args:
        path: Where; nothing may be there yet.
        key: What will open it.
        name: As the person calls it.
        sample: True for made-up data.
        salt: The file's first bytes, where its key went into the keyring beforehand.
        clock: Tells the time.

    Raises:
        WorkspaceError: Something is there already, or the folder cannot be written.
        DiskFullError: No room.
    """
    from convergedesk.store.engine import create_workspace as create_store

    return _session(create_store(path, key, name=name, sample=sample, salt=salt, clock=clock), clock)


def _session(store: Store, clock: Clock | None) -> Workspace:
    from convergedesk.store.info import read_info

    try:
        info = read_info(store)
    except BaseException:
        store.close()
        raise
    return Workspace(store, name=info.name, sample=info.sample, fixed_today=info.today, clock=clock)
