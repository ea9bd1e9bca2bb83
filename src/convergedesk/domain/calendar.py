"""Days on which usage cannot be judged as usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from convergedesk.domain.accounts import AccountId

CalendarEventId = NewType("CalendarEventId", int)


class CalendarEventKind(StrEnum):
    """Why the days are special."""

    HOLIDAY = "holiday"
    RELEASE = "release"
    FREEZE = "freeze"
    OUTAGE = "outage"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A span of days that matters to usage.

    Attributes:
        kind: Holiday, release, customer freeze or outage.
        title: As shown on charts.
        first_day: First day of the span.
        last_day: Last day, inclusive.
        account_id: The account that it concerns, or None for all.
        country: ISO 3166-1 alpha-2 whose accounts it concerns, or None for all.
        id: Our own id; None for one that is not kept, such as a public holiday.
    """

    kind: CalendarEventKind
    title: str
    first_day: date
    last_day: date
    account_id: AccountId | None = None
    country: str | None = None
    id: CalendarEventId | None = None
