"""Shapes of what people enter by hand: goals, contacts, notes and actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import ContactChannel, Pulse
from convergedesk.domain.goals import GoalState, MeterMeasure


@dataclass(frozen=True, slots=True)
class Value:
    """A recorded value of a goal."""

    day: date
    value: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoalPlan:
    """A goal before account and meter have ids; fields as in `GoalDraft`.

    Attributes:
        account: Key of the account.
        start: None where the linked meter says where it stood on the day of agreement.
        values: What was recorded, oldest first; the last is the current value.
        reported_by: Who reports the values.
        meter: Key of the linked meter, or None.
    """

    account: str
    title: str
    start: float | None
    target: float
    unit: str
    agreed_on: date
    due_on: date
    owner: str
    evidence: str = ""
    audience: Audience = Audience.SHARED
    state: GoalState = GoalState.OPEN
    values: tuple[Value, ...] = ()
    reported_by: str = ""
    meter: str | None = None
    measure: MeterMeasure | None = None


@dataclass(frozen=True, slots=True)
class CheckInPlan:
    """A contact; `held` is on the account's wall clock."""

    account: str
    held: datetime
    channel: ContactChannel
    author: str
    attendees: tuple[str, ...]
    summary: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class NotePlan:
    """A note; `written` is on the account's wall clock.

    Attributes:
        bars: Values of a picture that stands at the end, in the order of time; empty without one.
        bars_say: What the picture shows, in words.
    """

    account: str
    written: datetime
    author: str
    body: str
    audience: Audience = Audience.INTERNAL
    pulse: Pulse | None = None
    pulse_reason: str = ""
    bars: tuple[float, ...] = ()
    bars_say: str = ""


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """A promise with an owner and a date."""

    account: str
    title: str
    owner: str
    due_on: date
    done_on: date | None = None
