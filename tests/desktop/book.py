"""A small book of business for tests of pages: three accounts, each with something to say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from convergedesk.domain.accounts import AccountId, Lifecycle, PodId, SystemKind
from convergedesk.domain.briefs import (
    AccountBrief,
    HealthBrief,
    PortfolioBrief,
    RecentFall,
    RestorationBrief,
    TicketDip,
    UsageNow,
)
from convergedesk.domain.freshness import Freshness, FreshnessState
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import (
    CommitmentUse,
    HomeSnapshot,
    PodSummary,
    PortfolioRow,
    Spark,
    TicketTick,
)

TODAY = date(2026, 12, 10)
TINDLE, KESTREL, QUARRY = AccountId(1), AccountId(2), AccountId(3)
PILOT = PodId(7)


def spark(level: float = 100.0, *, unit: str = "event", days: int = 90) -> Spark:
    """A level line that ends yesterday."""
    return Spark(TODAY - timedelta(days=1), (level,) * days, unit, 2, (TicketTick(10, False),))


def commitment(billed: int, *, committed: int = 1_000_000, elapsed_days: int = 200) -> CommitmentUse:
    """A year's commitment in euro cents that began so many days ago."""
    start = TODAY - timedelta(days=elapsed_days)
    return CommitmentUse(Money(committed, "EUR"), Money(billed, "EUR"), start, start + timedelta(days=364))


def row(account_id: int = 9, name: str = "Quiet Ltd", **changes: Any) -> PortfolioRow:
    """An account without anything remarkable, with `changes`."""
    quiet = PortfolioRow(
        account_id=AccountId(account_id),
        name=name,
        tier="Growth",
        industry="Retail",
        country="DE",
        owner="Anna Hoff",
        success_manager="Lena Fischer",
        lifecycle=Lifecycle.ACTIVE,
        parent_id=None,
        sites=0,
        spark=spark(),
        usage_28=2800.0,
        usage_previous_28=2800.0,
        billed_month=date(2026, 11, 1),
        billed=Money(400_000, "EUR"),
        mrr=None,
        commitment=None,
        open_tickets=0,
        open_high=0,
        oldest_high_opened_at=None,
        goals_open=0,
        goals_overdue=0,
        renews_on=None,
        last_contact_on=None,
        pod_ids=(),
    )
    return replace(quiet, **changes)


def week(estimate: float | None, low: float | None = None, high: float | None = None) -> UsageNow:
    """The last seven days against 1,000 units expected; None: nothing can be said."""
    if estimate is None or low is None or high is None:
        short = "too little history before the event"
        return UsageNow(
            TODAY - timedelta(days=7),
            7,
            None,
            None,
            None,
            "inconclusive",
            None,
            None,
            None,
            None,
            short,
            False,
        )
    verdict = "down" if high < 0 else "up" if low > 0 else "inconclusive"
    return UsageNow(
        first_day=TODAY - timedelta(days=7),
        days=7,
        estimate=estimate,
        low=low,
        high=high,
        verdict=verdict,
        observed=1000.0 * (1 + estimate),
        expected=1000.0,
        year_earlier=0.02,
        smallest=0.1,
        abstained=None,
        unusual=False,
    )


def brief(**changes: Any) -> AccountBrief:
    """An account whose last week ran as expected, with `changes`."""
    quiet = AccountBrief(as_of=TODAY - timedelta(days=1), week=week(0.0, -0.05, 0.05))
    return quiet._replace(**changes)


def silent_fall(p_value: float = 0.001, *, tickets: int = 0) -> RecentFall:
    """A dip of 30 % over ten days."""
    return RecentFall(TODAY - timedelta(days=10), 10, -0.3, -0.4, -0.2, p_value, tickets)


def ticket_dip(**changes: Any) -> TicketDip:
    """A dip of 26 % since 2 December, the day after #48702 was opened; it is open."""
    dip = TicketDip(702, "48702", date(2026, 12, 1), None, date(2026, 12, 2), 9, -0.26, -0.32, -0.19)
    return dip._replace(**changes)


def health(score: float | None, before: float | None = None) -> HealthBrief:
    """A health score of which all six factors are known."""
    band = None if score is None else "healthy" if score >= 75 else "watch" if score >= 50 else "at risk"
    return HealthBrief(score, band, before, 0, "Usage vs expected: 30 % below", "Usage back")


def together(falls_up_to: float = 0.01, **changes: Any) -> PortfolioBrief:
    """Time to value restored over a year: 14 of 29 episodes, a median of five days."""
    found = RestorationBrief(
        first_day=TODAY - timedelta(days=364),
        last_day=TODAY,
        median=5.0,
        low=4.0,
        high=6.0,
        tickets=14,
        waiting=2,
        out_of=29,
        quarters=(7.0, 6.0, 6.0, 5.0),
    )
    return PortfolioBrief(found._replace(**changes), falls_up_to, 9)


def tindle() -> PortfolioRow:
    """Usage fell, no ticket was opened, the commitment is behind."""
    return row(
        TINDLE,
        "Tindle Learning",
        usage_28=1876.0,
        commitment=commitment(400_000),
        renews_on=TODAY + timedelta(days=30),
        pod_ids=(PILOT,),
    )


def kestrel() -> PortfolioRow:
    """Two high-priority tickets are open; a goal is overdue."""
    return row(
        KESTREL,
        "Kestrel Payments",
        tier="Strategic",
        country="GB",
        owner="Omar Reyes",
        open_tickets=4,
        open_high=2,
        oldest_high_opened_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
        goals_open=3,
        goals_overdue=1,
        pod_ids=(PILOT,),
    )


def quarry() -> PortfolioRow:
    """A brand-new account: two weeks of usage, no invoice."""
    return row(
        QUARRY,
        "Quarry Robotics",
        tier=None,
        industry=None,
        country=None,
        owner=None,
        lifecycle=Lifecycle.TRIAL,
        spark=spark(days=14),
        usage_28=1400.0,
        usage_previous_28=None,
        billed_month=None,
        billed=None,
    )


def snapshot(*rows: PortfolioRow, **changes: Any) -> HomeSnapshot:
    """The three accounts (or `rows`), as of TODAY, with `changes`."""
    rows = rows or (tindle(), kestrel(), quarry())
    as_of = datetime(2026, 12, 9, 23, tzinfo=UTC)
    fresh = tuple(Freshness(kind, as_of, as_of, FreshnessState.CURRENT) for kind in SystemKind)
    whole = HomeSnapshot(
        workspace_name="Pilot",
        sample=False,
        rows=rows,
        pods=(PodSummary(PILOT, "Pilot pod", sum(1 for r in rows if PILOT in r.pod_ids)),),
        freshness=fresh,
        today=TODAY,
        rejects=0,
        unlinked=0,
    )
    return replace(whole, **changes)
