"""Requests that may be one and the same, and the request that a customer's words may belong to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from convergedesk.domain.feedback import Request, RequestId
from convergedesk.figures.feedback import root_of

# Words that every request has and that say nothing about what is asked for.
_LITTLE = """
a an and add allow as at be by can could do every for from get have i in into is it its let make me more need
new of on once one option or our per please set so support that the them there this to us use want we when
with would you your
"""
_COMMON = frozenset(_LITTLE.split())
ALIKE = 74.0
"""From this likeness on (0 to 100) two requests are offered for merging."""
_SAME_FEATURE = 66.0
_BELONGS = 78.0
_LEAST_SHARED = 2
_BEGINNING = 3
_LEAST_COMMON = 0.3
"""Share of the words' beginnings; well below what a likeness of 66 needs, so that none is missed."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two requests that may be one.

    Attributes:
        request: The one.
        other: The other.
        likeness: 0 to 100, by the words that they share.
        shared: Those words, in the order of the first title.
    """

    request: Request
    other: Request
    likeness: float
    shared: tuple[str, ...]


def likely_duplicates(requests: Iterable[Request]) -> tuple[Duplicate, ...]:
    """Pairs among requests that stand for themselves, most alike first; not those that were told apart.

    Titles are compared without common words, whatever their order; about the same feature, less
    likeness suffices.
    """
    known = {one.id: one for one in requests}
    own = [one for one in known.values() if root_of(one.id, known) == one.id]
    words = {one.id: _words(one.title) for one in own}
    found: list[Duplicate] = []
    for one, other in _near(own, words):
        if other.uid in one.distinct_from or one.uid in other.distinct_from:
            continue
        shared = tuple(word for word in words[one.id] if _occurs(word, words[other.id]))
        likeness = _likeness(words[one.id], words[other.id], len(shared))
        same = one.feature is not None and one.feature == other.feature
        near = likeness >= _SAME_FEATURE and same and len(shared) >= _LEAST_SHARED
        if likeness >= ALIKE or near:
            found.append(Duplicate(one, other, likeness, shared))
    found.sort(key=lambda pair: (-pair.likeness, pair.request.title))
    return tuple(found)


def likely_request(text: str, requests: Sequence[Request]) -> Request | None:
    """The request that a customer's words most likely belong to, or None where none is near."""
    said = " ".join(_words(text))
    best: tuple[float, Request] | None = None
    for one in requests:
        words = _words(one.title)
        if not words or sum(_occurs(word, said.split()) for word in words) < min(_LEAST_SHARED, len(words)):
            continue
        likeness = fuzz.token_set_ratio(" ".join(words), said)
        if likeness >= _BELONGS and (best is None or likeness > best[0]):
            best = (likeness, one)
    return None if best is None else best[1]


def _near(
    requests: Sequence[Request], words: Mapping[RequestId, Sequence[str]]
) -> Iterator[tuple[Request, Request]]:
    """Pairs that have as many word beginnings in common as two that are alike must have."""
    starts = {one.id: frozenset(word[:_BEGINNING] for word in words[one.id]) for one in requests}
    by_start: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(requests):
        common: Counter[int] = Counter()
        for start in starts[one.id]:
            common.update(by_start[start])
            by_start[start].append(place)
        for earlier, shared in common.items():
            other = requests[earlier]
            if 2 * shared >= _LEAST_COMMON * (len(starts[one.id]) + len(starts[other.id])):
                yield other, one


def _likeness(one: Sequence[str], other: Sequence[str], shared: int) -> float:
    """0 to 100: half by the letters of the sorted words, half by how many of the words are shared."""
    if not one or not other:
        return 0.0
    letters = fuzz.token_sort_ratio(" ".join(one), " ".join(other))
    return (letters + 200.0 * shared / (len(one) + len(other))) / 2.0


def _words(text: str) -> list[str]:
    found = re.findall(r"[^\W_]+", text.casefold())
    return [word for word in found if word not in _COMMON]


def _occurs(word: str, among: Sequence[str]) -> bool:
    """The word itself, or one that only ends differently."""
    return any(word == other or fuzz.ratio(word, other) >= 84.0 for other in among)
