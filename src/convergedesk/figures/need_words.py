"""The sentences behind an account's need: what happened, how sure that is, and since when."""

from __future__ import annotations

from datetime import date, timedelta

from convergedesk.domain.briefs import HealthBrief, Outlook, RecentFall, TicketDip, UsageNow
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import CommitmentUse, LostRole, PortfolioRow
from convergedesk.figures.pacing import explain
from convergedesk.figures.wording import count, day, percent, short_day, short_money


def interval_words(low: float | None, high: float | None) -> str:
    """'(−38 to −22)'; empty where the limits are not known."""
    if low is None or high is None:
        return ""
    return f"({_plain(low)} to {_plain(high)})"


def fall_words(fall: RecentFall, *, stands: bool) -> str:
    """A dip that nobody wrote about; `stands`: beside all accounts that were looked at."""
    limits = interval_words(fall.low, fall.high)
    sure = f" {limits}" if limits else ""
    end = fall.first_day + timedelta(days=fall.days - 1)
    chance = "" if stands else "; beside the other accounts this may be chance"
    return (
        f"Usage from {short_day(fall.first_day)} to {short_day(end)} is {percent(-fall.estimate)} below "
        f"expected{sure}, and no ticket was open near it{chance}."
    )


def dip_words(dip: TicketDip, today: date) -> str:
    """A dip around a ticket whose value is not restored."""
    after = (dip.onset_on - dip.opened_on).days
    when = {0: "the day on which", 1: "the day after"}.get(
        after, f"{count(abs(after), 'day')} {'after' if after > 0 else 'before'}"
    )
    sure = interval_words(dip.low, dip.high)
    said = (
        f"Usage is {percent(-(dip.estimate or 0.0))} below expected {sure} since {short_day(dip.onset_on)}, "
        f"{when} #{dip.number} was opened."
    )
    if dip.resolved_on is None:
        return f"{said} It is still open."
    closed = count((today - dip.resolved_on).days, "day")
    return f"{said} Closed {closed} ago, and value is not restored."


def below_words(week: UsageNow, row: PortfolioRow) -> str:
    """Usage below expected without a confirmed dip."""
    tickets = f"{count(row.open_tickets, 'ticket')} open." if row.open_tickets else "No ticket is open."
    sure = interval_words(week.low, week.high)
    return (
        f"Usage of the last {count(week.days, 'day')} is {percent(-(week.estimate or 0.0))} below expected "
        f"{sure}. {tickets}"
    )


def fell_words(row: PortfolioRow) -> str:
    """Usage that fell where nothing can be expected yet."""
    tickets = f"{count(row.open_tickets, 'ticket')} open" if row.open_tickets else "No ticket is open"
    change = percent(-(row.usage_change or 0.0))
    return (
        f"Usage of the last 28 days is {change} below the 28 days before; what was to be expected is not "
        f"measured yet. {tickets}."
    )


def high_words(row: PortfolioRow, age: int) -> str:
    """Open tickets of high priority."""
    opened = row.oldest_high_opened_at
    since = "" if opened is None else short_day(opened.date())
    if row.open_high == 1:
        return f"A high-priority ticket has been open since {since}, {count(age, 'day')}."
    oldest = f"the oldest since {since}, {count(age, 'day')}"
    return f"{count(row.open_high, 'high-priority ticket')} are open, {oldest}."


def champion_words(lost: LostRole, today: date) -> str:
    """A key person who left."""
    ago = count((today - lost.left_on).days, "day")
    return (
        f"{lost.name}, {lost.role}, left on {short_day(lost.left_on)}, {ago} ago; nobody took the role since."
    )


def commitment_words(use: CommitmentUse | None, outlook: Outlook | None, today: date) -> str:
    """A commitment off its pace: where it is heading where that is known, else where it stands."""
    if outlook is None:
        return "" if use is None else explain(use, today)
    promise = short_money(Money(outlook.promise, outlook.currency))
    used = percent(outlook.used / outlook.promise) if outlook.promise else percent(0.0)
    days = (outlook.ends_on - outlook.starts_on).days + 1
    left = percent(max(0.0, min(1.0, (outlook.ends_on - today).days / days)))
    said = f"{used} of {promise} is used with {left} of the term left."
    if outlook.exhausted is not None:
        early = count((outlook.ends_on - outlook.exhausted).days, "day")
        return f"{said} At this pace it is used up around {short_day(outlook.exhausted)}, {early} early."
    if outlook.unused:
        rest = short_money(Money(outlook.unused, outlook.currency))
        return f"{said} At this pace {rest} is left unused on {day(outlook.ends_on)}."
    return said


def health_words(health: HealthBrief) -> str:
    """A health score at risk, with what costs it most."""
    change = health.change
    moved = ""
    if change is not None and round(change):
        moved = f", {count(abs(round(change)), 'point')} {'less' if change < 0 else 'more'} than 28 days ago"
    worst = f" Most is lost by {health.worst[0].lower()}{health.worst[1:]}." if health.worst else ""
    return f"Health is {round(health.score or 0.0)} of 100{moved}.{worst}"


def goals_words(overdue: int) -> str:
    """Goals past their due day."""
    return f"{count(overdue, 'goal')} {'is' if overdue == 1 else 'are'} past the due day and not reached."


def silence_words(last: date, today: date) -> str:
    """How long nobody has been in touch."""
    return f"The last check-in was on {short_day(last)}, {count((today - last).days, 'day')} ago."


def renewal_words(ends: date, today: date) -> str:
    """A term that ends soon."""
    return f"The term ends on {day(ends)}, in {count((ends - today).days, 'day')}."


def contact_words(row: PortfolioRow, today: date) -> str:
    """When somebody was last in touch, as evidence beside any reason."""
    if row.last_contact_on is None:
        return "No check-in is logged."
    return f"Last contact {count((today - row.last_contact_on).days, 'day')} ago."


def year_earlier_words(week: UsageNow | None) -> str:
    """How the last week compares with that of a year earlier; empty where that is not known."""
    if week is None or week.year_earlier is None:
        return ""
    side = "above" if week.year_earlier >= 0 else "below"
    return f"Against the same week a year earlier usage runs {percent(abs(week.year_earlier))} {side}."


def _plain(share: float) -> str:
    return percent(share, signed=True).removesuffix("%").rstrip()
