"""What stands behind a figure: one type for pages, for `--json` and for a slide's notes.

Plain Python, so that whatever asks for it loads nothing heavy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from convergedesk.domain.freshness import Freshness, FreshnessState
from convergedesk.domain.kinds import SystemKind
from convergedesk.figures.wording import day

SYSTEM_NAMES = {
    SystemKind.CRM: "CRM",
    SystemKind.SUPPORT: "Support",
    SystemKind.USAGE: "Usage",
    SystemKind.BILLING: "Billing",
}


class LinkKind(StrEnum):
    """What a row behind a figure opens."""

    ACCOUNT = "account"
    TICKET = "ticket"
    GOAL = "goal"
    INVOICE = "invoice"
    CONTRACT = "contract"


class Link(NamedTuple):
    """Where a row leads.

    Attributes:
        kind: What is opened.
        id: Our own id of it; of an invoice or a contract that of its account.
        tab: The tab of the account, where one is meant.
    """

    kind: LinkKind
    id: int
    tab: str = ""


class WhyRow(NamedTuple):
    """A row behind a figure.

    Attributes:
        name: What it is, such as an account's name or a ticket's number and title.
        value: What it gives to the figure, as printed.
        link: What it opens, or None.
        note: A few quiet words; may be empty.
        tone: A text token of the value, such as 'critical'; empty for the usual one.
    """

    name: str
    value: str
    link: Link | None = None
    note: str = ""
    tone: str = ""


class LeftOut(NamedTuple):
    """Days, accounts or rows that were left out, and why."""

    what: str
    reason: str


class Step(NamedTuple):
    """A value of the formula, as it is printed large.

    Attributes:
        value: The value, such as '93.4 M'.
        what: What it is, such as 'delivered in 7 days'.
        then: What stands between it and the next one: '÷', '−', '='; empty at the end.
    """

    value: str
    what: str
    then: str = ""


class SourceAge(NamedTuple):
    """How far one source's data reaches.

    Attributes:
        system: Which source.
        words: Such as 'as of 9 Dec 2026 23:59 UTC, for masking open incidents'.
        state: Whether that is fresh enough; None where the figure does not use it.
    """

    system: SystemKind
    words: str
    state: FreshnessState | None


@dataclass(frozen=True, slots=True)
class Why:
    """What stands behind a figure, as text.

    Attributes:
        title: The figure's name.
        definition: What it means.
        formula: How it follows, with the values put in.
        window: Which days were judged, and with which they were compared.
        rows: (name, value) of everything that entered the formula.
        interval: What the interval means; empty without one.
        caution: What to keep in mind; may be empty.
        as_of: How far the data reaches, in words; `sources` says it for each source.
        figure: The number as it stands on the page.
        figure_id: Its id, for `convergedesk explain`; empty where it has none.
        steps: The formula in parts, to be shown large; may be empty.
        excluded: What was left out, with reasons.
        behind: The rows behind it that can be opened: tickets, accounts, invoices, goals.
        behind_of: How many rows there are in all, where `behind` lists only some; 0: as many as listed.
        uses: (source, what for) of each source that the figure rests on; 'what for' may be empty.
        sources: Age of each source; `with_sources` fills it in.
    """

    title: str
    definition: str
    formula: str
    window: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    interval: str = ""
    caution: str = ""
    as_of: str = ""
    figure: str = ""
    figure_id: str = ""
    steps: tuple[Step, ...] = ()
    excluded: tuple[LeftOut, ...] = ()
    behind: tuple[WhyRow, ...] = ()
    behind_of: int = 0
    uses: tuple[tuple[SystemKind, str], ...] = ()
    sources: tuple[SourceAge, ...] = ()


def with_sources(why: Why, freshness: Iterable[Freshness]) -> Why:
    """The explanation with the age of every source, also of those that it does not use."""
    if why.sources or not why.uses:
        return why
    used = dict(why.uses)
    return replace(why, sources=tuple(_age(one, used.get(one.system)) for one in freshness))


def to_json(why: Why) -> dict[str, Any]:
    """The explanation as plain values."""
    return {
        "id": why.figure_id,
        "figure": why.figure,
        "title": why.title,
        "definition": why.definition,
        "formula": why.formula,
        "window": why.window,
        "terms": [{"name": name, "value": value} for name, value in why.rows],
        "left_out": [{"what": one.what, "reason": one.reason} for one in why.excluded],
        "interval": why.interval,
        "caution": why.caution,
        "rows": [
            {
                "name": row.name,
                "value": row.value,
                "note": row.note,
                "opens": None if row.link is None else {"kind": row.link.kind.value, "id": row.link.id},
            }
            for row in why.behind
        ],
        "rows_in_all": why.behind_of or len(why.behind),
        "as_of": why.as_of,
        "sources": [
            {
                "system": one.system.value,
                "words": one.words,
                "state": None if one.state is None else one.state.value,
            }
            for one in why.sources
        ],
    }


def as_text(why: Why) -> str:
    """The explanation as plain text, to be pasted anywhere."""
    head = f"{why.title}: {why.figure}" if why.figure else why.title
    lines = [head, why.definition, why.formula, why.window]
    lines += [f"{name}: {value}" for name, value in why.rows]
    lines += [f"Left out: {one.what} ({one.reason})" for one in why.excluded]
    lines += [why.interval, why.caution]
    lines += [f"{row.name}: {row.value}{f', {row.note}' if row.note else ''}" for row in why.behind]
    if why.behind_of > len(why.behind):
        lines.append(f"and {why.behind_of - len(why.behind):,} more")
    lines.append(why.as_of)
    lines += [f"{SYSTEM_NAMES[one.system]}: {one.words}" for one in why.sources]
    if why.figure_id:
        lines.append(f"Figure {why.figure_id}")
    return "\n".join(line for line in lines if line)


def span_words(first: date, last: date) -> str:
    """'3 Dec 2026 to 9 Dec 2026', or the day alone."""
    return day(first) if first >= last else f"{day(first)} to {day(last)}"


def _age(one: Freshness, use: str | None) -> SourceAge:
    if use is None:
        return SourceAge(one.system, "not used here", None)
    for_what = f", {use}" if use else ""
    if one.as_of is None:
        return SourceAge(one.system, f"nothing imported yet{for_what}", one.state)
    late = ", late" if one.state is FreshnessState.LATE else ""
    return SourceAge(
        one.system, f"as of {day(one.as_of.date())} {one.as_of:%H:%M} UTC{late}{for_what}", one.state
    )
