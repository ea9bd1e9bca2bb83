"""Full text: three FTS5 tables, and the queue through which triggers keep them true.

A trigger does not write to the index itself: within a statement SQLite would flush the index
for every row. It notes the row's place in `search_queue`, and whoever writes to the file brings
the index up to date before the same transaction ends (`store.search_index.catch_up`).

A place is the row's id in the index: what it is, the day by which newer comes first, and the
id in its own table. So the newest matches of a kind are read without looking at the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Connection, Integer, MetaData, Table, event

from convergedesk.store.tables.columns import metadata

KIND_BITS: Final = 56
DAY_BITS: Final = 32
ID_MASK: Final = (1 << DAY_BITS) - 1
_DAY_US: Final = 86_400_000_000
_WORDS: Final = "tokenize = 'unicode61 remove_diacritics 2'"


@dataclass(frozen=True, slots=True)
class Indexed:
    """How the rows of a table are found.

    Attributes:
        number: The kind's place in places.
        table: Where the rows are.
        index: The FTS5 table.
        watched: Columns that, when they change, change what is found.
        texts: What is indexed, as SQL over row `r`, its account `a` and a ticket's feature `f`.
        joins: The joins that `texts` need.
        instant: The column by which newer comes first, or empty.
    """

    number: int
    table: str
    index: str
    watched: tuple[str, ...]
    texts: tuple[str, ...]
    joins: str = ""
    instant: str = ""

    @property
    def first(self) -> int:
        """The smallest place of the kind."""
        return self.number << KIND_BITS

    @property
    def last(self) -> int:
        """The largest place of the kind."""
        return self.first + (1 << KIND_BITS) - 1

    def place(self, row: str) -> str:
        """SQL for the place of a row that goes by that name."""
        day = f" + (max(0, {row}.{self.instant} / {_DAY_US}) << {DAY_BITS})" if self.instant else ""
        return f"({self.number} << {KIND_BITS}){day} + {row}.id"


_OF_ACCOUNT = "LEFT JOIN accounts a ON a.id = r.account_id"
_EXTERNAL_IDS = (
    "(SELECT group_concat(x.external_id, ' ') FROM external_references x WHERE x.account_id = r.id)"
)
ACCOUNTS = Indexed(
    1,
    "accounts",
    "search_book",
    ("name", "domain"),
    ("r.name", f"coalesce(r.domain, '') || ' ' || coalesce({_EXTERNAL_IDS}, '')", "''"),
)
PERSONS = Indexed(
    2,
    "persons",
    "search_book",
    ("name", "title", "email", "account_id"),
    ("r.name", "coalesce(r.title, '') || ' ' || coalesce(r.email, '')", "a.name"),
    _OF_ACCOUNT,
)
GOALS = Indexed(
    3,
    "goals",
    "search_book",
    ("title", "owner", "evidence", "account_id"),
    ("r.title", "coalesce(r.owner, '') || ' ' || r.evidence", "a.name"),
    _OF_ACCOUNT,
)
NOTES = Indexed(
    4,
    "notes",
    "search_book",
    ("body", "pulse_reason", "author", "account_id"),
    ("r.body || ' ' || r.pulse_reason", "r.author", "a.name"),
    _OF_ACCOUNT,
)
ACTIONS = Indexed(
    5,
    "actions",
    "search_book",
    ("title", "owner", "account_id"),
    ("r.title", "r.owner", "a.name"),
    _OF_ACCOUNT,
)
CHECK_INS = Indexed(
    6,
    "check_ins",
    "search_book",
    ("summary", "next_step", "author", "attendees", "account_id"),
    ("r.summary || ' ' || r.next_step", "r.author || ' ' || r.attendees", "a.name"),
    _OF_ACCOUNT,
)
TICKETS = Indexed(
    7,
    "tickets",
    "search_tickets",
    ("number", "title", "requester", "feature_id", "account_id", "opened_at"),
    ("r.number || ' ' || r.title", "coalesce(r.requester, '') || ' ' || coalesce(f.name, '')", "a.name"),
    f"{_OF_ACCOUNT} LEFT JOIN features f ON f.id = r.feature_id",
    instant="opened_at",
)
MESSAGES = Indexed(
    8,
    "ticket_messages",
    "search_messages",
    ("body", "author", "sent_at"),
    ("r.body", "r.author"),
    instant="sent_at",
)
# Found by what is asked for, too, whatever the customer called it.
FEEDBACK = Indexed(
    9,
    "feedback_items",
    "search_book",
    ("body", "author", "account_id", "request_id"),
    ("r.body || ' ' || coalesce(q.title, '')", "r.author", "a.name"),
    f"{_OF_ACCOUNT} LEFT JOIN feedback_requests q ON q.id = r.request_id AND q.deleted_at IS NULL",
)
INDEXED: Final = (ACCOUNTS, PERSONS, GOALS, NOTES, ACTIONS, CHECK_INS, TICKETS, MESSAGES, FEEDBACK)
# Whatever shows its account's name is found by it.
_NAMED_AFTER_ACCOUNT = tuple(one for one in INDEXED if "account_id" in one.watched)

# Contentless: the text stays in its own table alone. Without positions (detail) the index of
# messages is a third as large and written twice as fast; nothing asks for positions there.
INDEX_TABLES: Final = {
    "search_book": f"name, about, account, content = '', contentless_delete = 1, prefix = '1 2 3', {_WORDS}",
    "search_tickets": (
        f"title, about, account, content = '', contentless_delete = 1, detail = column, "
        f"prefix = '1 2 3', {_WORDS}"
    ),
    "search_messages": (
        f"body, author, content = '', contentless_delete = 1, detail = none, prefix = '3', {_WORDS}"
    ),
}

search_queue = Table(
    "search_queue",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    sqlite_strict=True,
)


def _noting(source: str) -> str:
    return f"INSERT INTO search_queue (place) {source} ON CONFLICT DO NOTHING"


def _noting_where(one: Indexed, condition: str) -> str:
    return _noting(f"SELECT {one.place('r')} FROM {one.table} r WHERE {condition}")  # noqa: S608


def _trigger(name: str, when: str, *statements: str) -> str:
    body = "".join(f"  {statement};\n" for statement in statements)
    return f"CREATE TRIGGER search_{name} AFTER {when} BEGIN\n{body}END"


def _triggers_of(one: Indexed) -> list[str]:
    listed = ", ".join(one.watched)
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in one.watched)
    before = _noting(f"SELECT {one.place('old')} WHERE true")
    after = _noting(f"SELECT {one.place('new')} WHERE true")
    update = f"UPDATE OF {listed} ON {one.table} WHEN {changed}"
    return [
        _trigger(f"{one.table}_insert", f"INSERT ON {one.table}", after),
        _trigger(f"{one.table}_update", update, before, after),
        _trigger(f"{one.table}_delete", f"DELETE ON {one.table}", before),
    ]


def triggers() -> list[str]:
    """The statements that create every trigger."""
    made = [statement for one in INDEXED for statement in _triggers_of(one)]
    named = [_noting_where(one, "r.account_id = new.id") for one in _NAMED_AFTER_ACCOUNT]
    renamed = "UPDATE OF name ON accounts WHEN old.name IS NOT new.name"
    made.append(_trigger("accounts_rename", renamed, *named))
    featured = _noting_where(TICKETS, "r.feature_id = new.id")
    made.append(
        _trigger("features_rename", "UPDATE OF name ON features WHEN old.name IS NOT new.name", featured)
    )
    asked = _noting_where(FEEDBACK, "r.request_id = new.id")
    retitled = (
        "UPDATE OF title, deleted_at ON feedback_requests "
        "WHEN old.title IS NOT new.title OR old.deleted_at IS NOT new.deleted_at"
    )
    made.append(_trigger("feedback_requests_rename", retitled, asked))
    known, gone = (_noting_where(ACCOUNTS, f"r.id = {row}.account_id") for row in ("new", "old"))
    references = "external_references"
    made += [
        _trigger(f"{references}_insert", f"INSERT ON {references}", known),
        _trigger(f"{references}_update", f"UPDATE OF external_id, account_id ON {references}", gone, known),
        _trigger(f"{references}_delete", f"DELETE ON {references}", gone),
    ]
    return made


def create_index(connection: Connection) -> None:
    """Create the FTS5 tables and the triggers."""
    for name, options in INDEX_TABLES.items():
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {name} USING fts5 ({options})")
    # Half as much merging while messages come in; a search looks into a few more segments.
    connection.exec_driver_sql("INSERT INTO search_messages (search_messages, rank) VALUES ('automerge', 8)")
    for statement in triggers():
        connection.exec_driver_sql(statement)


def drop_index(connection: Connection) -> None:
    """Remove the FTS5 tables and the triggers, where they are."""
    named = connection.exec_driver_sql(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'search\\_%' ESCAPE '\\'"
    ).scalars()
    for name in list(named):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    for name in INDEX_TABLES:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")


@event.listens_for(metadata, "after_create")
def _after_create(_target: MetaData, connection: Connection, **_: Any) -> None:
    create_index(connection)
