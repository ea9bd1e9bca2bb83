"""Where a workspace lies: what synchronises or shares it is recognised and said."""

import json
from pathlib import Path

import pytest

from convergedesk.host.places import Place, PlaceKind, place_of

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/team\\040share rw - cifs //server/team rw
31 22 0:41 / /mnt/nfs rw shared:4 master:2 - nfs4 server:/data rw
32 22 0:42 / /mnt/remote rw - fuse.sshfs me@server: rw
33 22 0:43 / /mnt/gdrive rw - fuse.rclone gdrive: rw
34 22 0:44 / /mnt/stick rw - fuseblk /dev/sdb1 rw
35 31 0:45 / /mnt/nfs/own rw - ext4 /dev/sdc1 rw
"""


def kind(path: str, home: Path, **environ: str) -> Place:
    return place_of(Path(path), environ=environ, mounts=MOUNTS, home=home)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/data/book.converge", Place(PlaceKind.LOCAL)),
        ("/mnt/stick/book.converge", Place(PlaceKind.LOCAL)),
        ("/mnt/nfs/own/book.converge", Place(PlaceKind.LOCAL)),
        ("/mnt/nfs/book.converge", Place(PlaceKind.NETWORK, "nfs4")),
        ("/mnt/team share/a/book.converge", Place(PlaceKind.NETWORK, "cifs")),
        ("/mnt/remote/book.converge", Place(PlaceKind.NETWORK, "fuse.sshfs")),
        ("/mnt/gdrive/book.converge", Place(PlaceKind.CLOUD, "rclone")),
        ("/users/ami/OneDrive - Lumenpipe BV/book.converge", Place(PlaceKind.CLOUD, "OneDrive")),
        ("/users/ami/Dropbox (Personal)/x/book.converge", Place(PlaceKind.CLOUD, "Dropbox")),
        (
            "/Users/ami/Library/Mobile Documents/com~apple~CloudDocs/book.converge",
            Place(PlaceKind.CLOUD, "iCloud Drive"),
        ),
        (
            "/Users/ami/Library/CloudStorage/GoogleDrive-ami@lumenpipe.example/My Drive/book.converge",
            Place(PlaceKind.CLOUD, "Google Drive"),
        ),
        ("/users/ami/Google Drive/book.converge", Place(PlaceKind.CLOUD, "Google Drive")),
        ("/users/ami/Nextcloud/book.converge", Place(PlaceKind.CLOUD, "Nextcloud")),
        ("/data/Dropbox", Place(PlaceKind.LOCAL)),
        ("/data/inbox/boxes/book.converge", Place(PlaceKind.LOCAL)),
    ],
)
def test_places_are_told_apart(path: str, expected: Place, tmp_path: Path) -> None:
    assert kind(path, tmp_path) == expected


def test_onedrive_says_where_it_is(tmp_path: Path) -> None:
    assert kind("/cloud/book.converge", tmp_path, OneDrive="/cloud").name == "OneDrive"


def test_dropbox_says_where_it_is(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    info = {"personal": {"path": "/elsewhere/drop"}, "odd": 3}
    (tmp_path / ".dropbox" / "info.json").write_text(json.dumps(info))
    assert kind("/elsewhere/drop/book.converge", tmp_path).name == "Dropbox"
    assert kind(str(tmp_path / "book.converge"), tmp_path).kind is PlaceKind.LOCAL


def test_a_folder_that_syncthing_watches(tmp_path: Path) -> None:
    (tmp_path / "shared" / ".stfolder").mkdir(parents=True)
    assert kind(str(tmp_path / "shared" / "a" / "book.converge"), tmp_path).name == "Syncthing"


def test_a_link_does_not_hide_the_place(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "work").symlink_to(tmp_path / "Dropbox")
    assert kind(str(tmp_path / "work" / "book.converge"), tmp_path).name == "Dropbox"


def test_every_place_but_ones_own_disk_has_a_warning() -> None:
    assert Place(PlaceKind.LOCAL).warning == ""
    assert "network share" in Place(PlaceKind.NETWORK, "nfs").warning
    assert "OneDrive synchronises" in Place(PlaceKind.CLOUD, "OneDrive").warning


def test_this_computers_own_disk_is_recognised(tmp_path: Path) -> None:
    assert place_of(tmp_path / "book.converge").kind is PlaceKind.LOCAL
