"""How old the data of each kind of system is."""

from __future__ import annotations

from datetime import datetime, timedelta

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.freshness import Freshness, FreshnessState
from convergedesk.store.apply.runs import read_freshness
from convergedesk.store.engine import Store


def freshness(store: Store, *, now: datetime, late_after: timedelta | None = None) -> tuple[Freshness, ...]:
    """The freshness of CRM, support, usage and billing, in this order.

    Args:
        store: The workspace.
        now: The present instant.
        late_after: The age from which data counts as late. None where nothing is scheduled, as
            for files, which come when a person brings them.
    """
    known = read_freshness(store)
    found: list[Freshness] = []
    for system in SystemKind:
        as_of, received_at = known.get(system, (None, None))
        if received_at is None:
            state = FreshnessState.NEVER
        elif late_after is not None and now - received_at > late_after:
            state = FreshnessState.LATE
        else:
            state = FreshnessState.CURRENT
        found.append(Freshness(system, as_of, received_at, state))
    return tuple(found)
