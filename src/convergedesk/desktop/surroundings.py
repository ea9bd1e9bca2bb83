"""What is around a workspace on this computer: settings, keyring, and what only the whole program can do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from convergedesk.domain.declared_settings import VIEWER_TIME_ZONE
from convergedesk.domain.settings import Scope, Setting

if TYPE_CHECKING:
    from convergedesk.domain.protocols import SecretStore
    from convergedesk.store.keys import Key
    from convergedesk.workspace.session import Workspace
    from convergedesk.workspace.settings import Settings, Values

T = TypeVar("T")
_RECENT = "recent_workspaces"
_MOST_RECENT = 12


class Recent(NamedTuple):
    """A workspace that was open once."""

    path: Path
    name: str


class ClosedWork(NamedTuple):
    """Work that nobody may have the file open for.

    Attributes:
        title: What is being done, such as 'Changing the key'.
        work: Given the key that opens the file now; returns the key that opens it afterwards
            and a sentence to show then. Runs in a thread.
    """

    title: str
    work: Callable[[Key], tuple[Key, str]]


class MemoryValues:
    """Named values until the program ends, where there is no settings file: pictures and tests."""

    def __init__(self, values: dict[str, Any] | None = None) -> None:
        """Begin with these."""
        self._values = dict(values or {})

    def get(self, name: str, default: Any = None) -> Any:
        """The value of that name, or the default."""
        return self._values.get(name, default)

    def set(self, name: str, value: Any) -> None:
        """Keep a value; None forgets it."""
        if value is None:
            self._values.pop(name, None)
        else:
            self._values[name] = value


class NoSecrets:
    """A keyring with nothing in it."""

    def get(self, name: str) -> str | None:
        """Nothing."""
        return None

    def set(self, name: str, secret: str) -> None:
        """Keep nothing."""

    def delete(self, name: str) -> None:
        """Nothing was kept."""


class Surroundings(QObject):
    """Handed to the page of settings and to whatever watches over the workspace.

    Attributes:
        values: Named values of this computer.
        secrets: The keyring.
        new_workspaces: The folder in which new workspaces are kept; None in pictures.
        by_passphrase: True where a passphrase opened the workspace on screen.

    Signals:
        setting_changed: The key of a setting that was chosen.
        lock_wanted: The person wants to lock now.
        closed_work_wanted: A `ClosedWork`.
        workspace_wanted: The path of a workspace to open.
        workspace_created: The path of a workspace that was just made.
        other_wanted: The person wants to choose another workspace.
        backup_wanted: The person wants a backup now.
        backup_made: A `Backup` was made.
    """

    setting_changed = Signal(str)
    lock_wanted = Signal()
    closed_work_wanted = Signal(object)
    workspace_wanted = Signal(object)
    workspace_created = Signal(object)
    other_wanted = Signal()
    backup_wanted = Signal()
    backup_made = Signal(object)

    def __init__(
        self,
        values: Values | None = None,
        secrets: SecretStore | None = None,
        *,
        new_workspaces: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Without arguments nothing is kept, as pictures need it."""
        super().__init__(parent)
        self.values: Values = values or MemoryValues()
        self.secrets: SecretStore = secrets or NoSecrets()
        self.new_workspaces = new_workspaces
        self.by_passphrase = False

    def settings(self, workspace: Workspace | None = None) -> Settings:
        """Settings of this computer, and of a workspace where one is given."""
        from convergedesk.workspace.settings import Settings

        return Settings(self.values, workspace)

    def computer_setting(self, setting: Setting[T]) -> T:
        """What holds for this computer."""
        if setting.scope is not Scope.COMPUTER:
            raise ValueError(f"{setting.key} belongs to a workspace")
        return setting.read(self.values.get)

    def zone(self) -> tzinfo:
        """The time zone in which the person reads times."""
        from convergedesk.desktop.clock_words import zone_of

        chosen = self.computer_setting(VIEWER_TIME_ZONE)
        return zone_of(chosen) if chosen else datetime.now().astimezone().tzinfo or UTC

    def recent(self) -> tuple[Recent, ...]:
        """Workspaces that were open, the latest first."""
        kept = self.values.get(_RECENT, [])
        if not isinstance(kept, list):
            return ()
        return tuple(
            Recent(Path(one["path"]), str(one.get("name", "")))
            for one in kept
            if isinstance(one, dict) and isinstance(one.get("path"), str)
        )

    def remember(self, path: Path, name: str) -> None:
        """Put a workspace first in the list."""
        others = [one for one in self.recent() if one.path != path]
        self._keep([Recent(path, name), *others][:_MOST_RECENT])

    def forget(self, path: Path) -> None:
        """Take a workspace out of the list; its file stays where it is."""
        self._keep([one for one in self.recent() if one.path != path])

    def _keep(self, recent: list[Recent]) -> None:
        self.values.set(_RECENT, [{"path": str(one.path), "name": one.name} for one in recent])
