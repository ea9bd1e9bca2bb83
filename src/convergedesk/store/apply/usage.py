"""Usage of a page into month blocks: set what is newly stated, add what one import states twice.

A value that an earlier import left is replaced; a value that this import has already stated
is added to. So two files that share a day add up, and importing them again gives the same
sum. A value that is the sum of several files is not replaced by the first of them: what this
import says of it is gathered and put in place when the import ends, so that it never stands
halved in between, and comes out unchanged when nothing changed.

A file that says nearly everywhere what another file of the import said before is another
export of the same usage and not a further part of it: where they overlap it is left aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from convergedesk.domain.usage import Granularity
from convergedesk.store.apply.usage_values import (
    Floats,
    Ints,
    read_shared,
    read_values,
    unpack,
    write_shared,
    write_values,
)
from convergedesk.store.tables.usage import DAYS_PER_BLOCK
from convergedesk.store.usage_blocks import block_keys, month_and_day

Flags = NDArray[np.bool_]

# From so many common values on, so many of them different, it shows whether two files repeat each
# other: parts of a whole do not agree in nine values of ten.
_TELLING_VALUES: Final = 30
_TELLING_VARIETY: Final = 5
_REPEATING_SHARE: Final = 0.9
# The bit of a month's own value, above those of its 31 days.
_MONTH_BIT: Final = DAYS_PER_BLOCK


@dataclass(frozen=True, slots=True)
class UsageEntries:
    """Entries of one page. Arrays have shape (n,).

    Attributes:
        subjects: Ids of `usage_subjects`.
        meters: Ids of `meters`.
        days: Days since 1970-01-01.
        quantities: What was used; finite.
        rows: Physical rows behind each entry.
        adding: False where the meter's greatest value counts.
        granularity: Days or whole months.
    """

    subjects: Ints
    meters: Ints
    days: Ints
    quantities: Floats
    rows: Ints
    adding: Flags
    granularity: Granularity


@dataclass(frozen=True, slots=True)
class UsageCounts:
    """How the rows of a page fared, and the subjects whose usage changed."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    subjects: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Cells:
    """The values that a page states, each once.

    `blocks` are the distinct block keys; `block` and `offset` say where in them a value lies.
    """

    blocks: Ints
    block: Ints
    offset: Ints
    quantities: Floats
    rows: Ints
    adding: Flags
    bits: Ints


@dataclass(slots=True)
class _Gathered:
    """What this import says so far of a value that several files made up before."""

    value: float
    granularity: Granularity
    statements: int = 1
    rows: Counter[str] = field(default_factory=Counter[str])


@dataclass(slots=True)
class UsageWriter:
    """Writes the usage of one import.

    Attributes:
        shared_values: How many values several streams of this import stated, which were added up.
        repeated_values: How many values a stream stated that repeats another.
    """

    shared_values: int = 0
    repeated_values: int = 0
    _stream: str = ""
    # Whether the stream repeats an earlier one; None until that shows.
    _repeating: bool | None = None
    _said_here: dict[int, int] = field(default_factory=dict[int, int])
    _said_before: dict[int, int] = field(default_factory=dict[int, int])
    _fresh: dict[int, int] = field(default_factory=dict[int, int])
    _gathering: dict[int, int] = field(default_factory=dict[int, int])
    _shared: dict[int, int] | None = None
    _gathered: dict[tuple[int, int], _Gathered] = field(default_factory=dict[tuple[int, int], _Gathered])

    def write(self, connection: Connection, entries: UsageEntries, stream: str) -> UsageCounts:
        """Put a page's entries into the blocks of their months."""
        if not entries.subjects.size:
            return UsageCounts()
        if self._shared is None:
            self._shared = read_shared(connection)
        if stream != self._stream:
            self._stream = stream
            for key, mask in self._said_here.items():
                self._said_before[key] = self._said_before.get(key, 0) | mask
            self._said_here = {}
            self._repeating = None
        cells = _cells(entries)
        before = read_values(connection, cells.blocks, entries.granularity)
        stored = before[cells.block, cells.offset]
        known = ~np.isnan(stored)
        said_before, said_here = _has(self._said_before, cells), _has(self._said_here, cells)
        said = said_before | said_here
        gathering = _has(self._gathering, cells)
        repeated = said_before & ~said_here
        if not self._repeats(stored, cells.quantities, repeated & ~gathering):
            self.shared_values += int(repeated.sum())
            repeated = np.zeros_like(said)
        self.repeated_values += int(repeated.sum())
        differs = known & (stored != cells.quantities)
        gathered = (gathering | (~said & differs & _has(self._shared, cells))) & ~repeated
        again = said & known & ~repeated
        together = np.where(cells.adding, stored + cells.quantities, np.fmax(stored, cells.quantities))
        values = np.where(gathered | repeated, stored, np.where(again, together, cells.quantities))
        after = before.copy()
        after[cells.block, cells.offset] = values
        changed = ~((after == before) | np.isnan(after)).all(axis=1)
        write_values(connection, cells.blocks[changed], after[changed], entries.granularity)

        fresh = (~known | _has(self._fresh, cells)) & ~repeated
        unchanged = ~fresh & (values == stored)
        self._gather(cells, gathered, stream, entries.granularity)
        self._share(connection, cells, again & ~gathered)
        _add(self._said_here, cells, np.ones_like(said))
        _add(self._fresh, cells, fresh)
        return UsageCounts(
            int(cells.rows[fresh].sum()),
            int(cells.rows[~fresh & ~unchanged].sum()),
            int(cells.rows[unchanged].sum()),
            frozenset(np.unique(unpack(cells.blocks[changed])[0]).tolist()),
        )

    def finish(self, connection: Connection) -> tuple[Mapping[str, int], frozenset[int]]:
        """Put in place what was gathered of values that several files make up.

        Returns:
            The rows that turned out changed, by stream, and the subjects whose usage changed.
        """
        turned: Counter[str] = Counter()
        subjects: set[int] = set()
        masks: dict[int, int] = {}
        for granularity in Granularity:
            mine = {place: g for place, g in self._gathered.items() if g.granularity is granularity}
            if not mine:
                continue
            keys = np.unique(np.array([key for key, _ in mine], dtype=np.int64))
            row_of = {key: row for row, key in enumerate(keys.tolist())}
            values = read_values(connection, keys, granularity)
            for (key, bit), gathered in mine.items():
                offset = 0 if bit == _MONTH_BIT else bit
                if gathered.statements == 1 and self._shared is not None:
                    self._shared[key] = masks[key] = self._shared.get(key, 0) & ~(1 << bit)
                if values[row_of[key], offset] != gathered.value:
                    values[row_of[key], offset] = gathered.value
                    turned.update(gathered.rows)
                    subjects.add(int(unpack(np.array([key]))[0][0]))
            write_values(connection, keys, values, granularity)
        write_shared(connection, masks)
        self._gathered.clear()
        self._gathering.clear()
        return turned, frozenset(subjects)

    def _repeats(self, stored: Floats, stated: Floats, common: Flags) -> bool:
        """Whether the stream repeats what an earlier one said; once that shows it holds for the stream."""
        if self._repeating is None and int(common.sum()) >= _TELLING_VALUES:
            before, now = stored[common], stated[common]
            if np.unique(now[now != 0]).size >= _TELLING_VARIETY:
                self._repeating = bool((before == now).mean() >= _REPEATING_SHARE)
        return self._repeating is True

    def _gather(self, cells: _Cells, which: Flags, stream: str, granularity: Granularity) -> None:
        for at in np.flatnonzero(which).tolist():
            key, bit = int(cells.blocks[cells.block[at]]), int(cells.bits[at]).bit_length() - 1
            quantity, rows = float(cells.quantities[at]), int(cells.rows[at])
            gathered = self._gathered.get((key, bit))
            if gathered is None:
                gathered = self._gathered[key, bit] = _Gathered(quantity, granularity)
                self._gathering[key] = self._gathering.get(key, 0) | 1 << bit
            else:
                gathered.statements += 1
                gathered.value = (
                    gathered.value + quantity if cells.adding[at] else max(gathered.value, quantity)
                )
            gathered.rows[stream] += rows

    def _share(self, connection: Connection, cells: _Cells, which: Flags) -> None:
        if not which.any() or self._shared is None:
            return
        _add(self._shared, cells, which)
        touched = cells.blocks[np.unique(cells.block[which])].tolist()
        write_shared(connection, {key: self._shared[key] for key in touched})


def _cells(entries: UsageEntries) -> _Cells:
    months, offset = month_and_day(entries.days)
    if entries.granularity is Granularity.MONTH:
        offset = np.zeros_like(offset)
    blocks, block = _distinct(block_keys(entries.subjects, entries.meters, months))
    cell = block * DAYS_PER_BLOCK + offset
    quantities, rows, adding = entries.quantities, entries.rows, entries.adding
    if cell.size > 1 and not (cell[1:] > cell[:-1]).all():
        distinct, at = _distinct(cell)
        sums = np.bincount(at, weights=quantities, minlength=distinct.size)
        greatest = np.full(distinct.size, -np.inf)
        np.fmax.at(greatest, at, quantities)
        first = np.zeros(distinct.size, dtype=np.bool_)
        first[at] = adding
        quantities, adding = np.where(first, sums, greatest), first
        rows = np.bincount(at, weights=rows, minlength=distinct.size).astype(np.int64)
        block, offset = distinct // DAYS_PER_BLOCK, distinct % DAYS_PER_BLOCK
    shift = np.full_like(offset, _MONTH_BIT) if entries.granularity is Granularity.MONTH else offset
    return _Cells(blocks, block, offset, quantities, rows, adding, np.left_shift(1, shift))


def _distinct(keys: Ints) -> tuple[Ints, Ints]:
    """The distinct keys in order, and for each key its place among them; quick when sorted."""
    steps = np.diff(keys)
    if (steps < 0).any():
        distinct, at = np.unique(keys, return_inverse=True)
        return distinct, at.astype(np.int64)
    new = np.concatenate(([True], steps > 0))
    return keys[new], np.cumsum(new) - 1


def _has(masks: Mapping[int, int], cells: _Cells) -> Flags:
    """For each cell whether its bit is set."""
    if not masks:
        return np.zeros(cells.block.size, dtype=np.bool_)
    of_blocks = np.array([masks.get(key, 0) for key in cells.blocks.tolist()], dtype=np.int64)
    return of_blocks[cells.block] & cells.bits != 0


def _add(masks: dict[int, int], cells: _Cells, which: Flags) -> None:
    """Set the bits of some cells."""
    if not which.any():
        return
    bits = np.where(which, cells.bits, 0)
    if (cells.block[1:] >= cells.block[:-1]).all():
        starts = np.searchsorted(cells.block, np.arange(cells.blocks.size))
        by_block: Ints = np.bitwise_or.reduceat(bits, starts)
    else:
        by_block = np.zeros(cells.blocks.size, dtype=np.int64)
        np.bitwise_or.at(by_block, cells.block, bits)
    for key, added in zip(cells.blocks.tolist(), by_block.tolist(), strict=True):
        if added:
            masks[key] = masks.get(key, 0) | added
