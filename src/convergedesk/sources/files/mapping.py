"""Which file is what, and which column goes where: the person's decisions, as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.records import EntityKind
from convergedesk.domain.usage import Granularity
from convergedesk.sources.casting.dates import DateOrder
from convergedesk.sources.casting.numbers import DecimalStyle
from convergedesk.sources.files.tables import ReadOptions


class Certainty(StrEnum):
    """How sure a guess is."""

    SURE = "sure"
    LIKELY = "likely"
    NONE = "none"

    @property
    def words(self) -> str:
        """As shown beside a file."""
        return {"sure": "sure", "likely": "likely, check", "none": "not imported"}[self.value]


class Combine(StrEnum):
    """How several usage rows of one account, meter and day become one figure."""

    SUM = "sum"
    MAX = "max"
    LAST = "last"


class Duplicates(StrEnum):
    """Which of several rows with one key is taken; the others are rejects."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Where a column goes.

    Attributes:
        column: Its heading.
        field: Key of the field, or None: do not import.
        certainty: How sure the guess is.
        remark: Why, in a few words, as in 'unique' or '312 of 313 names found'.
        meter: For a usage quantity: the meter that this column counts, where columns are meters.
        period: For a usage quantity: the month ('2026-01') or day that this column holds.
        unit: 'hours', 'minutes', 'seconds', 'days' or 'milliseconds' for durations, 'minor'
            for money in cents; None for minutes and whole money.
        currency: For money: the currency that the heading states, such as USD in 'refund_usd'.
        words: Meanings of words that are not known by themselves, such as ('Sev-A', 'urgent').
    """

    column: str
    field: str | None
    certainty: Certainty = Certainty.SURE
    remark: str = ""
    meter: str | None = None
    period: str | None = None
    unit: str | None = None
    currency: str | None = None
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """What the values say about the order of numeric dates.

    Attributes:
        columns: The columns with such dates.
        dmy_only: Rows that can only be read with the day first.
        mdy_only: Rows that can only be read with the month first.
        either: Rows that can be read either way, with different days.
        example: A value of the last sort (or of the others, where there is none).
    """

    columns: tuple[str, ...]
    dmy_only: int
    mdy_only: int
    either: int
    example: str

    @property
    def decided(self) -> DateOrder | None:
        """The order, where all the values that decide agree; None where somebody must be asked."""
        if bool(self.dmy_only) == bool(self.mdy_only):
            return None
        return DateOrder.DMY if self.dmy_only else DateOrder.MDY


@dataclass(frozen=True, slots=True)
class FileMapping:
    """What a file is and how it is read.

    Attributes:
        table: Name of the table; a pattern with * in saved mappings.
        entity: What its rows are; None to skip it.
        columns: One for every column of the file, in its order.
        certainty: How sure the guess of the entity is.
        system: The kind of system that the rows speak for.
        account_system: The system whose ids its account column holds, or None if not known.
        date_order: Answer to the date question, or what the values decide.
        decimals: How numbers are read that could be read in two ways.
        currency: Of amounts that state none, or None.
        time_zone: Of times that state none; IANA name.
        whole: True where it is the whole list, False where a part, None while not asked (a part).
        granularity: Of usage: days, or months.
        combine: Of usage: how rows of one day become one figure.
        duplicates: Which of several rows with the same key is taken.
        one_is_highest: Whether priority 1 is the most urgent.
        constants: Values of fields that no column holds, as (field, value).
        options: How the file is read.
        date_evidence: Behind `date_order`, or None where no column needs an order.
    """

    table: str
    entity: EntityKind | None
    columns: tuple[ColumnMapping, ...] = ()
    certainty: Certainty = Certainty.NONE
    system: SystemKind = SystemKind.CRM
    account_system: SystemKind | None = None
    date_order: DateOrder | None = None
    decimals: DecimalStyle = DecimalStyle.POINT
    currency: str | None = None
    time_zone: str = "UTC"
    whole: bool | None = None
    granularity: Granularity = Granularity.DAY
    combine: Combine = Combine.SUM
    duplicates: Duplicates = Duplicates.FIRST
    one_is_highest: bool = True
    constants: tuple[tuple[str, str], ...] = ()
    options: ReadOptions = field(default=ReadOptions())
    date_evidence: DateEvidence | None = None

    def columns_of(self, key: str) -> tuple[ColumnMapping, ...]:
        """The columns that go to a field."""
        return tuple(column for column in self.columns if column.field == key)

    def has(self, key: str) -> bool:
        """True where a column or a constant fills the field."""
        return any(column.field == key for column in self.columns) or key in dict(self.constants)


@dataclass(frozen=True, slots=True)
class Mapping:
    """The decisions for a set of files.

    Attributes:
        files: One for every table.
        notes: Plain sentences on what was assumed, for the person to read.
    """

    files: tuple[FileMapping, ...]
    notes: tuple[str, ...] = ()

    def file(self, table: str) -> FileMapping:
        """The mapping of a table. Raises NotFoundError."""
        for found in self.files:
            if found.table == table:
                return found
        raise NotFoundError(f"The mapping says nothing about “{table}”.")

    def change(self, table: str, edit: Callable[[FileMapping], FileMapping]) -> Mapping:
        """The mapping with one file's part edited."""
        self.file(table)
        return replace(
            self, files=tuple(edit(found) if found.table == table else found for found in self.files)
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers given beforehand, as command-line flags; None and empty where none was given."""

    date_order: DateOrder | None = None
    currency: str | None = None
    time_zone: str | None = None
    whole: frozenset[EntityKind] = frozenset()
    part: frozenset[EntityKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What a workspace knows already, so that columns can be compared with it.

    Attributes:
        account_ids: Ids of accounts, by the system that gave them.
        account_names: Names of accounts.
        domains: Their web domains.
        subscription_ids: Ids of subscriptions.
    """

    account_ids: dict[SystemKind, frozenset[str]] = field(default_factory=dict[SystemKind, frozenset[str]])
    account_names: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    subscription_ids: frozenset[str] = frozenset()


def moved_column(mapping: Mapping, table: str, column: str, key: str | None) -> Mapping:
    """Send one column to another field, or nowhere; a column that held the field before gives it up.

    Raises:
        NotFoundError: The mapping has no such file or column.
    """
    before = mapping.file(table)
    if not any(found.column == column for found in before.columns):
        raise NotFoundError(f"“{table}” has no column “{column}”.")

    def moved(found: ColumnMapping) -> ColumnMapping:
        if found.column == column:
            return ColumnMapping(column, key, Certainty.SURE, "" if key else "not imported")
        if key is not None and found.field == key and key != "quantity":
            return ColumnMapping(found.column, None, Certainty.NONE, "not imported")
        return found

    return mapping.change(
        table, lambda file: replace(file, columns=tuple(moved(found) for found in file.columns))
    )
