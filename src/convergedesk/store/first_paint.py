"""Reads what Home shows straight from the file, without SQLAlchemy and numpy.

Their import would double the time until the first page stands on screen. Everything shown
was computed before and kept in `account_summaries`; here it is only read.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from convergedesk.domain.freshness import Freshness, state_of
from convergedesk.domain.kinds import PodId, SystemKind
from convergedesk.domain.portfolio import (
    HomeSnapshot,
    PodSummary,
)
from convergedesk.store.faults import translating
from convergedesk.store.first_care import read_care, read_rates, read_together
from convergedesk.store.first_rows import ACCOUNTS, KnownRows, Tree, row_of
from convergedesk.store.instants import from_microseconds
from convergedesk.store.keys import FileKey, Key
from convergedesk.store.opening import unlock
from convergedesk.store.schema import SCHEMA

_CONTACTS = "SELECT account_id, max(held_at) FROM check_ins WHERE deleted_at IS NULL GROUP BY account_id"
_FRESHNESS = "SELECT system, max(as_of), max(received_at) FROM freshness GROUP BY system"
_REJECTS = "SELECT coalesce(sum(rows), 0) FROM rejects WHERE resolved_at IS NULL"
_COMPUTED = "SELECT min(computed_at) FROM account_briefs"
_UNLINKED = "SELECT count(*) FROM account_keys WHERE state IN ('unknown', 'ambiguous')"


def read_home(
    path: Path, key: Key, *, today: date, derived: FileKey | None = None
) -> tuple[HomeSnapshot, FileKey] | None:
    """Open a workspace and read what Home shows.

    Args:
        path: The workspace file.
        key: What opens it.
        today: The computer's day.
        derived: As `store.opening.unlock` takes it.

    Returns:
        The snapshot, and the file's key, which spares `store.engine` deriving it again; None
        where the file must be brought up to date first.

    Raises:
        WorkspaceError: As `store.opening.unlock`.
    """
    connection, file_key, number = unlock(path, key, derived=derived)
    try:
        if number < SCHEMA:
            return None
        with translating(path):
            connection.execute("BEGIN")
            snapshot = read_snapshot(connection, today=today)
            connection.execute("COMMIT")
    finally:
        connection.close()
    return snapshot, file_key


def read_snapshot(
    connection: dbapi2.Connection, *, today: date, known: KnownRows | None = None
) -> HomeSnapshot:
    """What Home shows, from an open connection inside a transaction.

    Args:
        connection: Inside a transaction.
        today: The computer's day.
        known: The rows of an earlier reading, which is brought up to date.
    """

    def rows(statement: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return connection.execute(statement, values).fetchall()

    ((name, sample, fixed_today, currency),) = rows(
        "SELECT name, is_sample, today, currency FROM workspace_info"
    )
    day = today if fixed_today is None else date.fromisoformat(fixed_today)
    tree = Tree(dict(rows("SELECT id, parent_id FROM accounts WHERE merged_into_id IS NULL")))
    pods_of: defaultdict[int, set[int]] = defaultdict(set)
    shared: defaultdict[int, set[int]] = defaultdict(set)
    for pod_id, account_id in rows("SELECT pod_id, account_id FROM pod_accounts"):
        for member in tree.below(account_id):
            pods_of[member].add(pod_id)
            shared[pod_id].add(member)
    contacts: dict[int, int] = {}
    for account_id, held_at in rows(_CONTACTS):
        for above in tree.above(account_id):
            contacts[above] = max(held_at, contacts.get(above, held_at))
    care = read_care(rows, tree.above, day)
    make = row_of if known is None else known.row
    if known is not None:
        known.keep_only(tree)
    ((rejects,),) = rows(_REJECTS)
    ((unlinked,),) = rows(_UNLINKED)
    ((computed_at,),) = rows(_COMPUTED)
    # One row at a time: thousands held at once would set Python looking for garbage among them. They are
    # sorted here, where only names have to be moved and no row has to.
    found = [
        (row[-1], row[0], make(row, tree, pods_of.get(row[0], ()), contacts.get(row[0]), care))
        for row in connection.execute(ACCOUNTS)
    ]
    found.sort(key=itemgetter(0, 1))
    return HomeSnapshot(
        workspace_name=name,
        sample=bool(sample),
        rows=tuple([row for _, _, row in found]),
        pods=tuple(
            PodSummary(PodId(pod_id), pod_name, len(tree.highest(shared[pod_id])))
            for pod_id, pod_name in rows("SELECT id, name FROM pods ORDER BY name")
        ),
        freshness=_freshness(rows(_FRESHNESS), datetime.combine(day, time.max, UTC)),
        today=day,
        rejects=rejects,
        unlinked=unlinked,
        computed_at=None if computed_at is None else from_microseconds(computed_at),
        not_computed=sum(1 for _, _, row in found if row.brief is None),
        together=read_together(rows),
        currency=currency,
        rates=read_rates(rows),
    )


def _freshness(rows: list[Any], now: datetime) -> tuple[Freshness, ...]:
    known = {system: (as_of, received_at) for system, as_of, received_at in rows}
    found: list[Freshness] = []
    for system in SystemKind:
        as_of, received_at = (
            None if value is None else from_microseconds(value) for value in known.get(system, (None, None))
        )
        state = state_of(system, as_of or received_at, now=now)
        found.append(Freshness(system, as_of, received_at, state))
    return tuple(found)
