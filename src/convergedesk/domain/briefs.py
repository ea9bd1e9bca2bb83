"""What Home shows of the statistics, in short: kept ready, so that it stands there at once.

Plain Python on purpose, as `domain.portfolio`. A brief is kept as a JSON list, whose order is that
of the fields.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple, cast

_day = date.fromisoformat
FORMAT = 1
"""Changes with the fields; a brief of another format is made anew, and nothing until then."""


class UsageNow(NamedTuple):
    """Usage of the last days against what was expected of them.

    Attributes:
        first_day: First day of the window.
        days: Its length.
        estimate: Relative difference, −0.30 = 30 % below expected; None where nothing can be said.
        low: Lower limit (95 %), or None likewise.
        high: Upper limit.
        verdict: 'down', 'up' or 'inconclusive'.
        observed: Units of the observed days, or None.
        expected: Units expected of these, or None.
        year_earlier: Change against the same weekdays 364 days before, or None.
        smallest: The smallest dip that could have been seen, or None.
        abstained: Why nothing can be said, or None.
        unusual: True where a holiday, a freeze or an outage falls into the window.
    """

    first_day: date
    days: int
    estimate: float | None
    low: float | None
    high: float | None
    verdict: str
    observed: float | None
    expected: float | None
    year_earlier: float | None
    smallest: float | None
    abstained: str | None
    unusual: bool


class RecentFall(NamedTuple):
    """The look among the last 3, 5, 7, 10 and 14 days that stands out most, where it is a dip.

    Attributes:
        first_day: First day of that look.
        days: Its length.
        estimate: Relative difference.
        low: Lower limit, or None where it was not kept.
        high: Upper limit, or None likewise.
        p_value: How often chance alone would do as much.
        tickets: Tickets that were open near it; 0: a silent dip.
    """

    first_day: date
    days: int
    estimate: float
    low: float | None
    high: float | None
    p_value: float
    tickets: int


class TicketDip(NamedTuple):
    """A confirmed dip around a ticket whose value is not restored.

    Attributes:
        ticket_id: The episode's ticket nearest to the dip, of high priority where there is one.
        number: As the support desk shows it.
        opened_on: Day on which it was opened, UTC.
        resolved_on: Day of the episode's last resolution, or None while one is open.
        onset_on: First day of the dip.
        days: Days from the episode's opening, so far.
        estimate: Usage during the dip against expected, or None where nothing can be said.
        low: Lower limit (95 %).
        high: Upper limit.
    """

    ticket_id: int
    number: str
    opened_on: date
    resolved_on: date | None
    onset_on: date
    days: int
    estimate: float | None
    low: float | None
    high: float | None


class ValueRestored(NamedTuple):
    """The last ticket after which value came back.

    Attributes:
        ticket_id: The episode's first ticket.
        number: As the support desk shows it.
        opened_on: Day on which it was opened.
        restored_on: First day on which usage was back.
        days: From opening to that day.
    """

    ticket_id: int
    number: str
    opened_on: date
    restored_on: date
    days: int


class HealthBrief(NamedTuple):
    """An account's health, a score and never a probability.

    Attributes:
        score: 0 to 100, or None where nothing is known.
        band: 'healthy', 'watch' or 'at risk'; None without a score.
        before: Score of 28 days earlier by the same method, or None.
        missing: How many of the six factors are not known.
        worst: The factor that costs most, with what it stands on; empty where none does.
        way_up: What raises it most; empty where nothing does.
    """

    score: float | None
    band: str | None
    before: float | None
    missing: int
    worst: str
    way_up: str

    @property
    def change(self) -> float | None:
        """Points since 28 days earlier, or None."""
        return None if self.score is None or self.before is None else self.score - self.before


class MonthSoFar(NamedTuple):
    """What a month's usage comes to so far, in one currency: accrued, not yet invoiced.

    Attributes:
        currency: ISO 4217.
        month: First day of the month.
        through: Last day with usage.
        accrued: Minor units so far.
        forecast: Minor units of the whole month, or None where nothing can be said.
        low: Lower likely limit (80 %), or None likewise.
        high: Upper likely limit.
    """

    currency: str
    month: date
    through: date
    accrued: int
    forecast: int | None
    low: int | None
    high: int | None


class Outlook(NamedTuple):
    """Where the commitment that needs attention most is heading; money in minor units.

    Attributes:
        currency: ISO 4217.
        promise: The whole promise.
        used: Billed and accrued.
        starts_on: First day of the term.
        ends_on: Last day of the term.
        pace: Used ÷ expected by now, or None on the first day.
        exhausted: Day on which the forecast reaches the promise; None where not within the term.
        earliest: The same for the upper likely limit (80 %).
        latest: The same for the lower likely limit.
        unused: Forecast rest at the end of the term, or None where nothing can be said.
        beyond: Forecast use beyond the promise at the end of the term, or None likewise.
    """

    currency: str
    promise: int
    used: int
    starts_on: date
    ends_on: date
    pace: float | None
    exhausted: date | None
    earliest: date | None
    latest: date | None
    unused: int | None
    beyond: int | None


class AccountBrief(NamedTuple):
    """What is kept ready of one account; None wherever nothing is known.

    Attributes:
        as_of: Last day with usage.
        week: Usage of the last 7 days.
        fall: A dip of the last days.
        dips: Confirmed dips around tickets whose value is not restored, the deepest first.
        restored: The last ticket after which value came back.
        health: Its health.
        spend: The month so far, one for each currency.
        outlook: Where its commitment is heading.
    """

    as_of: date | None = None
    week: UsageNow | None = None
    fall: RecentFall | None = None
    dips: tuple[TicketDip, ...] = ()
    restored: ValueRestored | None = None
    health: HealthBrief | None = None
    spend: tuple[MonthSoFar, ...] = ()
    outlook: Outlook | None = None


class RestorationBrief(NamedTuple):
    """Time to value restored over the accounts of a pod, or of all.

    Attributes:
        first_day: First day of opening that counts.
        last_day: Last day.
        median: Days after which half are restored; None where fewer are.
        low: Lower limit (95 %), or None where not reached.
        high: Upper limit, or None likewise.
        tickets: Episodes with a confirmed dip.
        waiting: How many of these still wait.
        out_of: Episodes that were looked at.
        quarters: The median of each of the last four quarters of that time; None where not known.
    """

    first_day: date
    last_day: date
    median: float | None
    low: float | None
    high: float | None
    tickets: int
    waiting: int
    out_of: int
    quarters: tuple[float | None, ...]


class PortfolioBrief(NamedTuple):
    """What is kept ready of a pod's accounts together, or of all.

    Attributes:
        restoration: Time to value restored.
        falls_up_to: The largest p-value at which a recent dip stands beside all the others that were
            looked for (Benjamini-Hochberg at q = .10); 0 where none stands.
        looked_at: How many accounts were looked at for a recent dip.
    """

    restoration: RestorationBrief
    falls_up_to: float
    looked_at: int


def to_text(brief: AccountBrief | PortfolioBrief) -> str:
    """The JSON that `account_brief` and `portfolio_brief` read."""
    form = [FORMAT, *_rounded(brief)]
    return json.dumps(form, default=date.isoformat, allow_nan=False, separators=(",", ":"))


def account_brief(text: str) -> AccountBrief | None:
    """What `to_text` kept of an account; None where another version of the program did."""
    form, *kept = json.loads(text)
    if form != FORMAT:
        return None
    as_of, week, fall, dips, restored, health, spend, outlook = kept
    return AccountBrief(
        as_of=_or_none(as_of),
        week=None if week is None else _usage_now(week),
        fall=None if fall is None else RecentFall(_day(fall[0]), *fall[1:]),
        dips=tuple([_ticket_dip(one) for one in dips]),
        restored=None if restored is None else _restored(restored),
        health=None if health is None else HealthBrief(*health),
        spend=tuple([_month(one) for one in spend]),
        outlook=None if outlook is None else _outlook(outlook),
    )


def portfolio_brief(text: str) -> PortfolioBrief | None:
    """What `to_text` kept of a pod's accounts; None where another version of the program did."""
    form, *kept = json.loads(text)
    if form != FORMAT:
        return None
    restoration, falls_up_to, looked_at = kept
    first, last, *figures, quarters = restoration
    found = RestorationBrief(_day(first), _day(last), *figures, quarters=tuple(quarters))
    return PortfolioBrief(found, falls_up_to, looked_at)


def _rounded(value: Any) -> Any:
    """Six digits of every figure: more than is ever printed, and half as much to read."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, tuple | list):
        return [_rounded(one) for one in cast("tuple[Any, ...]", value)]
    return value


def _or_none(text: str | None) -> date | None:
    return None if text is None else _day(text)


def _usage_now(kept: list[Any]) -> UsageNow:
    return UsageNow(_day(kept[0]), *kept[1:])


def _ticket_dip(kept: list[Any]) -> TicketDip:
    ticket_id, number, opened, resolved, onset, *rest = kept
    return TicketDip(ticket_id, number, _day(opened), _or_none(resolved), _day(onset), *rest)


def _restored(kept: list[Any]) -> ValueRestored:
    ticket_id, number, opened, restored, days = kept
    return ValueRestored(ticket_id, number, _day(opened), _day(restored), days)


def _month(kept: list[Any]) -> MonthSoFar:
    currency, month, through, *rest = kept
    return MonthSoFar(currency, _day(month), _day(through), *rest)


def _outlook(kept: list[Any]) -> Outlook:
    currency, promise, used, starts, ends, pace, exhausted, earliest, latest, *rest = kept
    return Outlook(
        currency,
        promise,
        used,
        _day(starts),
        _day(ends),
        pace,
        _or_none(exhausted),
        _or_none(earliest),
        _or_none(latest),
        *rest,
    )
