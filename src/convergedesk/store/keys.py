"""Keys of a workspace file: a random 256-bit one, or a passphrase.

SQLCipher keeps a random salt of 16 bytes as the first bytes of the file, readable without
the key. A passphrase becomes the file's key by PBKDF2-HMAC-SHA512 with 256,000 rounds over
that salt, exactly as SQLCipher 4 does it by itself, so any SQLCipher tool opens the file
with the same passphrase. It is derived once; every further connection takes the result.

The salt also names the workspace's key in the keyring (`salt_name`): a copied, moved or
renamed file, and a backup, still find their key.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from convergedesk.domain.errors import UsageError

KEY_BYTES = 32
SALT_BYTES = 16
_ROUNDS = 256_000


@dataclass(frozen=True, slots=True, repr=False)
class FileKey:
    """The key as SQLCipher takes it for one file, salt included. Its repr shows neither."""

    key: bytes
    salt: bytes

    def pragma(self) -> str:
        """The statement that must be the first on every connection to the file."""
        return f"PRAGMA key = \"x'{self.key.hex()}{self.salt.hex()}'\""


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What opens a workspace. Build one by `random`, `raw`, `from_text` or `passphrase`.

    Attributes:
        secret: 32 bytes for a raw key, else the passphrase in UTF-8.
        is_passphrase: Which of the two it is.
    """

    secret: bytes
    is_passphrase: bool

    @classmethod
    def random(cls) -> Key:
        """A new key from the system's random source."""
        return cls(os.urandom(KEY_BYTES), is_passphrase=False)

    @classmethod
    def raw(cls, secret: bytes) -> Key:
        """A key of 32 bytes; raises ValueError for any other length."""
        if len(secret) != KEY_BYTES:
            raise ValueError("a raw key has 32 bytes")
        return cls(secret, is_passphrase=False)

    @classmethod
    def from_text(cls, text: str) -> Key:
        """The raw key that `text` wrote; raises ValueError for anything else."""
        return cls.raw(bytes.fromhex(text))

    @classmethod
    def passphrase(cls, words: str) -> Key:
        """A passphrase; raises UsageError for an empty one.

        Composed and decomposed accents are the same passphrase (NFC), because keyboards differ.
        """
        if not words:
            raise UsageError("The passphrase is empty.", fix="Type at least one character.")
        return cls(unicodedata.normalize("NFC", words).encode(), is_passphrase=True)

    def text(self) -> str:
        """A raw key in 64 hexadecimal digits, as the keyring keeps it."""
        if self.is_passphrase:
            raise ValueError("a passphrase is never kept")
        return self.secret.hex()

    def for_salt(self, salt: bytes) -> FileKey:
        """The key of the file that begins with `salt`; takes about 0.1 s for a passphrase."""
        if not self.is_passphrase:
            return FileKey(self.secret, salt)
        import hashlib

        return FileKey(hashlib.pbkdf2_hmac("sha512", self.secret, salt, _ROUNDS, KEY_BYTES), salt)


def new_salt() -> bytes:
    """A salt for a file that is about to be created."""
    return os.urandom(SALT_BYTES)


def salt_of(path: Path) -> bytes:
    """The file's first 16 bytes; fewer where it is shorter. Raises OSError."""
    with path.open("rb") as file:
        return file.read(SALT_BYTES)


def salt_name(salt: bytes) -> str:
    """The name under which the keyring keeps the key of the file with that salt."""
    return f"workspace-{salt.hex()}"
