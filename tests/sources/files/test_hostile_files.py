"""Whatever the bytes: rows in = records + rejects, no traceback, no hang."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convergedesk.sources.files import open_files
from tests.sources.files.around import accounted, every_row_answered, only, opened, staged_rows, unread

HEADING = b"ticket_id,account_id,created_at,subject\n"
CELLS = st.one_of(
    st.sampled_from(
        [
            *(
                b"",
                b"T-1",
                b"2026-04-03",
                b"03/04/2026",
                b"1.234,56",
                b'"',
                b'""',
                b'"quoted"',
                b'"a,b"',
                b'"a\nb"',
            ),
            *(
                b'"open',
                b'5" pipe',
                b'a"b',
                b'"a""b"',
                b'"x"y',
                b"\xff\xfe",
                b"caf\xe9",
                "café".encode(),
                b"\0",
                b"\\",
            ),
            *(b'\\"', b"  ", b' "spaced" ', b"=1+1", b"Total", b"\xef\xbb\xbf", b"\x1f", b"x" * 5_000),
        ]
    ),
    st.binary(max_size=12),
    st.text(max_size=12).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
NEWLINES = st.sampled_from([b"\n", b"\r\n", b"\r", b"\n\n", b"\r\r\n", b""])
DELIMITERS = st.sampled_from([b",", b";", b"\t", b"|", b"^", b"~", b"\x1f"])


@st.composite
def hostile_files(draw: st.DrawFn) -> bytes:
    """A table with anything at all in it."""
    delimiter = draw(DELIMITERS)
    newline = draw(NEWLINES)
    lines = [HEADING.strip().replace(b",", delimiter)]
    for _ in range(draw(st.integers(0, 12))):
        cells = draw(st.lists(CELLS, min_size=0, max_size=6))
        lines.append(delimiter.join(cells))
    return b"".join(line + draw(st.just(newline) | NEWLINES) for line in lines)


def physical_lines(data: bytes) -> int:
    return len(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").splitlines()) if data else 0


@settings(max_examples=80)
@given(data=hostile_files())
@example(data=b'a,b\n"\n"\n')
@example(data=b"a,b\n1,2\n\n\n\n1\n")
@example(data=b'a;b\r\n"1;2\r"3";4')
@example(data=b"ticket_id,subject\r")
def test_every_line_of_any_file_is_accounted_for(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tickets.csv"
        path.write_bytes(data)
        with open_files([path]) as files:
            for table in files.tables:
                accounted(files, table)
                if b"\0" not in data[:200] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
                    assert table.accounting.lines == physical_lines(data.removeprefix(b"\xef\xbb\xbf"))
            every_row_answered(files)
            assert len(files.tables) + len(files.skipped) == 1


@settings(max_examples=25)
@given(
    data=st.binary(max_size=300),
    name=st.sampled_from(["a.csv", "a.xlsx", "a.parquet", "a.jsonl", "a.txt", "a.gz"]),
)
@example(data=b"\x1f\x8b\x08\x00", name="a.gz")
@example(data=b"PAR1" + b"\0" * 40 + b"PAR1", name="a.parquet")
@example(data=b"PK\x03\x04", name="a.xlsx")
@example(data=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 600, name="a.xls")
@example(data=b'{"a":1}\n{"a":', name="a.jsonl")
@example(data=b"[" * 5_000, name="a.json")
def test_any_bytes_are_a_table_or_skipped(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        with open_files([path]) as files:
            assert len(files.tables) + len(files.skipped) >= 1
            for table in files.tables:
                accounted(files, table)
            every_row_answered(files)


@settings(max_examples=40)
@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8),
            min_size=3,
            max_size=3,
        ).filter(lambda row: any(cell.strip() for cell in row)),
        min_size=2,
        max_size=20,
    ),
    newline=st.sampled_from(["\n", "\r\n"]),
    delimiter=st.sampled_from(",;\t|"),
)
@example(rows=[["", "", "0"], ["", "", '"\\']], newline="\n", delimiter=",")
def test_what_python_writes_comes_in_as_it_was_written(
    rows: list[list[str]], newline: str, delimiter: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
    writer.writerow(["name", "note", "owner"])
    # A last row that cannot pass for a total.
    rows = [*rows, ["last", "of", "all"]]
    writer.writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(out.getvalue().encode())
        with open_files([path]) as files:
            table = only(files)
            found = [[cell or "" for cell in cells] for _, cells in staged_rows(files, table)]
            assert [column.name for column in table.columns] == ["name", "note", "owner"]
            assert found == rows
            assert unread(files, table) == []


@pytest.mark.parametrize("size", [1_000_001, 10_000_000])
def test_a_huge_cell_costs_its_row_and_no_other(tmp_path: Path, size: int) -> None:
    huge = "x" * size
    with opened(tmp_path, a__csv=f'id,text\n1,{huge}\n2,b\n3,"{huge}\n"\n4,d\n') as files:
        table = only(files)
        accounted(files, table)
        assert [cells[0] for _, cells in staged_rows(files, table)] == ["2", "4"]
        assert [(reject.line, reject.code) for reject in unread(files, table)] == [
            (2, "too_large"),
            (4, "too_large"),
        ]
        assert all(len(reject.raw) <= 4_000 for reject in unread(files, table))


def test_a_line_longer_than_we_keep_in_memory(tmp_path: Path) -> None:
    with opened(tmp_path, a__csv=b"id,text\n1,a\n2," + b"x" * 40_000_000 + b"\n3,c\n") as files:
        table = only(files)
        accounted(files, table)
        assert [cells[0] for _, cells in staged_rows(files, table)] == ["1", "3"]
        assert [(reject.line, reject.code) for reject in unread(files, table)] == [(3, "too_large")]


def test_a_quote_that_never_closes_swallows_nothing(tmp_path: Path) -> None:
    body = "\n".join(f"{number},text {number}" for number in range(2, 5_000))
    with opened(tmp_path, a__csv=f'id,text\n1,"open\n{body}\n') as files:
        table = only(files)
        accounted(files, table)
        assert len(staged_rows(files, table)) == 4_998
        assert [(reject.line, reject.code) for reject in unread(files, table)] == [(2, "unclosed_quote")]


def test_a_file_full_of_stray_quotes_ends(tmp_path: Path) -> None:
    with opened(tmp_path, a__csv="id,text\n" + '1,"open\n' * 20_000 + "2,b\n") as files:
        table = only(files)
        accounted(files, table)
        assert len(unread(files, table)) == 20_000
        assert staged_rows(files, table) == [(20_002, ("2", "b"))]


def test_cells_over_several_lines_are_one_row_and_lines_go_on_counting(tmp_path: Path) -> None:
    with opened(tmp_path, a__csv='id,text\n1,"one\ntwo\n\nthree"\n2,plain\n3,"a\r\nb"\n4,end\n') as files:
        table = only(files)
        accounted(files, table)
        assert staged_rows(files, table) == [
            (2, ("1", "one\ntwo\n\nthree")),
            (6, ("2", "plain")),
            (7, ("3", "a\nb")),
            (9, ("4", "end")),
        ]
        assert table.accounting.continuation == 4


def test_broken_utf8_costs_its_row_and_keeps_the_others(tmp_path: Path) -> None:
    lines = [f"{number},Müller {number}".encode() for number in range(20)]
    lines[7] = b"7,M\xfcller"
    with opened(tmp_path, a__csv=b"id,name\n" + b"\n".join(lines) + b"\n") as files:
        table = only(files)
        assert table.reading == "separated by commas"
        assert [(reject.line, reject.code) for reject in unread(files, table)] == [(9, "encoding")]
        assert len(staged_rows(files, table)) == 19


def test_sound_and_cleaned_files_give_the_same_rows(tmp_path: Path) -> None:
    rows = "".join(f'{number},"a ""quoted"" text, {number}",plain\n' for number in range(3_000))
    with opened(
        tmp_path, sound__csv=f"id,text,more\n{rows}", cleaned__csv=f"id,text,more\n{rows}ragged\n{rows}"
    ) as files:
        sound, cleaned = files.table("sound.csv"), files.table("cleaned.csv")
        first = [cells for _, cells in staged_rows(files, sound)]
        second = staged_rows(files, cleaned)
        assert [cells for _, cells in second] == first * 2
        assert [line for line, _ in second] == [*range(2, 3_002), *range(3_003, 6_003)]
        assert sound.accounting.rows == 3_000


def test_a_thousand_lines_with_every_newline_there_is(tmp_path: Path) -> None:
    ends = ["\n", "\r\n", "\r"]
    text = "id,name" + "".join(f"{ends[number % 3]}{number},n{number}" for number in range(1_000))
    with opened(tmp_path, a__csv=text) as files:
        table = only(files)
        accounted(files, table)
        assert [line for line, _ in staged_rows(files, table)] == list(range(2, 1_002))


def test_a_backslash_may_protect_a_quote(tmp_path: Path) -> None:
    with opened(tmp_path, a__csv='id,text\n1,"a \\"b\\", c"\n2,"plain"\n') as files:
        assert staged_rows(files, only(files)) == [(2, ("1", 'a "b", c')), (3, ("2", "plain"))]
