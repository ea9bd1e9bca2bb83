"""The words of a search, and where they stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock

from sqlcipher3 import dbapi2

from convergedesk.domain.search import Marked, Span

# Nobody types more; whoever pastes a page means its beginning.
_MOST_LETTERS = 200
_MOST_WORDS = 8
_SNIPPET = 96
_BEFORE = 24


class _Tokenizer:
    """Asks SQLite itself, so that what is typed is cut into words exactly as what is indexed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._connection: dbapi2.Connection | None = None

    def words(self, text: str) -> list[str]:
        with self._lock:
            if self._connection is None:
                self._connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
                self._connection.execute(
                    "CREATE VIRTUAL TABLE typed USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')"
                )
                self._connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab (typed, instance)")
            self._connection.execute("DELETE FROM typed")
            self._connection.execute("INSERT INTO typed (text) VALUES (?)", (text,))
            rows = self._connection.execute("SELECT term FROM terms ORDER BY offset").fetchall()
        return [row[0] for row in rows]


_tokenizer = _Tokenizer()


def as_typed(text: str) -> str:
    """The beginning of a text, without what clipboards hold and SQLite does not take for text."""
    return text[:_MOST_LETTERS].encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")


def words_of(text: str) -> tuple[str, ...]:
    """The words of what was typed, folded, each once; at most eight."""
    return tuple(dict.fromkeys(_tokenizer.words(as_typed(text))))[:_MOST_WORDS]


def match_expression(words: Sequence[str], *, column: str = "", whole_below: int = 1) -> str:
    """An FTS5 query for rows with a word that begins like each of `words`.

    Args:
        words: From `words_of`.
        column: Look in this column alone.
        whole_below: Words with fewer letters are looked for as they are.
    """
    terms = " AND ".join(f'"{word}"' if len(word) < whole_below else f'"{word}" *' for word in words)
    return f"{{{column}}} : ({terms})" if column else terms


def mark(text: str, words: Sequence[str]) -> Marked:
    """The text on one line, with the places where its words begin like one of `words`."""
    line = " ".join(text.split())
    return Marked(line, spans_in(line, words))


def snippet(text: str, words: Sequence[str]) -> Marked:
    """As `mark`, cut to the surroundings of the first place that matches."""
    line = " ".join(text.split())
    spans = spans_in(line, words)
    if len(line) <= _SNIPPET:
        return Marked(line, spans)
    first = spans[0][0] if spans else 0
    start = 0 if first <= _BEFORE else line.rfind(" ", 0, first - _BEFORE // 2) + 1
    end = min(len(line), start + _SNIPPET)
    if end < len(line):
        # Not within a word, unless there is hardly another place.
        end = max(line.rfind(" ", start, end), start + _SNIPPET // 2)
    head, tail = "…" if start else "", "…" if end < len(line) else ""
    shift = len(head) - start
    kept = tuple((a + shift, b + shift) for a, b in spans if a >= start and b <= end)
    return Marked(f"{head}{line[start:end]}{tail}", kept)


def spans_in(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    """Where the text's words begin like one of `words`, in order; the longest counts."""
    if not words:
        return ()
    folded = fold(text)
    found: list[Span] = []
    for token in re.finditer(r"[^\W_]+", folded):
        reach = max((len(word) for word in words if token.group().startswith(word)), default=0)
        if reach:
            found.append((token.start(), token.start() + reach))
    return tuple(found)


def has_all(text: str, words: Sequence[str]) -> bool:
    """True where every one of `words` begins a word of the text."""
    tokens = re.findall(r"[^\W_]+", fold(text))
    return all(any(token.startswith(word) for token in tokens) for word in words)


def fold(text: str) -> str:
    """Lower case without diacritics, letter for letter: as long as the text itself."""
    return text.lower() if text.isascii() else "".join(map(_folded, text))


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[:1]
    lower = base.lower()
    return lower if len(lower) == 1 else base
