"""How much an account needs somebody today: points for reasons, by a published rule.

Plain Python: Home is ordered by it before anything heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from convergedesk.domain.briefs import AccountBrief, Outlook, RecentFall, TicketDip, UsageNow
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.need_words import (
    below_words,
    champion_words,
    commitment_words,
    dip_words,
    fall_words,
    fell_words,
    goals_words,
    health_words,
    high_words,
    interval_words,
    renewal_words,
    silence_words,
)
from convergedesk.figures.pacing import FAST_FROM, SLOW_UNDER, PaceState, pace_of
from convergedesk.figures.wording import count, percent

CHECK_IN_FROM = 30
"""Points from which an account needs a check-in."""
USAGE_FELL_BY = 0.15
QUIET_DAYS = 60
RENEWS_WITHIN = 60
GROWN_BY = 10
"""Points by which need must grow to bring back an account that was put off."""
# Usage that ends earlier than this says nothing of today.
_STALE_DAYS = 14
_DEEPEST = 20
_LEAST_HEALTH_FALL = 10


class NeedKind(StrEnum):
    """What an account can need somebody for."""

    SILENT_DIP = "silent dip"
    TICKET_DIP = "dip after a ticket"
    BELOW = "usage below expected"
    FELL = "usage fell"
    HIGH_TICKETS = "high-priority ticket"
    CHAMPION = "champion left"
    COMMITMENT = "commitment off pace"
    HEALTH = "health at risk"
    GOALS = "goal overdue"
    SILENCE = "no contact"
    RENEWAL = "term ends"


class NeedRule(NamedTuple):
    """One line of the published rule."""

    kind: NeedKind
    holds: str
    points: str


RULES = (
    NeedRule(
        NeedKind.SILENT_DIP,
        "A dip of the last 14 days with no ticket near it, beyond what chance does at this account",
        f"40, or 25 where it may be chance beside all accounts looked at; and 1 for every 2 % of its "
        f"depth, up to {_DEEPEST}",
    ),
    NeedRule(
        NeedKind.TICKET_DIP,
        "A confirmed dip around a ticket, and value not restored",
        f"35, and 1 for every 2 % of its depth, up to {_DEEPEST}",
    ),
    NeedRule(
        NeedKind.BELOW,
        "Otherwise: the whole 95 % interval of the last 7 days lies below expected",
        f"20, and 1 for every 2 % of its depth, up to {_DEEPEST}",
    ),
    NeedRule(
        NeedKind.FELL,
        f"Where nothing is expected yet: the last 28 days are {percent(USAGE_FELL_BY)} or more under "
        "the 28 before",
        "20",
    ),
    NeedRule(
        NeedKind.HIGH_TICKETS,
        "A high-priority ticket is open",
        "20, 1 for each day up to 20, and 5 for each further one up to 10",
    ),
    NeedRule(
        NeedKind.CHAMPION, "A sponsor or champion left within 180 days and nobody took the role since", "30"
    ),
    NeedRule(
        NeedKind.COMMITMENT,
        f"The commitment is used at under {percent(SLOW_UNDER)} or from {percent(FAST_FROM)} of its pace",
        "20, up to 10 by the distance, and 10 where it is forecast to be used up 30 days early or more, "
        "or to leave 20 % or more unused",
    ),
    NeedRule(
        NeedKind.HEALTH, "Health is under 50", f"20, and 10 after a fall of {_LEAST_HEALTH_FALL} points"
    ),
    NeedRule(NeedKind.GOALS, "A goal is past its due day", "10, and 5 for each further one up to 10"),
    NeedRule(NeedKind.SILENCE, f"The last check-in is more than {QUIET_DAYS} days ago", "10"),
    NeedRule(
        NeedKind.RENEWAL, f"The term ends within {RENEWS_WITHIN} days, where another reason holds", "10"
    ),
)


class NeedReason(NamedTuple):
    """One thing that an account needs somebody for.

    Attributes:
        kind: Which rule.
        points: What it counts.
        flag: In three words.
        say: Writes the sentence; of a large book's reasons few are ever read.
        tab: The account's tab that shows it.
        ticket_id: The ticket that it is about, or None.
    """

    kind: NeedKind
    points: int
    flag: str
    say: Callable[[], str]
    tab: str
    ticket_id: int | None = None

    @property
    def sentence(self) -> str:
        """The figures behind it."""
        return self.say()


class Need(NamedTuple):
    """What an account needs somebody for.

    Attributes:
        points: The sum; accounts are ordered by it.
        reasons: The weightiest first.
    """

    points: int
    reasons: tuple[NeedReason, ...]

    @property
    def asks(self) -> bool:
        """True where the account needs a check-in."""
        return self.points >= CHECK_IN_FROM


def need_of(row: PortfolioRow, today: date, *, falls_up_to: float = 0.0) -> Need:
    """Every reason that holds for an account on a day.

    Args:
        row: The account.
        today: The workspace's today.
        falls_up_to: `PortfolioBrief.falls_up_to`: beside the others, recent dips beyond it may be chance.
    """
    found = [
        *_usage(row, today, falls_up_to),
        *_high_tickets(row, today),
        *_champion(row, today),
        *_commitment(row, today),
        *_health(row),
        *_goals(row),
        *_silence(row, today),
    ]
    if not found:
        return _NONE
    found += _renewal(row, today)
    found.sort(key=lambda reason: -reason.points)
    return Need(sum(reason.points for reason in found), tuple(found))


def needs(
    rows: Sequence[PortfolioRow], today: date, *, falls_up_to: float = 0.0
) -> list[tuple[PortfolioRow, Need]]:
    """Accounts with their need, the greatest first; equal ones by name."""
    found = [(row, need_of(row, today, falls_up_to=falls_up_to)) for row in rows]
    found.sort(key=lambda one: -one[1].points)
    return found


def is_put_off(row: PortfolioRow, need: Need, today: date) -> bool:
    """True where somebody said 'not now' and nothing has grown worse since."""
    put_off = row.put_off
    return put_off is not None and put_off.until >= today and need.points < put_off.need + GROWN_BY


def days_open(row: PortfolioRow, today: date) -> int:
    """Whole days since the oldest open high-priority ticket was opened."""
    opened = row.oldest_high_opened_at
    return 0 if opened is None else max(0, (today - opened.date()).days)


def usage_fell(row: PortfolioRow) -> bool:
    """True where usage of 28 days is at least 15 % under the 28 days before."""
    change = row.usage_change
    return change is not None and change <= -USAGE_FELL_BY


def week_of(row: PortfolioRow, today: date) -> UsageNow | None:
    """The last 7 days against expected, where they are recent; the abstention where nothing can be said."""
    brief = row.brief
    if brief is None or brief.week is None or not _recent(brief, today):
        return None
    return brief.week


def silent_fall(row: PortfolioRow, today: date) -> RecentFall | None:
    """A dip of the last days that no ticket is near to."""
    brief = row.brief
    if brief is None or brief.fall is None or not _recent(brief, today):
        return None
    return None if brief.fall.tickets else brief.fall


_NONE = Need(0, ())


def _recent(brief: AccountBrief, today: date) -> bool:
    return brief.as_of is not None and (today - brief.as_of).days <= _STALE_DAYS


def _depth(estimate: float | None) -> int:
    return 0 if estimate is None else min(round(-estimate * 50), _DEEPEST)


def _usage(row: PortfolioRow, today: date, falls_up_to: float) -> list[NeedReason]:
    """The strongest of what is known of usage: each speaks of the same days."""
    brief = row.brief
    if brief is not None and _recent(brief, today):
        fall = silent_fall(row, today)
        if fall is not None:
            return [_silent(fall, stands=fall.p_value <= falls_up_to)]
        dip = _deep_dip(brief)
        if dip is not None:
            return [_ticket_dip(dip, today)]
        week = brief.week
        if week is not None and week.verdict == "down" and not week.unusual:
            return [_below(week, row)]
        if week is not None and week.abstained is None:
            return []
    if usage_fell(row):
        flag = f"{percent(row.usage_change or 0.0)} in 28 days"
        return [NeedReason(NeedKind.FELL, 20, flag, lambda: fell_words(row), "overview")]
    return []


def _deep_dip(brief: AccountBrief) -> TicketDip | None:
    found = [dip for dip in brief.dips if dip.estimate is not None and (dip.high or 0.0) < 0]
    return found[0] if found else None


def _silent(fall: RecentFall, *, stands: bool) -> NeedReason:
    flag = f"{percent(fall.estimate)} for {count(fall.days, 'day')}"
    points = (40 if stands else 25) + _depth(fall.estimate)

    def say() -> str:
        return fall_words(fall, stands=stands)

    return NeedReason(NeedKind.SILENT_DIP, points, flag, say, "overview")


def _ticket_dip(dip: TicketDip, today: date) -> NeedReason:
    points = 35 + _depth(dip.estimate)
    flag = f"{percent(dip.estimate or 0.0)} {interval_words(dip.low, dip.high)}"
    return NeedReason(
        NeedKind.TICKET_DIP, points, flag, lambda: dip_words(dip, today), "tickets", dip.ticket_id
    )


def _below(week: UsageNow, row: PortfolioRow) -> NeedReason:
    points = 20 + _depth(week.estimate)
    flag = f"{percent(week.estimate or 0.0)} {interval_words(week.low, week.high)}"
    return NeedReason(NeedKind.BELOW, points, flag, lambda: below_words(week, row), "overview")


def _high_tickets(row: PortfolioRow, today: date) -> list[NeedReason]:
    if not row.open_high or row.oldest_high_opened_at is None:
        return []
    points = 20 + min(days_open(row, today), 20) + min(5 * (row.open_high - 1), 10)
    flag = count(row.open_high, "high-priority ticket")
    age = days_open(row, today)
    return [NeedReason(NeedKind.HIGH_TICKETS, points, flag, lambda: high_words(row, age), "tickets")]


def _champion(row: PortfolioRow, today: date) -> list[NeedReason]:
    lost = row.lost
    if lost is None:
        return []
    flag = f"{lost.role.capitalize()} left"
    return [NeedReason(NeedKind.CHAMPION, 30, flag, lambda: champion_words(lost, today), "people")]


def _commitment(row: PortfolioRow, today: date) -> list[NeedReason]:
    use = row.commitment
    outlook = None if row.brief is None else row.brief.outlook
    if outlook is not None and outlook.pace is not None and not _too_early(outlook.starts_on, today):
        ratio, off = outlook.pace, outlook.pace < SLOW_UNDER or outlook.pace >= FAST_FROM
    elif use is not None:
        pace = pace_of(use, today)
        ratio, off = pace.ratio or 0.0, pace.off_pace and pace.state is not PaceState.EARLY
    else:
        return []
    if not off:
        return []
    points = 20 + min(round(abs(ratio - 1) * 20), 10) + (10 if outlook and _ends_badly(outlook) else 0)
    flag = f"{percent(ratio)} of even pace"
    return [
        NeedReason(
            NeedKind.COMMITMENT, points, flag, lambda: commitment_words(use, outlook, today), "billing"
        )
    ]


def _ends_badly(outlook: Outlook) -> bool:
    if outlook.exhausted is not None:
        return (outlook.ends_on - outlook.exhausted).days >= 30
    return bool(outlook.unused) and outlook.unused >= 0.2 * outlook.promise


def _too_early(starts_on: date, today: date) -> bool:
    return (today - starts_on).days < 28


def _health(row: PortfolioRow) -> list[NeedReason]:
    health = None if row.brief is None else row.brief.health
    if health is None or health.score is None or health.band != "at risk":
        return []
    fell = health.change is not None and health.change <= -_LEAST_HEALTH_FALL
    flag = f"Health {round(health.score)}"
    return [NeedReason(NeedKind.HEALTH, 30 if fell else 20, flag, lambda: health_words(health), "overview")]


def _goals(row: PortfolioRow) -> list[NeedReason]:
    overdue = row.goals_overdue
    if not overdue:
        return []
    points = 10 + min(5 * (overdue - 1), 10)
    flag = f"{count(overdue, 'goal')} overdue"
    return [NeedReason(NeedKind.GOALS, points, flag, lambda: goals_words(overdue), "goals")]


def _silence(row: PortfolioRow, today: date) -> list[NeedReason]:
    if row.last_contact_on is None or (today - row.last_contact_on).days <= QUIET_DAYS:
        return []
    last = row.last_contact_on
    flag = f"{count((today - last).days, 'day')} without contact"
    return [NeedReason(NeedKind.SILENCE, 10, flag, lambda: silence_words(last, today), "timeline")]


def _renewal(row: PortfolioRow, today: date) -> list[NeedReason]:
    ends = row.renews_on
    if ends is None or not 0 <= (ends - today).days <= RENEWS_WITHIN:
        return []
    flag = f"term ends in {count((ends - today).days, 'day')}"
    return [NeedReason(NeedKind.RENEWAL, 10, flag, lambda: renewal_words(ends, today), "contract")]
