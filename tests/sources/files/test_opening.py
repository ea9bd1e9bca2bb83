"""What is in files and folders is found by what they hold, and what is no table is said to be none."""

from __future__ import annotations

import gzip
import json
import os
import stat
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from convergedesk.domain.errors import CancelledError, SourceError
from convergedesk.sources.files import ReadOptions, Table, TableKind, open_files
from tests.sources.files.around import accounted, every_row_answered, only, opened, staged_rows, unread


def headings(table: Table) -> list[str]:
    return [column.name for column in table.columns]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", "\x1f"])
def test_any_sane_delimiter(tmp_path: Path, delimiter: str) -> None:
    rows = [["name", "note", "amount"], ["One", "a b / c", "1.5"], ["Two", "d : e", "2.5"]]
    with opened(tmp_path, list__csv="\n".join(delimiter.join(row) for row in rows)) as files:
        assert headings(only(files)) == rows[0]
        assert [list(cells) for _, cells in staged_rows(files, only(files))] == rows[1:]


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
        ("utf-32", "UTF-32-LE"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_any_encoding(tmp_path: Path, encoding: str, words: str) -> None:
    names = ["Müller & Söhne", "Café Noir", "Straßenbau Köln", "Ærø Færge"]
    text = "name;city\r\n" + "".join(f"{name};Zürich\r\n" for name in names)
    with opened(tmp_path, list__csv=text.encode(encoding)) as files:
        table = only(files)
        accounted(files, table)
        assert [cells[0] for _, cells in staged_rows(files, table)] == names
        assert table.reading == "separated by semicolons" + (f", {words}" if words else "")


def test_cyrillic_of_another_age(tmp_path: Path) -> None:
    names = ["Газпром нефть", "Яндекс маркет", "Сбербанк России", "Лукойл Волга"] * 10
    text = "name;city\n" + "".join(f"{name} {n};Москва\n" for n, name in enumerate(names))
    with opened(tmp_path, list__csv=text.encode("cp1251")) as files:
        assert staged_rows(files, only(files))[0][1] == ("Газпром нефть 0", "Москва")


def test_the_person_may_know_better(tmp_path: Path) -> None:
    with opened(tmp_path, list__csv="x;y\nname;city\nMüller;Köln\n".encode("cp1252")) as files:
        table = files.reread("list.csv", ReadOptions(encoding="cp1252", delimiter=";", header_line=2))
        assert headings(table) == ["name", "city"]
        assert table.accounting.preamble == 1
        assert files.table("list.csv") == table
        with pytest.raises(SourceError, match="no encoding"):
            files.reread("list.csv", ReadOptions(encoding="klingon"))


def test_titles_above_and_totals_below(tmp_path: Path) -> None:
    text = (
        "Usage report\nGenerated on 2026-04-01\n\nFilter: all accounts\n\n"
        "Account,Month,Calls\nOne,2026-01,10\nTwo,2026-01,20\n\nTotal,,30\n\nPage 1 of 1\nConfidential\n"
    )
    with opened(tmp_path, report__csv=text) as files:
        table = only(files)
        accounted(files, table)
        assert table.header_line == 6
        assert [line for line, _ in staged_rows(files, table)] == [7, 8]
        assert (table.accounting.preamble, table.accounting.footer, table.accounting.blank) == (5, 3, 2)


def test_a_cut_last_row_is_a_reject_and_no_footer(tmp_path: Path) -> None:
    with opened(tmp_path, a__csv="id,name,city\n1,One,X\n2,Two,Y\n3,Thr") as files:
        assert [(reject.line, reject.code) for reject in unread(files, only(files))] == [(4, "ragged")]


def test_rows_without_values_are_rejects_inside_and_footer_at_the_end(tmp_path: Path) -> None:
    with opened(tmp_path, a__csv="id,name\n1,One\n,\n2,Two\n,\n,\n") as files:
        table = only(files)
        assert [(reject.line, reject.code) for reject in unread(files, table)] == [(3, "empty")]
        assert table.accounting.footer == 2


def test_a_table_without_headings(tmp_path: Path) -> None:
    with opened(tmp_path, a__csv="1,2026-01-01,5\n2,2026-01-02,6\n3,2026-01-03,7\n") as files:
        table = only(files)
        assert table.header_line == 0
        assert headings(table) == ["column 1", "column 2", "column 3"]
        assert len(staged_rows(files, table)) == 3


def test_headings_that_are_empty_repeated_or_broken_over_lines(tmp_path: Path) -> None:
    with opened(
        tmp_path, a__csv='Name,,"Date\n(UTC)",Name\nOne,x,2026-01-01,y\nTwo,x,2026-01-02,y\n'
    ) as files:
        table = only(files)
        accounted(files, table)
        assert headings(table) == ["Name", "column 2", "Date (UTC)", "Name (2)"]
        assert [line for line, _ in staged_rows(files, table)] == [3, 4]


def test_excel_says_its_delimiter(tmp_path: Path) -> None:
    with opened(tmp_path, a__csv="sep=;\r\nName;Amount\r\nOne;1,5\r\n") as files:
        assert headings(only(files)) == ["Name", "Amount"]


def test_prose_and_pictures_are_skipped_with_a_reason(tmp_path: Path) -> None:
    prose = "# Export\n\nThese files, made on Monday, hold tickets, accounts and more.\n\n"
    readme = prose + "| a | b |\n|---|---|\n| 1 | 2 |\n"
    with opened(
        tmp_path,
        readme_export__txt=readme,
        picture__png=b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        letter__pdf=b"%PDF-1.7\n",
        all__zip=b"PK\x03\x04" + b"\0" * 30,
        nothing__csv=b"",
    ) as files:
        assert files.tables == ()
        assert {skipped.name: skipped.reason for skipped in files.skipped} == {
            "all.zip": "a packed archive: unpack it first",
            "letter.pdf": "a PDF, not a table",
            "nothing.csv": "empty",
            "picture.png": "a picture",
            "readme_export.txt": "no table in it",
        }


def test_folders_are_looked_through_one_level_deep(tmp_path: Path) -> None:
    for name in ("a.csv", "q3/a.csv", "q3/deep/a.csv", ".hidden/a.csv", "~$lock.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("id,name\n1,x\n2,y\n")
    with open_files([tmp_path]) as files:
        assert [table.name for table in files.tables] == ["a.csv", "q3/a.csv"]
    with open_files([tmp_path / "a.csv", tmp_path / "q3" / "a.csv"]) as files:
        assert [table.name for table in files.tables] == ["a.csv", "a.csv (2)"]
    with pytest.raises(SourceError, match="neither a file nor a folder"):
        open_files([tmp_path / "missing.csv"])


def test_names_that_mean_something_to_a_shell(tmp_path: Path) -> None:
    for name in ("export [1].csv", "what's new.csv", "100%.csv", "ä ö.csv"):
        (tmp_path / name).write_text("id,name\n1,x\n2,y\n")
    with open_files([tmp_path]) as files:
        assert len(files.tables) == 4
        assert all(len(staged_rows(files, table)) == 2 for table in files.tables)


def test_packed_text(tmp_path: Path) -> None:
    with opened(tmp_path, a__csv__gz=gzip.compress(b"id,name\n1,x\n2,y\n")) as files:
        assert len(staged_rows(files, only(files))) == 2
    cut = gzip.compress(os.urandom(5_000).hex().encode())[:2_000]
    (tmp_path / "cut").mkdir()
    with opened(tmp_path / "cut", a__csv__gz=cut) as files:
        assert [skipped.reason for skipped in files.skipped] == ["a.csv.gz is a damaged gzip file."]


def test_json_lines_flatten_one_level_and_reject_what_is_no_object(tmp_path: Path) -> None:
    lines = [
        '{"id":1,"user":{"name":"Ä","tags":["a"]}}',
        "",
        "no json",
        '{"id":2,"extra key":true}',
        "[1]",
        '{"id":3',
    ]
    with opened(tmp_path, a__jsonl="\n".join(lines)) as files:
        table = only(files)
        accounted(files, table)
        assert table.kind is TableKind.JSON_LINES
        assert headings(table) == ["id", "user.name", "user.tags", "extra key"]
        assert staged_rows(files, table) == [(1, ("1", "Ä", '["a"]', None)), (4, ("2", None, None, "true"))]
        assert [reject.line for reject in unread(files, table)] == [3, 5, 6]


def test_a_json_array_reads_like_lines(tmp_path: Path) -> None:
    with opened(tmp_path, a__json=json.dumps([{"id": 1, 'we"ird': "x"}, {"id": 2}], indent=2)) as files:
        assert headings(only(files)) == ["id", 'we"ird']
        assert [cells for _, cells in staged_rows(files, only(files))] == [("1", "x"), ("2", None)]


def test_parquet_flattens_one_level(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT 1 AS id, {'a': 1.5, 'b': 'x'} AS s, DATE '2026-01-01' AS d, "
            f"TIMESTAMP '2026-01-01 10:00:00' AS t UNION ALL SELECT 2, NULL, NULL, NULL) TO '{path}'"
        )
    with open_files([path]) as files:
        table = only(files)
        accounted(files, table)
        assert headings(table) == ["id", "s.a", "s.b", "d", "t"]
        assert staged_rows(files, table)[0] == (1, ("1", "1.5", "x", "2026-01-01", "2026-01-01 10:00:00"))
    path.write_bytes(path.read_bytes()[:100])
    with open_files([path]) as files:
        assert [skipped.reason for skipped in files.skipped] == [
            "a.parquet cannot be read as a Parquet file. Export it again."
        ]


@pytest.mark.parametrize(("place", "refused"), [("XFD1048576", True), ("XFD3", True), ("A900000", False)])
def test_stray_cell_far_from_a_sheets_table_takes_neither_memory_nor_the_rows(
    tmp_path: Path, place: str, refused: bool
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Account", "Website"], ["Acme", "acme.com"], ["Birch", "birch.io"]):
        sheet.append(row)
    sheet[place] = "x"
    book.save(tmp_path / "book.xlsx")
    with open_files([tmp_path]) as files:
        if refused:
            assert files.tables == ()
            assert "Delete" in files.skipped[0].reason
        else:
            assert (only(files).rows, only(files).accounting.footer) == (2, 1)
            accounted(files, only(files))


def test_every_sheet_with_a_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Export"
    opened_at = datetime(2026, 4, 3, 8, 12)  # noqa: DTZ001 - a spreadsheet's times have no zone
    for row in (["Tickets"], [], ["Case no.", "Created", "Hours"], [48213, opened_at, 1.5]):
        sheet.append(row)
    sheet.append([])
    sheet.append([48214, "03.04.2026", "1.234,5"])
    sheet.append(["Total", None, 2])
    more = book.create_sheet("Accounts")
    more.append(["Id", "Name"])
    more.append(["A-1", "One"])
    book.create_sheet("Notes").append(["only one cell"])
    book.save(tmp_path / "book.xlsx")
    with open_files([tmp_path]) as files:
        assert [table.name for table in files.tables] == ["book.xlsx#Export", "book.xlsx#Accounts"]
        table = files.tables[0]
        accounted(files, table)
        assert table.reading == "sheet “Export”, headings in row 3"
        assert staged_rows(files, table) == [
            (4, ("48213", "2026-04-03 08:12:00", "1.5")),
            (6, ("48214", "03.04.2026", "1.234,5")),
        ]
        assert (table.accounting.preamble, table.accounting.blank, table.accounting.footer) == (2, 1, 1)
        every_row_answered(files)


def test_cancelling_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class CancelledAfter:
        """Stops in the middle of a large file."""

        def __init__(self, asked: int) -> None:
            self.left = asked

        @property
        def cancelled(self) -> bool:
            self.left -= 1
            return self.left < 0

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    (tmp_path / "a.csv").write_text("id,name\n" + "1,a name of some length\n" * 600_000)
    told: list[int] = []

    def progress(done: int, total: int | None, message: str) -> None:
        told.append(done)

    for asked in (0, 3, 9):
        with pytest.raises(CancelledError):
            open_files([tmp_path / "a.csv"], progress, CancelledAfter(asked))
        assert list((tmp_path / "temporary").iterdir()) == []
    assert max(told) > 4_000_000


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_temporary_files_are_private_and_go_away(tmp_path: Path) -> None:
    with opened(tmp_path, a__csv='id,name\n1,"x\ny"\n2,"open\n3,z\n') as files:
        folder = files.scratch.folder
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for path in folder.rglob("*.csv"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not folder.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell whether a process lives")
def test_what_a_killed_import_left_is_removed_by_the_next(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from convergedesk.sources.files import open_files\n"
        "files = open_files([Path(sys.argv[1])])\nprint(files.scratch.folder, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    (tmp_path / "a.csv").write_text("id,name\n1,x\n2,y\n")
    killed = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    folder = Path(killed.stdout.strip())
    assert folder.exists()
    with open_files([tmp_path]):
        assert not folder.exists()
