"""What stands behind a figure, as data; wording it for a person is a step of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from convergedesk.insights.series import Flags


class Unit(StrEnum):
    """How a term's value is to be read."""

    COUNT = "count"
    DAYS = "days"
    DAY = "day"
    SHARE = "share"
    UNITS = "units"
    MONEY = "money"
    NUMBER = "number"


class Left(StrEnum):
    """Why a day was left out."""

    MISSING = "no data, not yet complete, or masked"
    MASKED = "an incident or an earlier ticket"
    HOLIDAY = "a holiday, a freeze or an outage"


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a formula: its name, the value, and how to read it."""

    name: str
    value: float
    unit: Unit = Unit.NUMBER


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days by their index in the series, both ends included."""

    first: int
    last: int

    def __len__(self) -> int:
        """How many days."""
        return max(self.last - self.first + 1, 0)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Days that were left out, and why."""

    days: DayRange
    reason: Left


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that a 'Why?' needs.

    Attributes:
        title: The figure's name.
        definition: What it means, in one or two sentences.
        formula: How it follows from the terms, which it calls by their names.
        terms: The values put in and those that came out.
        window: The days that were judged, or None where the figure has no days.
        baseline: The days that they were compared with, or None.
        excluded: Days left out of either, with reasons.
        interval: What the interval means in plain words; empty without one.
        caution: What the reader should keep in mind, such as why nothing can be said; may be empty.
    """

    title: str
    definition: str
    formula: str
    terms: tuple[Term, ...] = ()
    window: DayRange | None = None
    baseline: DayRange | None = None
    excluded: tuple[Exclusion, ...] = ()
    interval: str = ""
    caution: str = ""


def runs(flags: Flags, offset: int = 0) -> Iterator[DayRange]:
    """The unbroken stretches of True, as day ranges shifted by `offset`."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield DayRange(first + offset, end - 1 + offset)


def exclusions(flags: Flags, reason: Left, offset: int = 0) -> tuple[Exclusion, ...]:
    """One exclusion for each unbroken stretch of True."""
    return tuple(Exclusion(days, reason) for days in runs(flags, offset))


def _number(value: float) -> str:
    if not np.isfinite(value):
        return "not known"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.3g}"


def term_words(term: Term, first_day: date | None = None) -> str:
    """A term's value in words; `first_day` is the day of index 0."""
    if not np.isfinite(term.value):
        return "not known"
    if term.unit is Unit.SHARE:
        return f"{100 * term.value:.1f} %"
    if term.unit is Unit.DAY:
        return _day(int(term.value), first_day)
    if term.unit is Unit.DAYS:
        return f"{_number(term.value)} {'day' if term.value == 1 else 'days'}"
    return _number(term.value)


def _day(index: int, first_day: date | None) -> str:
    return f"day {index}" if first_day is None else (first_day + timedelta(days=index)).isoformat()


def _span(days: DayRange, first_day: date | None) -> str:
    if days.first >= days.last:
        return _day(days.first, first_day)
    return f"{_day(days.first, first_day)} to {_day(days.last, first_day)}"


def in_words(explanation: Explanation, first_day: date | None = None) -> tuple[str, ...]:
    """The explanation as lines of plain text.

    Args:
        explanation: What to word.
        first_day: The day of index 0; without it days are worded by their index.
    """
    lines = [explanation.definition, f"{explanation.title} = {explanation.formula}"]
    lines += [f"{term.name}: {term_words(term, first_day)}" for term in explanation.terms]
    if explanation.window is not None:
        lines.append(f"Days judged: {_span(explanation.window, first_day)}")
    if explanation.baseline is not None:
        lines.append(f"Compared with: {_span(explanation.baseline, first_day)}")
    lines += list(_left_out(explanation.excluded, first_day))
    lines += [line for line in (explanation.interval, explanation.caution) if line]
    return tuple(lines)


def _left_out(excluded: Iterable[Exclusion], first_day: date | None) -> Iterator[str]:
    by_reason: dict[Left, list[str]] = {}
    for part in excluded:
        by_reason.setdefault(part.reason, []).append(_span(part.days, first_day))
    for reason, spans in by_reason.items():
        yield f"Left out ({reason.value}): {', '.join(spans)}"
