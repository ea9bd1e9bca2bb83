"""Every command, as a process: what it prints, what it leaves behind, how it ends."""

from __future__ import annotations

import struct
from datetime import date
from pathlib import Path

import pytest

from convergedesk import __version__
from tests.cli.program import PASSPHRASE, good, run


def picture_size(path: Path) -> tuple[int, int]:
    head = path.read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def test_sample_says_what_it_made_and_keeps_to_the_sizes_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "made.converge"
    words = ("--accounts", "2", "--meters", "1", "--days", "60", "--tickets", "12", "--seed", "3")
    told = good("sample", "--workspace", path, *words, "--json").json
    assert told["workspace"] == str(path)
    made = told["sample"]
    assert (made["accounts"], made["tickets"]) == (2, 12)
    # Its accounts may be customers for a part of the days only.
    assert 0 < made["usage_rows"] <= (2 + made["sites"]) * 60
    assert date.fromisoformat(made["today"])
    assert path.stat().st_size > 0
    assert not path.read_bytes().startswith(b"SQLite format 3")


def test_the_same_seed_makes_the_same_book(tmp_path: Path, sample: Path) -> None:
    words = ("--accounts", "3", "--meters", "2", "--days", "120", "--tickets", "40")
    again = tmp_path / "again.converge"
    good("sample", "--workspace", again, *words)
    first, second = (good("accounts", "--workspace", path, "--json").json for path in (sample, again))
    assert first["accounts"] == second["accounts"]


def test_sample_never_replaces_a_file(sample: Path) -> None:
    before = sample.read_bytes()
    done = run("sample", "--workspace", sample)
    assert done.code == 3
    assert "already a file" in done.err
    assert sample.read_bytes() == before


def test_accounts_lists_the_book_and_says_that_it_is_made_up(sample: Path) -> None:
    told = good("accounts", "--workspace", sample, "--json").json
    assert told["sample"] is True
    assert date.fromisoformat(told["today"])
    assert [one["system"] for one in told["freshness"]] == ["crm", "support", "usage", "billing"]
    one = next(account for account in told["accounts"] if account["parent_id"] is None)
    assert {"id", "name", "usage_28_days", "usage_previous_28_days", "mrr", "open_tickets", "goals_open"} <= {
        *one
    }
    text = good("accounts", "--workspace", sample).out
    assert text.startswith("Sample data: these accounts are made up.")
    for account in told["accounts"]:
        assert account["name"] in text


def test_account_tells_everything_about_one(sample: Path) -> None:
    book = good("accounts", "--workspace", sample, "--json").json["accounts"]
    busiest = max(book, key=lambda account: account["usage_28_days"] or 0)
    told = good("account", busiest["name"], "--workspace", sample, "--json").json
    assert told["account"]["name"] == busiest["name"]
    assert {"usage", "tickets", "goals", "billing", "commitment", "mrr", "sites", "parent"} <= told.keys()
    assert sum(ticket["closed_at"] is None for ticket in told["tickets"]) == busiest["open_tickets"]
    for meter in told["usage"]["meters"]:
        assert meter["name"]
        assert sum(meter["by_month"].values()) > 0
    text = good("account", busiest["name"], "--workspace", sample).out
    for heading in ("Usage by month", "Tickets:", "Goals:", "Billed by month"):
        assert heading in text


def test_account_tells_people_and_what_was_said_with_them(sample: Path) -> None:
    told = good("account", "Tindle Learning", "--workspace", sample, "--json").json
    petra = next(one for one in told["people"] if one["person"]["name"] == "Petra Lindqvist")
    assert petra["person"]["left_on"] == "2026-11-26"
    assert {"check_ins", "notes", "actions"} <= set(told)
    assert told["check_ins"][0]["attendees"] == ["Gunnar Ekdahl"]
    text = good("account", "Tindle Learning", "--workspace", sample).out
    assert "left 26 Nov 2026" in text
    assert f"Notes: {len(told['notes'])}" in text


def test_an_account_that_is_not_there_ends_with_code_4_and_a_way_on(sample: Path) -> None:
    done = run("account", "Nobody Ltd", "--workspace", sample, "--json")
    assert done.code == 4
    assert "Nobody Ltd" in done.err
    assert done.json["error"]["exit_code"] == 4
    assert done.json["error"]["sentence"] in done.err


def test_a_backup_takes_the_place_of_a_lost_workspace(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kept" / "copy.converge"
    copy.parent.mkdir()
    before = good("accounts", "--workspace", sample, "--json").json
    told = good("backup", "--workspace", sample, "--to", copy, "--json").json
    assert told == {"backup": str(copy), "bytes": copy.stat().st_size}
    sample.unlink()
    told = good("restore", "--workspace", sample, "--from", copy, "--json").json
    assert told == {"restored": str(sample), "replaced_file": None}
    assert good("accounts", "--workspace", sample, "--json").json == before


def test_restoring_keeps_the_file_that_was_there(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.converge"
    good("backup", "--workspace", sample, "--to", copy)
    told = good("restore", "--workspace", sample, "--from", copy, "--json").json
    kept = Path(told["replaced_file"])
    assert kept.exists()
    assert kept.parent == sample.parent
    good("accounts", "--workspace", kept)


def test_doctor_finds_nothing_wrong_with_a_sound_workspace(sample: Path) -> None:
    before = sample.read_bytes()
    told = good("doctor", "--workspace", sample, "--json").json
    assert told["sound"] is True
    assert {"opens", "schema", "integrity", "references"} <= {finding["name"] for finding in told["findings"]}
    assert "LOOK" not in good("doctor", "--workspace", sample).out
    assert sample.read_bytes() == before


def test_doctor_sees_a_page_that_somebody_changed(sample: Path) -> None:
    with sample.open("r+b") as file:
        file.seek(sample.stat().st_size - 8 * 4096)
        file.write(bytes(4096))
    done = run("doctor", "--workspace", sample, "--json")
    assert done.code == 4
    assert done.json["sound"] is False
    assert all(finding["fix"] for finding in done.json["findings"] if not finding["ok"])


def test_pictures_are_as_large_as_asked_for(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    words = ("--theme", "dark", "--size", "800x600", "--scale", "2", "--json")
    told = good("pictures", "--workspace", sample, "--out", out, *words).json
    files = [Path(name) for name in told["pictures"]]
    assert sorted(files) == sorted(out.glob("*.png"))
    assert {picture_size(file) for file in files} == {(1600, 1200)}


def test_the_passphrase_may_stand_in_a_file_or_a_key_come_in_on_standard_input(
    sample: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(f"{PASSPHRASE}\nonly the first line counts\n")
    good("accounts", "--workspace", sample, "--passphrase-file", secret, passphrase=None)
    done = run(
        "accounts", "--workspace", sample, "--key-stdin", passphrase=None, stdin=f"passphrase:{PASSPHRASE}\n"
    )
    assert done.code == 0, done.err


def test_without_a_keyring_a_new_workspace_asks_for_a_passphrase_and_keeps_no_key_anywhere(
    tmp_path: Path,
) -> None:
    path = tmp_path / "new.converge"
    done = run("sample", "--workspace", path, "--accounts", "1", passphrase=None)
    assert done.code == 3
    assert "--passphrase-file" in done.err
    assert not list(tmp_path.glob("new*"))


@pytest.mark.parametrize(
    "words",
    [
        ("dance",),
        ("account",),
        ("import",),
        ("import", "x", "--currency", "euros"),
        ("import", "x", "--whole-list", "everything"),
        ("sample", "--days", "0"),
    ],
    ids=" ".join,
)
def test_misuse_ends_with_code_2_and_one_line(words: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*words, "--workspace", tmp_path / "none.converge")
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert not list(tmp_path.glob("none*"))


def test_help_and_version_are_no_mistakes() -> None:
    assert good("--version", fresh=True).out == f"ConvergeDesk {__version__}\n"
    text = good("--help", fresh=True).out
    for command in ("sample", "import", "accounts", "account", "backup", "restore", "doctor", "pictures"):
        assert command in text
