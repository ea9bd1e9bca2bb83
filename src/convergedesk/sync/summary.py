"""What an import did, in numbers that add up and in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from convergedesk.domain.accounts import AccountId, SystemKind
from convergedesk.domain.intake import StreamTally
from convergedesk.domain.records import EntityKind


@dataclass(frozen=True, slots=True)
class StreamSummary:
    """How the rows of one file or stream fared. rows = imported + rejected, always.

    Attributes:
        stream: The file's name, or the stream's.
        system: What kind of system it speaks for.
        entity: What its rows are.
        rows: Physical data rows.
        new: Rows that were not known before.
        changed: Rows that were known otherwise.
        unchanged: Rows that were known just so.
        rejects: Rows that were not taken, by code.
        waiting: Those of the rejects that are kept and come in once their account is known.
        complete: True where the stream was read to its end.
    """

    stream: str
    system: SystemKind
    entity: EntityKind
    rows: int
    new: int
    changed: int
    unchanged: int
    rejects: Mapping[str, int]
    waiting: int
    complete: bool

    @property
    def imported(self) -> int:
        """Rows that are in the workspace."""
        return self.new + self.changed + self.unchanged

    @property
    def rejected(self) -> int:
        """Rows that were not taken."""
        return sum(self.rejects.values())

    @classmethod
    def of(cls, stream: StreamTally) -> StreamSummary:
        """The summary of a stream's tally."""
        tally = stream.tally
        return cls(
            stream.stream,
            stream.system,
            stream.entity,
            tally.rows,
            tally.new,
            tally.changed,
            tally.unchanged,
            dict(sorted(tally.rejects.items())),
            tally.waiting,
            tally.complete,
        )


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What one import did.

    Attributes:
        run_id: The run's id in the workspace.
        state: 'done' or 'cancelled'.
        streams: One for each file or stream, in the order in which they were read.
        seconds: How long it took.
        usage_outside_subscription: Rows of usage outside their subscription's first and last
            day; they are linked all the same.
        usage_values_in_several_files: Values of usage that several files stated and that were
            added up.
        usage_values_repeated: Values of usage in files that repeat another one; counted once.
        gone: Rows that a whole list no longer has, marked as gone.
        late_rows: Rows of earlier imports that waited and came in now.
        accounts: The accounts whose data changed.
        notes: Plain sentences about what a person should know.
    """

    run_id: int
    state: str
    streams: tuple[StreamSummary, ...]
    seconds: float
    usage_outside_subscription: int = 0
    usage_values_in_several_files: int = 0
    usage_values_repeated: int = 0
    gone: int = 0
    late_rows: int = 0
    accounts: frozenset[AccountId] = field(default_factory=frozenset[AccountId])
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Physical data rows of all streams."""
        return sum(stream.rows for stream in self.streams)

    @property
    def new(self) -> int:
        """Rows that were not known before."""
        return sum(stream.new for stream in self.streams)

    @property
    def changed(self) -> int:
        """Rows that were known otherwise."""
        return sum(stream.changed for stream in self.streams)

    @property
    def unchanged(self) -> int:
        """Rows that were known just so."""
        return sum(stream.unchanged for stream in self.streams)

    @property
    def imported(self) -> int:
        """Rows that are in the workspace."""
        return self.new + self.changed + self.unchanged

    @property
    def rejected(self) -> int:
        """Rows that were not taken."""
        return sum(stream.rejected for stream in self.streams)

    @property
    def waiting(self) -> int:
        """Those of the rejects that come in once their account is known."""
        return sum(stream.waiting for stream in self.streams)

    @property
    def rejects(self) -> Mapping[str, int]:
        """Rows that were not taken, by code, the most frequent first."""
        counts: Counter[str] = Counter()
        for stream in self.streams:
            counts.update(stream.rejects)
        return dict(counts.most_common())

    @property
    def message(self) -> str:
        """The result in a sentence or two."""
        taken = f"{self.imported:,} of {self.rows:,} rows are in"
        detail = f"{self.new:,} new, {self.changed:,} changed, {self.unchanged:,} as they were"
        if self.state == "cancelled":
            return (
                f"Stopped. What was read up to then is kept: {taken} ({detail}). Import again to complete it."
            )
        were = "1 row was" if self.rejected == 1 else f"{self.rejected:,} rows were"
        refused = f" {were} not taken." if self.rejected else ""
        return f"{taken}: {detail}.{refused}"

    def to_json(self) -> dict[str, Any]:
        """The summary as plain values for `--json` and for the record of the run."""
        return {
            "run": self.run_id,
            "state": self.state,
            "message": self.message,
            "rows": self.rows,
            "imported": self.imported,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "rejects": dict(self.rejects),
            "waiting": self.waiting,
            "gone": self.gone,
            "late_rows": self.late_rows,
            "usage_outside_subscription": self.usage_outside_subscription,
            "usage_values_in_several_files": self.usage_values_in_several_files,
            "usage_values_repeated": self.usage_values_repeated,
            "accounts": len(self.accounts),
            "seconds": round(self.seconds, 3),
            "notes": list(self.notes),
            "files": [
                {
                    "file": stream.stream,
                    "system": stream.system.value,
                    "entity": stream.entity.value,
                    "rows": stream.rows,
                    "imported": stream.imported,
                    "new": stream.new,
                    "changed": stream.changed,
                    "unchanged": stream.unchanged,
                    "rejected": stream.rejected,
                    "rejects": dict(stream.rejects),
                    "waiting": stream.waiting,
                    "complete": stream.complete,
                }
                for stream in self.streams
            ],
        }


def overlap_notes(added_up: int, repeated: int) -> tuple[str, ...]:
    """What a person should know about usage that several files state."""
    notes: list[str] = []
    if repeated:
        notes.append(
            f"{repeated:,} usage values stand in a file that repeats another one. They were counted once."
        )
    if added_up:
        notes.append(
            f"{added_up:,} usage values stand in more than one file and were added up. "
            "If one of the files is a copy of another, leave it out and import again."
        )
    return tuple(notes)
