"""How old the data behind a figure is."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from convergedesk.domain.kinds import SystemKind


class FreshnessState(StrEnum):
    """Whether a source is as fresh as it should be."""

    CURRENT = "current"
    LATE = "late"
    NEVER = "never"


# Files have no schedule of their own, so data counts as late after what people expect of each
# kind: a week, and for bills a month and a few days.
_EXPECTED = {
    SystemKind.CRM: timedelta(days=7),
    SystemKind.SUPPORT: timedelta(days=7),
    SystemKind.USAGE: timedelta(days=7),
    SystemKind.BILLING: timedelta(days=35),
}


def state_of(system: SystemKind, as_of: datetime | None, *, now: datetime) -> FreshnessState:
    """Whether data that speaks of the world up to `as_of` is as fresh as people expect.

    Args:
        system: Kind of data.
        as_of: The latest instant that it speaks of, or None before the first.
        now: The present instant.
    """
    if as_of is None:
        return FreshnessState.NEVER
    return FreshnessState.LATE if now - as_of > _EXPECTED[system] else FreshnessState.CURRENT


class Freshness(NamedTuple):
    """The age of one kind of data.

    Attributes:
        system: CRM, support, usage or billing.
        as_of: The latest instant that the data speaks of, or None before the first.
        received_at: When it last came in, or None before the first.
        state: Current, late (older than people expect of its kind) or never.
    """

    system: SystemKind
    as_of: datetime | None
    received_at: datetime | None
    state: FreshnessState
