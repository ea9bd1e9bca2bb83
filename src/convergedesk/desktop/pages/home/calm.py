"""What Home says where no account deserves a look: only what was measured is said to be well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convergedesk.desktop.phrases import listing
from convergedesk.desktop.portfolio.views import USAGE_FELL_BY
from convergedesk.domain.freshness import FreshnessState
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.portfolio import HomeSnapshot, PortfolioRow
from convergedesk.figures.wording import count, number, percent


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
    return any(row.usage_change is not None or row.commitment is not None or row.goals_open for row in rows)


def calm(snapshot: HomeSnapshot, rows: Sequence[PortfolioRow]) -> Calm:
    """What is well, and what is not known, at these accounts."""
    compared = sum(row.usage_change is not None for row in rows)
    some = "" if compared == len(rows) else f" among the {number(compared)} that can be compared"
    facts = (
        (_has(snapshot, SystemKind.SUPPORT), "no high-priority ticket is open", "tickets"),
        (
            bool(compared),
            f"no usage is down {percent(USAGE_FELL_BY)} or more{some}",
            "usage against 28 days before",
        ),
        (any(row.commitment is not None for row in rows), "commitments are on pace", "commitments"),
        (any(row.goals_open for row in rows), "goals are on time", "goals"),
    )
    well = [words for known, words, _ in facts if known]
    unknown = [what for known, _, what in facts if not known]
    return Calm(
        "Nothing urgent" if not unknown else "Nothing urgent in what is known",
        _sentence(listing(well, len(well))) if well else "",
        f"Not measured yet for {count(len(rows), 'account')}: {listing(unknown, len(unknown))}."
        if unknown
        else "",
    )


def _has(snapshot: HomeSnapshot, system: SystemKind) -> bool:
    return any(one.system is system and one.state is not FreshnessState.NEVER for one in snapshot.freshness)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
