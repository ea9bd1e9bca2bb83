"""What one import run keeps in mind between its pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.intake import StreamTally, SubscriptionTerm, Tally
from convergedesk.domain.links import AccountKeyLink, KeyState
from convergedesk.domain.records import EntityKind, Origin, RecordPage
from convergedesk.store.apply.children import LinePositions
from convergedesk.store.apply.lookups import Lookups
from convergedesk.store.apply.rejects import (
    AMBIGUOUS_ACCOUNT,
    IGNORED_ACCOUNT,
    UNKNOWN_ACCOUNT,
    UNKNOWN_REFERENCE,
    Refusal,
    RejectWriter,
)
from convergedesk.store.apply.usage import UsageWriter


@dataclass(slots=True)
class RunContext:
    """The memory of one run; all of it can be lost without harm to what is committed.

    Attributes:
        source: Name of the source.
        run_id: The run.
        now: The run's start in microseconds; the instant of everything that it writes.
        resumed: Streams that go on after a cursor, so that what they lack is not missing.
        tallies: How the rows of each stream fared, by stream.
        seen: For each entity which stream stated a row first, by row key.
        whole: The streams that are whole lists and had no unreadable row, by entity; False
            once one of the entity's streams was not.
        counted: Rejects of this run that wait, by entity and row key: stream, code and line of each.
        usage_counted: The same for usage, as counts of rows, by account key.
        touched: Accounts whose data changed.
        terms: Subscriptions' first and last days, by the text of their key.
        outside_term: Rows of usage outside their subscription's term.
        subjects: Id and account of usage subjects, by the text of their key.
        undated: Usage whose subscription was not known yet: key text, days, rows of each.
    """

    source: str
    run_id: int
    now: int
    rejects: RejectWriter
    lookups: Lookups
    resumed: frozenset[str] = frozenset()
    tallies: dict[str, StreamTally] = field(default_factory=dict[str, StreamTally])
    seen: defaultdict[EntityKind, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    whole: dict[tuple[SystemKind, EntityKind], bool] = field(
        default_factory=dict[tuple[SystemKind, EntityKind], bool]
    )
    counted: defaultdict[tuple[EntityKind, str], list[tuple[str, str, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    usage_counted: defaultdict[str, Counter[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    touched: set[int] = field(default_factory=set[int])
    terms: dict[str, SubscriptionTerm] = field(default_factory=dict[str, SubscriptionTerm])
    outside_term: int = 0
    undated: list[tuple[str, NDArray[np.int32], NDArray[np.int32]]] = field(
        default_factory=list[tuple[str, NDArray[np.int32], NDArray[np.int32]]]
    )
    subjects: dict[str, tuple[int, int | None]] = field(default_factory=dict[str, tuple[int, int | None]])
    key_ids: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    usage: UsageWriter = field(default_factory=UsageWriter)
    positions: LinePositions = field(default_factory=LinePositions)
    waiting: dict[EntityKind, set[str]] = field(default_factory=dict[EntityKind, set[str]])

    def tally(self, page: RecordPage) -> Tally:
        """The tally of the page's stream."""
        if page.stream not in self.tallies:
            self.tallies[page.stream] = StreamTally(page.stream, page.system, page.entity, Tally())
        return self.tallies[page.stream].tally

    def come_in(self, entity: EntityKind, row_key: str, fate: str) -> list[tuple[str, int]]:
        """Count a row that waited as taken, and not as a reject of this run.

        Args:
            entity: What it is.
            row_key: Which one.
            fate: 'new', 'changed' or 'unchanged'.

        Returns:
            Streams and lines of the rejects that it was.
        """
        places: list[tuple[str, int]] = []
        for stream, code, line in self.counted.pop((entity, row_key), []):
            self.tallies[stream].tally.take_back(code, 1, fate)
            places.append((stream, line))
            fate = "unchanged"
        return places

    def usage_comes_in(self, account_key: str, stream: str, rows: int) -> int:
        """Count usage that waited as taken; returns the rows that were no rejects of this run."""
        counted = self.usage_counted.get(account_key, Counter())
        for (of_stream, code), waiting in list(counted.items()):
            taken = min(waiting, rows) if of_stream == stream else 0
            if taken:
                counted[of_stream, code] -= taken
                self.tallies[stream].tally.take_back(code, taken, "new")
                rows -= taken
        return rows

    def key_id(self, link: AccountKeyLink) -> int:
        """Our id of a key that was kept."""
        return self.key_ids[link.source, link.text] if link.id is None else link.id


def refuse_link(link: AccountKeyLink, origin: Origin, rows: int = 1, *, waits: bool = True) -> Refusal:
    """The refusal of a row whose account is not known."""
    label = link.label
    if link.state is KeyState.AMBIGUOUS:
        code, reason = AMBIGUOUS_ACCOUNT, f"“{label}” fits several accounts."
    elif link.state is KeyState.IGNORED:
        code, reason = IGNORED_ACCOUNT, f"“{label}” is being ignored, as you decided."
    elif ":subscription:" in link.text:
        code, reason = UNKNOWN_REFERENCE, f"The subscription “{label}” is not known."
    else:
        code, reason = UNKNOWN_ACCOUNT, f"No account is known for “{label}”."
    return Refusal(origin.line, code, reason, origin.raw, link.text, rows, waits)


def refuse_nameless(origin: Origin) -> Refusal:
    """The refusal of a row that names no account at all."""
    reason = "The row names no account, or only a mail provider that everybody uses."
    return Refusal(origin.line, UNKNOWN_ACCOUNT, reason, origin.raw)
