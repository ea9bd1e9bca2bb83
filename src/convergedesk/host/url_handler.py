"""Tells the system that this program opens 'convergedesk:' addresses, for the present user alone.

On Linux a desktop entry says so, on Windows the user's part of the registry. On macOS the program's bundle
declares it in its Info.plist, and nothing can be registered from within.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from convergedesk.domain.deep_links import SCHEME
from convergedesk.domain.errors import ConvergeDeskError

ENTRY = "convergedesk-links.desktop"
_KEY = rf"Software\Classes\{SCHEME}"
_SECONDS = 10


class UrlHandlerError(ConvergeDeskError):
    """The system could not be told."""


def desktop_entry(command: Sequence[str]) -> str:
    """The desktop entry that opens the program with an address; `command` starts it."""
    words = " ".join(_quoted(word) for word in command)
    return (
        "[Desktop Entry]\n"
        "Type=Application\n"
        "Name=ConvergeDesk\n"
        "Comment=Opens addresses of tickets and accounts\n"
        f"Exec={words} %u\n"
        "Terminal=false\n"
        "NoDisplay=true\n"
        "StartupWMClass=convergedesk\n"
        f"MimeType=x-scheme-handler/{SCHEME};\n"
    )


def windows_command(command: Sequence[str]) -> str:
    """What the registry holds: the program with the address as one argument, whatever it contains."""
    return f'{subprocess.list2cmdline(list(command))} "%1"'


def register(command: Sequence[str], *, folder: Path | None = None) -> str:
    """Have the system open addresses with this program; returns what was done, in a sentence.

    Args:
        command: What starts the program.
        folder: Where desktop entries lie; None is the user's own place. Linux only.

    Raises:
        UrlHandlerError: The system cannot be told; the sentence says what to do instead.
    """
    if sys.platform == "win32":
        _write_registry(windows_command(command))
        return "Windows opens convergedesk: links with this program now."
    if sys.platform == "darwin":
        raise UrlHandlerError(
            "macOS learns of convergedesk: links from the installed program.",
            fix="Move ConvergeDesk into Applications and open it once.",
        )
    place = _entries(folder) / ENTRY
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(desktop_entry(command), encoding="utf-8")
    except OSError as error:
        raise UrlHandlerError(
            f"The folder “{place.parent}” cannot be written.", details=str(error)
        ) from error
    if folder is None:
        _tell_desktop(place.parent)
    return f"Links that begin with convergedesk: open with this program now ({place})."


def remove(*, folder: Path | None = None) -> str:
    """Take it back; returns what was done, in a sentence."""
    if sys.platform == "win32":
        _clear_registry()
        return "Windows no longer opens convergedesk: links with this program."
    place = _entries(folder) / ENTRY
    if not place.exists():
        return "Links were not opened with this program."
    place.unlink()
    return "Links are no longer opened with this program."


def _entries(folder: Path | None) -> Path:
    return folder or platformdirs.user_data_path() / "applications"


def _quoted(word: str) -> str:
    # The specification of desktop entries: quotes around what has spaces, and a per cent sign twice.
    plain = word.replace("%", "%%")
    return (
        plain if shlex.quote(plain) == plain else '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )


def _tell_desktop(entries: Path) -> None:
    # Either tool may be missing; a file manager finds the entry by itself then, only later.
    for words in (
        ["xdg-mime", "default", ENTRY, f"x-scheme-handler/{SCHEME}"],
        ["update-desktop-database", str(entries)],
    ):
        tool = shutil.which(words[0])
        if tool is not None:
            subprocess.run([tool, *words[1:]], check=False, capture_output=True, timeout=_SECONDS)


def _write_registry(command: str) -> None:
    if sys.platform != "win32":
        return
    import winreg

    values = {
        _KEY: {"": "URL:ConvergeDesk", "URL Protocol": ""},
        rf"{_KEY}\shell\open\command": {"": command},
    }
    try:
        for place, named in values.items():
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, place) as key:
                for name, value in named.items():
                    winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)
    except OSError as error:
        raise UrlHandlerError("The registry cannot be written.", details=str(error)) from error


def _clear_registry() -> None:
    if sys.platform != "win32":
        return
    import winreg

    for place in (rf"{_KEY}\shell\open\command", rf"{_KEY}\shell\open", rf"{_KEY}\shell", _KEY):
        try:
            winreg.DeleteKey(winreg.HKEY_CURRENT_USER, place)
        except FileNotFoundError:
            continue
