"""Files as a source: each mapped table is a stream of pages that can go on after any page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from convergedesk.domain.errors import NotFoundError, SourceError
from convergedesk.domain.records import EntityKind, RecordPage
from convergedesk.sources.files.build_records import SOURCE, stated_fields
from convergedesk.sources.files.catalogue import entities
from convergedesk.sources.files.file_set import FileSet
from convergedesk.sources.files.mapping import FileMapping, Mapping
from convergedesk.sources.files.read_records import record_batches
from convergedesk.sources.files.read_usage import UsageReader
from convergedesk.sources.files.tables import Table
from convergedesk.sources.protocol import Stream, StreamCheck


class FileSource:
    """Reads opened files as a mapping says. See `sources.protocol.Source`.

    Attributes:
        name: 'files'.
    """

    name = SOURCE

    def __init__(self, files: FileSet, mapping: Mapping) -> None:
        """Read the tables of `files` that `mapping` sends somewhere."""
        self._files = files
        self._mapped: dict[str, tuple[Table, FileMapping, EntityKind]] = {
            found.table: (files.table(found.table), found, found.entity)
            for found in mapping.files
            if found.entity is not None
        }

    def streams(self) -> tuple[Stream, ...]:
        """The tables, those first to which others refer; of one kind, the newest file first."""
        order = {kind: place for place, kind in enumerate(entities())}
        newest = sorted(
            self._mapped.values(),
            key=lambda item: (item[0].path.stat().st_mtime_ns, item[0].name),
            reverse=True,
        )
        return tuple(
            Stream(table.name, kind, mapping.system, table.rows)
            for table, mapping, kind in sorted(newest, key=lambda item: order[item[2]])
        )

    def check(self) -> tuple[StreamCheck, ...]:
        """A table can be read where something is mapped for each of its kind's needs."""
        return tuple(
            StreamCheck(table.name, not reason, reason)
            for table, mapping, kind in self._mapped.values()
            for reason in [missing_needs(mapping, kind)]
        )

    def read(self, stream: str, cursor: str = "") -> Iterator[RecordPage]:
        """The pages of a table after `cursor`.

        A cursor of another version of the file, or of another mapping, begins anew.

        Raises:
            NotFoundError: There is no such stream.
            SourceError: A field that such tables need is not mapped.
            DiskFullError: The temporary files do not fit.
        """
        if stream not in self._mapped:
            raise NotFoundError(f"There is no file “{stream}” among those that are imported.")
        table, mapping, kind = self._mapped[stream]
        if reason := missing_needs(mapping, kind):
            raise SourceError(f"{table.title}: {reason}", fix="Say in the mapping which column it is.")
        mark = hashlib.sha256(f"{table.fingerprint}|{mapping}".encode()).hexdigest()[:16]
        version, _, place = cursor.partition(":")
        after = int(place) if version == mark and place.isdigit() else 0
        stated = stated_fields(mapping)
        if kind is EntityKind.USAGE:
            for batch in UsageReader(self._files, table, mapping).batches(after):
                taken = 0 if batch.usage is None else int(batch.usage.rows.sum())
                yield RecordPage(
                    system=mapping.system,
                    source=SOURCE,
                    stream=stream,
                    entity=kind,
                    usage=batch.usage,
                    rejects=batch.rejects,
                    rows=taken + len(batch.rejects),
                    cursor=f"{mark}:{batch.done}",
                    last=batch.last,
                    whole=mapping.whole is True,
                    account_system=mapping.account_system,
                    stated=stated,
                )
            return
        for batch in record_batches(self._files, table, mapping, kind, after_line=after):
            yield RecordPage(
                system=mapping.system,
                source=SOURCE,
                stream=stream,
                entity=kind,
                records=batch.records,
                rejects=batch.rejects,
                rows=len(batch.records) + len(batch.rejects),
                cursor=f"{mark}:{batch.line}",
                last=batch.last,
                whole=mapping.whole is True,
                account_system=mapping.account_system,
                stated=stated,
            )


def missing_needs(mapping: FileMapping, kind: EntityKind) -> str:
    """What the mapping lacks for tables of this kind, as a sentence; empty where nothing."""
    entity = entities()[kind]
    for group in entity.needs:
        if not any(mapping.has(key) for key in group):
            labels = [field.label for key in group if (field := entity.field(key)) is not None]
            return f"No column is matched to {' or '.join(f'“{label}”' for label in labels)}."
    days = mapping.has("day") or all(column.period for column in mapping.columns_of("quantity"))
    if kind is EntityKind.USAGE and not days:
        return "No column is matched to “Day or time”."
    return ""
