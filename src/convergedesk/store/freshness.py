"""How far each kind of data reaches."""

from __future__ import annotations

from datetime import datetime

from convergedesk.domain.freshness import Freshness, state_of
from convergedesk.domain.kinds import SystemKind
from convergedesk.store.engine import Store
from convergedesk.store.instants import from_microseconds


def freshness_of(store: Store, *, now: datetime) -> tuple[Freshness, ...]:
    """One entry for each kind of system, in their usual order.

    Args:
        store: The workspace.
        now: The instant from which lateness counts.
    """
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT system, max(as_of), max(received_at) FROM freshness GROUP BY system"
        ).all()
    known = {system: (as_of, received_at) for system, as_of, received_at in rows}
    found: list[Freshness] = []
    for system in SystemKind:
        as_of, received_at = (
            None if value is None else from_microseconds(value)
            for value in known.get(system.value, (None, None))
        )
        found.append(Freshness(system, as_of, received_at, state_of(system, as_of or received_at, now=now)))
    return tuple(found)
