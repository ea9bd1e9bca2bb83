"""How each kind of row is found, and the rows as hits."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.search import SearchHit, SearchKind
from convergedesk.store.instants import from_microseconds
from convergedesk.store.search_words import has_all, mark, snippet
from convergedesk.store.tables import search as places


@dataclass(frozen=True, slots=True)
class Found:
    """How hits of a kind are read.

    Attributes:
        kind: The kind.
        indexed: How its rows lie in the index.
        title: Its name or words, of row `r`.
        columns: account id and name, about, audience, number, state, at, due on.
        joins: What `columns` need beside `r`; CROSS, or SQLite would begin at the accounts.
        shown: The condition under which a row appears at all.
        owner: The column with the account's id.
    """

    kind: SearchKind
    indexed: places.Indexed
    title: str
    columns: str
    shown: str
    joins: str = "CROSS JOIN accounts a ON a.id = r.account_id"
    owner: str = "r.account_id"

    @property
    def source(self) -> str:
        """The tables, for a FROM clause."""
        return f"{self.indexed.table} r {self.joins}"


_KEPT = "a.merged_into_id IS NULL"
_WRITTEN = f"r.deleted_at IS NULL AND {_KEPT}"
FOUND: Final = {
    found.kind: found
    for found in (
        Found(
            SearchKind.ACCOUNT,
            places.ACCOUNTS,
            "r.name",
            "r.id, '', coalesce(r.domain, '') || ' ' || coalesce((SELECT "
            "group_concat(x.external_id, ' ') FROM external_references x WHERE x.account_id = r.id), ''), "
            "NULL, coalesce(r.tier, ''), r.lifecycle, NULL, NULL",
            "r.merged_into_id IS NULL AND r.gone_since IS NULL",
            "",
            "r.id",
        ),
        Found(
            SearchKind.PERSON,
            places.PERSONS,
            "r.name",
            "r.account_id, coalesce(a.name, ''), coalesce(r.title, '') || char(10) || "
            "coalesce(r.email, ''), NULL, '', r.role, NULL, r.left_on",
            f"r.gone_since IS NULL AND r.deleted_at IS NULL AND (a.id IS NULL OR {_KEPT})",
            "LEFT JOIN accounts a ON a.id = r.account_id",
        ),
        Found(
            SearchKind.TICKET,
            places.TICKETS,
            "r.title",
            "r.account_id, a.name, coalesce(r.requester, '') || char(10) || "
            "coalesce((SELECT f.name FROM features f WHERE f.id = r.feature_id), ''), NULL, r.number, "
            "r.status, r.opened_at, NULL",
            f"r.gone_since IS NULL AND r.status <> 'deleted' AND {_KEPT}",
        ),
        Found(
            SearchKind.GOAL,
            places.GOALS,
            "r.title",
            "r.account_id, a.name, coalesce(r.owner, '') || char(10) || r.evidence, "
            "r.audience, '', r.state, NULL, r.due_on",
            f"r.gone_since IS NULL AND {_WRITTEN}",
        ),
        Found(
            SearchKind.NOTE,
            places.NOTES,
            "r.body || char(10) || r.pulse_reason",
            "r.account_id, a.name, r.author, r.audience, '', '', r.written_at, NULL",
            _WRITTEN,
        ),
        Found(
            SearchKind.ACTION,
            places.ACTIONS,
            "r.title",
            "r.account_id, a.name, r.owner, r.audience, '', "
            "CASE WHEN r.done_on IS NULL THEN 'open' ELSE 'done' END, NULL, r.due_on",
            _WRITTEN,
        ),
        Found(
            SearchKind.CHECK_IN,
            places.CHECK_INS,
            "r.summary || char(10) || r.next_step",
            "r.account_id, a.name, "
            "r.author || char(10) || "
            "coalesce((SELECT group_concat(value, ', ') FROM json_each(r.attendees)), ''), "
            "'internal', '', r.channel, r.held_at, NULL",
            _WRITTEN,
        ),
        Found(
            SearchKind.FEEDBACK,
            places.FEEDBACK,
            "r.body",
            "r.account_id, a.name, coalesce(q.title, '') || char(10) || r.author, r.audience, '', "
            "coalesce(q.status, ''), r.given_at, NULL",
            _KEPT,
            "CROSS JOIN accounts a ON a.id = r.account_id "
            "LEFT JOIN feedback_requests q ON q.id = r.request_id AND q.deleted_at IS NULL",
        ),
    )
}
# A picture in a note's Markdown: its words are for eyes, its address is not.
_PICTURES: Final = re.compile(r"!\[([^\]\n]*)\]\(picture:[0-9a-f]*\)")
# Their second text says what they are about, also where the words are in the first.
_TOLD = frozenset({SearchKind.PERSON, SearchKind.FEEDBACK})
_LONG = frozenset({SearchKind.NOTE, SearchKind.CHECK_IN, SearchKind.FEEDBACK})


@dataclass(frozen=True, slots=True)
class Asked:
    """A search while it runs.

    Attributes:
        text: What was typed, without its filter.
        words: Its words.
        limit: Most hits of a kind.
        scope: The accounts to which the search is narrowed as a JSON list, or None for all.
        ours: True finds our own people too, who belong to no account.
    """

    text: str
    words: tuple[str, ...]
    limit: int
    scope: str | None
    ours: bool = False

    def within(self, found: Found) -> str:
        """The condition of the scope."""
        if self.scope is None:
            return ""
        among = f"{found.owner} IN (SELECT value FROM json_each(:scope))"  # noqa: S608
        return f" AND ({among} OR {found.owner} IS NULL)" if self.ours else f" AND {among}"

    def bound(self, **values: Any) -> dict[str, Any]:
        """Values for a statement."""
        return {"scope": self.scope, **values}


def read_hits(
    connection: Connection, kind: SearchKind, ids: Sequence[int], words: Sequence[str]
) -> list[SearchHit]:
    """The rows of those ids as hits, in that order; what is not shown is left out."""
    found = FOUND[kind]
    rows = connection.exec_driver_sql(
        f"SELECT r.id, {found.title}, {found.columns} FROM {found.source} "  # noqa: S608
        f"WHERE r.id IN (SELECT value FROM json_each(?)) AND {found.shown}",
        (json.dumps(list(ids)),),
    )
    by_id = {row[0]: row for row in rows}
    return [_hit_of(kind, by_id[one], words) for one in ids if one in by_id]


def _hit_of(kind: SearchKind, row: Sequence[Any], words: Sequence[str]) -> SearchHit:
    """The hit of a row of `Found.columns`, with the places that match."""
    hit_id, title, account_id, account, about, audience, number, state, at, due_on = row
    if kind is SearchKind.NOTE:
        title = _PICTURES.sub(r"\1", title)
    return SearchHit(
        kind=kind,
        id=hit_id,
        title=(snippet if kind in _LONG else mark)(title, words),
        account_id=None if account_id is None else AccountId(account_id),
        account=mark(account, words),
        about=mark(_telling(kind, title, about, number, words), words),
        audience=None if audience is None else Audience(audience),
        number=mark("" if kind is SearchKind.ACCOUNT else number, words),
        state=state,
        at=None if at is None else from_microseconds(at),
        due_on=None if due_on is None else date.fromisoformat(due_on),
    )


def _telling(kind: SearchKind, title: str, about: str, tier: str, words: Sequence[str]) -> str:
    """The part of the second text that says why the row was found, or else the usual one."""
    parts = about.split() if kind is SearchKind.ACCOUNT else about.split("\n")
    if not has_all(title, words):
        matching = next((part for part in parts if any(has_all(part, (word,)) for word in words)), "")
        if matching:
            return matching
    return tier if kind is SearchKind.ACCOUNT else parts[0] if kind in _TOLD else ""
