"""Reads a secret from an unlocked Secret Service without the keyring library around it.

The first page waits for the workspace's key, and the keyring library takes four times as long to load as
the one that it reads the Secret Service with. Whatever is not plain sailing is left to the keyring library:
other systems, a locked keyring, a prompt, a fault and its words.
"""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import closing
from typing import Any

# The keyring library's own name for its back-end; its variable can point elsewhere.
_BACKEND = "keyring.backends.SecretService.Keyring"


def peek(service: str, name: str) -> str | None:
    """The secret that the keyring library keeps under that name, where it lies open; else None."""
    if sys.platform != "linux" or os.environ.get("PYTHON_KEYRING_BACKEND", _BACKEND) != _BACKEND:
        return None
    try:
        library: Any = importlib.import_module("secretstorage")
        with closing(library.dbus_init()) as bus:
            collection = library.Collection(bus)
            if collection.is_locked():
                return None
            for item in collection.search_items({"service": service, "username": name}):
                return None if item.is_locked() else item.get_secret().decode("utf-8")
    except Exception:  # noqa: BLE001 (the keyring library meets the same fault, and there it gets its words)
        return None
    return None
