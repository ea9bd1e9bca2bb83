"""Backups, restoring, keys, the doctor and settings from the command line."""

import json
from pathlib import Path

import pytest

from tests.cli.program import PASSPHRASE, good, run


@pytest.fixture
def book(sample: Path) -> Path:
    return sample


def test_a_backup_goes_to_the_folder_of_daily_ones_unless_told_otherwise(book: Path) -> None:
    told = good("backup", "--workspace", book, "--json").json
    made = Path(told["backup"])
    assert made.parent == book.parent / "backups"
    listed = good("backup", "--workspace", book, "--list", "--json").json
    assert [one["path"] for one in listed["backups"]] == [str(made)]
    assert str(made) in good("backup", "--workspace", book, "--list").out


def test_a_preview_of_restoring_changes_nothing(book: Path, tmp_path: Path) -> None:
    made = good("backup", "--workspace", book, "--json").json["backup"]
    before = book.read_bytes()
    told = good("restore", "--workspace", book, "--from", made, "--preview", "--json").json
    assert told["backup"]["counts"] == told["present"]["counts"]
    assert told["backup"]["counts"]["accounts"] > 0
    assert "accounts" in good("restore", "--workspace", book, "--from", made, "--preview").out
    assert book.read_bytes() == before
    told = good(
        "restore", "--workspace", tmp_path / "new.converge", "--from", made, "--preview", "--json"
    ).json
    assert told["present"] is None


def test_the_recovery_key_opens_the_file_until_the_key_is_changed(book: Path, tmp_path: Path) -> None:
    printed = run("recovery-key", "--workspace", book)
    assert printed.code == 0
    assert "on paper" in printed.err
    sheet = tmp_path / "sheet.txt"
    sheet.write_text(printed.out.lower())
    opened = ("accounts", "--workspace", book, "--recovery-key-file", sheet, "--json")
    assert good(*opened, passphrase=None).json
    words = tmp_path / "words"
    words.write_text("another phrase\n")
    told = good("rekey", "--workspace", book, "--new-passphrase-file", words, "--json").json
    assert told == {"workspace": str(book), "key_in_keyring": False}
    assert run(*opened, passphrase=None).code == 3
    assert run("accounts", "--workspace", book, passphrase=PASSPHRASE).code == 3
    assert good("accounts", "--workspace", book, "--json", passphrase="another phrase").json


def test_a_slip_in_the_recovery_key_is_named(book: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.txt"
    sheet.write_text(run("recovery-key", "--workspace", book).out.replace("-", "")[:-2] + "U")
    done = run("accounts", "--workspace", book, "--recovery-key-file", sheet)
    assert done.code == 4
    assert "slip in line 4" in done.err


def test_without_a_keyring_the_key_stays_where_it_is(book: Path) -> None:
    done = run("rekey", "--workspace", book, "--to-keyring")
    assert done.code == 3
    assert "The key was not changed" in done.err
    assert good("doctor", "--workspace", book, "--json").json["sound"] is True


def test_the_doctor_mends_what_needs_no_decision(book: Path) -> None:
    told = good("doctor", "--workspace", book, "--fix", "--json").json
    assert told["sound"] is True
    assert any("tidied up" in said for said in told["done"])
    assert all(finding["ok"] for finding in told["findings"])


def test_settings_are_shown_exported_and_imported(book: Path, tmp_path: Path) -> None:
    assert good("settings", "--workspace", book, "--json").json["backups.kept"] == 14
    file = tmp_path / "settings.toml"
    good("settings", "--workspace", book, "--export", file)
    file.write_text(
        file.read_text().replace("kept = 14", "kept = 30").replace("fiscal_month = 1", "fiscal_month = 4")
    )
    told = good("settings", "--workspace", book, "--import", file, "--json").json
    assert told == {"changed": {"backups.kept": 30, "workspace.fiscal_month": 4}, "faults": [], "unknown": []}
    exported = tmp_path / "settings.json"
    good("settings", "--workspace", book, "--export", exported)
    assert json.loads(exported.read_text())["workspace.fiscal_month"] == 4


def test_a_setting_that_does_not_fit_is_left_and_said(book: Path, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[backups]\nkept = 1\nglow = 2\n")
    done = run("settings", "--workspace", book, "--import", file)
    assert done.code == 1
    assert "“backups.kept” takes a whole number" in done.err
    assert "“backups.glow” is no setting" in done.err
