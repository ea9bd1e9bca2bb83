"""A key is in the keyring or in a head, and never anywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from convergedesk.domain.errors import KeyMissingError, KeyringUnavailableError, WorkspaceError
from convergedesk.store.keys import Key
from convergedesk.workspace.keys import find_key, new_key
from convergedesk.workspace.session import create_workspace, open_workspace


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


class NoRing(Ring):
    """A computer without a keyring."""

    def get(self, name: str) -> str | None:
        raise KeyringUnavailableError("There is no keyring here.")

    def set(self, name: str, secret: str) -> None:
        raise KeyringUnavailableError("There is no keyring here.")


def test_a_moved_and_renamed_file_still_finds_its_key(tmp_path: Path) -> None:
    ring = Ring()
    key, salt = new_key(ring)
    create_workspace(tmp_path / "a.converge", key, name="A", salt=salt).close()
    moved = (tmp_path / "a.converge").rename(tmp_path / "b.converge")
    with open_workspace(moved, find_key(moved, ring)) as workspace:
        assert workspace.name == "A"


def test_no_trace_of_the_key_is_on_the_disk(tmp_path: Path) -> None:
    ring = Ring()
    key, salt = new_key(ring)
    create_workspace(tmp_path / "a.converge", key, name="A", salt=salt).close()
    for file in tmp_path.rglob("*"):
        content = file.read_bytes()
        assert key.secret not in content
        assert key.text().encode() not in content


def test_a_passphrase_is_kept_nowhere(tmp_path: Path) -> None:
    ring = Ring()
    key, _ = new_key(ring, given=Key.passphrase("correct horse"))
    assert ring.kept == {}
    assert key.is_passphrase


def test_without_a_keyring_the_passphrase_is_offered_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(KeyMissingError, match="passphrase"):
        new_key(NoRing())
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_a_key_says_so(tmp_path: Path) -> None:
    key, salt = new_key(Ring())
    path = tmp_path / "a.converge"
    create_workspace(path, key, name="A", salt=salt).close()
    with pytest.raises(KeyMissingError, match="holds no key"):
        find_key(path, Ring())
    with pytest.raises(KeyMissingError, match="cannot be fetched"):
        find_key(path, NoRing())


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="There is no workspace"):
        find_key(tmp_path / "none.converge", Ring())
