"""Importing from the command line: what goes in, what is refused, what is asked, and how it is stopped."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.program import COMMAND, Done, environment, good, run

ACCOUNTS = "account_id,account_name,country\nA-1,Marlowe Freight,DE\nA-2,Tindle Learning,SE\n"
TICKETS = """\
ticket_id,account_id,opened_at,priority,subject
T-1,A-1,2026-03-14T08:12:00Z,high,Shipments stuck
T-2,A-1,2026-03-15T09:00:00Z,low,Where is the export
T-3,A-2,not a day,normal,Opened on no day
T-4,A-9,2026-03-16T10:00:00Z,normal,From a stranger
"""


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "accounts.csv").write_text(ACCOUNTS)
    (folder / "tickets.csv").write_text(TICKETS)
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book.converge"


def test_the_rest_goes_in_and_rejects_end_with_code_1(exports: Path, book: Path, tmp_path: Path) -> None:
    kept = tmp_path / "rejects.csv"
    told = good("import", exports, "--workspace", book, "--rejects", kept, "--json", code=1).json
    assert (told["rows"], told["imported"], told["rejected"]) == (6, 4, 2)
    assert told["waiting"] == 1
    assert sum(told["rejects"].values()) == 2
    assert told["state"] == "done"
    assert told["dry_run"] is False
    for file in told["files"]:
        assert file["rows"] == file["imported"] + file["rejected"]
        assert file["imported"] == file["new"] + file["changed"] + file["unchanged"]
    assert told["workspace"]["accounts"] == 2
    assert told["workspace"]["tickets"] == 2
    rows = list(csv.DictReader(io.StringIO(kept.read_text(encoding="utf-8-sig"))))
    assert {(row["File"], row["Line"]) for row in rows} == {("tickets.csv", "4"), ("tickets.csv", "5")}
    assert all(row["Reason"] for row in rows)
    assert any("not a day" in row["Row as read"] for row in rows)


def test_the_same_files_again_change_nothing_and_a_newer_export_updates(exports: Path, book: Path) -> None:
    good("import", exports, "--workspace", book, code=1)
    again = good("import", exports, "--workspace", book, "--json", code=1).json
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 4)
    (exports / "accounts.csv").write_text(ACCOUNTS.replace("DE", "AT"))
    newer = good("import", exports, "--workspace", book, "--json", code=1).json
    assert (newer["new"], newer["changed"], newer["unchanged"]) == (0, 1, 3)
    account = good("account", "Marlowe", "--workspace", book, "--json").json["account"]
    assert account["country"] == "AT"


def test_an_export_of_another_shape_names_the_same_accounts(
    exports: Path, book: Path, tmp_path: Path
) -> None:
    (exports / "tickets.csv").unlink()
    (exports / "usage.csv").write_text("account_id,day,meter,quantity\nA-1,2026-03-01,calls,5\n")
    good("import", exports, "--workspace", book)
    # No file says whose ids these are, and no earlier file had these columns.
    newer = tmp_path / "calls in March.csv"
    newer.write_text("account_id,meter,region,day,quantity\nA-1,calls,eu,2026-03-01,7\n")
    told = good("import", newer, "--workspace", book, "--json").json
    assert (told["new"], told["changed"]) == (0, 1)
    assert told["workspace"]["usage"] == 7


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(exports: Path, book: Path) -> None:
    (exports / "tickets.csv").rename(exports.parent / "tickets.csv")
    good("import", exports, "--workspace", book)
    before = book.read_bytes()
    told = good(
        "import", exports.parent / "tickets.csv", "--workspace", book, "--dry-run", "--json", code=1
    ).json
    assert told["dry_run"] is True
    assert (told["new"], told["rejected"]) == (2, 2)
    assert told["workspace"]["tickets"] == 0
    assert book.read_bytes() == before


def test_the_example_files_go_in_whole_and_without_a_question(tmp_path: Path, book: Path) -> None:
    folder = tmp_path / "examples"
    made = good("import", "--templates", folder, "--json").json["templates"]
    assert sorted(made) == sorted(map(str, folder.iterdir()))
    told = good("import", folder, "--workspace", book, "--json").json
    assert told["rejected"] == 0
    assert {file["file"] for file in told["files"]} == {path.name for path in folder.glob("*.csv")}
    assert len({file["entity"] for file in told["files"]}) == len(told["files"])
    # Terms complete the contracts that the same import has just made.
    assert told["new"] + told["changed"] == told["rows"] > 0
    assert {f["entity"] for f in told["files"] if f["changed"]} == {"contract_terms"}


def test_ambiguous_days_are_asked_for_by_the_flag_that_answers(exports: Path, book: Path) -> None:
    (exports / "tickets.csv").write_text(
        "ticket_id,account_id,opened_at\nT-1,A-1,03/04/2026\nT-2,A-2,05/06/2026\n"
    )
    done = run("import", exports, "--workspace", book, "--json")
    assert done.code == 2
    assert "--date-order" in done.err
    told = done.json["error"]
    assert any("--date-order" in flag for flag in told["flags"])
    assert good("accounts", "--workspace", book, "--json").json["accounts"] == []
    good("import", exports, "--workspace", book, "--date-order", "dmy")
    tickets = good("account", "Marlowe", "--workspace", book, "--json").json["tickets"]
    assert [ticket["opened_at"][:10] for ticket in tickets] == ["2026-04-03"]


def test_a_currency_that_no_file_states_is_asked_for(exports: Path, book: Path) -> None:
    (exports / "tickets.csv").unlink()
    (exports / "subscriptions.csv").write_text(
        "subscription_id,account_id,start_date,mrr\nS-1,A-1,2026-01-01,1200\n"
    )
    done = run("import", exports, "--workspace", book)
    assert done.code == 2
    assert "--currency" in done.err
    told = good("import", exports, "--workspace", book, "--currency", "eur", "--json").json
    (amount,) = told["workspace"]["recurring"]
    assert (amount["minor_units"], amount["currency"]) == (120_000, "EUR")


def test_every_open_question_is_told_at_once(exports: Path, book: Path) -> None:
    (exports / "tickets.csv").write_text("ticket_id,account_id,opened_at\nT-1,A-1,03/04/2026\n")
    (exports / "invoices.csv").write_text("invoice_number,account_id,issued_on,total\nI-1,A-1,2026-01-31,5\n")
    done = run("import", exports, "--workspace", book)
    assert done.code == 2
    assert all(flag in done.err for flag in ("--currency EUR", "--date-order dmy or --date-order mdy"))


def test_what_a_whole_list_lacks_is_gone(exports: Path, book: Path) -> None:
    (exports / "tickets.csv").unlink()
    good("import", exports, "--workspace", book)
    (exports / "accounts.csv").write_text(ACCOUNTS.replace("A-2,Tindle Learning,SE\n", ""))
    part = good("import", exports, "--workspace", book, "--json").json
    assert part["gone"] == 0
    whole = good("import", exports, "--workspace", book, "--whole-list", "accounts", "--json").json
    assert whole["gone"] == 1


def test_a_mapping_is_written_corrected_and_taken(exports: Path, book: Path, tmp_path: Path) -> None:
    (exports / "tickets.csv").unlink()
    mapping = tmp_path / "mapping.toml"
    good("import", exports, "--workspace", tmp_path / "first.converge", "--save-mapping", mapping)
    text = mapping.read_text(encoding="utf-8")
    assert text.count('field = "country"') == 1
    mapping.write_text(text.replace('field = "country"', 'field = "industry"'), encoding="utf-8")
    told = good("import", exports, "--workspace", book, "--mapping", mapping, "--json").json
    assert told["new"] == 2
    account = good("account", "Marlowe", "--workspace", book, "--json").json["account"]
    assert (account["industry"], account["country"]) == ("DE", None)


def test_what_cannot_be_read_at_all_is_said(tmp_path: Path, book: Path) -> None:
    done = run("import", tmp_path / "nothing.csv", "--workspace", book)
    assert done.code == 4
    assert "nothing.csv" in done.err


def test_a_table_of_no_known_kind_is_named_with_its_rows(exports: Path, book: Path, tmp_path: Path) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("foo,bar\n1,2\n3,4\n")
    (skipped,) = run("import", exports, strange, "--workspace", book, "--json").json["skipped"]
    assert (skipped["file"], "2 rows" in skipped["reason"]) == ("strange.csv", True)
    alone = run("import", strange, "--workspace", book)
    assert alone.code == 4
    assert "Nothing was imported" in alone.err


class Importing:
    """A large import that runs as a child of the desktop does: progress as JSON, a line at a time."""

    def __init__(self, exports: Path, book: Path, *, rows: int) -> None:
        lines = (f"T-{n},A-{1 + n % 2},2026-03-14T08:12:00Z,{'word ' * 20}\n" for n in range(rows))
        (exports / "tickets.csv").write_text("ticket_id,account_id,opened_at,subject\n" + "".join(lines))
        self._child = subprocess.Popen(
            [*COMMAND, "import", str(exports), "--workspace", str(book), "--progress-json"],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.progress: list[dict[str, object]] = []

    def stop_at(self, rows: int, number: int) -> Done:
        """Send a signal once so many rows are in, and wait for the end."""
        assert self._child.stdout is not None
        for line in self._child.stdout:
            told = json.loads(line)
            self.progress.append(told)
            if (
                isinstance(told.get("done"), int)
                and told["message"].startswith("Reading tickets")
                and told["done"] >= rows
            ):
                self._child.send_signal(number)
                break
        out, err = self._child.communicate(timeout=60)
        assert "Traceback" not in err
        return Done(self._child.returncode, out, err)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes, it does not ask them to")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_in_the_middle_what_was_committed_stays(
    number: signal.Signals, exports: Path, book: Path
) -> None:
    done = Importing(exports, book, rows=40_000).stop_at(10_000, number)
    assert done.code == 4
    assert done.err.startswith("Stopped.")
    assert "is kept" in done.err
    last = json.loads(done.out.splitlines()[-1])
    assert last["error"]["sentence"] in done.err
    rest = good("import", exports, "--workspace", book, "--json").json
    assert 10_002 <= rest["unchanged"] < 40_002
    assert rest["new"] + rest["unchanged"] == 40_002
    assert rest["workspace"]["tickets"] == 40_000


def test_progress_tells_rows_and_how_many_there_are(exports: Path, book: Path) -> None:
    child = subprocess.run(
        [*COMMAND, "import", str(exports), "--workspace", str(book), "--progress-json"],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert child.returncode == 1
    lines = [json.loads(line) for line in child.stdout.splitlines()]
    assert lines[-1]["summary"]["imported"] == 4
    assert all({"done", "total", "message"} == line.keys() for line in lines[:-1])
    assert any(line["total"] == 6 for line in lines[:-1])


def test_accounts_that_the_latest_whole_list_lacks_are_listed_on_request_alone(
    exports: Path, book: Path
) -> None:
    good("import", exports / "accounts.csv", "--workspace", book, "--whole-list", "accounts")
    (exports / "accounts.csv").write_text("\n".join(ACCOUNTS.splitlines()[:2]) + "\n")
    good("import", exports / "accounts.csv", "--workspace", book, "--whole-list", "accounts")
    told = good("accounts", "--workspace", book, "--json").json
    assert [one["name"] for one in told["accounts"]] == ["Marlowe Freight"]
    assert told["gone"] == 1
    assert "1 account gone from the latest list" in good("accounts", "--workspace", book).out
    everything = good("accounts", "--workspace", book, "--all").out
    assert "Tindle Learning (gone)" in everything
    assert "see them with --all" not in everything
