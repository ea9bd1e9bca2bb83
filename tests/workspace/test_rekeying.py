"""The key moves between keyring and passphrase, and whatever fails, the file opens."""

from pathlib import Path

import pytest

from convergedesk.domain.errors import KeyMissingError, KeyringUnavailableError
from convergedesk.store.backup import backup
from convergedesk.store.keys import Key, salt_name, salt_of
from convergedesk.store.rekeying import begin, draft_of
from convergedesk.workspace.keys import find_key, new_key
from convergedesk.workspace.rekeying import (
    change_key,
    clear_interrupted,
    keyring_holds,
    opens,
)
from convergedesk.workspace.session import create_workspace


class Keyring(dict[str, str]):
    """A keyring that may be forgetful or locked."""

    forgetful = locked = False

    def get(self, name: str) -> str | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._ask()
        return super().get(name)

    def set(self, name: str, secret: str) -> None:
        self._ask()
        if not self.forgetful:
            self[name] = secret

    def delete(self, name: str) -> None:
        self._ask()
        self.pop(name, None)

    def _ask(self) -> None:
        if self.locked:
            raise KeyringUnavailableError("This computer's keyring is locked.", fix="Unlock it.")


@pytest.fixture
def keyring() -> Keyring:
    return Keyring()


@pytest.fixture
def path(tmp_path: Path, keyring: Keyring) -> Path:
    key, salt = new_key(keyring)
    path = tmp_path / "book.converge"
    create_workspace(path, key, name="Book", salt=salt).close()
    return path


def test_from_the_keyring_to_a_passphrase(path: Path, keyring: Keyring) -> None:
    change_key(path, find_key(path, keyring), keyring, passphrase="correct horse")
    assert opens(path, Key.passphrase("correct horse"))
    assert not keyring_holds(path, keyring)


def test_from_a_passphrase_to_the_keyring_and_to_another_passphrase(path: Path, keyring: Keyring) -> None:
    key = change_key(path, find_key(path, keyring), keyring, passphrase="one")
    key = change_key(path, key, keyring, passphrase="two")
    assert not opens(path, Key.passphrase("one"))
    assert opens(path, Key.passphrase("two"))
    key = change_key(path, key, keyring, passphrase=None)
    assert opens(path, find_key(path, keyring))
    assert opens(path, key)
    assert not opens(path, Key.passphrase("two"))


def test_copies_made_before_still_open(path: Path, keyring: Keyring) -> None:
    key, salt = find_key(path, keyring), salt_of(path)
    copy = backup(path, key.for_salt(salt), path.with_name("copy.converge"))
    change_key(path, key, keyring, passphrase="correct horse")
    assert opens(copy, find_key(copy, keyring))


@pytest.mark.parametrize("fault", ["forgetful", "locked"])
def test_a_keyring_that_does_not_keep_the_key_changes_nothing(
    path: Path, keyring: Keyring, fault: str
) -> None:
    key = change_key(path, find_key(path, keyring), keyring, passphrase="one")
    setattr(keyring, fault, True)
    with pytest.raises(KeyMissingError, match="key was not changed"):
        change_key(path, key, keyring, passphrase=None)
    assert opens(path, Key.passphrase("one"))
    assert not draft_of(path).exists()


def test_after_an_interruption_neither_key_nor_draft_stays(path: Path, keyring: Keyring) -> None:
    salt = b"s" * 16
    begin(path, salt)
    keyring.set(salt_name(salt), Key.random().text())
    clear_interrupted(path, keyring)
    assert list(keyring) == [salt_name(salt_of(path))]
    assert not draft_of(path).exists()


def test_clearing_never_forgets_the_key_in_use(path: Path, keyring: Keyring) -> None:
    begin(path, salt_of(path))
    clear_interrupted(path, keyring)
    assert opens(path, find_key(path, keyring))
