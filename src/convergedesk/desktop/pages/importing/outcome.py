"""What the child process tells: how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from convergedesk.domain.money import Money


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """How one file fared. rows = new + changed + unchanged + rejected, always.

    Attributes:
        name: Name of the file, as in its table.
        entity: What its rows are, such as 'tickets'.
        rows: Physical rows.
        new: Rows that were not known.
        changed: Rows that were known otherwise.
        unchanged: Rows that were known just so.
        rejected: Rows that were not taken.
        waiting: Those of the rejected that come in once their account is known.
        complete: False where the import was stopped before its end.
    """

    name: str
    entity: str
    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    waiting: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the files, to hold beside the sums of the systems that they come from.

    Attributes:
        quantities: Usage by meter, the greatest first.
        money: What is summed (such as 'Invoices') with each currency's amount.
        priorities: Tickets by priority, the highest first.
    """

    quantities: tuple[tuple[str, float], ...] = ()
    money: tuple[tuple[str, Money], ...] = ()
    priorities: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do.

    Attributes:
        dry: True where nothing was kept.
        cancelled: True where it was stopped.
        files: By file, in the order in which they were read.
        rejects: Rows that were not taken, by code.
        totals: Sums over the files.
        notes: Plain sentences to show.
        message: One sentence over everything.
    """

    dry: bool
    cancelled: bool
    files: tuple[FileOutcome, ...]
    rejects: tuple[tuple[str, int], ...]
    totals: Totals
    notes: tuple[str, ...]
    message: str

    @property
    def rows(self) -> int:
        """All rows of all files."""
        return sum(one.rows for one in self.files)

    @property
    def new(self) -> int:
        """Rows that were not known."""
        return sum(one.new for one in self.files)

    @property
    def changed(self) -> int:
        """Rows that were known otherwise."""
        return sum(one.changed for one in self.files)

    @property
    def unchanged(self) -> int:
        """Rows that were known just so."""
        return sum(one.unchanged for one in self.files)

    @property
    def rejected(self) -> int:
        """Rows that were not taken."""
        return sum(one.rejected for one in self.files)

    @property
    def waiting(self) -> int:
        """Those of the rejected that wait for their account."""
        return sum(one.waiting for one in self.files)

    @property
    def imported(self) -> int:
        """Rows that are in the workspace."""
        return self.rows - self.rejected


def read_outcome(told: Mapping[str, Any]) -> Outcome:
    """The outcome in the child's summary object."""
    rejects = sorted(told.get("rejects", {}).items(), key=lambda pair: -pair[1])
    return Outcome(
        dry=bool(told.get("dry_run")),
        cancelled=told.get("state") == "cancelled",
        files=tuple(_file(one) for one in told.get("files", ())),
        rejects=tuple((str(code), int(rows)) for code, rows in rejects),
        totals=_totals(told.get("totals") or {}),
        notes=tuple(dict.fromkeys(str(note) for note in told.get("notes", ()))),
        message=str(told.get("message", "")),
    )


def _file(told: Mapping[str, Any]) -> FileOutcome:
    rejects = told.get("rejects", {})
    return FileOutcome(
        name=str(told["file"]),
        entity=str(told["entity"]),
        rows=int(told["rows"]),
        new=int(told["new"]),
        changed=int(told["changed"]),
        unchanged=int(told["unchanged"]),
        rejected=int(told.get("rejected", sum(rejects.values()))),
        waiting=int(told.get("waiting", 0)),
        complete=bool(told.get("complete", True)),
    )


def _totals(told: Mapping[str, Any]) -> Totals:
    return Totals(
        quantities=tuple((str(name), float(value)) for name, value in told.get("quantities", ())),
        money=tuple(
            (str(name), Money(int(value["minor_units"]), str(value["currency"])))
            for name, value in told.get("money", ())
        ),
        priorities=tuple((str(name), int(value)) for name, value in told.get("priorities", ())),
    )
