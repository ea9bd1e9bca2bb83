"""Finds tickets: by number, by their words, and by what was said in them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from convergedesk.domain.audience import Audience
from convergedesk.domain.search import SearchHit, SearchKind
from convergedesk.store.search_rows import FOUND, Asked, read_hits
from convergedesk.store.search_words import match_expression, snippet
from convergedesk.store.tables.search import ID_MASK, MESSAGES

_FOUND = FOUND[SearchKind.TICKET]
_SAID_FROM = 3
# Within one account: so many of the newest matches anywhere are looked through.
_LOOKED_THROUGH = 5_000
# Several messages of one ticket match; this many are read for each ticket that is shown.
_MESSAGES_A_TICKET = 3


def find_tickets(connection: Connection, asked: Asked) -> tuple[SearchHit, ...]:
    """Tickets by number first, then by title, by whatever else is known of them, and by messages.

    Within each, the newest come first.
    """
    known = [*_by_number(connection, asked), *_by_words(connection, asked, column="title")]
    if len(set(known)) < asked.limit:
        known += _by_words(connection, asked)
    known = list(dict.fromkeys(known))[: asked.limit]
    said = {one: message for one, message in _said(connection, asked).items() if one not in known}
    # What was said in a ticket is worth a place even where many titles match.
    room = max(asked.limit - len(known), asked.limit // 3)
    spoken = read_hits(connection, SearchKind.TICKET, list(said)[:room], asked.words)
    hits = read_hits(connection, SearchKind.TICKET, known[: asked.limit - len(spoken)], asked.words)
    return (*hits, *(_with_message(hit, said[hit.id], asked) for hit in spoken))


def _by_number(connection: Connection, asked: Asked) -> list[int]:
    start = asked.text.lstrip("# ").rstrip()
    if not any(letter.isdigit() for letter in start):
        return []
    end = start[:-1] + chr(ord(start[-1]) + 1) if start[-1] < "\U0010ffff" else start
    numbers: list[int] = []
    # The very number, and then the highest of those that begin so, which are the newest.
    for condition in ("r.number = :start", "r.number > :start AND r.number < :end"):
        rows = connection.exec_driver_sql(
            f"SELECT r.id FROM {_FOUND.source} WHERE {condition} "  # noqa: S608
            f"AND {_FOUND.shown}{asked.within(_FOUND)} ORDER BY r.number DESC LIMIT {asked.limit}",
            asked.bound(start=start, end=end),
        )
        numbers += rows.scalars()
    return numbers


def _by_words(connection: Connection, asked: Asked, *, column: str = "") -> list[int]:
    rows = connection.exec_driver_sql(
        f"SELECT r.id FROM {_matching('search_tickets', asked)} CROSS JOIN {_FOUND.source} "  # noqa: S608
        f"WHERE r.id = b.rowid & {ID_MASK} AND {_FOUND.shown}{asked.within(_FOUND)} "
        f"ORDER BY b.rowid DESC LIMIT {asked.limit}",
        asked.bound(match=match_expression(asked.words, column=column)),
    )
    return list(rows.scalars())


_Message = tuple[int, str, str, str]


def _said(connection: Connection, asked: Asked) -> dict[int, _Message]:
    """Tickets in whose conversation all the words stand: id, author, text, audience of the newest message."""
    if max(map(len, asked.words)) < _SAID_FROM:
        return {}
    rows = connection.exec_driver_sql(
        f"SELECT r.id, m.id, m.author, m.body, m.audience FROM {_matching('search_messages', asked)} "  # noqa: S608
        f"CROSS JOIN {MESSAGES.table} m CROSS JOIN {_FOUND.source} "
        f"WHERE m.id = b.rowid & {ID_MASK} AND r.id = m.ticket_id AND {_FOUND.shown}{asked.within(_FOUND)} "
        f"ORDER BY b.rowid DESC LIMIT {asked.limit * _MESSAGES_A_TICKET}",
        asked.bound(match=match_expression(asked.words, whole_below=_SAID_FROM)),
    )
    said: dict[int, _Message] = {}
    for ticket_id, *message in rows:
        said.setdefault(ticket_id, tuple(message))
    return said


def _matching(index: str, asked: Asked) -> str:
    """The matches in an index, as the leftmost table of a FROM clause; a larger rowid is newer."""
    matching = f"SELECT rowid FROM {index} WHERE {index} MATCH :match"  # noqa: S608
    if asked.scope is None:
        return f"({matching}) b"
    return f"({matching} ORDER BY rowid DESC LIMIT {_LOOKED_THROUGH}) b"


def _with_message(hit: SearchHit, message: _Message, asked: Asked) -> SearchHit:
    message_id, author, body, audience = message
    text = f"{author}: {body}" if author else body
    about = snippet(text, asked.words)
    return replace(hit, about=about, audience=Audience(audience), message_id=message_id)
