"""What this computer remembers of the windows: theme, place, the last workspace."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from convergedesk.desktop.theme.current import Mode


_WINDOW, _WORKSPACE = "window", "workspace"
# As declared in `domain.declared_settings`, which the first paint does not wait for.
_THEME, _FORMER_THEME = "appearance.theme", "theme"
_TEXT_SIZE, _MOTION = "appearance.text_size", "appearance.reduced_motion"
_TEXT_SIZES = (100, 125, 150, 175, 200)


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

        kept = self._values.get(_THEME, self._values.get(_FORMER_THEME))
        return Mode(kept) if isinstance(kept, str) and kept in set(Mode) else Mode.SYSTEM

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._values.set(_THEME, mode.value)
        if self._values.get(_FORMER_THEME) is not None:
            self._values.set(_FORMER_THEME, None)

    @property
    def text_scale(self) -> float | None:
        """How large text is, 1.0 for 100 %; None where the system decides."""
        kept = self._values.get(_TEXT_SIZE)
        return kept / 100 if isinstance(kept, int) and kept in _TEXT_SIZES else None

    @text_scale.setter
    def text_scale(self, scale: float) -> None:
        self._values.set(_TEXT_SIZE, round(scale * 100))

    @property
    def still(self) -> bool:
        """True where the person wants nothing to move."""
        return self._values.get(_MOTION) is True

    @property
    def values(self) -> Values:
        """Where all of this is kept."""
        return self._values

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
