"""Files for the tests of the import, and ways to read all that is in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from convergedesk.domain.records import Record, RecordPage, Reject
from convergedesk.sources.files import (
    Answers,
    FileMapping,
    FileSet,
    FileSource,
    Mapping,
    Table,
    guess,
    open_files,
)

T = TypeVar("T")


@contextmanager
def opened(folder: Path, **contents: str | bytes) -> Iterator[FileSet]:
    """A folder with these files in it, opened; `name__csv` is 'name.csv'."""
    for name, content in contents.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with open_files([folder]) as files:
        yield files


def only(files: FileSet) -> Table:
    """The one table that was found."""
    assert len(files.tables) == 1, (files.tables, files.skipped)
    return files.tables[0]


def staged_rows(files: FileSet, table: Table) -> list[tuple[int, tuple[str | None, ...]]]:
    """Line and cells of every row that was staged."""
    names = ", ".join(column.staged for column in table.columns)
    with files.scratch.connect() as connection:
        rows = connection.execute(f"SELECT rowid, {names} FROM {table.staged} ORDER BY rowid").fetchall()
    numbers = files.staged(table).numbers
    return [(numbers.of(row[0]), row[1:]) for row in rows]


def unread(files: FileSet, table: Table) -> list[Reject]:
    """The rows that could not even be read."""
    return list(files.staged(table).rejects.after(0))


def mapped(files: FileSet, answers: Answers | None = None) -> FileMapping:
    """The guessed mapping of the one table."""
    return guess(files, answers).file(only(files).name)


def pages(files: FileSet, mapping: Mapping | None = None, stream: str | None = None) -> list[RecordPage]:
    """Every page of one stream, or of all."""
    source = FileSource(files, mapping or guess(files))
    names = [found.name for found in source.streams()] if stream is None else [stream]
    return [page for name in names for page in source.read(name)]


def records(files: FileSet, mapping: Mapping | None = None) -> list[Record]:
    """Every record of all streams."""
    return [record for page in pages(files, mapping) for record in page.records]


def of(kind: type[T], files: FileSet, mapping: Mapping | None = None) -> list[T]:
    """Every record of one type."""
    return [record for record in records(files, mapping) if isinstance(record, kind)]


def rejects(files: FileSet, mapping: Mapping | None = None) -> list[Reject]:
    """Every reject of all streams."""
    return [reject for page in pages(files, mapping) for reject in page.rejects]


def fields(mapping: FileMapping) -> dict[str, str | None]:
    """Column to field."""
    return {column.column: column.field for column in mapping.columns}


def usage_entries(files: FileSet, mapping: Mapping | None = None) -> list[tuple[str | None, str, int, float]]:
    """Account (id, domain, name or subscription), meter, day and quantity of every entry."""
    found: list[tuple[str | None, str, int, float]] = []
    for page in pages(files, mapping):
        if page.usage is None:
            continue
        usage = page.usage
        for account, meter, day, quantity in zip(
            usage.account_codes.tolist(),
            usage.meter_codes.tolist(),
            usage.days.tolist(),
            usage.quantities.tolist(),
            strict=True,
        ):
            key = usage.accounts[account]
            name = key.external_id or key.subscription_id or key.domain or key.name
            found.append((name, usage.meters[meter], day, quantity))
    return found


def accounted(files: FileSet, table: Table) -> None:
    """Every physical line is somewhere, and every row is staged or a reject."""
    counts = table.accounting
    parts = (counts.preamble, counts.header, counts.blank, counts.footer, counts.continuation, counts.rows)
    assert counts.lines == sum(parts), counts
    assert counts.rows == len(staged_rows(files, table)) + len(unread(files, table)), counts


def every_row_answered(files: FileSet) -> None:
    """Records plus rejects are the rows, in every stream and on every page."""
    mapping = guess(files, Answers(date_order=None, currency="EUR"))
    source = FileSource(files, mapping)
    unreadable = {check.name for check in source.check() if not check.readable}
    for stream in source.streams():
        if stream.name in unreadable:
            continue
        rows = 0
        last = False
        for page in source.read(stream.name):
            assert not last
            taken = len(page.records) if page.usage is None else int(page.usage.rows.sum())
            assert page.rows == taken + len(page.rejects)
            rows += page.rows
            last = page.last
        assert last
        assert rows == files.table(stream.name).rows
