"""Backups that open, and restores that replace nothing until they are sure."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from convergedesk.domain.errors import (
    DamagedWorkspaceError,
    DiskFullError,
    NotAWorkspaceError,
    WorkspaceBusyError,
    WorkspaceError,
    WrongKeyError,
)
from convergedesk.store.accounts import list_accounts
from convergedesk.store.backup import backup, restore
from convergedesk.store.engine import Store, create_workspace, open_workspace
from convergedesk.store.keys import Key, salt_of
from tests.store.rows import NOW, add_account


def account_names(path: Path, key: Key) -> list[str]:
    with open_workspace(path, key) as store:
        return [account.name for account in list_accounts(store)]


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    folder = tmp_path / "copies"
    folder.mkdir()
    return folder


def test_a_backup_of_an_open_workspace_has_what_was_committed(store: Store, key: Key, copies: Path) -> None:
    add_account(store, "Acme")
    copy = backup(store.path, store.key, copies)
    add_account(store, "Later")
    assert copy == copies / "book.converge"
    assert account_names(copy, key) == ["Acme"]
    assert [file.name for file in copies.iterdir()] == ["book.converge"]


def test_a_backup_opens_with_the_same_passphrase_and_finds_its_key_in_the_keyring(
    tmp_path: Path, copies: Path
) -> None:
    key = Key.passphrase("open sesame")
    with create_workspace(tmp_path / "a.converge", key, name="A") as store:
        copy = backup(store.path, store.key, copies / "b.converge")
    assert salt_of(copy) == salt_of(tmp_path / "a.converge")
    assert account_names(copy, key) == []


def test_a_backup_while_somebody_writes_is_of_one_instant(store: Store, key: Key, copies: Path) -> None:
    stop = threading.Event()
    started = threading.Event()

    def write_pairs() -> None:
        number = 0
        while not stop.is_set():
            with store.write() as connection:
                rows = [(f"{number}{side}", "x") for side in "ab"]
                connection.exec_driver_sql("INSERT INTO features (key, name) VALUES (?, ?)", rows)
            number += 1
            started.set()

    writer = threading.Thread(target=write_pairs)
    writer.start()
    try:
        assert started.wait(30)
        copy = backup(store.path, store.key, copies)
    finally:
        stop.set()
        writer.join()
    with open_workspace(copy, key) as copied, copied.read() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM features").scalar_one()
    assert found >= 2
    assert found % 2 == 0


def test_a_backup_never_replaces_a_file(store: Store, copies: Path) -> None:
    (copies / "book.converge").write_bytes(b"mine")
    with pytest.raises(WorkspaceError, match="already a file"):
        backup(store.path, store.key, copies)
    assert (copies / "book.converge").read_bytes() == b"mine"


def test_a_backup_onto_a_full_disk_leaves_nothing_there(disk: Callable[[int], Path], store: Store) -> None:
    folder = disk(300_000)
    with pytest.raises(DiskFullError):
        backup(store.path, store.key, folder)
    assert list(folder.iterdir()) == []


def test_restoring_puts_the_backup_in_place_and_keeps_what_was_there(
    path: Path, key: Key, copies: Path
) -> None:
    with open_workspace(path, key) as store:
        add_account(store, "Acme")
        copy = backup(path, store.key, copies)
        add_account(store, "Lost")
    aside = restore(copy, path, key, now=NOW)
    assert aside is not None
    assert aside.name == "book.replaced-20260310-093000.converge"
    assert account_names(path, key) == ["Acme"]
    assert account_names(aside, key) == ["Acme", "Lost"]


def test_a_workspace_that_is_open_is_not_replaced(store: Store, key: Key, copies: Path) -> None:
    copy = backup(store.path, store.key, copies)
    add_account(store, "Acme")
    with pytest.raises(WorkspaceBusyError, match="using"):
        restore(copy, store.path, key, now=NOW)
    add_account(store, "Other")
    assert [account.name for account in list_accounts(store)] == ["Acme", "Other"]
    assert [file.name for file in store.path.parent.glob("*.replaced*")] == []


def test_a_damaged_workspace_is_replaced(path: Path, key: Key, copies: Path) -> None:
    copy = copies / "copy.converge"
    copy.write_bytes(path.read_bytes())
    cut(path)
    aside = restore(copy, path, key, now=NOW)
    assert aside is not None
    assert aside.stat().st_size == 20 * 4096
    assert account_names(path, key) == []


def test_a_log_that_was_left_behind_goes_aside_with_its_file(path: Path, key: Key, copies: Path) -> None:
    with open_workspace(path, key) as store:
        add_account(store, "Acme")
        copy = backup(path, store.key, copies)
        add_account(store, "Unfolded")
        # As after a crash: the file, and a log that has not been folded into it.
        kept = {suffix: Path(f"{path}{suffix}").read_bytes() for suffix in ("", "-wal")}
    for suffix, content in kept.items():
        Path(f"{path}{suffix}").write_bytes(content)
    aside = restore(copy, path, key, now=NOW)
    assert aside is not None
    assert account_names(path, key) == ["Acme"]
    assert account_names(aside, key) == ["Acme", "Unfolded"]


def test_restoring_where_nothing_was(path: Path, key: Key, copies: Path) -> None:
    assert restore(path, copies / "new.converge", key, now=NOW) is None
    assert account_names(copies / "new.converge", key) == []


def cut(path: Path) -> None:
    os.truncate(path, 20 * 4096)


def scribble(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(30 * 4096)
        file.write(b"\0" * 4096)


def replace_by_text(path: Path) -> None:
    path.write_text("not a workspace " * 1000)


@pytest.mark.parametrize(
    ("damage", "kind"),
    [(cut, DamagedWorkspaceError), (scribble, DamagedWorkspaceError), (replace_by_text, NotAWorkspaceError)],
)
def test_a_bad_backup_replaces_nothing(
    path: Path, key: Key, copies: Path, damage: Callable[[Path], None], kind: type[WorkspaceError]
) -> None:
    copy = copies / "copy.converge"
    copy.write_bytes(path.read_bytes())
    damage(copy)
    before = path.read_bytes()
    with pytest.raises(kind):
        restore(copy, path, key, now=NOW)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == ["book.converge"]


def test_a_wrong_key_replaces_nothing(path: Path, copies: Path) -> None:
    copy = copies / "copy.converge"
    copy.write_bytes(path.read_bytes())
    with pytest.raises(WrongKeyError):
        restore(copy, path, Key.random(), now=NOW)


def test_a_workspace_is_not_its_own_backup(path: Path, key: Key) -> None:
    with pytest.raises(WorkspaceError, match="itself"):
        restore(path, path, key, now=NOW)


def test_without_room_for_the_restored_file_nothing_is_replaced(
    disk: Callable[[int], Path], path: Path, key: Key
) -> None:
    there = disk(int(path.stat().st_size * 1.5)) / "there.converge"
    there.write_bytes(path.read_bytes())
    with pytest.raises(DiskFullError):
        restore(path, there, key, now=NOW)
    assert there.read_bytes() == path.read_bytes()
    assert [file.name for file in there.parent.iterdir()] == ["there.converge"]
