"""What Home says where no account needs a check-in: only what was measured is said to be well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convergedesk.desktop.phrases import listing
from convergedesk.domain.freshness import FreshnessState
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.portfolio import HomeSnapshot, PortfolioRow
from convergedesk.figures.need import week_of
from convergedesk.figures.wording import count, number


class Calm(NamedTuple):
    """Why nothing is urgent.

    Attributes:
        headline: The finding.
        well: What was measured and is well; empty where nothing was.
        unknown: What could not be measured; empty where everything was.
    """

    headline: str
    well: str
    unknown: str


def anything_measured(rows: Sequence[PortfolioRow]) -> bool:
    """True where at least one account's usage, commitment or goals can be judged."""
    return any(
        row.usage_change is not None
        or row.commitment is not None
        or row.goals_open
        or (row.brief is not None and row.brief.week is not None and row.brief.week.abstained is None)
        for row in rows
    )


def calm(snapshot: HomeSnapshot, rows: Sequence[PortfolioRow]) -> Calm:
    """What is well, and what is not known, at these accounts."""
    weeks = [week_of(row, snapshot.today) for row in rows]
    compared = sum(week is not None and week.abstained is None for week in weeks)
    some = "" if compared == len(rows) else f" among the {number(compared)} that can be compared"
    facts = (
        (_has(snapshot, SystemKind.SUPPORT), "no high-priority ticket waits too long", "tickets"),
        (bool(compared), f"no usage lies below expected{some}", "usage against expected"),
        (any(row.commitment is not None for row in rows), "commitments are on pace", "commitments"),
        (any(row.goals_open for row in rows), "goals are on time", "goals"),
    )
    well = [words for known, words, _ in facts if known]
    unknown = [what for known, _, what in facts if not known]
    return Calm(
        "Nobody needs a check-in" if not unknown else "Nobody needs a check-in, by what is known",
        _sentence(listing(well, len(well))) if well else "",
        f"Not measured yet for {count(len(rows), 'account')}: {listing(unknown, len(unknown))}."
        if unknown
        else "",
    )


def _has(snapshot: HomeSnapshot, system: SystemKind) -> bool:
    return any(one.system is system and one.state is not FreshnessState.NEVER for one in snapshot.freshness)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
