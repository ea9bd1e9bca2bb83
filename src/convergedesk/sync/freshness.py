"""How old the data of each kind of system is."""

from __future__ import annotations

from datetime import datetime

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.freshness import Freshness, state_of
from convergedesk.store.apply.runs import read_freshness
from convergedesk.store.engine import Store


def freshness(store: Store, *, now: datetime) -> tuple[Freshness, ...]:
    """The freshness of CRM, support, usage and billing, in this order, as of `now`."""
    known = read_freshness(store)
    found: list[Freshness] = []
    for system in SystemKind:
        as_of, received_at = known.get(system, (None, None))
        found.append(Freshness(system, as_of, received_at, state_of(system, as_of or received_at, now=now)))
    return tuple(found)
