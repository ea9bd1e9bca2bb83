"""From a file's name to its first page: finds the key, asks for a passphrase, reads Home."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from convergedesk.desktop.first_reading import Ahead, FirstReading, read_first
from convergedesk.domain.errors import KeyMissingError, WrongKeyError

if TYPE_CHECKING:
    from convergedesk.desktop.jobs import JobContext, JobRunner
    from convergedesk.desktop.session import Session
    from convergedesk.domain.portfolio import HomeSnapshot
    from convergedesk.domain.protocols import SecretStore
    from convergedesk.store.keys import Key

REFUSED = "That passphrase does not open this workspace. Nothing was changed; try again."

VOID = (
    "This recovery key is well written, but it does not open this workspace: it belongs to another one, or "
    "the key was changed since it was printed."
)


class Opening(QObject):
    """Opens one workspace. Signals come on the GUI thread.

    Signals:
        read: The snapshot that Home shows; the session knows its key.
        passphrase_needed: A sentence that says why, plain enough to show.
        failed: The file cannot be opened; the exception.
    """

    read = Signal(object)
    passphrase_needed = Signal(str)
    failed = Signal(object)

    def __init__(
        self, session: Session, jobs: JobRunner, secrets: SecretStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._secrets = secrets
        self._by_passphrase = self._recovering = False

    @property
    def by_passphrase(self) -> bool:
        """True where a passphrase was what opened it, or was tried last."""
        return self._by_passphrase

    def start(self, given: Key | None = None, ahead: Ahead | None = None) -> None:
        """Open with the key that was handed over, else with the one in the keyring.

        Args:
            given: The key that was handed over.
            ahead: A reading with that key that has begun already.
        """
        self._by_passphrase = given is not None and given.is_passphrase

        def work(_context: JobContext) -> HomeSnapshot:
            reading = ahead.result() if ahead is not None else self._read(given)
            return self._take(reading)

        self._jobs.submit(work, on_done=self._on_read, on_error=self._on_error)

    def try_passphrase(self, words: str) -> None:
        """Open with a passphrase."""
        self._by_passphrase = True
        self._recovering = False

        def work(_context: JobContext) -> HomeSnapshot:
            from convergedesk.store.keys import Key

            return self._take(self._read(Key.passphrase(words)))

        self._jobs.submit(work, on_done=self._on_read, on_error=self._on_error)

    def try_key(self, key: Key) -> None:
        """Open with the key that a recovery key stands for."""
        self._by_passphrase = False
        self._recovering = True

        def work(_context: JobContext) -> HomeSnapshot:
            return self._take(self._read(key))

        self._jobs.submit(work, on_done=self._on_read, on_error=self._on_error)

    def _read(self, given: Key | None) -> FirstReading:
        return read_first(self._session.path, given, self._secrets)

    def _take(self, reading: FirstReading) -> HomeSnapshot:
        self._session.unlock(reading.key)
        if reading.snapshot is not None:
            return reading.snapshot
        # An older file is brought up to date first, which only an open workspace can do.
        from convergedesk.workspace.portfolio import home

        return home(self._session.workspace())

    def _on_read(self, snapshot: HomeSnapshot) -> None:
        self.read.emit(snapshot)

    def _on_error(self, error: Exception) -> None:
        if isinstance(error, WrongKeyError) and self._recovering:
            self.passphrase_needed.emit(VOID)
        elif isinstance(error, WrongKeyError):
            self.passphrase_needed.emit(REFUSED if self._by_passphrase else _lost_key(self._session.path))
        elif isinstance(error, KeyMissingError):
            self.passphrase_needed.emit(f"{error.sentence} Type its passphrase if it has one.")
        else:
            self.failed.emit(error)


def _lost_key(path: Path) -> str:
    return (
        f"The key in this computer's keyring does not open “{path.name}”. Type its passphrase if it has one."
    )
