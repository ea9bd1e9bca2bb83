"""Parquet and JSON Lines as staged tables; nested values are flattened one level."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import duckdb
import numpy as np

from convergedesk.domain.errors import SourceError
from convergedesk.sources.files.clean import Cleaner
from convergedesk.sources.files.layout import Layout, column_names
from convergedesk.sources.files.line_numbers import LineNumbers
from convergedesk.sources.files.record_text import Dialect
from convergedesk.sources.files.reject_log import RejectLog
from convergedesk.sources.files.scratch import (
    Scratch,
    disk_fault,
    exact_path,
    fetch_arrays,
    fetch_count,
    quote_name,
    quote_text,
)
from convergedesk.sources.files.stage import Staged, stage_csv
from convergedesk.sources.files.tables import Accounting
from convergedesk.sources.files.text_stream import LineChunks, Watch, open_bytes, survey, unwatched

_MOST_KEYS = 500
_ROWS_AT_ONCE = 5_000
# CASE, because AND promises no order and json_type stops the query at a line that is no JSON.
_IS_OBJECT = "CASE WHEN json_valid(c0) THEN json_type(c0) = 'OBJECT' ELSE false END"
_ONE_CELL = Layout(Dialect("", 1, quoted=False), ("json",), 0, 1)
_LARGEST_ARRAY_FILE = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StagedColumns:
    """A columnar or nested file in the scratch database.

    Attributes:
        staged: The table.
        headings: The columns' names, nested ones as 'outer.inner'.
        accounting: Where its rows went.
    """

    staged: Staged
    headings: tuple[str, ...]
    accounting: Accounting


def stage_parquet(scratch: Scratch, name: str, path: Path) -> StagedColumns:
    """Stage a Parquet file.

    Raises:
        SourceError: The file is damaged, encrypted or packed in a way that is not known.
        DiskFullError: No room for the scratch database.
    """
    source = f"read_parquet({quote_text(exact_path(path))})"
    with scratch.connect() as connection:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
        try:
            places = [
                place
                for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
                for place in _flattened(connection, source, str(row[0]), str(row[1]))
            ]
            values = ", ".join(
                f"CAST({value} AS VARCHAR) AS c{number}" for number, (_, value) in enumerate(places)
            )
            rows = fetch_count(connection, f"CREATE TABLE {name} AS SELECT {values} FROM {source}")
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            fault = disk_fault(error)
            if fault is not error:
                raise fault from error
            raise _damaged(path, error) from error
        except duckdb.Error as error:
            raise _damaged(path, error) from error
    rejects = RejectLog(scratch.private_file(f"{name}.rejects.csv"))
    rejects.finish()
    return StagedColumns(
        Staged(name, LineNumbers(1), rejects),
        column_names([heading for heading, _ in places], len(places)),
        Accounting(lines=rows, rows=rows),
    )


def _damaged(path: Path, error: Exception) -> SourceError:
    return SourceError(
        f"{path.name} cannot be read as a Parquet file.", fix="Export it again.", details=str(error)
    )


def _flattened(
    connection: duckdb.DuckDBPyConnection, source: str, column: str, kind: str
) -> list[tuple[str, str]]:
    """Heading and expression of a column, or of each field of a struct."""
    name = quote_name(column)
    if not kind.startswith("STRUCT("):
        return [(column, name)]
    inner = connection.execute(f"DESCRIBE SELECT UNNEST({name}) FROM {source}").fetchall()
    return [(f"{column}.{row[0]}", f"{name}.{quote_name(str(row[0]))}") for row in inner]


def stage_json(
    scratch: Scratch, name: str, path: Path, *, named: bool, watch: Watch = unwatched
) -> StagedColumns | None:
    """Stage a file with a JSON object on each line, or with one array of objects.

    Args:
        scratch: Where to.
        name: Name of the new table.
        path: The file.
        named: True where the file's name claims JSON, so that one object will do.
        watch: Told of bytes read; may stop it.

    Returns:
        The table, or None where (nearly) nothing is an object.

    Raises:
        SourceError: An array too large to be read at once.
        DiskFullError: No room for the scratch database.
    """
    with RejectLog(scratch.private_file(f"{name}.rejects.csv")) as rejects:
        return _staged_json(scratch, name, path, rejects, named=named, watch=watch)


def _staged_json(
    scratch: Scratch, name: str, path: Path, rejects: RejectLog, *, named: bool, watch: Watch
) -> StagedColumns | None:
    source = _array_as_lines(scratch, name, path) or path
    chunks = LineChunks(source, survey(source), watch=watch)
    lines = scratch.private_file(f"{name}.csv")
    cleaner = Cleaner(_ONE_CELL, lines, rejects, transcoded=chunks.transcoded)
    accounting = cleaner.run(chunks)
    raw = f"{name}_lines"
    rows = stage_csv(
        scratch,
        raw,
        lines,
        delimiter="",
        quoted=False,
        skip=0,
        columns=1,
        crlf=False,
        longest=cleaner.longest,
    )
    lines.unlink()
    if rows is None or rows != cleaner.rows:
        raise AssertionError(f"{cleaner.rows} lines were written and {rows} came in")
    rejects.new_part(scratch.private_file(f"{name}.no-objects.csv"))
    with scratch.connect() as connection:
        good = fetch_count(connection, f"SELECT count(*) FROM {raw} WHERE {_IS_OBJECT}")
        if not good or (not named and good * 2 < rows):
            return None
        headings, values = _json_columns(connection, raw)
        connection.execute(f"CREATE TABLE {name} AS SELECT {', '.join(values)} FROM {raw} WHERE {_IS_OBJECT}")
        numbers = cleaner.numbers
        if good < rows:
            kept = fetch_arrays(connection, f"SELECT rowid FROM {raw} WHERE {_IS_OBJECT} ORDER BY rowid")
            numbers = LineNumbers.from_lines(
                cleaner.numbers.of_rows(np.asarray(kept["rowid"], dtype=np.int64))
            )
            strays = connection.execute(
                f"SELECT rowid, c0[:4000] FROM {raw} WHERE NOT ({_IS_OBJECT}) ORDER BY rowid"
            )
            while some := strays.fetchmany(_ROWS_AT_ONCE):
                for row, text in some:
                    rejects.add(
                        cleaner.numbers.of(int(row)), "bad_value", "The line is no JSON object.", str(text)
                    )
        connection.execute(f"DROP TABLE {raw}")
    return StagedColumns(Staged(name, numbers, rejects), headings, accounting)


def _array_as_lines(scratch: Scratch, name: str, path: Path) -> Path | None:
    """A file with the elements of a JSON array, one to a line; None where the file is no array."""
    found = survey(path)
    with open_bytes(path) as file:
        if not file.read(4_096)[found.bom :].lstrip().startswith(b"["):
            return None
    if path.stat().st_size > _LARGEST_ARRAY_FILE:
        raise SourceError(
            f"{path.name} is one JSON array of more than 256 MB.", fix="Export it as JSON Lines, or as CSV."
        )
    text = b"".join(chunk.data for chunk in LineChunks(path, found)).decode("utf-8", "replace")
    try:
        elements = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(elements, list):
        return None
    lines = scratch.private_file(f"{name}.array.jsonl")
    with lines.open("w", encoding="ascii") as out:
        for element in cast("list[object]", elements):
            out.write(json.dumps(element) + "\n")
    return lines


def _json_columns(connection: duckdb.DuckDBPyConnection, raw: str) -> tuple[tuple[str, ...], list[str]]:
    """Headings and expressions of every key, in the order of first appearance."""
    keys = connection.execute(
        f"SELECT key, bool_or(json_type(c0, pointer) = 'OBJECT') FROM ("
        f" SELECT c0, r, place, key, '/' || replace(replace(key, '~', '~0'), '/', '~1') AS pointer FROM ("
        f"  SELECT c0, rowid AS r, UNNEST(json_keys(c0)) AS key, "
        f"   UNNEST(range(len(json_keys(c0)))) AS place FROM {raw} WHERE {_IS_OBJECT}))"
        f"GROUP BY key ORDER BY min(r), min(place) LIMIT {_MOST_KEYS}"
    ).fetchall()
    headings: list[str] = []
    values: list[str] = []
    for key, nested in ((str(row[0]), bool(row[1])) for row in keys):
        places = [(key, (key,))]
        if nested:
            inner = connection.execute(
                f"SELECT DISTINCT UNNEST(json_keys(c0, {_pointer(key)})) AS k FROM {raw} WHERE {_IS_OBJECT} "
                f"ORDER BY k LIMIT {_MOST_KEYS}"
            ).fetchall()
            places = [(f"{key}.{row[0]}", (key, str(row[0]))) for row in inner]
        for heading, place in places:
            headings.append(heading)
            values.append(f"(c0 ->> {_pointer(*place)}) AS c{len(values)}")
    return column_names(headings, len(headings)), values


def _pointer(*keys: str) -> str:
    """A JSON pointer (RFC 6901) as an SQL literal."""
    return quote_text("".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys))
