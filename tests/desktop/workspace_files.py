"""Real workspace files, folders and a keyring in memory, for tests of the program around the pages."""

import shutil
from pathlib import Path

from convergedesk.domain.errors import KeyringUnavailableError
from convergedesk.host.folders import Folders
from convergedesk.store.keys import Key, salt_name, salt_of
from convergedesk.workspace.session import create_workspace
from tests.desktop.pages import desk as pages_desk

KEY = pages_desk.KEY
WORDS = "correct horse battery staple"


class Secrets:
    """A keyring; `available` turns it off."""

    def __init__(self, *, available: bool = True) -> None:
        self.kept: dict[str, str] = {}
        self.available = available

    def get(self, name: str) -> str | None:
        self._check()
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self._check()
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self._check()
        self.kept.pop(name, None)

    def _check(self) -> None:
        if not self.available:
            raise KeyringUnavailableError("This computer offers no keyring.")


def folders_in(home: Path) -> Folders:
    return Folders(home / "data", home / "settings", home / "state", home / "logs")


def filled_file(path: Path, secrets: Secrets) -> Path:
    """Two customers with usage and tickets; the key lies in the keyring."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(pages_desk._template(), path)
    secrets.kept[salt_name(salt_of(path))] = KEY.text()
    return path


def locked_file(path: Path) -> Path:
    """An empty workspace behind the passphrase WORDS."""
    path.parent.mkdir(parents=True, exist_ok=True)
    create_workspace(path, Key.passphrase(WORDS), name="Locked").close()
    return path
