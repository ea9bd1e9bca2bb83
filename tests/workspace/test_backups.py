"""Daily backups: due once a day, checked, fourteen kept, and a clock that was set back deletes none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from convergedesk.domain.declared_settings import BACKUP_FOLDER
from convergedesk.domain.errors import DamagedWorkspaceError, DiskFullError, ReadOnlyError, WrongKeyError
from convergedesk.host.settings import SettingsFile
from convergedesk.store.info import read_info
from convergedesk.store.keys import FileKey, Key, new_salt
from convergedesk.store.rekeying import rekey
from convergedesk.workspace.backups import (
    Backup,
    backup_folder,
    is_due,
    list_backups,
    make_backup,
    preview_restore,
)
from convergedesk.workspace.rekeying import opens
from convergedesk.workspace.session import create_workspace, open_workspace
from convergedesk.workspace.settings import Settings
from tests.store.conftest import disk
from tests.store.rows import add_account

__all__ = ["disk"]
KEY = Key.raw(bytes(range(32)))
NOON = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)


@dataclass
class HandClock:
    time: datetime = NOON

    def now(self) -> datetime:
        return self.time


@dataclass
class Book:
    path: Path
    folder: Path
    uid: str
    key: FileKey
    clock: HandClock

    def back_up(self, *, kept: int = 14) -> Backup:
        return make_backup(self.path, self.key, self.uid, self.folder, kept=kept, clock=self.clock)

    def days(self) -> list[int]:
        return [one.made_at.day for one in self.all()]

    def all(self) -> tuple[Backup, ...]:
        return list_backups(self.folder, self.uid, self.key.salt)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with create_workspace(tmp_path / "book.converge", KEY, name="Book") as workspace:
        uid = read_info(workspace.store).uid
        yield Book(workspace.path, tmp_path / "backups", uid, workspace.store.key, HandClock())


def test_a_backup_is_named_with_its_instant_and_opens_with_the_same_key(book: Book) -> None:
    made = book.back_up()
    assert made.path.name == f"book-{book.uid[:8]}-20261210T120000Z.converge"
    assert opens(made.path, KEY)
    assert book.all() == (made,)
    assert [file.name for file in book.folder.iterdir()] == [made.path.name]


def test_one_is_due_at_the_first_look_of_a_day(book: Book) -> None:
    assert is_due((), NOON)
    made = (book.back_up(),)
    assert not is_due(made, NOON + timedelta(hours=11), UTC)
    assert is_due(made, NOON + timedelta(hours=12), UTC)
    assert is_due(made, NOON + timedelta(hours=10), timezone(timedelta(hours=3)))


def test_fourteen_are_kept_and_the_oldest_go(book: Book) -> None:
    for day in range(1, 18):
        book.clock.time = NOON.replace(day=day)
        book.back_up()
    assert book.days() == list(range(17, 3, -1))


def test_a_clock_that_was_set_back_deletes_no_good_backup(book: Book) -> None:
    for day in range(10, 14):
        book.clock.time = NOON.replace(day=day)
        book.back_up(kept=4)
    book.clock.time = NOON.replace(year=2020, day=5)
    assert is_due(book.all(), book.clock.time)
    book.back_up(kept=4)
    assert book.days() == [13, 12, 11, 10, 5]
    assert not is_due(book.all(), book.clock.time)
    book.clock.time = NOON.replace(day=14)
    book.back_up(kept=4)
    assert book.days() == [14, 13, 12, 11]


def test_a_clock_that_ran_ahead_costs_one_backup_and_not_all(book: Book) -> None:
    for day in range(10, 14):
        book.clock.time = NOON.replace(day=day)
        book.back_up(kept=4)
    book.clock.time = NOON.replace(year=2099)
    book.back_up(kept=4)
    book.clock.time = NOON.replace(day=14)
    book.back_up(kept=4)
    assert [one.made_at.year for one in book.all()] == [2099, 2026, 2026, 2026, 2026]
    assert book.days()[1:] == [14, 13, 12, 11]


def test_the_backup_just_made_is_never_deleted(book: Book) -> None:
    book.back_up()
    book.clock.time += timedelta(days=1)
    made = book.back_up(kept=2)
    assert made in book.all()
    assert len(book.all()) == 2


def test_another_workspaces_backups_and_other_files_are_left_alone(book: Book) -> None:
    book.folder.mkdir()
    others = [
        "book-00000000-20200101T000000Z.converge",
        "holiday.jpg",
        f"book-{book.uid[:8]}-99999999T999999Z.converge",
    ]
    for name in others:
        (book.folder / name).write_bytes(b"x")
    book.back_up(kept=2)
    assert set(others) <= {file.name for file in book.folder.iterdir()}
    assert len(book.all()) == 1


def test_what_a_killed_backup_left_is_swept_away(book: Book) -> None:
    book.folder.mkdir()
    left = book.folder / f"book-{book.uid[:8]}-20261209T120000Z.converge.part"
    left.write_bytes(b"half")
    left.with_name(left.name + "-wal").write_bytes(b"half")
    made = book.back_up()
    assert [file.name for file in book.folder.iterdir()] == [made.path.name]


def test_without_room_nothing_is_deleted_and_nothing_half_stays(
    book: Book, disk: Callable[[int], Path]
) -> None:
    # Room for one copy and a half.
    book.folder = disk(round(1.5 * book.path.stat().st_size))
    made = book.back_up(kept=2)
    book.clock.time += timedelta(days=1)
    with pytest.raises(DiskFullError):
        book.back_up(kept=2)
    assert [file.name for file in book.folder.iterdir()] == [made.path.name]
    assert opens(made.path, KEY)


def test_a_folder_that_cannot_be_made_is_said(book: Book) -> None:
    book.folder.write_bytes(b"in the way")
    with pytest.raises(ReadOnlyError, match="cannot be made"):
        book.back_up()


def test_a_damaged_workspace_costs_no_good_backup(book: Book, tmp_path: Path) -> None:
    made = book.back_up(kept=2)
    damaged = tmp_path / "damaged.converge"
    content = bytearray(made.path.read_bytes())
    content[-4096 * 3 : -4096 * 2] = bytes(4096)
    damaged.write_bytes(content)
    book.path = damaged
    book.clock.time += timedelta(days=1)
    with pytest.raises(DamagedWorkspaceError):
        book.back_up(kept=2)
    assert book.all() == (made,)


def test_backups_of_a_former_key_say_so(book: Book, tmp_path: Path) -> None:
    made = book.back_up()
    new = Key.random().for_salt(new_salt())
    rekey(made.path, book.key, new)
    assert [one.same_key for one in book.all()] == [False]
    assert [one.same_key for one in list_backups(book.folder, book.uid, new.salt)] == [True]


def test_the_folder_is_beside_the_workspace_unless_chosen(book: Book, tmp_path: Path) -> None:
    settings = Settings(SettingsFile(tmp_path / "settings.json"))
    assert backup_folder(book.path, settings) == book.folder
    settings.set(BACKUP_FOLDER, str(tmp_path / "stick"))
    assert backup_folder(book.path, settings) == tmp_path / "stick"


def test_a_preview_says_what_is_in_it_and_what_would_be_lost(book: Book) -> None:
    with open_workspace(book.path, KEY) as workspace:
        add_account(workspace.store, "Acme")
        made = book.back_up()
        add_account(workspace.store, "Later")
        with workspace.store.write() as connection:
            connection.exec_driver_sql(
                "INSERT INTO edits (uid, label, author, made_at, aged_from) "
                "VALUES ('u1', 'Added a goal', 'Ami', 1000000, 1000000)"
            )
    preview = preview_restore(made.path, KEY, book.path, KEY)
    assert (preview.backup.counts["accounts"], preview.backup.edits) == (1, ())
    assert preview.present is not None
    assert preview.present.counts["accounts"] == 2
    assert [edit.label for edit in preview.lost] == ["Added a goal"]
    assert not preview.other


def test_a_preview_works_without_a_workspace_that_opens(book: Book, tmp_path: Path) -> None:
    made = book.back_up()
    nowhere = tmp_path / "nowhere.converge"
    assert preview_restore(made.path, KEY, nowhere, KEY).present is None
    nowhere.write_bytes(b"damaged")
    assert preview_restore(made.path, KEY, nowhere, KEY).present is None
    with pytest.raises(WrongKeyError):
        preview_restore(made.path, Key.random(), nowhere, None)


def test_a_backup_of_another_workspace_is_called_that(book: Book, tmp_path: Path) -> None:
    made = book.back_up()
    other = tmp_path / "other.converge"
    create_workspace(other, KEY, name="Other").close()
    preview = preview_restore(made.path, KEY, other, KEY)
    assert preview.other
    assert preview.lost == ()
