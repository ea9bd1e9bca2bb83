import csv
from pathlib import Path

import pytest

from convergedesk.domain.errors import SourceError
from convergedesk.domain.records import EntityKind, Reject
from convergedesk.domain.rejects import RejectQuery
from convergedesk.store.engine import Store
from convergedesk.sync.import_run import run_import
from convergedesk.sync.rejects import export_rejects_csv, rejects, resolve_rejects
from tests.sync import pages as p

BAD = [
    Reject(3, "The date “31/31/2026” cannot be read.", '=HYPERLINK("http://x"),31/31/2026', "bad_date"),
    Reject(4, "The row has 3 cells, the header 4.", "a,b,\nc", "ragged"),
    Reject(5, "The row has 5 cells, the header 4.", "\t@SUM(1)", "ragged"),
]


@pytest.fixture
def filled(store: Store) -> Store:
    run_import(
        store,
        [
            p.accounts(p.account("001", "Acme")),
            p.tickets(p.ticket("T-1", p.key("001")), p.ticket("T-9", p.key(name="50%_off"), 9), rejects=BAD),
        ],
    )
    return store


def test_list_is_in_the_order_of_the_file_with_counts_by_code(filled: Store):
    listed = rejects(filled)
    assert [row.line for row in listed.rows] == [3, 4, 5, 9]
    assert (listed.total, listed.listed) == (4, 4)
    assert dict(listed.by_code) == {"ragged": 2, "bad_date": 1, "unknown_account": 1}
    assert [row.waiting for row in listed.rows] == [False, False, False, True]
    assert listed.rows[0].raw == BAD[0].raw


def test_filters_narrow_the_list(filled: Store):
    assert rejects(filled, RejectQuery(code="ragged")).total == 2
    assert dict(rejects(filled, RejectQuery(code="ragged")).by_code)["bad_date"] == 1
    assert rejects(filled, RejectQuery(entity=EntityKind.USAGE)).total == 0
    assert rejects(filled, RejectQuery(stream="tickets.csv", limit=1, offset=1)).rows[0].line == 4
    assert rejects(filled, RejectQuery(text="hyperlink")).total == 1
    assert rejects(filled, RejectQuery(text="50%_")).total == 1
    assert rejects(filled, RejectQuery(text="%%")).total == 0


def test_settled_rejects_leave_the_list(filled: Store):
    ids = [row.id for row in rejects(filled).rows[:2]]
    assert resolve_rejects(filled, ids) == 2
    assert resolve_rejects(filled, ids) == 0
    assert rejects(filled).total == 2
    assert rejects(filled, RejectQuery(resolved=True)).total == 2


def test_export_holds_the_rows_and_runs_nothing_in_a_spreadsheet(filled: Store, tmp_path: Path):
    file = tmp_path / "rejects.csv"
    assert export_rejects_csv(filled, file, RejectQuery(limit=1)) == 4
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        header, *rows = list(csv.reader(opened))
    assert header[:3] == ["File", "Line", "Rows"]
    assert [row[1] for row in rows] == ["3", "4", "5", "9"]
    assert rows[0][-1] == "'" + BAD[0].raw
    assert rows[1][-1] == BAD[1].raw
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


def test_export_into_a_folder_that_is_not_there_says_so(filled: Store, tmp_path: Path):
    with pytest.raises(SourceError, match="cannot be written"):
        export_rejects_csv(filled, tmp_path / "nowhere" / "rejects.csv")
