"""Small settings that belong to this computer: window places, theme, last workspace. No secrets."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

SETTINGS_NAME = "settings.json"
_MEMORY_ONLY = "Settings last until the program closes, because their folder cannot be written."


class SettingsFile:
    """A JSON file of named values, written whole or not at all.

    A damaged file counts as empty and is kept beside as '….damaged'. Where the folder cannot
    be written, values last until the program ends and `warning` says so: a window's place is
    no reason to stop anybody.

    Attributes:
        path: The file.
        warning: Why values will not last; empty while they do.
    """

    def __init__(self, path: Path) -> None:
        """Read the file; one that is not there is empty."""
        self.path = path
        self.warning = ""
        self._values = self._read()

    def get(self, name: str, default: Any = None) -> Any:
        """The value of that name, or the default."""
        return self._values.get(name, default)

    def set(self, name: str, value: Any) -> None:
        """Keep a value that JSON can express; None forgets it."""
        self.update({name: value})

    def update(self, values: Mapping[str, Any]) -> None:
        """Keep several values at once."""
        merged = {**self._values, **values}
        self._values = {name: value for name, value in merged.items() if value is not None}
        try:
            self._write()
        except OSError:
            self.warning = _MEMORY_ONLY

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except OSError:
            self.warning = _MEMORY_ONLY
            return {}
        except ValueError:
            found = None
        if isinstance(found, dict):
            return cast("dict[str, Any]", found)
        self._set_aside()
        return {}

    def _set_aside(self) -> None:
        try:
            self.path.replace(self.path.with_name(self.path.name + ".damaged"))
        except OSError:
            self.warning = _MEMORY_ONLY

    def _write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            draft.write_text(json.dumps(self._values, indent=1, sort_keys=True), encoding="utf-8")
            draft.replace(self.path)
        finally:
            draft.unlink(missing_ok=True)
