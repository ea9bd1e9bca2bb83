"""Reads what Home shows as early as can be: while the windows' own modules are still being loaded."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from convergedesk.domain.portfolio import HomeSnapshot
    from convergedesk.domain.protocols import SecretStore
    from convergedesk.store.keys import FileKey, Key


class FirstReading(NamedTuple):
    """What Home shows, and what opens the file.

    Attributes:
        snapshot: None where the file must be brought up to date first.
        key: Derived already, so that opening the file again takes no time.
    """

    snapshot: HomeSnapshot | None
    key: Key


def read_first(path: Path, given: Key | None, secrets: SecretStore) -> FirstReading:
    """Find the key and read Home.

    Args:
        path: The workspace.
        given: The key that was handed over, or None for the one in the keyring.
        secrets: The keyring.

    Raises:
        KeyMissingError: Nothing was handed over and the keyring holds none.
        WorkspaceError: The file cannot be opened.
    """
    derived: FileKey | None = None
    if given is None:
        from convergedesk.workspace.keys import find_key

        given = find_key(path, secrets)
    elif given.is_passphrase:
        derived = _derived(path, given)
    from convergedesk.domain.protocols import SystemClock
    from convergedesk.store.keys import Key
    from convergedesk.workspace.portfolio import home_first_paint

    today = SystemClock().now().astimezone().date()
    found = home_first_paint(path, given, today=today, derived=derived)
    if found is None:
        return FirstReading(None, given)
    snapshot, file_key = found
    return FirstReading(snapshot, Key.raw(file_key.key))


def load_reading() -> None:
    """Load what `read_first` needs, while the key is derived in a thread."""
    import convergedesk.store.first_paint
    import convergedesk.workspace.portfolio  # noqa: F401


def _derived(path: Path, given: Key) -> FileKey | None:
    """The file's key; None where opening will say what is wrong with the file."""
    from convergedesk.store.keys import SALT_BYTES, salt_of

    try:
        salt = salt_of(path)
    except OSError:
        return None
    return given.for_salt(salt) if len(salt) == SALT_BYTES else None


class Ahead:
    """A first reading that goes on in a thread of its own."""

    def __init__(self, path: Path, given: Key | None, secrets: SecretStore) -> None:
        """Begin to read; the arguments are those of `read_first`.

        Deriving a key from a passphrase and decrypting need no interpreter lock, so they cost
        nothing while modules are being imported.
        """
        self._reading: FirstReading | None = None
        self._error: Exception | None = None
        # A keyring that waits for the person must not keep the program from ending.
        self._thread = Thread(
            target=self._read, args=(path, given, secrets), name="first-reading", daemon=True
        )
        self._thread.start()

    def result(self) -> FirstReading:
        """What was read; blocks until then. Raises what `read_first` raised."""
        self._thread.join()
        if self._reading is None:
            raise self._error or RuntimeError("the reading ended without a result")
        return self._reading

    def _read(self, path: Path, given: Key | None, secrets: SecretStore) -> None:
        try:
            self._reading = read_first(path, given, secrets)
        except Exception as error:  # noqa: BLE001 (told where the result is asked for)
            self._error = error
