"""Reads what Home shows as early as can be: while the windows' own modules are still being loaded."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from convergedesk.domain.portfolio import HomeSnapshot
    from convergedesk.domain.protocols import SecretStore
    from convergedesk.store.keys import Key


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
    from convergedesk.domain.protocols import SystemClock
    from convergedesk.store.keys import Key
    from convergedesk.workspace.portfolio import home_first_paint

    if given is None:
        from convergedesk.workspace.keys import find_key

        given = find_key(path, secrets)
    found = home_first_paint(path, given, today=SystemClock().now().astimezone().date())
    if found is None:
        return FirstReading(None, given)
    snapshot, file_key = found
    return FirstReading(snapshot, Key.raw(file_key.key))


def read_ahead(path: Path, given: Key | None, secrets: SecretStore) -> Future[FirstReading]:
    """Begin to read in a thread of its own.

    Deriving a key from a passphrase and decrypting need no interpreter lock, so they cost
    nothing while modules are being imported.
    """
    answer: Future[FirstReading] = Future()

    def work() -> None:
        try:
            answer.set_result(read_first(path, given, secrets))
        except Exception as error:  # noqa: BLE001 (told where the answer is asked for)
            answer.set_exception(error)

    # A keyring that waits for the person must not keep the program from ending.
    Thread(target=work, name="first-reading", daemon=True).start()
    return answer
