"""Usage as pages of columns: one figure for each account, meter and day, summed out of core."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np

from convergedesk.domain.records import EntityKind, Reject, UsageColumns
from convergedesk.sources.files.catalogue import entities
from convergedesk.sources.files.file_set import FileSet
from convergedesk.sources.files.mapping import FileMapping
from convergedesk.sources.files.read_records import row_text
from convergedesk.sources.files.scratch import disk_fault, fetch_count
from convergedesk.sources.files.tables import Table
from convergedesk.sources.files.typed_cells import Unreadable, cell_reader
from convergedesk.sources.files.usage_groups import (
    IN_MEMORY,
    MOST_METERS,
    ArraysOfUsage,
    GroupedUsage,
    TableOfUsage,
)
from convergedesk.sources.files.usage_relation import (
    BAD_DAY,
    BAD_QUANTITY,
    NO_ACCOUNT,
    NO_METER,
    NO_QUANTITY,
    UsageRelation,
    UsageTexts,
)

ENTRIES_A_PAGE = 250_000
REJECTS_A_PAGE = 5_000
_REPEATED = 6


@dataclass(frozen=True, slots=True)
class UsageBatch:
    """Some usage entries, or some rejects.

    Attributes:
        usage: The entries, or None for a batch of rejects.
        rejects: The rejects.
        done: Entries (first) and rejects (then) that were handed out up to here.
        last: True where the table ends here.
    """

    usage: UsageColumns | None
    rejects: tuple[Reject, ...]
    done: int
    last: bool


class UsageReader:
    """Groups one usage table in the scratch database and hands it out in pages."""

    def __init__(self, files: FileSet, table: Table, mapping: FileMapping) -> None:
        """Read `table` of `files` as `mapping` says."""
        self._files = files
        self._table = table
        self._mapping = mapping
        self._staged = files.staged(table)
        self._bad = f"{table.staged}_bad"

    def batches(self, after: int = 0) -> Iterator[UsageBatch]:
        """Entries in the order of account, meter and day, then the rejects.

        Args:
            after: How many entries and rejects to leave out; the order is the same every time.

        Raises:
            DiskFullError: The temporary files do not fit.
        """
        with self._files.scratch.connect() as connection:
            try:
                texts = UsageTexts(connection, self._table, self._mapping)
                relation = texts.relation()
                grouped = self._summed(connection, texts, relation)
            except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
                raise disk_fault(error) from error
            entries = grouped.count
            total = (
                entries
                + fetch_count(connection, f"SELECT count(*) FROM {self._bad}")
                + self._table.unreadable
            )
            start = after
            while start < entries:
                usage = self._columns(relation, grouped, start)
                start += len(usage.days)
                yield UsageBatch(usage, (), start, last=start == total)
        yield from self._reject_batches(entries, after, total)

    def _reject_batches(self, entries: int, after: int, total: int) -> Iterator[UsageBatch]:
        rejects: list[Reject] = []
        place = entries
        for reject in self._rejects():
            place += 1
            if place > after:
                rejects.append(reject)
            if len(rejects) == REJECTS_A_PAGE:
                yield UsageBatch(None, tuple(rejects), place, last=place == total)
                rejects = []
        if rejects or total <= after:
            yield UsageBatch(None, tuple(rejects), total, last=True)

    def _summed(
        self, connection: duckdb.DuckDBPyConnection, texts: UsageTexts, relation: UsageRelation
    ) -> GroupedUsage:
        """Add everything up; rows that cannot be taken go to a table of their own.

        Most files have no such row. Then one pass over the rows is enough, which shows by
        every one of them being counted.
        """
        connection.execute(f"CREATE OR REPLACE TABLE {self._bad} (r BIGINT, fault INTEGER)")
        if not self._mapping.columns_of("event_id"):
            grouped = self._group(connection, relation)
            if grouped.rows == self._table.rows - self._table.unreadable:
                return grouped
        self._sort_out(connection, relation)
        if fetch_count(connection, f"SELECT count(*) FROM {self._bad}") and texts.learn(self._bad):
            self._sort_out(connection, relation)
        return self._group(connection, relation)

    def _sort_out(self, connection: duckdb.DuckDBPyConnection, relation: UsageRelation) -> None:
        """Put the rows that cannot be taken into a table of their own, each once, with its fault."""
        faulty = f"fault BETWEEN {NO_ACCOUNT} AND {BAD_QUANTITY}"
        if relation.wide:
            # One unreadable cell rejects its row, and so does a row without any quantity.
            fault = f"coalesce(min(fault) FILTER ({faulty}), {NO_QUANTITY})"
            found = (
                f"SELECT r, {fault} AS fault FROM ({relation.sql}) "
                f"GROUP BY r HAVING bool_or({faulty}) OR bool_and(fault = {NO_QUANTITY})"
            )
        else:
            found = f"SELECT r, fault FROM ({relation.sql}) WHERE fault > 0"
        connection.execute(f"CREATE OR REPLACE TABLE {self._bad} AS {found}")
        named = self._mapping.columns_of("event_id")
        column = self._table.column(named[0].column) if named else None
        if column is not None:
            key = f"trim({column.staged})"
            connection.execute(
                f"INSERT INTO {self._bad} SELECT t.rowid, {_REPEATED} FROM {self._table.staged} t JOIN ("
                f" SELECT {key} AS k, min(rowid) AS taken FROM {self._table.staged} WHERE {key} <> '' "
                f" GROUP BY {key} HAVING count(*) > 1) d ON {key} = d.k "
                f"WHERE t.rowid <> d.taken AND t.rowid NOT IN (SELECT r FROM {self._bad})"
            )

    def _group(self, connection: duckdb.DuckDBPyConnection, relation: UsageRelation) -> GroupedUsage:
        source = f"(SELECT *, 1 AS own FROM ({relation.sql}) WHERE fault = 0)"
        if fetch_count(connection, f"SELECT count(*) FROM {self._bad}"):
            source = f"(SELECT * FROM {source} WHERE r NOT IN (SELECT r FROM {self._bad}))"
        quantities = self._table.rows
        if relation.wide:
            # A row counts once, on the first of its quantities.
            first = "CASE WHEN j = min(j) OVER (PARTITION BY r) THEN 1 ELSE 0 END"
            source = f"(SELECT * EXCLUDE (own), {first} AS own FROM {source})"
            quantities *= len(self._mapping.columns_of("quantity"))
        if quantities <= IN_MEMORY and len(relation.meters) < MOST_METERS:
            return ArraysOfUsage(connection, source, self._mapping.combine)
        return TableOfUsage(connection, f"{self._table.staged}_grouped", source, self._mapping.combine)

    def _columns(self, relation: UsageRelation, grouped: GroupedUsage, start: int) -> UsageColumns:
        """The page from `start` on; it ends where a meter ends, if that is not too far back."""
        end = min(start + ENTRIES_A_PAGE, grouped.count)
        found = grouped.part(start, min(end + 1, grouped.count))
        if end < grouped.count:
            changes = (np.diff(found.accounts) != 0) | (np.diff(found.meters) != 0)
            steps = np.flatnonzero(changes) + 1
            if len(steps) and steps[-1] > ENTRIES_A_PAGE // 2:
                end = start + int(steps[-1])
        found = found.part(0, end - start)
        used, codes = np.unique(found.accounts, return_inverse=True)
        keys: list[int] = used.tolist()
        return UsageColumns(
            accounts=tuple(relation.accounts[code] for code in keys),
            meters=relation.meters,
            account_codes=codes.astype(np.int32),
            meter_codes=found.meters,
            days=found.days,
            quantities=found.quantities,
            lines=self._staged.numbers.of_rows(found.rows),
            rows=found.own,
            granularity=self._mapping.granularity,
        )

    def _rejects(self) -> Iterator[Reject]:
        """The rows that cannot be taken, then those that could not even be read."""
        names = ", ".join(f"t.{column.staged}" for column in self._table.columns)
        with self._files.scratch.connect() as connection:
            result = connection.execute(
                f"SELECT b.r, b.fault, {names} FROM {self._bad} b "
                f"JOIN {self._table.staged} t ON t.rowid = b.r ORDER BY b.r"
            )
            while rows := result.fetchmany(REJECTS_A_PAGE):
                for row in rows:
                    code, reason = self._why(int(row[1]), row[2:])
                    yield Reject(self._staged.numbers.of(int(row[0])), reason, row_text(row[2:]), code)
        yield from self._staged.rejects.after(0)

    def _why(self, fault: int, cells: tuple[str | None, ...]) -> tuple[str, str]:
        """Code and sentence of a fault."""
        if fault == NO_ACCOUNT:
            return "missing", "The row names no account."
        if fault == NO_METER:
            return "missing", "The row names no meter."
        if fault == _REPEATED:
            return "duplicate", "The event's id stands in an earlier row too, and that row was taken."
        fields = {BAD_DAY: "day", BAD_QUANTITY: "quantity"}
        for mapped in self._mapping.columns_of(fields.get(fault, "")):
            field = entities()[EntityKind.USAGE].field(mapped.field or "")
            column = self._table.column(mapped.column)
            if field is None or column is None:
                continue
            try:
                cell_reader(self._mapping, mapped, field)(cells[column.position] or "")
            except Unreadable as found:
                return found.code, found.reason
        return "missing", "The row has no day." if fault == BAD_DAY else "The row has no quantity."
