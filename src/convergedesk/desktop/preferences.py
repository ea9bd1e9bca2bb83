"""What this computer remembers of the windows: theme, place, the last workspace."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from convergedesk.desktop.theme.current import Mode


_WINDOW, _THEME, _WORKSPACE = "window", "theme", "workspace"


class Values(Protocol):
    """Named values that last, such as `host.settings.SettingsFile`."""

    def get(self, name: str, default: Any = None) -> Any:
        """The value of that name, or the default."""
        ...

    def set(self, name: str, value: Any) -> None:
        """Keep a value that JSON can express."""
        ...


class Preferences:
    """Also the memory of the main window."""

    def __init__(self, values: Values) -> None:
        """`values` are kept by the host."""
        self._values = values

    @property
    def mode(self) -> Mode:
        """Who decides between light and dark; the system where nothing usable is kept."""
        from convergedesk.desktop.theme.current import Mode

        kept = self._values.get(_THEME)
        return Mode(kept) if isinstance(kept, str) and kept in set(Mode) else Mode.SYSTEM

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._values.set(_THEME, mode.value)

    @property
    def workspace(self) -> Path | None:
        """The workspace that was open last."""
        kept = self._values.get(_WORKSPACE)
        return Path(kept) if isinstance(kept, str) and kept else None

    @workspace.setter
    def workspace(self, path: Path) -> None:
        self._values.set(_WORKSPACE, str(path))

    def load(self) -> bytes | None:
        """Size and place of the window, or None."""
        try:
            return base64.b64decode(self._values.get(_WINDOW) or "", validate=True) or None
        except (binascii.Error, TypeError, ValueError):
            return None

    def save(self, state: bytes) -> None:
        """Keep size and place of the window."""
        self._values.set(_WINDOW, base64.b64encode(state).decode("ascii"))
