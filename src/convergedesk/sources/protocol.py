"""What every source offers, be it files or a service's programming interface."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Protocol, cast

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.errors import SourceError
from convergedesk.domain.records import EntityKind, RecordPage

ENTRY_POINTS = "convergedesk.sources"


@dataclass(frozen=True, slots=True)
class Stream:
    """One kind of rows that a source offers.

    Attributes:
        name: Unique within the source.
        entity: What the rows are.
        system: The kind of system that they speak for.
        rows: How many there are, or None where that is known only after reading.
    """

    name: str
    entity: EntityKind
    system: SystemKind
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class StreamCheck:
    """Whether a stream can be read.

    Attributes:
        name: The stream.
        readable: True where it can.
        reason: Why not, in plain words; empty where it can.
    """

    name: str
    readable: bool
    reason: str = ""


class Source(Protocol):
    """Something that hands in typed records, page by page, and can go on after any page."""

    @property
    def name(self) -> str:
        """Its name in the workspace."""
        ...

    def streams(self) -> tuple[Stream, ...]:
        """What it offers, in the order in which it is best read."""
        ...

    def check(self) -> tuple[StreamCheck, ...]:
        """Whether each stream can be read now."""
        ...

    def read(self, stream: str, cursor: str = "") -> Iterator[RecordPage]:
        """The pages of a stream after `cursor`; '' begins. Raises SourceError."""
        ...


def source_factories() -> dict[str, Callable[..., Source]]:
    """The kinds of source that installed packages add, by name, through entry points."""
    return {
        point.name: cast("Callable[..., Source]", point.load()) for point in entry_points(group=ENTRY_POINTS)
    }


def source_factory(name: str) -> Callable[..., Source]:
    """The kind of source of that name. Raises SourceError where none is installed."""
    found = source_factories().get(name)
    if found is None:
        raise SourceError(f"No source “{name}” is installed.")
    return found
