"""Delimited text files (CSV, TSV and their kin) as staged tables.

Two roads lead in. A file whose every line is sound is handed to DuckDB as it lies. Anything
else is cleaned first: sound lines are copied, the others read sign by sign, and what cannot
be read becomes a reject. Both give the same rows, which a test compares.
"""

from __future__ import annotations

import codecs
import zlib
from dataclasses import dataclass
from pathlib import Path

from convergedesk.domain.errors import SourceError
from convergedesk.sources.files.clean import Cleaner
from convergedesk.sources.files.layout import Layout, find_layout
from convergedesk.sources.files.line_check import LARGEST_CELL, check_lines
from convergedesk.sources.files.line_numbers import LineNumbers
from convergedesk.sources.files.reject_log import RejectLog
from convergedesk.sources.files.scratch import Scratch
from convergedesk.sources.files.stage import Staged, drop_footer, stage_csv, without_footer
from convergedesk.sources.files.tables import Accounting, ReadOptions
from convergedesk.sources.files.text_stream import LineChunks, Survey, Watch, survey, unwatched

_HEAD = 512 * 1024
_HEAD_LINES = 600
_DELIMITER_WORDS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


@dataclass(frozen=True, slots=True)
class StagedText:
    """A delimited file in the scratch database.

    Attributes:
        staged: The table.
        layout: How the file is laid out.
        accounting: Where its lines went.
        reading: How it was read, in plain words.
    """

    staged: Staged
    layout: Layout
    accounting: Accounting
    reading: str


def _head_lines(path: Path, found: Survey) -> list[str]:
    for chunk in LineChunks(path, found, piece=_HEAD):
        return chunk.data.decode("utf-8", "replace").split("\n")[:-1][:_HEAD_LINES]
    return []


def _reading_words(layout: Layout, found: Survey) -> str:
    delimiter = layout.dialect.delimiter
    parts = [f"separated by {_DELIMITER_WORDS.get(delimiter, repr(delimiter))}"]
    if found.words:
        parts.append(found.words)
    if layout.header_line == 0:
        parts.append("no headings")
    elif layout.header_line > 1:
        parts.append(f"headings in line {layout.header_line}")
    return ", ".join(parts)


def _look(path: Path, options: ReadOptions, watch: Watch) -> Survey:
    if options.encoding is not None:
        try:
            codecs.lookup(options.encoding)
        except LookupError as error:
            raise SourceError(
                f"“{options.encoding}” is no encoding that this program knows.",
                fix="Try utf-8, cp1252 (Windows, western Europe) or utf-16.",
            ) from error
    try:
        return survey(path, options.encoding, watch)
    except (EOFError, zlib.error) as error:
        raise SourceError(f"{path.name} is a damaged gzip file.", details=str(error)) from error


def stage_delimited(
    scratch: Scratch,
    name: str,
    path: Path,
    *,
    named: bool,
    options: ReadOptions,
    watch: Watch = unwatched,
) -> StagedText | None:
    """Stage a delimited file.

    Args:
        scratch: Where to.
        name: Name of the new table.
        path: A text file, possibly packed with gzip.
        named: True where the file's name claims a table, so that less evidence will do.
        options: What the person said about reading it.
        watch: Told of bytes read; may stop it.

    Returns:
        The table, or None where the text is no table.

    Raises:
        SourceError: The encoding is unknown, or the gzip is damaged.
        OSError: The file cannot be read.
    """
    found = _look(path, options, watch)
    layout = find_layout(
        _head_lines(path, found), named=named, delimiter=options.delimiter, header_line=options.header_line
    )
    if layout is None:
        return None
    with RejectLog(scratch.private_file(f"{name}.rejects.csv")) as rejects:
        sound = _stage_sound(scratch, name, path, found, layout, rejects, watch) if found.plain else None
        staged, accounting = sound or _stage_cleaned(scratch, name, path, found, layout, rejects, watch)
    footers = drop_footer(scratch, staged, layout.dialect.columns)
    return StagedText(staged, layout, without_footer(accounting, footers), _reading_words(layout, found))


def _stage_sound(
    scratch: Scratch,
    name: str,
    path: Path,
    found: Survey,
    layout: Layout,
    rejects: RejectLog,
    watch: Watch,
) -> tuple[Staged, Accounting] | None:
    """Hand the file to DuckDB as it lies; None where it is not sound."""
    lines = _sound_lines(path, found, layout, watch)
    if lines is None or lines < layout.body_line:
        return None
    rows = stage_csv(
        scratch,
        name,
        path,
        delimiter=layout.dialect.delimiter,
        quoted=layout.dialect.quoted,
        skip=layout.body_line - 1,
        columns=layout.dialect.columns,
        crlf=found.cr > 0,
        longest=LARGEST_CELL,
    )
    if rows is None or rows != lines - layout.body_line + 1:
        return None
    header = 1 if layout.header_line else 0
    preamble = layout.body_line - 1 - header
    accounting = Accounting(lines=lines, preamble=preamble, header=header, rows=rows)
    return Staged(name, LineNumbers(layout.body_line), rejects), accounting


def _sound_lines(path: Path, found: Survey, layout: Layout, watch: Watch) -> int | None:
    """How many lines the file has where all below the headings are sound, else None.

    Headings that run over several lines, and line endings inside quotes, are not sound.
    """
    if layout.header_line and layout.body_line != layout.header_line + 1:
        return None
    first = 1
    for chunk in LineChunks(path, found, watch=watch):
        if chunk.too_long:
            return None
        checked = check_lines(chunk.data, layout.dialect, transcoded=False)
        skip = max(layout.body_line - first, 0)
        if not checked.sound[skip:].all():
            return None
        first += len(checked.ends)
    return first - 1


def _stage_cleaned(
    scratch: Scratch,
    name: str,
    path: Path,
    found: Survey,
    layout: Layout,
    rejects: RejectLog,
    watch: Watch,
) -> tuple[Staged, Accounting]:
    target = scratch.private_file(f"{name}.csv")
    chunks = LineChunks(path, found, watch=watch)
    cleaner = Cleaner(layout, target, rejects, transcoded=chunks.transcoded)
    try:
        accounting = cleaner.run(chunks)
    except (EOFError, zlib.error) as error:
        raise SourceError(f"{path.name} is a damaged gzip file.", details=str(error)) from error
    rows = stage_csv(
        scratch,
        name,
        target,
        delimiter=layout.dialect.delimiter,
        quoted=layout.dialect.quoted,
        skip=0,
        columns=layout.dialect.columns,
        crlf=False,
        longest=cleaner.longest,
    )
    if rows != cleaner.rows:
        raise AssertionError(f"{cleaner.rows} sound rows were written and {rows} came in")
    target.unlink()
    return Staged(name, cleaner.numbers, rejects), accounting
