"""Reads a secret from an unlocked Secret Service without the keyring library around it.

The first page waits for the workspace's key, and the keyring library takes ten times as long to load and to
ask as the D-Bus library below it. Whatever is not plain sailing is left to the keyring library: other
systems, a locked keyring, a prompt, a fault and its words.
"""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import closing
from typing import Any

# The keyring library's own name for its back-end; its variable can point elsewhere.
_BACKEND = "keyring.backends.SecretService.Keyring"
_BUS_NAME, _PATH = "org.freedesktop.secrets", "/org/freedesktop/secrets"
_SERVICE = "org.freedesktop.Secret.Service"


def peek(service: str, name: str) -> str | None:
    """The secret that the keyring library keeps under that name, where it lies open; else None."""
    if sys.platform != "linux" or os.environ.get("PYTHON_KEYRING_BACKEND", _BACKEND) != _BACKEND:
        return None
    try:
        return _ask({"service": service, "username": name})
    except Exception:  # noqa: BLE001 (the keyring library meets the same fault, and there it gets its words)
        return None


def _ask(attributes: dict[str, str]) -> str | None:
    jeepney: Any = importlib.import_module("jeepney")
    blocking: Any = importlib.import_module("jeepney.io.blocking")
    secrets = jeepney.DBusAddress(_PATH, bus_name=_BUS_NAME, interface=_SERVICE)
    with closing(blocking.open_dbus_connection()) as bus:

        def call(method: str, signature: str, *arguments: object) -> Any:
            message = jeepney.new_method_call(secrets, method, signature, arguments)
            return blocking.unwrap_msg(bus.send_and_get_reply(message))

        unlocked, _locked = call("SearchItems", "a{ss}", attributes)
        if not unlocked:
            return None
        # Unencrypted on the way: whoever listens on the person's own bus can ask the keyring as well.
        _output, session = call("OpenSession", "sv", "plain", ("s", ""))
        (found,) = call("GetSecrets", "aoo", unlocked[:1], session)
        ((_session, _parameters, value, _content_type),) = found.values()
        return bytes(value).decode("utf-8")
