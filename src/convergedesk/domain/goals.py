"""Goals in the customer's words, with how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.usage import MeterId

GoalId = NewType("GoalId", int)


class GoalState(StrEnum):
    """Whether a goal is still being worked on."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


class MeterMeasure(StrEnum):
    """Which figure of a linked meter is the goal's current value."""

    DAILY_MEAN_28 = "daily_mean_28"
    WEEKLY_TOTAL = "weekly_total"
    MONTH_TO_DATE = "month_to_date"


@dataclass(frozen=True, slots=True)
class Goal:
    """What a customer wants to reach.

    Attributes:
        id: Our own id.
        uid: Identity across laptops.
        account_id: Whose goal.
        title: In the customer's words.
        start: Value when it was agreed.
        target: Value to reach; may lie below `start` ('fewer manual re-sends').
        current: Latest recorded or measured value, or None before the first.
        unit: Such as '%' or 're-sends a week'; may be empty.
        agreed_on: Day of agreement, or None while it is only a wish.
        due_on: Day by which it is to be reached, or None.
        owner: Who answers for it, or None.
        evidence: Where the value comes from, in words or as an address.
        audience: Internal or shared with the customer.
        state: Open, reached or dropped.
        meter_id: Meter from which progress measures itself, or None.
        measure: Which figure of that meter; None without a meter.
        updated_at: Last edit, UTC.
    """

    id: GoalId
    uid: str
    account_id: AccountId
    title: str
    start: float
    target: float
    current: float | None
    unit: str
    agreed_on: date | None
    due_on: date | None
    owner: str | None
    evidence: str
    audience: Audience
    state: GoalState
    meter_id: MeterId | None
    measure: MeterMeasure | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """What a person may set on a goal; everything else follows. Fields as in `Goal`."""

    title: str
    start: float
    target: float
    current: float | None = None
    unit: str = ""
    agreed_on: date | None = None
    due_on: date | None = None
    owner: str | None = None
    evidence: str = ""
    audience: Audience = Audience.INTERNAL
    state: GoalState = GoalState.OPEN
    meter_id: MeterId | None = None
    measure: MeterMeasure | None = None


@dataclass(frozen=True, slots=True)
class GoalMeasurement:
    """A value of a goal on a day.

    Attributes:
        goal_id: The goal.
        day: When the value held.
        value: In the goal's unit.
        reported_by: Who said so, or 'meter' where it measured itself.
        note: Evidence, in words; may be empty.
    """

    goal_id: GoalId
    day: date
    value: float
    reported_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoalTarget:
    """What a goal's target was set to.

    Attributes:
        goal_id: The goal.
        changed_at: When, UTC.
        target: The value to reach from then on.
        due_on: The day by which, or None.
    """

    goal_id: GoalId
    changed_at: datetime
    target: float
    due_on: date | None
