"""The doctor looks at the file and around it, and mends what needs no decision."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from convergedesk.domain.declared_settings import DAILY_BACKUPS
from convergedesk.domain.errors import KeyringUnavailableError
from convergedesk.host.places import place_of
from convergedesk.host.settings import SettingsFile
from convergedesk.store.doctor import Finding
from convergedesk.store.keys import Key, salt_name, salt_of
from convergedesk.store.opening import connect
from convergedesk.workspace.doctor import examine, mend
from convergedesk.workspace.session import create_workspace, open_workspace
from convergedesk.workspace.settings import Settings
from tests.store.rows import add_account

KEY = Key.raw(bytes(range(32)))


class Secrets(dict[str, str]):
    locked = False

    def get(self, name: str) -> str | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        if self.locked:
            raise KeyringUnavailableError("This computer's keyring is locked.")
        return super().get(name)

    def set(self, name: str, secret: str) -> None:
        self[name] = secret

    def delete(self, name: str) -> None:
        self.pop(name, None)


class Clock:
    time = datetime(2026, 12, 8, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


class Patient:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "book.converge"
        self.secrets = Secrets()
        self.clock = Clock()
        self.settings = Settings(SettingsFile(folder / "settings.json"))
        create_workspace(self.path, KEY, name="Book", clock=self.clock).close()
        self.clock.time += timedelta(days=2)

    def findings(self, key: Key = KEY) -> dict[str, Finding]:
        found = examine(
            self.path,
            key,
            secrets=self.secrets,
            settings=self.settings,
            clock=self.clock,
            place_warning=lambda file: place_of(file).warning,
        )
        return {one.name: one for one in found}

    def mend(self) -> tuple[str, ...]:
        return mend(tuple(self.findings().values()), self.path, KEY, settings=self.settings, clock=self.clock)


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    return Patient(tmp_path)


def test_what_is_looked_at(patient: Patient) -> None:
    found = patient.findings()
    assert list(found) == [
        "versions",
        "space",
        "opens",
        "schema",
        "integrity",
        "references",
        "search",
        "place",
        "keyring",
        "access",
        "backups",
    ]
    assert [name for name, finding in found.items() if not finding.ok] == ["backups"]
    for word in ("ConvergeDesk ", "Python 3", "Qt 6", "SQLCipher 4", "SQLite 3"):
        assert word in found["versions"].sentence


def test_a_new_workspace_is_given_a_day(patient: Patient) -> None:
    patient.clock.time -= timedelta(days=2)
    assert "no backup yet" in patient.findings()["backups"].sentence
    assert patient.findings()["backups"].ok


def test_a_missing_backup_is_made(patient: Patient) -> None:
    assert patient.findings()["backups"].fix == "Make one now."
    assert any("backup was made" in said for said in patient.mend())
    assert patient.findings()["backups"].sentence == "1 backup, the latest of 2026-12-10 12:00 UTC."
    patient.clock.time += timedelta(days=4)
    assert not patient.findings()["backups"].ok


def test_backups_that_are_switched_off_are_pointed_out(patient: Patient) -> None:
    patient.settings.set(DAILY_BACKUPS, False)
    assert "switched off" in patient.findings()["backups"].sentence


def test_a_search_index_that_lost_rows_is_written_anew(patient: Patient) -> None:
    with open_workspace(patient.path, KEY) as workspace:
        add_account(workspace.store, "Acme")
    connection = connect(patient.path, KEY.for_salt(salt_of(patient.path)))
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"
        )
    ]
    for name in tables:
        connection.execute(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")
    connection.close()
    finding = patient.findings()["search"]
    assert (finding.ok, finding.repair) == (False, "search")
    assert any("written anew" in said for said in patient.mend())
    assert patient.findings()["search"].ok


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_that_others_may_change_is_kept_to_oneself(patient: Patient) -> None:
    patient.path.chmod(0o666)
    assert patient.findings()["access"].repair == "access"
    patient.mend()
    assert patient.findings()["access"].ok
    assert patient.path.stat().st_mode & 0o777 == 0o600


def test_where_the_key_is(patient: Patient) -> None:
    assert "passphrase" in patient.findings()["keyring"].sentence
    patient.secrets.set(salt_name(salt_of(patient.path)), KEY.text())
    assert "holds this workspace's key" in patient.findings()["keyring"].sentence
    patient.secrets.locked = True
    assert "locked" in patient.findings()["keyring"].sentence


def test_a_synchronised_folder_is_warned_about(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    finding = Patient(tmp_path / "Dropbox").findings()["place"]
    assert not finding.ok
    assert "Dropbox synchronises" in finding.sentence
    assert "Move it" in finding.fix


def test_a_wrong_key_still_says_what_is_around(patient: Patient) -> None:
    found = patient.findings(Key.random())
    assert not found["opens"].ok
    assert "place" in found
    assert "backups" not in found


def test_tidying_gives_room_back(patient: Patient) -> None:
    with open_workspace(patient.path, KEY) as workspace:
        with workspace.store.write() as connection:
            connection.exec_driver_sql("INSERT INTO features (key, name) VALUES ('a', hex(zeroblob(900000)))")
        with workspace.store.write() as connection:
            connection.exec_driver_sql("DELETE FROM features")
    before = patient.path.stat().st_size
    assert patient.mend()[-1].startswith("The file was tidied up and is 1.")
    assert patient.path.stat().st_size < before


def test_a_file_in_use_is_not_tidied_and_that_is_said(patient: Patient) -> None:
    with open_workspace(patient.path, KEY) as workspace, workspace.store.read() as connection:
        connection.exec_driver_sql("SELECT * FROM accounts").all()
        said = patient.mend()
    assert any("Another program is using" in sentence or "tidied" in sentence for sentence in said)
    assert patient.findings()["integrity"].ok
