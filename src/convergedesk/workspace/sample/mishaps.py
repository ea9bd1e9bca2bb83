"""Incidents that nobody scripted: when they began, how deep they went, how usage came back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np

from convergedesk.workspace.sample.plan import AccountPlan, Incident, at
from convergedesk.workspace.sample.spec import LAST_DAY, SampleSpec

_A_YEAR = 1.5
_SILENT = 0.15
_LASTING = 0.04


def with_mishaps(spec: SampleSpec, plan: AccountPlan) -> AccountPlan:
    """The account with its unscripted incidents added, oldest first."""
    stream = spec.stream("mishaps", plan.key)
    first = max(spec.first_day, plan.first_day or spec.first_day) + timedelta(days=21)
    last = min(LAST_DAY, plan.last_day or LAST_DAY, plan.random_until or LAST_DAY) - timedelta(days=2)
    days = (last - first).days
    if days <= 0 or not any(meter.key == "events_delivered" for meter in plan.meters):
        return plan
    rate = _A_YEAR * (0.5 if plan.key.startswith("aurelia") else 1.0)
    count = int(stream.poisson(rate * days / 365))
    starts = sorted(int(offset) for offset in stream.integers(0, days, count))
    found: list[Incident] = []
    for offset in starts:
        onset = first + timedelta(days=offset)
        if found and onset <= found[-1].onset + timedelta(days=len(found[-1].factors) + 14):
            continue
        found.append(_incident(stream, onset))
    if plan.random_until is None and plan.last_day is None and stream.random() < _LASTING:
        found.append(_not_over(stream))
    return replace(plan, incidents=(*plan.incidents, *found))


def _incident(stream: np.random.Generator, onset: date) -> Incident:
    depth = float(np.clip(stream.beta(2.2, 5.0) * 0.9, 0.08, 0.65))
    down = int(stream.integers(2, 7))
    if stream.random() < _SILENT:
        factors = _fall(stream, depth, int(stream.integers(8, 25)))
        return Incident(onset, (*factors, *_climb(depth, 4)), scripted=False)
    opened = at(onset, int(stream.integers(7, 18)), int(stream.integers(60)))
    if stream.random() < 0.3:
        # The ticket comes a day after the fall, as it often does.
        opened += timedelta(days=1)
    fixed = onset + timedelta(days=down)
    closed = at(fixed, int(stream.integers(9, 19)), int(stream.integers(60)))
    factors = _fall(stream, depth, down)
    return _recovery(stream, onset, depth, factors, opened, max(closed, opened + timedelta(hours=5)))


def _not_over(stream: np.random.Generator) -> Incident:
    """A fall of the last fortnight that nobody has mended yet; half of them without a ticket."""
    onset = LAST_DAY - timedelta(days=int(stream.integers(4, 17)))
    depth = float(stream.uniform(0.12, 0.4))
    opened = (
        at(onset, int(stream.integers(8, 18)), int(stream.integers(60))) if stream.random() < 0.5 else None
    )
    return Incident(onset, _fall(stream, depth, 3), after=1.0 - depth, opened=opened, scripted=False)


def _recovery(
    stream: np.random.Generator,
    onset: date,
    depth: float,
    factors: tuple[float, ...],
    opened: datetime,
    closed: datetime,
) -> Incident:
    course = float(stream.random())
    late = closed if closed.date() <= LAST_DAY else None
    if course < 0.45:
        return Incident(onset, (*factors, *_climb(depth, 1)), opened=opened, closed=late, scripted=False)
    if course < 0.75:
        # Restarted piece by piece after the fix, then replays run above the usual.
        climb = _climb(depth, int(stream.integers(2, 6)))
        lost = depth * len(factors)
        share = float(stream.uniform(0.2, 0.6))
        replays = tuple(1.0 + lost * share / 8 for _ in range(8))
        return Incident(onset, (*factors, *climb, *replays), opened=opened, closed=late, scripted=False)
    if course < 0.9:
        return Incident(onset, (*factors, *_climb(depth, int(stream.integers(3, 10)))), opened=opened,
                        closed=late, scripted=False)  # fmt: skip
    # A part never comes back: one destination is left switched off, and new use fills the gap slowly.
    left = depth * float(stream.uniform(0.2, 0.5))
    slow = tuple(1.0 - left * (1.0 - step / 120) for step in range(120))
    return Incident(onset, (*factors, *slow), opened=opened, closed=late, scripted=False)


def _fall(stream: np.random.Generator, depth: float, days: int) -> tuple[float, ...]:
    first = float(stream.uniform(0.4, 0.9))
    wobble = stream.normal(0.0, 0.02, days)
    return tuple(float(np.clip(1.0 - depth * (first if day == 0 else 1.0) + wobble[day], 0.05, 1.0))
                 for day in range(days))  # fmt: skip


def _climb(depth: float, days: int) -> tuple[float, ...]:
    return tuple(1.0 - depth * (1.0 - (day + 1) / (days + 1)) for day in range(days))
