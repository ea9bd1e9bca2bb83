"""What a person typed about a goal, and what is still wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from convergedesk.domain.audience import Audience
from convergedesk.domain.goals import Goal, GoalDraft, GoalState, MeterMeasure
from convergedesk.domain.usage import MeterId
from convergedesk.figures.wording import day, number

_SPACES = re.compile(r"[\s\u00a0\u202f]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?|-?\.\d+")


def parse_number(text: str) -> float | None:
    """A typed number, '1,234.5' and '98,5' alike, or None where it is none.

    A lone comma before exactly three digits separates thousands; otherwise it is the
    decimal sign. A percent sign and spaces are ignored.
    """
    plain = _SPACES.sub("", text).replace("\N{MINUS SIGN}", "-").removesuffix("%")
    if plain.rfind(",") > plain.rfind("."):
        head, _, tail = plain.rpartition(",")
        thousands = len(tail) == 3 and "." not in head and head.strip("-") not in {"", "0"}
        plain = head.replace(",", "") + tail if thousands else f"{head.replace('.', '')}.{tail}"
    else:
        plain = plain.replace(",", "")
    return float(plain) if _NUMBER.fullmatch(plain) else None


def exact(value: float) -> str:
    """A number with all its digits, so that opening and saving a form changes nothing."""
    text = format(Decimal(repr(value)), "f")
    return text.removesuffix(".0").replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True, slots=True)
class GoalForm:
    """The fields of the goal dialog as they stand, text not yet read.

    Attributes:
        title: In the customer's words.
        start: Value when it was agreed, as typed.
        target: Value to reach, as typed.
        current: Latest value, as typed; may be empty.
        unit: Such as '%'.
        agreed_on: Day of agreement, or None.
        due_on: Day by which, or None.
        owner: Who answers for it.
        evidence: Where the value comes from.
        audience: Internal or shared.
        state: Open, reached or dropped.
        meter_id: Meter that measures it, or None.
        measure: Which figure of that meter.
    """

    title: str = ""
    start: str = ""
    target: str = ""
    current: str = ""
    unit: str = ""
    agreed_on: date | None = None
    due_on: date | None = None
    owner: str = ""
    evidence: str = ""
    audience: Audience = Audience.INTERNAL
    state: GoalState = GoalState.OPEN
    meter_id: MeterId | None = None
    measure: MeterMeasure = MeterMeasure.DAILY_MEAN_28

    def problems(self) -> dict[str, str]:
        """What keeps the goal from being saved: field name to a plain sentence; empty when nothing."""
        found: dict[str, str] = {}
        if not self.title.strip():
            found["title"] = "Say what the customer wants to reach."
        start = _check_number(found, "start", self.start, "Say what the value was when the goal was agreed.")
        target = _check_number(found, "target", self.target, "Say which value is to be reached.")
        if start is not None and start == target:
            found["target"] = f"Start and target are both {number(start)}, so there is no way to go."
        if self.meter_id is None and self.current.strip():
            _check_number(found, "current", self.current, "")
        if self.agreed_on and self.due_on and self.due_on <= self.agreed_on:
            found["due_on"] = f"The due day must come after {day(self.agreed_on)}, when it was agreed."
        return found

    def draft(self) -> GoalDraft:
        """The goal to save.

        Raises:
            ValueError: `problems` names what is wrong.
        """
        problems = self.problems()
        if problems:
            raise ValueError(" ".join(problems.values()))
        linked = self.meter_id is not None
        return GoalDraft(
            title=self.title.strip(),
            start=parse_number(self.start) or 0.0,
            target=parse_number(self.target) or 0.0,
            current=None if linked else parse_number(self.current),
            unit=self.unit.strip(),
            agreed_on=self.agreed_on,
            due_on=self.due_on,
            owner=self.owner.strip() or None,
            evidence=self.evidence.strip(),
            audience=self.audience,
            state=self.state,
            meter_id=self.meter_id,
            measure=self.measure if linked else None,
        )


def form_of(goal: Goal) -> GoalForm:
    """The form filled with a goal, as the dialog opens for editing."""
    return GoalForm(
        title=goal.title,
        start=exact(goal.start),
        target=exact(goal.target),
        current="" if goal.current is None else exact(goal.current),
        unit=goal.unit,
        agreed_on=goal.agreed_on,
        due_on=goal.due_on,
        owner=goal.owner or "",
        evidence=goal.evidence,
        audience=goal.audience,
        state=goal.state,
        meter_id=goal.meter_id,
        measure=goal.measure or MeterMeasure.DAILY_MEAN_28,
    )


def form_to_json(form: GoalForm) -> dict[str, object]:
    """The form as a draft keeps it."""
    found: dict[str, object] = {}
    for field in fields(form):
        value = getattr(form, field.name)
        found[field.name] = value.isoformat() if isinstance(value, date) else value
    return found


def form_from_json(body: Mapping[str, object]) -> GoalForm | None:
    """The form of a draft, or None where a later program wrote it in another shape."""
    kept: dict[str, Any] = dict(body)
    try:
        for name in ("agreed_on", "due_on"):
            kept[name] = date.fromisoformat(kept[name]) if kept[name] else None
        kept["audience"] = Audience(kept["audience"])
        kept["state"] = GoalState(kept["state"])
        kept["measure"] = MeterMeasure(kept["measure"])
        return GoalForm(**kept)
    except (KeyError, TypeError, ValueError):
        return None


def draft_of(goal: Goal) -> GoalDraft:
    """The goal's own fields as a draft, for changing one of them."""
    return GoalDraft(
        title=goal.title,
        start=goal.start,
        target=goal.target,
        current=None if goal.meter_id is not None else goal.current,
        unit=goal.unit,
        agreed_on=goal.agreed_on,
        due_on=goal.due_on,
        owner=goal.owner,
        evidence=goal.evidence,
        audience=goal.audience,
        state=goal.state,
        meter_id=goal.meter_id,
        measure=goal.measure,
    )


def with_state(goal: Goal, state: GoalState) -> GoalDraft:
    """The goal as it is, marked reached, dropped or open again."""
    return replace(draft_of(goal), state=state)


@dataclass(frozen=True, slots=True)
class ProgressForm:
    """The fields of the progress dialog as they stand.

    Attributes:
        day: When the value held.
        value: As typed.
        reported_by: Who said so.
        note: Evidence, in words.
    """

    day: date
    value: str = ""
    reported_by: str = ""
    note: str = ""

    def problems(self, today: date) -> dict[str, str]:
        """What keeps the value from being saved: field name to a plain sentence."""
        found: dict[str, str] = {}
        _check_number(found, "value", self.value, "Say which value was reached.")
        if not self.reported_by.strip():
            found["reported_by"] = "Say who reported the value, so that it can be trusted later."
        if self.day > today:
            found["day"] = f"A value cannot be recorded ahead of time; today is {day(today)}."
        return found


def _check_number(found: dict[str, str], field: str, text: str, missing: str) -> float | None:
    if not text.strip():
        found[field] = missing
        return None
    value = parse_number(text)
    if value is None:
        found[field] = f"“{text.strip()}” is not a number."
    return value
