"""Where the program keeps its files on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

_NAME = "ConvergeDesk"


@dataclass(frozen=True, slots=True)
class Folders:
    """The program's places, following the system's own rules. None of them exists for certain.

    Attributes:
        data: Workspaces, unless the person keeps them elsewhere. Not synchronised by cloud
            drives, which copy a database while it is being written.
        settings: The settings file's folder.
        state: Window state and locks.
        logs: Log files.
    """

    data: Path
    settings: Path
    state: Path
    logs: Path

    @property
    def workspace(self) -> Path:
        """The workspace that opens when none is named."""
        return self.data / "workspace.converge"

    @property
    def sample(self) -> Path:
        """The sample workspace."""
        return self.data / "sample.converge"


def folders() -> Folders:
    """The folders of the present user."""
    dirs = platformdirs.PlatformDirs(_NAME, appauthor=False)
    return Folders(dirs.user_data_path, dirs.user_config_path, dirs.user_state_path, dirs.user_log_path)
