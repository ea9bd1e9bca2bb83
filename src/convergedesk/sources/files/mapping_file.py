"""Mappings as TOML, for the next import and for the command line."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyDict
from dataclasses import replace
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tomli_w

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.errors import ReadOnlyError, SourceError
from convergedesk.domain.money import is_currency_code
from convergedesk.domain.records import EntityKind
from convergedesk.domain.usage import Granularity
from convergedesk.sources.casting.dates import DateOrder
from convergedesk.sources.casting.numbers import DecimalStyle
from convergedesk.sources.files.catalogue import entities
from convergedesk.sources.files.file_set import FileSet
from convergedesk.sources.files.guessing import guess_tables
from convergedesk.sources.files.mapping import (
    Answers,
    Certainty,
    ColumnMapping,
    Combine,
    Duplicates,
    FileMapping,
    Known,
    Mapping,
)
from convergedesk.sources.files.tables import ReadOptions, Table

_VERSION = 1
_SKIP = "skip"
_HEAD = """\
# How ConvergeDesk reads these files. `table` is a file's name and may hold * for any signs;
# a column that is not named is not imported.

"""
T = TypeVar("T")
_Toml = ReadOnlyDict[str, Any]


def mapping_to_toml(mapping: Mapping) -> str:
    """The mapping as text."""
    return _HEAD + tomli_w.dumps(
        {"version": _VERSION, "files": [_file_to_toml(file) for file in mapping.files]}
    )


def save_mapping(mapping: Mapping, path: Path) -> None:
    """Write the mapping to a file. Raises ReadOnlyError where that is impossible."""
    try:
        path.write_text(mapping_to_toml(mapping), encoding="utf-8")
    except OSError as error:
        raise ReadOnlyError(
            f"The mapping cannot be written to {path}.", fix="Choose another folder.", details=str(error)
        ) from error


def load_mapping(path: Path) -> Mapping:
    """Read a mapping from a file.

    Raises:
        SourceError: The file cannot be read, is no TOML, or says something that is not known.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"The mapping {path} cannot be read.", details=str(error)) from error
    return mapping_from_toml(text, where=path.name)


def _file_to_toml(file: FileMapping) -> dict[str, Any]:
    entry: dict[str, Any] = {"table": file.table, "kind": file.entity.value if file.entity else _SKIP}
    if file.entity is None:
        return entry
    entry["system"] = file.system.value
    if file.account_system is not None:
        entry["account_ids_of"] = file.account_system.value
    if file.date_order is not None:
        entry["date_order"] = file.date_order.value
    entry["decimals"] = file.decimals.value
    if file.currency is not None:
        entry["currency"] = file.currency
    entry["time_zone"] = file.time_zone
    if file.whole is not None:
        entry["whole_list"] = file.whole
    if file.entity is EntityKind.USAGE:
        entry["step"] = file.granularity.value
        entry["combine"] = file.combine.value
    entry["duplicates"] = file.duplicates.value
    if not file.one_is_highest:
        entry["priority_one_is_lowest"] = True
    read_as = {
        key: value
        for key, value in (
            ("encoding", file.options.encoding),
            ("delimiter", file.options.delimiter),
            ("header_line", file.options.header_line),
        )
        if value is not None
    }
    if read_as:
        entry["read_as"] = read_as
    if file.constants:
        entry["constants"] = dict(file.constants)
    entry["columns"] = [_column_to_toml(column) for column in file.columns if column.field]
    return entry


def _column_to_toml(column: ColumnMapping) -> dict[str, Any]:
    entry: dict[str, Any] = {"column": column.column, "field": column.field}
    for key in ("meter", "period", "unit", "currency"):
        if (value := getattr(column, key)) is not None:
            entry[key] = value
    if column.words:
        entry["words"] = dict(column.words)
    return entry


class _Reader:
    """Takes values out of a TOML table and says plainly what is wrong with one."""

    def __init__(self, data: _Toml, where: str) -> None:
        self._data = data
        self._where = where
        self._used: set[str] = set()

    def fault(self, key: str, sentence: str) -> SourceError:
        return SourceError(f"{self._where}, “{key}”: {sentence}")

    def value(self, key: str, kind: type[T], what: str, default: T | None = None) -> T | None:
        self._used.add(key)
        value = self._data.get(key, default)
        if value is not None and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            raise self.fault(key, f"{value!r} is not {what}.")
        return value

    def text(self, key: str) -> str | None:
        return self.value(key, str, "a text")

    def needed(self, key: str) -> str:
        text = self.text(key)
        if text is None:
            raise self.fault(key, "it is missing.")
        return text

    def choice(self, key: str, make: Callable[[str], T], choices: list[str]) -> T | None:
        text = self.text(key)
        if text is None:
            return None
        if text not in choices:
            raise self.fault(key, f"“{text}” is not known. Use {', '.join(choices)}.")
        return make(text)

    def texts(self, key: str) -> tuple[tuple[str, str], ...]:
        table = cast(_Toml, self.value(key, dict, "a table") or {})
        for name, value in table.items():
            if not isinstance(value, str):
                raise self.fault(f"{key}.{name}", f"{value!r} is not a text.")
        return tuple(table.items())

    def tables(self, key: str) -> list[tuple[int, _Toml]]:
        rows = cast("list[Any]", self.value(key, list, "a list of tables") or [])
        for row in rows:
            if not isinstance(row, dict):
                raise self.fault(key, f"{row!r} is not a table.")
        return list(enumerate(cast("list[_Toml]", rows), 1))

    def finish(self) -> None:
        strange = sorted(set(self._data) - self._used)
        if strange:
            raise self.fault(strange[0], "this name is not known.")


def mapping_from_toml(text: str, where: str = "the mapping") -> Mapping:
    """Read a mapping from text.

    Args:
        text: TOML, as `mapping_to_toml` writes it.
        where: What to call it in error messages.

    Raises:
        SourceError: In a plain sentence that names the place.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{where} is no TOML file: {error}.") from error
    top = _Reader(data, where)
    version = top.value("version", int, "a number", _VERSION)
    if version != _VERSION:
        raise top.fault("version", "it was written by a later version of the program.")
    files = tuple(
        _file_from_toml(_Reader(row, f"{where}, file {number}"), where) for number, row in top.tables("files")
    )
    top.finish()
    return Mapping(files)


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


def _file_from_toml(entry: _Reader, where: str) -> FileMapping:
    table = entry.needed("table")
    kind = entry.choice("kind", str, [*_values(EntityKind), _SKIP])
    if kind is None:
        raise entry.fault("kind", "it is missing.")
    if kind == _SKIP:
        entry.finish()
        return FileMapping(table, None)
    entity = EntityKind(kind)
    read_as = _Reader(
        cast(_Toml, entry.value("read_as", dict, "a table") or {}), f"{where}, {table}, read_as"
    )
    options = ReadOptions(
        read_as.text("encoding"), read_as.text("delimiter"), read_as.value("header_line", int, "a number")
    )
    read_as.finish()
    currency = entry.text("currency")
    if currency is not None and not is_currency_code(currency):
        raise entry.fault("currency", f"“{currency}” is no currency code such as EUR.")
    zone = entry.text("time_zone") or "UTC"
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise entry.fault("time_zone", f"“{zone}” is no time zone such as Europe/Berlin.") from None
    columns = tuple(
        _column_from_toml(_Reader(row, f"{where}, {table}, column {number}"), entity)
        for number, row in entry.tables("columns")
    )
    constants = entry.texts("constants")
    for key, _ in constants:
        if entities()[entity].field(key) is None:
            raise entry.fault(f"constants.{key}", f"{entities()[entity].label} have no such field.")
    found = FileMapping(
        table=table,
        entity=entity,
        columns=columns,
        certainty=Certainty.SURE,
        system=entry.choice("system", SystemKind, _values(SystemKind)) or entities()[entity].system,
        account_system=entry.choice("account_ids_of", SystemKind, _values(SystemKind)),
        date_order=entry.choice("date_order", DateOrder, _values(DateOrder)),
        decimals=entry.choice("decimals", DecimalStyle, _values(DecimalStyle)) or DecimalStyle.POINT,
        currency=currency,
        time_zone=zone,
        whole=entry.value("whole_list", bool, "true or false"),
        granularity=entry.choice("step", Granularity, _values(Granularity)) or Granularity.DAY,
        combine=entry.choice("combine", Combine, _values(Combine)) or Combine.SUM,
        duplicates=entry.choice("duplicates", Duplicates, _values(Duplicates)) or Duplicates.FIRST,
        one_is_highest=not entry.value("priority_one_is_lowest", bool, "true or false", False),
        constants=constants,
        options=options,
    )
    entry.finish()
    return found


def _column_from_toml(entry: _Reader, entity: EntityKind) -> ColumnMapping:
    field = entry.needed("field")
    if entities()[entity].field(field) is None:
        raise entry.fault("field", f"{entities()[entity].label} have no field “{field}”.")
    found = ColumnMapping(
        column=entry.needed("column"),
        field=field,
        certainty=Certainty.SURE,
        remark="as saved",
        meter=entry.text("meter"),
        period=entry.text("period"),
        unit=entry.choice("unit", str, ["milliseconds", "seconds", "minutes", "hours", "days", "minor"]),
        currency=entry.text("currency"),
        words=entry.texts("words"),
    )
    entry.finish()
    return found


def apply_saved(
    saved: Mapping,
    files: FileSet,
    answers: Answers | None = None,
    known: Known | None = None,
    *,
    strict: bool = False,
) -> Mapping:
    """Read files as a saved mapping says; what it does not speak of is guessed.

    A file is matched by its name, by a pattern with *, or else by having every column of a
    saved file of another name, so that next month's export is known again.

    Args:
        saved: The mapping.
        files: The opened files.
        answers: What the person said beforehand.
        known: What the workspace knows.
        strict: Refuse a file that lacks a column which the mapping names, instead of
            matching its columns anew and saying so in the notes.

    Raises:
        SourceError: As `strict` says, or a file cannot be read in the way that the mapping says.
    """
    fixed: dict[str, FileMapping] = {}
    notes: list[str] = []
    for opened in files.tables:
        found = _saved_for(saved, opened)
        if found is None:
            continue
        reread = found.options not in (ReadOptions(), opened.options)
        table = files.reread(opened.name, found.options) if reread else opened
        lacking = [column.column for column in found.columns if table.column(column.column) is None]
        if not lacking:
            fixed[table.name] = _fitted(found, table)
        elif strict:
            raise SourceError(
                f"The mapping speaks of a column “{lacking[0]}”, and {table.name} has none of that name.",
                fix="Correct the mapping, or leave it out.",
            )
        else:
            notes.append(
                f"{table.name} no longer has the column “{lacking[0]}”: its columns are matched anew."
            )
    mapped = guess_tables(files, fixed, answers or Answers(), known or Known())
    return replace(mapped, notes=(*notes, *mapped.notes))


def _saved_for(saved: Mapping, table: Table) -> FileMapping | None:
    for file in saved.files:
        if file.table in (table.name, table.title):
            return file
    for file in saved.files:
        if "*" in file.table and fnmatchcase(table.name, file.table):
            return file
    headings = {column.name for column in table.columns}
    for file in saved.files:
        if (
            file.entity is not None
            and file.columns
            and {column.column for column in file.columns} <= headings
        ):
            return file
    return None


def _fitted(saved: FileMapping, table: Table) -> FileMapping:
    """The saved mapping with an entry for every column of the table."""
    by_name = {column.column: column for column in saved.columns}
    columns = tuple(
        by_name.get(column.name) or ColumnMapping(column.name, None, Certainty.NONE, "not imported")
        for column in table.columns
    )
    return replace(saved, table=table.name, columns=columns, options=table.options)
