"""Where a workspace's key is found, and where a new one is kept."""

from __future__ import annotations

from pathlib import Path

from convergedesk.domain.errors import KeyMissingError, KeyringUnavailableError, WorkspaceError
from convergedesk.domain.protocols import SecretStore
from convergedesk.store.keys import SALT_BYTES, Key, new_salt, salt_name, salt_of

_OFFER = "Choose a passphrase instead: --passphrase-file FILE or the variable CONVERGEDESK_PASSPHRASE."


def find_key(path: Path, secrets: SecretStore) -> Key:
    """The key that the keyring holds for this file.

    Raises:
        KeyMissingError: The keyring holds none, or there is no keyring.
        WorkspaceError: There is no such file, or it cannot be read.
    """
    try:
        salt = salt_of(path)
    except FileNotFoundError as error:
        raise WorkspaceError(
            f"There is no workspace at “{path}”.",
            fix="Check the name, or create one with: convergedesk sample",
        ) from error
    except OSError as error:
        raise WorkspaceError(f"“{path}” cannot be read.", details=str(error)) from error
    try:
        text = secrets.get(salt_name(salt)) if len(salt) == SALT_BYTES else None
    except KeyringUnavailableError as error:
        raise KeyMissingError(
            f"The key of “{path.name}” cannot be fetched. {error.sentence}",
            fix="Unlock the keyring, or give the passphrase if this workspace has one.",
            details=error.details,
        ) from error
    if text is None:
        raise KeyMissingError(
            f"This computer's keyring holds no key for “{path.name}”.",
            fix="Give its passphrase if it has one (--passphrase-file or CONVERGEDESK_PASSPHRASE).",
        )
    return Key.from_text(text)


def new_key(secrets: SecretStore, *, given: Key | None = None) -> tuple[Key, bytes]:
    """What a new workspace is opened with, and the salt that its file begins with.

    Args:
        secrets: The keyring, where a random key is kept before the file exists.
        given: A passphrase chosen by the person; nothing is kept then.

    Raises:
        KeyMissingError: There is no keyring and no passphrase was given. A key is never
            written anywhere else.
    """
    salt = new_salt()
    if given is not None:
        return given, salt
    key = Key.random()
    try:
        secrets.set(salt_name(salt), key.text())
    except KeyringUnavailableError as error:
        raise KeyMissingError(error.sentence, fix=_OFFER, details=error.details) from error
    return key, salt
