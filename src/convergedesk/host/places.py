"""What kind of place a file lies in: this computer's own disk, a network share, a synchronised folder.

SQLite's log needs locks and memory that two programs share; a network share promises neither.
A program that synchronises copies a database while it is written, and puts the copy back.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

# fmt: off
_NETWORK = frozenset((
    "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.glusterfs",
    "fuse.gvfsd-fuse", "fuse.s3fs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2",
    "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "webdav",
))
# fmt: on
_CLOUD_MOUNTS = {
    "fuse.rclone": "rclone",
    "fuse.google-drive-ocamlfuse": "Google Drive",
    "fuse.onedriver": "OneDrive",
}
# Names of folders as the programs make them, with what may follow them: 'OneDrive - Company'.
_CLOUDS = (
    (re.compile(r"OneDrive(\s?-\s?.+)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"Dropbox( \(.+\))?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"iCloud ?Drive|com~apple~CloudDocs|Mobile Documents", re.IGNORECASE), "iCloud Drive"),
    (re.compile(r"Google ?Drive( \(.+\))?|GoogleDrive-.+|DriveFS", re.IGNORECASE), "Google Drive"),
    (re.compile(r"Nextcloud\d?", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"ownCloud", re.IGNORECASE), "ownCloud"),
    (re.compile(r"Box( Sync)?|Box-Box", re.IGNORECASE), "Box"),
    (re.compile(r"pCloud ?Drive", re.IGNORECASE), "pCloud"),
    (re.compile(r"Proton ?Drive.*", re.IGNORECASE), "Proton Drive"),
    (re.compile(r"MEGA( ?sync)?", re.IGNORECASE), "MEGA"),
    (re.compile(r"CloudStorage"), "a cloud drive"),
)
# What such programs leave in the folders that they watch.
_MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
}
_REMOTE_DRIVE = 4


class PlaceKind(StrEnum):
    """How safe a database is there."""

    LOCAL = "local"
    NETWORK = "network"
    CLOUD = "cloud"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies.

    Attributes:
        kind: How safe it is there.
        name: What synchronises it or how it is mounted, such as 'OneDrive' or 'nfs4'; else empty.
    """

    kind: PlaceKind
    name: str = ""

    @property
    def warning(self) -> str:
        """A sentence for the person; empty where all is well."""
        if self.kind is PlaceKind.NETWORK:
            return (
                "This workspace lies on a network share. Two computers that open it there can damage it, and "
                "so can a connection that breaks."
            )
        if self.kind is PlaceKind.CLOUD:
            return (
                f"This workspace lies in a folder that {self.name} synchronises. It copies the file while it "
                "is being written, and may put an older copy in its place."
            )
        return ""


def place_of(
    path: Path,
    *,
    environ: Mapping[str, str] | None = None,
    mounts: str | None = None,
    home: Path | None = None,
) -> Place:
    """What kind of place a file or folder lies in.

    Args:
        path: The file; need not be there yet.
        environ: Environment variables; this process's by default.
        mounts: What is mounted, in the form of /proc/self/mountinfo; the system's by default.
        home: The person's home folder; the present one's by default.
    """
    real = Path(os.path.realpath(path))
    cloud = _cloud_of(real, os.environ if environ is None else environ, Path.home() if home is None else home)
    if cloud:
        return Place(PlaceKind.CLOUD, cloud)
    kind = _mounted_as(real, mounts)
    if kind in _CLOUD_MOUNTS:
        return Place(PlaceKind.CLOUD, _CLOUD_MOUNTS[kind])
    if kind in _NETWORK:
        return Place(PlaceKind.NETWORK, kind)
    return Place(PlaceKind.LOCAL)


def _cloud_of(real: Path, environ: Mapping[str, str], home: Path) -> str:
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        if environ.get(name) and real.is_relative_to(environ[name]):
            return "OneDrive"
    if any(real.is_relative_to(folder) for folder in _dropbox_folders(home)):
        return "Dropbox"
    # The last part may be a file that is called after a cloud.
    for pattern, name in _CLOUDS:
        for part in real.parts[:-1]:
            if pattern.fullmatch(part):
                return name
    for folder in real.parents:
        for mark, name in _MARKS.items():
            # In a home folder the same names are the programs' own settings.
            if folder != home and (folder / mark).exists():
                return name
    return ""


def _dropbox_folders(home: Path) -> list[Path]:
    try:
        found: Any = json.loads((home / ".dropbox" / "info.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    if not isinstance(found, dict):
        return []
    accounts = cast("dict[str, Any]", found).values()
    paths = [cast("dict[str, Any]", one).get("path") for one in accounts if isinstance(one, dict)]
    return [Path(path) for path in paths if isinstance(path, str) and path]


def _mounted_as(real: Path, mounts: str | None) -> str:
    if mounts is None and sys.platform == "win32":
        return _windows_kind(real)
    if mounts is None and sys.platform == "darwin":
        return _best(real, _mac_mounts())
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return ""
    return _best(real, _linux_mounts(mounts))


def _linux_mounts(text: str) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    for line in text.splitlines():
        left, dash, right = line.partition(" - ")
        fields = left.split(" ")
        if dash and len(fields) > 4:
            point = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), fields[4])
            found.append((Path(point), right.split(" ", 1)[0]))
    return found


def _mac_mounts() -> list[tuple[Path, str]]:
    try:
        said = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    lines = re.findall(r"^.+? on (.+) \(([^,)]+)", said, re.MULTILINE)
    return [(Path(point), kind) for point, kind in lines]


def _best(real: Path, mounts: list[tuple[Path, str]]) -> str:
    # A later mount on the same point hides the earlier one.
    holding = [
        (len(point.parts), number, kind)
        for number, (point, kind) in enumerate(mounts)
        if real.is_relative_to(point)
    ]
    return max(holding)[2] if holding else ""


def _windows_kind(real: Path) -> str:
    if real.drive.startswith("\\\\"):
        return "cifs"
    import ctypes

    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 (unknown to type checkers elsewhere)
    return "cifs" if kernel.GetDriveTypeW(f"{real.drive}\\") == _REMOTE_DRIVE else ""
