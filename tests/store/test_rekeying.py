"""Another key: a whole file with the old one or with the new one, and nothing in between."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from convergedesk.domain.errors import (
    DamagedWorkspaceError,
    DiskFullError,
    WorkspaceBusyError,
    WrongKeyError,
)
from convergedesk.store import rekeying
from convergedesk.store.accounts import list_accounts
from convergedesk.store.engine import Store, open_workspace
from convergedesk.store.keys import FileKey, Key, new_salt, salt_of
from convergedesk.store.opening import connect
from convergedesk.store.rekeying import draft_of, forget_draft, interrupted_salt, rekey
from tests.store.rows import add_account

NEW = Key.raw(bytes(reversed(range(32))))


def old_key(path: Path, key: Key) -> FileKey:
    return key.for_salt(salt_of(path))


def names(path: Path, key: Key) -> list[str]:
    with open_workspace(path, key) as store:
        return [account.name for account in list_accounts(store)]


def files_beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_the_new_key_opens_the_file_and_the_old_one_does_not(path: Path, key: Key) -> None:
    with open_workspace(path, key) as store:
        add_account(store, "Acme")
    salt = new_salt()
    rekey(path, old_key(path, key), NEW.for_salt(salt))
    assert salt_of(path) == salt
    assert names(path, NEW) == ["Acme"]
    with pytest.raises(WrongKeyError):
        open_workspace(path, key)
    assert files_beside(path) == [path.name]


def test_the_log_is_kept_after_a_change_of_key(path: Path, key: Key) -> None:
    rekey(path, old_key(path, key), NEW.for_salt(new_salt()))
    with open_workspace(path, NEW) as store, store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"


def test_what_was_only_in_the_log_is_carried_over(path: Path, key: Key) -> None:
    old = old_key(path, key)
    writer = connect(path, old)
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("INSERT INTO features (key, name) VALUES ('a', 'A')")
    kept = {suffix: Path(f"{path}{suffix}").read_bytes() for suffix in ("", "-wal")}
    writer.close()
    for suffix, content in kept.items():
        Path(f"{path}{suffix}").write_bytes(content)
    new = NEW.for_salt(new_salt())
    rekey(path, old, new)
    reader = connect(path, new)
    assert reader.execute("SELECT name FROM features").fetchall() == [("A",)]
    reader.close()


def test_a_file_that_somebody_has_open_keeps_its_key(store: Store, key: Key) -> None:
    before = store.path.read_bytes()
    with pytest.raises(WorkspaceBusyError, match="Another program is using"):
        rekey(store.path, store.key, NEW.for_salt(new_salt()))
    add_account(store, "Still there")
    assert store.path.read_bytes()[:16] == before[:16]
    assert not draft_of(store.path).exists()


def test_nobody_comes_in_while_the_key_changes(path: Path, key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[type[Exception]] = []

    def look(folder: Path) -> None:
        # In the last step: the new file is in its place, and the old one is still held.
        assert names(path, NEW) == []

    def look_before(draft: Path) -> None:
        try:
            open_workspace(path, key, busy_seconds=0)
        except WorkspaceBusyError as error:
            seen.append(type(error))

    monkeypatch.setattr(rekeying, "sync_file", look_before)
    monkeypatch.setattr(rekeying, "sync_folder", look)
    rekey(path, old_key(path, key), NEW.for_salt(new_salt()))
    assert seen == [WorkspaceBusyError]
    assert names(path, NEW) == []


@pytest.mark.skipif(os.name == "nt", reason="mounts a disk")
@pytest.mark.parametrize("room", [100_000, 400_000, 700_000])
def test_without_room_the_old_key_goes_on(
    disk: Callable[[int], Path], path: Path, key: Key, room: int
) -> None:
    folder = disk(path.stat().st_size + room)
    small = folder / path.name
    small.write_bytes(path.read_bytes())
    with pytest.raises(DiskFullError):
        rekey(small, old_key(small, key), NEW.for_salt(new_salt()))
    assert files_beside(small) == [path.name]
    assert names(small, key) == []


def test_a_damaged_file_is_not_given_another_key(path: Path, key: Key) -> None:
    content = bytearray(path.read_bytes())
    content[-4096 * 3 : -4096 * 2] = os.urandom(4096)
    path.write_bytes(content)
    with pytest.raises(DamagedWorkspaceError):
        rekey(path, old_key(path, key), NEW.for_salt(new_salt()))
    assert path.read_bytes()[:16] == bytes(content[:16])


def test_killed_in_the_last_step_the_old_file_opens_and_keeps_a_log_again(
    path: Path, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(self: Path, target: Path) -> None:
        raise Killed

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(Killed):
        rekey(path, old_key(path, key), NEW.for_salt(new_salt()))
    monkeypatch.undo()
    with open_workspace(path, key) as store, store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"


def test_an_interruption_leaves_the_salt_of_its_key(path: Path) -> None:
    assert interrupted_salt(path) is None
    salt = new_salt()
    rekeying.begin(path, salt)
    assert interrupted_salt(path) == salt
    rekeying.forget_draft(path)
    assert files_beside(path) == [path.name]


def test_the_ended_journal_of_the_replaced_file_is_cleared_away(path: Path, key: Key) -> None:
    journal = path.with_name(f"{path.name}-journal")
    journal.write_bytes(bytes(28) + b"pages that were put back")
    forget_draft(path)
    assert not journal.exists()


def test_a_journal_that_may_be_needed_is_left_alone(path: Path, key: Key) -> None:
    journal = path.with_name(f"{path.name}-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(100))
    forget_draft(path)
    assert journal.exists()
