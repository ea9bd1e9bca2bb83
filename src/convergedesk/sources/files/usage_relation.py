"""A staged usage table as one relation of codes, days and quantities, whatever its shape.

Three shapes come in: a row for each account, meter and day (or for each event); a column for
each month or day; a column for each meter. All become one relation with the account and the
meter as codes into small dictionaries, so that ten million rows are grouped by whole numbers.

Texts are read by the same Python functions as everywhere else, once for each different
text. Where the texts of a column are too many for that, DuckDB reads those whose form leaves
no room for another reading, and Python the rest once `learn` is told of them; a test holds
the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import duckdb
import numpy as np

from convergedesk.domain.records import AccountKey, EntityKind, Origin
from convergedesk.domain.usage import Granularity
from convergedesk.sources.casting.dates import parse_moment, to_day
from convergedesk.sources.casting.numbers import ABSENT, DecimalStyle, parse_decimal
from convergedesk.sources.files.catalogue import entities
from convergedesk.sources.files.mapping import ColumnMapping, FileMapping
from convergedesk.sources.files.scratch import fetch_count, quote_text
from convergedesk.sources.files.tables import Table
from convergedesk.sources.files.typed_cells import CellReader, cell_reader
from convergedesk.sources.files.typed_row import Row

_READ_IN_PYTHON = 50_000
_AT_ONCE = 100_000
_ACCOUNT_FIELDS = ("account_id", "account_name", "account_domain", "subscription_id")
_EPOCH = date(1970, 1, 1).toordinal()
NO_ACCOUNT, NO_METER, BAD_DAY, BAD_QUANTITY, NO_QUANTITY = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class UsageRelation:
    """The usage of a table, ready to be grouped.

    Attributes:
        sql: Selects r (row number), j (which quantity of the row), account, meter, day (since
            1970), quantity, and fault, which is 0 where all of them could be read.
        accounts: The dictionary of `account`.
        meters: The dictionary of `meter`.
        wide: True where a row holds several quantities.
    """

    sql: str
    accounts: tuple[AccountKey, ...]
    meters: tuple[str, ...]
    wide: bool


@dataclass(frozen=True, slots=True)
class _Lookup:
    """How a text becomes a value: an expression, and the join that it needs."""

    value: str
    join: str = ""


class UsageTexts:
    """Reads the texts of one usage table into dictionaries and lookup tables."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: Table, mapping: FileMapping) -> None:
        """Read `table` as `mapping` says, with lookups in the scratch database."""
        self._connection = connection
        self._table = table
        self._mapping = mapping
        self._zone = ZoneInfo(mapping.time_zone)
        self._quantities = mapping.columns_of("quantity")
        self._wide = any(column.period or column.meter for column in self._quantities)
        self._quick = {"d": False, "v": False}
        self._trimmed = ""
        self._day_text = "NULL"

    def relation(self) -> UsageRelation:
        """Build the lookups and the relation over them."""
        self._connection.execute(f"SET TimeZone = {quote_text(self._mapping.time_zone)}")
        texts = [self._staged(column) for column in self._quantities]
        trimmed = self._trimmed = ", ".join(f"trim({text})" for text in texts)
        numbers = ", ".join(str(number) for number in range(len(texts)))
        several = f"UNNEST([{trimmed}]) AS v, UNNEST([{numbers}]) AS j"
        value = several if self._wide else f"{trimmed or 'NULL'} AS v, 0 AS j"
        named = {key: self._mapping.columns_of(key)[:1] for key in ("meter", "day")}
        meter_text = f"trim({self._staged(named['meter'][0])})" if named["meter"] else "NULL"
        day_text = self._day_text = f"trim({self._staged(named['day'][0])})" if named["day"] else "NULL"
        base = (
            f"SELECT rowid AS r, {value}, {self._account_text()} AS a, {meter_text} AS m, {day_text} AS d "
            f"FROM {self._table.staged}"
        )
        accounts, account = self._accounts()
        meters, meter = self._meters(named["meter"])
        day_quick, day = self._days(day_text)
        quantity_quick, quantity, absent = self._quantity(trimmed)
        read = f"SELECT *, {day_quick} AS dq, {quantity_quick} AS vq FROM ({base})"
        joins = " ".join(lookup.join for lookup in (account, meter, day, quantity))
        typed = (
            f"SELECT r, j, {account.value} AS account, {meter.value} AS meter, {day.value} AS day, "
            f"{quantity.value} AS quantity, {absent} AS absent FROM ({read}) {joins}"
        )
        sql = (
            f"SELECT *, CASE WHEN account IS NULL THEN {NO_ACCOUNT} WHEN meter IS NULL THEN {NO_METER} "
            f"WHEN day IS NULL THEN {BAD_DAY} WHEN quantity IS NOT NULL THEN 0 "
            f"WHEN absent THEN {NO_QUANTITY} ELSE {BAD_QUANTITY} END AS fault FROM ({typed})"
        )
        return UsageRelation(sql, accounts, meters, self._wide)

    def _staged(self, mapped: ColumnMapping) -> str:
        column = self._table.column(mapped.column)
        return column.staged if column is not None else "NULL"

    def _reader(self, mapped: ColumnMapping) -> CellReader:
        field = entities()[EntityKind.USAGE].field(mapped.field or "")
        return cell_reader(self._mapping, mapped, field) if field is not None else str

    def _register(
        self, what: str, raw: Sequence[str], values: Sequence[float], kind: type[np.generic]
    ) -> str:
        """A lookup table from text to value; returns its name."""
        name = f"{self._table.staged}_{what}"
        # An empty column of objects has no type, hence one row too many, which is left out.
        columns = {"raw": np.array([*raw, ""], object), "value": np.array([*values, 0], kind)}
        self._connection.register("lookup_columns", columns)
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM lookup_columns LIMIT {len(raw)}"
        )
        self._connection.unregister("lookup_columns")
        return name

    def _account_columns(self) -> list[ColumnMapping]:
        return [mapped for key in _ACCOUNT_FIELDS for mapped in self._mapping.columns_of(key)[:1]]

    def _account_text(self) -> str:
        """One text for all the columns that name the account; U+001F stands in no name."""
        parts = [f"coalesce({self._staged(mapped)}, '')" for mapped in self._account_columns()]
        return " || chr(31) || ".join(parts) or "NULL"

    def _accounts(self) -> tuple[tuple[AccountKey, ...], _Lookup]:
        columns = self._account_columns()
        readers = [(mapped.field or "", self._reader(mapped)) for mapped in columns]
        keys: dict[AccountKey, int] = {}
        raw: list[str] = []
        codes: list[int] = []
        result = self._connection.cursor().execute(
            f"SELECT DISTINCT {self._account_text()} AS a FROM {self._table.staged} ORDER BY a"
        )
        while columns and (rows := result.fetchmany(_AT_ONCE)):
            for text in (str(row[0]) for row in rows):
                parts = zip(readers, text.split("\x1f"), strict=False)
                cells = {field: value for (field, read), part in parts if (value := read(part)) is not None}
                key = Row(cells, Origin(0), self._mapping).account_or_none()
                if key is not None:
                    raw.append(text)
                    codes.append(keys.setdefault(key, len(keys)))
        name = self._register("accounts", raw, codes, np.int32)
        return tuple(keys), _Lookup("ka.value", f"LEFT JOIN {name} ka ON ka.raw = a")

    def _meters(self, named: tuple[ColumnMapping, ...]) -> tuple[tuple[str, ...], _Lookup]:
        codes: dict[str, int] = {}
        if any(column.meter for column in self._quantities):
            cases = " ".join(
                f"WHEN {number} THEN {codes.setdefault(column.meter or column.column, len(codes))}"
                for number, column in enumerate(self._quantities)
            )
            return tuple(codes), _Lookup(f"CASE j {cases} END")
        if not named:
            return (dict(self._mapping.constants).get("meter", "usage"),), _Lookup("0")
        read = self._reader(named[0])
        raw: list[str] = []
        values: list[int] = []
        column = self._staged(named[0])
        for (found,) in self._connection.execute(
            f"SELECT DISTINCT trim({column}) AS m FROM {self._table.staged} WHERE m <> '' ORDER BY m"
        ).fetchall():
            meter = read(str(found))
            if isinstance(meter, str):
                raw.append(str(found))
                values.append(codes.setdefault(meter, len(codes)))
        name = self._register("meters", raw, values, np.int32)
        return tuple(codes), _Lookup("km.value", f"LEFT JOIN {name} km ON km.raw = m")

    def _days(self, text: str) -> tuple[str, _Lookup]:
        """The quick reading of `d`, and the whole one."""
        if any(column.period for column in self._quantities):
            periods = [self.day_of(column.period or "") for column in self._quantities]
            cases = " ".join(f"WHEN {n} THEN {day}" for n, day in enumerate(periods) if day is not None)
            return "NULL", _Lookup(f"CASE j {cases} END")
        quick = "NULL"
        if self._many(text):
            self._quick["d"] = True
            quick = _written_day("d", self._mapping.time_zone)
            if self._mapping.granularity is Granularity.MONTH:
                quick = f"date_trunc('month', {quick})"
            quick = f"date_diff('day', DATE '1970-01-01', CAST({quick} AS DATE))"
        texts = () if self._quick["d"] else self._different(text, self._table.staged)
        slow = self._register("days", *self._read(texts, self.day_of), np.int32)
        return quick, _Lookup("coalesce(dq, kd.value)", f"LEFT JOIN {slow} kd ON dq IS NULL AND kd.raw = d")

    def day_of(self, text: str) -> int | None:
        """The day (or the first of the month) that a text names, in days since 1970."""
        moment = parse_moment(text, self._mapping.date_order)
        if moment is None:
            return None
        day = to_day(moment, self._zone)
        if self._mapping.granularity is Granularity.MONTH:
            day = day.replace(day=1)
        return day.toordinal() - _EPOCH

    def number_of(self, text: str) -> float | None:
        """The quantity that a text states."""
        value = parse_decimal(text, self._mapping.decimals)
        return None if value is None else float(value)

    def _quantity(self, trimmed: str) -> tuple[str, _Lookup, str]:
        """The quick reading of `v`, the whole one, and where there is no quantity."""
        if not self._quantities:
            return "NULL", _Lookup("1.0"), "false"
        source = f"(SELECT rowid, UNNEST([{trimmed}]) AS v FROM {self._table.staged})"
        self._quick["v"] = self._many("v", source)
        quick = _plain_number("v", self._mapping.decimals) if self._quick["v"] else "NULL"
        texts = () if self._quick["v"] else self._different("v", source)
        slow = self._register("quantities", *self._read(texts, self.number_of), np.float64)
        lookup = _Lookup("coalesce(vq, kv.value)", f"LEFT JOIN {slow} kv ON vq IS NULL AND kv.raw = v")
        absent = f"(v IS NULL OR lower(v) IN ({', '.join(quote_text(mark) for mark in sorted(ABSENT))}))"
        return quick, lookup, absent

    def learn(self, bad: str) -> bool:
        """Read in Python what DuckDB could not; True where that makes more rows readable.

        Args:
            bad: A table with the numbers `r` of rows with a fault.
        """
        learned = False
        rows = f"{self._table.staged} WHERE rowid IN (SELECT r FROM {bad})"
        if self._quick["d"]:
            found = self._read(self._different(self._day_text, rows), self.day_of)
            self._register("days", *found, np.int32)
            learned = bool(found[0])
        if self._quick["v"]:
            found = self._read(
                self._different("v", f"(SELECT UNNEST([{self._trimmed}]) AS v FROM {rows})"), self.number_of
            )
            self._register("quantities", *found, np.float64)
            learned = learned or bool(found[0])
        return learned

    def _many(self, text: str, source: str | None = None) -> bool:
        step = max(1, self._table.rows // 1_000_000)
        some = f"{source or self._table.staged} WHERE rowid % {step} = 0"
        different = fetch_count(self._connection, f"SELECT approx_count_distinct({text}) FROM {some}")
        return different > _READ_IN_PYTHON

    def _different(self, text: str, source: str) -> Iterator[str]:
        result = self._connection.cursor().execute(f"SELECT DISTINCT {text} AS t FROM {source}")
        while rows := result.fetchmany(_AT_ONCE):
            yield from (str(row[0]) for row in rows if row[0])

    def _read(
        self, texts: Iterable[str], read: Callable[[str], float | None]
    ) -> tuple[list[str], list[float]]:
        """The texts that can be read, and their values."""
        pairs = [(text, value) for text in texts if (value := read(text)) is not None]
        return [text for text, _ in pairs], [value for _, value in pairs]


def _written_day(text: str, zone: str) -> str:
    """The day of a text that begins with year, month and day; NULL for any other."""
    moment = r"^(?:19\d\d|2[01]\d\d)[-/]\d{1,2}[-/]\d{1,2}(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?"
    as_written = "Z?)?$" if zone == "UTC" else ")?$"
    moved = "(?:Z|[+-]\\d\\d(?::?\\d\\d)?))$"
    local = f"timezone({quote_text(zone)}, TRY_CAST({text} AS TIMESTAMPTZ))"
    return (
        f"CASE WHEN regexp_matches({text}, '{moment}{as_written}') THEN TRY_CAST({text} AS TIMESTAMP) "
        f"WHEN regexp_matches({text}, '{moment}{moved}') THEN {local} END"
    )


def _plain_number(text: str, style: DecimalStyle) -> str:
    """The number of a text that has no signs of grouping; NULL for any other."""
    sign = "." if style is DecimalStyle.POINT else ","
    plain = f"replace({text}, ',', '.')" if style is DecimalStyle.COMMA else text
    simple = f"regexp_matches({text}, '^-?\\d{{1,14}}(?:[{sign}]\\d{{1,15}})?$')"
    return f"CASE WHEN {simple} THEN TRY_CAST({plain} AS DOUBLE) END"
