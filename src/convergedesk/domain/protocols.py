"""What the inner rooms need from outside, as small protocols."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time. Tests hand in one that stands still."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


class SecretStore(Protocol):
    """Keeps small secrets outside the workspace file, in the system's keyring."""

    def get(self, name: str) -> str | None:
        """The secret of that name, or None. Raises KeyringUnavailableError."""
        ...

    def set(self, name: str, secret: str) -> None:
        """Keep a secret. Raises KeyringUnavailableError."""
        ...

    def delete(self, name: str) -> None:
        """Forget a secret; silent where there was none."""
        ...


class Progress(Protocol):
    """Told how far a long job is, at most as often as it likes to be told."""

    def __call__(self, done: int, total: int | None, message: str) -> None:
        """`done` of `total` units (None: unknown), doing what `message` says."""
        ...


class CancelToken(Protocol):
    """Asked by long jobs, at every page or row group, whether to stop."""

    @property
    def cancelled(self) -> bool:
        """True once the person asked to stop."""
        ...


class NeverCancelled:
    """The token of a job that nobody can stop."""

    cancelled = False


def no_progress(done: int, total: int | None, message: str) -> None:
    """A Progress for jobs that nobody watches."""
