"""How old the data behind a figure is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from convergedesk.domain.accounts import SystemKind


class FreshnessState(StrEnum):
    """Whether a source is as fresh as it should be."""

    CURRENT = "current"
    LATE = "late"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Freshness:
    """The age of one kind of data.

    Attributes:
        system: CRM, support, usage or billing.
        as_of: The latest instant that the data speaks of, or None before the first.
        received_at: When it last came in, or None before the first.
        state: Current, late (older than its schedule) or never.
    """

    system: SystemKind
    as_of: datetime | None
    received_at: datetime | None
    state: FreshnessState
