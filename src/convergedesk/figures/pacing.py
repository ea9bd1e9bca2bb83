"""Whether a commitment is used up at the pace of its term, in words and colour."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import CommitmentUse
from convergedesk.figures.wording import count, day, percent, short_money

SLOW_UNDER = 0.85
FAST_FROM = 1.15
EARLY_DAYS = 28
RULE = (
    f"Share billed ÷ share of term elapsed; off pace under {percent(SLOW_UNDER)} or from "
    f"{percent(FAST_FROM)}, judged after {EARLY_DAYS} days of the term"
)


class PaceState(StrEnum):
    """How a commitment keeps up with its term."""

    EARLY = "early"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    AHEAD = "ahead"


class Pace(NamedTuple):
    """A commitment against an even pace.

    Attributes:
        state: Too early to tell, on pace, behind or ahead.
        ratio: Share billed over share of term elapsed; None on the first day.
        used: Share of the promise that is billed.
        elapsed: Share of the term that is over.
        distance: Billed less what an even pace would have billed by today.
    """

    state: PaceState
    ratio: float | None
    used: float
    elapsed: float
    distance: Money

    @property
    def off_pace(self) -> bool:
        """True where it is behind or ahead by more than the rule allows."""
        return self.state in (PaceState.BEHIND, PaceState.AHEAD)

    @property
    def words(self) -> str:
        """Such as '97 % · on pace' or '78 % · €71k behind'."""
        if self.state is PaceState.EARLY or self.ratio is None:
            return f"{percent(self.used)} used · too early"
        size = Money(abs(self.distance.minor_units), self.distance.currency)
        tail = {
            PaceState.ON_PACE: "on pace",
            PaceState.BEHIND: f"{short_money(size)} behind",
            PaceState.AHEAD: f"{short_money(size)} ahead",
        }[self.state]
        return f"{percent(self.ratio)} · {tail}"


@lru_cache(maxsize=8192)
def pace_of(use: CommitmentUse, today: date) -> Pace:
    """Judge a commitment against an even pace over its term.

    Billing comes by the month, so what is billed lags the day by up to a month; the rule's
    tolerance is wide for that reason, and nothing is judged in the first 28 days.
    """
    elapsed = use.term_elapsed(today)
    even = round(use.committed.minor_units * elapsed)
    distance = Money(use.billed.minor_units - even, use.committed.currency)
    ratio = use.pace(today)
    if ratio is None or (today - use.starts_on).days < EARLY_DAYS:
        state = PaceState.EARLY
    elif ratio < SLOW_UNDER:
        state = PaceState.BEHIND
    elif ratio >= FAST_FROM:
        state = PaceState.AHEAD
    else:
        state = PaceState.ON_PACE
    return Pace(state, ratio, use.used, elapsed, distance)


def explain(use: CommitmentUse, today: date) -> str:
    """The figures behind the pace in one sentence, for tooltips and screen readers."""
    pace = pace_of(use, today)
    left = max(0, (use.ends_on - today).days)
    return (
        f"{short_money(use.billed)} of {short_money(use.committed)} billed ({percent(pace.used)}), "
        f"{percent(pace.elapsed)} of the term elapsed, {count(left, 'day')} to {day(use.ends_on)}."
    )
