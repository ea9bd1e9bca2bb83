"""Another passphrase, or the key moved between the keyring and a passphrase.

The new key is in its place before the file changes: a random key is in the keyring under the
new file's salt, and read back from there, before the new file takes the old one's place.
Whatever happens in between, the file that is there finds its key.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from convergedesk.domain.errors import KeyMissingError, KeyringUnavailableError
from convergedesk.domain.protocols import SecretStore
from convergedesk.store.keys import FileKey, Key, new_salt, salt_name, salt_of
from convergedesk.store.rekeying import begin, forget_draft, interrupted_salt, rekey


def keyring_holds(path: Path, secrets: SecretStore) -> bool:
    """True where the keyring opens this file. Raises KeyringUnavailableError, OSError."""
    return secrets.get(salt_name(salt_of(path))) is not None


def change_key(path: Path, present: Key, secrets: SecretStore, *, passphrase: str | None) -> Key:
    """Give a closed workspace another key.

    The former key stays in the keyring, for copies of the file that nobody knows of.

    Args:
        path: The workspace; no program may have it open.
        present: What opens it now.
        secrets: The keyring.
        passphrase: The new passphrase; None lets the keyring keep a new random key.

    Returns:
        What opens it from now on.

    Raises:
        KeyMissingError: The keyring cannot keep the key; nothing was changed.
        WorkspaceBusyError: A program has the file open; nothing was changed.
        DiskFullError: No room for a second copy; nothing was changed.
    """
    old = present.for_salt(salt_of(path))
    clear_interrupted(path, secrets)
    salt = new_salt()
    key = Key.random() if passphrase is None else Key.passphrase(passphrase)
    begin(path, salt)
    try:
        if passphrase is None:
            _keep(secrets, salt_name(salt), key)
        new = key.for_salt(salt)
        rekey(path, old, new)
    except BaseException:
        clear_interrupted(path, secrets, salt=salt)
        raise
    return Key.raw(new.key)


def clear_interrupted(path: Path, secrets: SecretStore, *, salt: bytes | None = None) -> None:
    """Forget the key and the file of a change that did not come to its end."""
    found = salt or interrupted_salt(path)
    if found is not None and path.exists() and salt_of(path) != found:
        # A key of no file opens nothing; it stays behind in a keyring that is locked.
        with contextlib.suppress(KeyringUnavailableError):
            secrets.delete(salt_name(found))
    forget_draft(path)


def opens(path: Path, key: Key) -> bool:
    """True where the key is the one that opens the file now. Raises WorkspaceError for other faults."""
    from convergedesk.domain.errors import WrongKeyError
    from convergedesk.store.opening import unlock

    try:
        unlock(path, key)[0].close()
    except WrongKeyError:
        return False
    return True


def file_key(path: Path, key: Key) -> FileKey:
    """The key as the file itself takes it, which is what a recovery key writes down."""
    return key.for_salt(salt_of(path))


def _keep(secrets: SecretStore, name: str, key: Key) -> None:
    try:
        secrets.set(name, key.text())
        kept = secrets.get(name)
    except KeyringUnavailableError as error:
        raise KeyMissingError(
            f"The key was not changed. {error.sentence}",
            fix="Unlock the keyring and try again, or use a passphrase.",
            details=error.details,
        ) from error
    if kept != key.text():
        raise KeyMissingError(
            "The key was not changed, because this computer's keyring did not keep the new one.",
            fix="Use a passphrase instead.",
        )
