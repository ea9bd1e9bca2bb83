"""Finds accounts, people, tickets with what was said in them, goals, notes, actions and check-ins."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection

from convergedesk.domain.accounts import AccountId, PodId
from convergedesk.domain.search import SearchGroup, SearchHit, SearchKind, SearchResults, only_kind
from convergedesk.store.accounts import family_within
from convergedesk.store.engine import Store
from convergedesk.store.names import name_key
from convergedesk.store.search_index import is_behind
from convergedesk.store.search_rows import FOUND, Asked, Found, read_hits
from convergedesk.store.search_tickets import find_tickets
from convergedesk.store.search_words import as_typed, fold, has_all, match_expression, words_of
from convergedesk.store.tables.search import ID_MASK

_CANDIDATES = 60
# Fewer letters match too much for a rank to mean anything: the newest are shown.
_RANKED_FROM = 3
_WEIGHTS = "10.0, 4.0, 1.0"
_NARROWED = 5


_POD = """
WITH RECURSIVE reached (id) AS (
    SELECT account_id FROM pod_accounts WHERE pod_id = ?
    UNION SELECT a.id FROM accounts a JOIN reached r ON a.parent_id = r.id
) SELECT id FROM reached
"""


def search(
    store: Store,
    text: str,
    *,
    limit: int = 6,
    account_id: AccountId | None = None,
    pod_id: PodId | None = None,
) -> SearchResults:
    """Find what somebody means by a few letters.

    Every word must begin a word of the row, of its account's name, or of the conversation of a
    ticket. `#` before the text finds tickets alone, `@` people; a ticket's number finds it from
    the first digit.

    Args:
        store: The open workspace.
        text: What was typed, as it is: quotes, operators and pasted pages do no harm.
        limit: Most hits of a kind; five times as many where the search is narrowed to one kind.
        account_id: Narrow the search to this account and its sites.
        pod_id: Narrow it to the accounts of this pod and their sites; does not count beside `account_id`.

    Returns:
        Groups in the order of `SearchKind`. Rows that were deleted, that their source no longer
        has, or whose account was merged into another do not appear.
    """
    kind, rest = only_kind(as_typed(text.lstrip()))
    words = words_of(rest)
    if not words:
        return SearchResults(text, ())
    with store.read() as connection:
        behind = is_behind(connection)
    if behind:
        with store.write():
            pass
    with store.read() as connection:
        scope = _scope(connection, account_id, pod_id)
        most = limit if kind is None else limit * _NARROWED
        asked = Asked(rest, words, most, scope, ours=account_id is None)
        kinds = tuple(SearchKind) if kind is None else (kind,)
        found = ((one, _hits(connection, one, asked)) for one in kinds)
        groups = tuple(SearchGroup(one, hits) for one, hits in found if hits)
    return SearchResults(text, groups)


def _scope(connection: Connection, account_id: AccountId | None, pod_id: PodId | None) -> str | None:
    """The accounts to which a search is narrowed as a JSON list, or None for all."""
    if account_id is not None:
        return json.dumps(family_within(connection, account_id))
    if pod_id is not None:
        return json.dumps(list(connection.exec_driver_sql(_POD, (pod_id,)).scalars()))
    return None


def look_up(store: Store, wanted: Iterable[tuple[SearchKind, int]]) -> tuple[SearchHit, ...]:
    """The hits of things that are known by kind and id, in that order; what is gone is left out."""
    hits: list[SearchHit] = []
    with store.read() as connection:
        for kind, hit_id in wanted:
            hits += read_hits(connection, kind, [hit_id], ())
    return tuple(hits)


def _hits(connection: Connection, kind: SearchKind, asked: Asked) -> tuple[SearchHit, ...]:
    if kind is SearchKind.TICKET:
        return find_tickets(connection, asked)
    titles = _ranked(connection, FOUND[kind], asked)
    if kind is SearchKind.ACCOUNT:
        titles = {**titles, **_named_like(connection, asked)}
    best = sorted(titles, key=lambda one: _tier(titles[one], asked))[: asked.limit]
    return tuple(read_hits(connection, kind, best, asked.words))


def _tier(title: str, asked: Asked) -> int:
    """Exactly that name, then names that begin so, then names with all the words, then the others."""
    folded, typed = fold(title), " ".join(fold(asked.text).split())
    if folded == typed:
        return 0
    if folded.startswith(typed):
        return 1
    return 2 if has_all(title, asked.words) else 3


def _ranked(connection: Connection, found: Found, asked: Asked) -> dict[int, str]:
    """Titles by id, in the order of their rank."""
    ranked = max(map(len, asked.words)) >= _RANKED_FROM
    order = f"bm25(search_book, {_WEIGHTS})" if ranked else "b.rowid DESC"
    rows = connection.exec_driver_sql(
        f"SELECT r.id, {found.title} FROM search_book b CROSS JOIN {found.source} "  # noqa: S608
        "WHERE search_book MATCH :match AND b.rowid BETWEEN :first AND :last "
        f"AND r.id = b.rowid & {ID_MASK} AND {found.shown}{asked.within(found)} "
        f"ORDER BY {order} LIMIT {_CANDIDATES}",
        asked.bound(match=match_expression(asked.words), first=found.indexed.first, last=found.indexed.last),
    )
    return {row[0]: row[1] for row in rows}


def _named_like(connection: Connection, asked: Asked) -> dict[int, str]:
    """Accounts whose name begins like the text, and, after these, accounts that have it within a word."""
    found, key = FOUND[SearchKind.ACCOUNT], name_key(asked.text)
    pattern = key.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    rows = connection.exec_driver_sql(
        f"SELECT r.id, {found.title} FROM {found.source} WHERE r.name_key LIKE :inside ESCAPE '\\' "  # noqa: S608
        f"AND {found.shown}{asked.within(found)} "
        "ORDER BY r.name_key LIKE :begins ESCAPE '\\' DESC, length(r.name_key), r.name_key "
        f"LIMIT {_CANDIDATES}",
        asked.bound(inside=f"%{pattern}%", begins=f"{pattern}%"),
    )
    return {row[0]: row[1] for row in rows}
