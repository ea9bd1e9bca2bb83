"""Secrets in the operating system's keyring, and nowhere else.

The back-ends are named one by one. The keyring library by itself takes whatever is installed,
which may be a file in plain text or one that asks for a password on the terminal.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from convergedesk.domain.errors import KeyringUnavailableError

T = TypeVar("T")

SERVICE = "ConvergeDesk"

_BACKENDS = {
    "darwin": (("keyring.backends.macOS", "Keyring", "the macOS keychain"),),
    "win32": (("keyring.backends.Windows", "WinVaultKeyring", "the Windows Credential Manager"),),
}
_LINUX = (
    ("keyring.backends.SecretService", "Keyring", "the system keyring"),
    ("keyring.backends.kwallet", "DBusKeyring", "KWallet"),
)


class _Backend(Protocol):
    """What we call of a keyring back-end."""

    priority: float

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class KeyringSecrets:
    """The `SecretStore` of this computer. Blocks while the system asks the person to unlock it."""

    def get(self, name: str) -> str | None:
        """The secret of that name, or None. Raises KeyringUnavailableError."""
        from convergedesk.host.secret_service import peek

        found = peek(SERVICE, name)
        return found if found is not None else self._ask(lambda backend: backend.get_password(SERVICE, name))

    def set(self, name: str, secret: str) -> None:
        """Keep a secret. Raises KeyringUnavailableError."""
        self._ask(lambda backend: backend.set_password(SERVICE, name, secret))

    def delete(self, name: str) -> None:
        """Forget a secret; silent where there was none. Raises KeyringUnavailableError."""

        def forget(backend: _Backend) -> None:
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

        self._ask(forget)

    def place(self) -> str:
        """What holds the secrets, in words, such as 'the macOS keychain'. Raises KeyringUnavailableError."""
        return _backend()[1]

    def _ask(self, question: Callable[[_Backend], T]) -> T:
        backend, _ = _backend()
        try:
            return question(backend)
        # What comes out is the back-end's: D-Bus, Win32 and Security framework each have their own.
        except Exception as error:
            raise _unavailable(error) from error


def _backend() -> tuple[_Backend, str]:
    """The first back-end that works here, and its name in words."""
    # Keyring's own variable can only narrow our list, never widen it.
    wanted = os.environ.get("PYTHON_KEYRING_BACKEND")
    reasons: list[str] = []
    for module, name, words in _BACKENDS.get(sys.platform, _LINUX):
        if wanted and wanted != f"{module}.{name}":
            continue
        try:
            kind = getattr(importlib.import_module(module), name)
            # Asking for the priority is how a back-end says that it cannot work.
            if kind.priority > 0:
                return cast("_Backend", kind()), words
        except Exception as error:  # noqa: BLE001 (each back-end fails in its own way; the reason is told)
            reasons.append(f"{name}: {error}")
    raise KeyringUnavailableError(
        "This computer offers no keyring that ConvergeDesk can use.",
        fix="Protect the workspace with a passphrase instead.",
        details="; ".join(reasons),
    )


def _unavailable(error: Exception) -> KeyringUnavailableError:
    from keyring.errors import InitError, KeyringLocked

    details = f"{type(error).__name__}: {error}"
    if isinstance(error, KeyringLocked | InitError) or type(error).__name__ in (
        "LockedException",
        "PromptDismissedException",
    ):
        return KeyringUnavailableError(
            "This computer's keyring is locked.", fix="Unlock it and try again.", details=details
        )
    return KeyringUnavailableError(
        "This computer's keyring does not answer.",
        fix="Log in again or start the keyring, then try again; or use a passphrase.",
        details=details,
    )
