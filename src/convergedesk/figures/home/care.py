"""Time to value restored, open high-priority tickets, and who needs a check-in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convergedesk.domain.briefs import RestorationBrief
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.home.figure import NOTHING, Book, HomeFigure
from convergedesk.figures.need import CHECK_IN_FROM, GROWN_BY, RULES, Need, days_open, is_put_off, week_of
from convergedesk.figures.wording import count, day, listing, number

if TYPE_CHECKING:
    from convergedesk.figures.why import Why

FEWEST_DIPS = 5
LATE_DAYS = 3
_MOST_ROWS = 12
_MOST_NEEDS = 30


def restored_figure(book: Book) -> HomeFigure:
    """The third figure of Home."""
    label = "Median time to value restored"
    together = book.snapshot.together.get(book.pod)
    if together is None:
        return HomeFigure("restored", label, NOTHING, note="not computed yet")
    found = together.restoration

    def why() -> Why:
        return _why_restored(book, found)

    if not found.out_of:
        return HomeFigure("restored", label, NOTHING, note="no blocking tickets in 12 months", why=why)
    counted = f"{number(found.tickets)} of {number(found.out_of)} qualified"
    if not found.tickets:
        note = f"no confirmed dip in {count(found.out_of, 'episode')}"
        return HomeFigure("restored", label, NOTHING, note=note, why=why)
    value, unit = ("not reached", "") if found.median is None else (_days(found.median), "days")
    early = found.tickets < FEWEST_DIPS
    return HomeFigure(
        "restored",
        label,
        value,
        "day" if value == "1" else unit,
        status="an early sign" if early else "",
        note=counted if early else f"interval {_interval(found)} · {counted}",
        why=why,
        trend=found.quarters if None not in found.quarters else (),
    )


def _why_restored(book: Book, found: RestorationBrief) -> Why:
    from convergedesk.figures.figure_ids import figure_id
    from convergedesk.figures.why import Why, span_words

    median = "not reached" if found.median is None else f"{_days(found.median)} days"
    if not found.tickets:
        median = "nothing to measure"
    still = (
        f"{count(found.waiting, 'one')} still waits" if found.waiting == 1 else f"{found.waiting} still wait"
    )
    return Why(
        title="Median time to value restored",
        definition=(
            "Whole days from a ticket's opening until usage is back at 90 % of expected or more, for seven "
            "days and on each of the first three. Only tickets with a confirmed dip count; those that still "
            "wait count as waiting."
        ),
        formula=f"Kaplan-Meier median over {count(found.tickets, 'episode')}, {still} = {median}",
        window=f"Opened {span_words(found.first_day, found.last_day)}.",
        rows=(
            ("Episodes looked at", str(found.out_of)),
            ("With a confirmed dip", str(found.tickets)),
            ("Still waiting", str(found.waiting)),
            *(
                (
                    f"Median of quarter {place} of 4",
                    "fewer than 5 dips" if one is None else f"{_days(one)} days",
                )
                for place, one in enumerate(found.quarters, 1)
            ),
        ),
        interval=f"95 % interval of the median: {_interval(found)} days." if found.tickets else "",
        caution="Under five qualifying episodes this is an early sign."
        if found.tickets < FEWEST_DIPS
        else "",
        figure=median,
        figure_id=figure_id("home", "restored", *book.id_parts),
        uses=((SystemKind.USAGE, ""), (SystemKind.SUPPORT, "")),
    )


def _interval(found: RestorationBrief) -> str:
    low = "?" if found.low is None else _days(found.low)
    return f"{low} to {_days(found.high)}" if found.high is not None else f"{low} or more"


def _days(value: float) -> str:
    return number(round(value, 1))


def tickets_figure(book: Book) -> HomeFigure:
    """The fourth figure of Home."""
    label = "Open high-priority tickets"
    rows, today = book.rows, book.snapshot.today
    high = sum(row.open_high for row in rows)
    everything = sum(row.open_tickets for row in rows)
    note = f"{number(everything)} open in all"

    def why() -> Why:
        return _why_tickets(book)

    if not high:
        return HomeFigure("high-tickets", label, "0", "", "none open", "good", "check-circle", note, why)
    waiting = [row for row in rows if row.oldest_high_opened_at is not None]
    late = [row for row in waiting if days_open(row, today) > LATE_DAYS]
    if late:
        oldest = max(late, key=lambda row: days_open(row, today))
        status = f"oldest {count(days_open(oldest, today), 'day')}, {oldest.name}"
        return HomeFigure("high-tickets", label, number(high), "", status, "warning", "clock", "", why)
    return HomeFigure("high-tickets", label, number(high), note=note, why=why)


def _why_tickets(book: Book) -> Why:
    from convergedesk.figures.figure_ids import figure_id
    from convergedesk.figures.why import Link, LinkKind, Why, WhyRow

    today = book.snapshot.today
    rows = sorted((row for row in book.rows if row.open_high), key=lambda row: -days_open(row, today))
    high = sum(row.open_high for row in rows)
    return Why(
        title="Open high-priority tickets",
        definition="Tickets that are open or pending and of one of the two highest priorities.",
        formula=f"sum over {count(len(rows), 'account')} = {number(high)}",
        window=f"As of {day(today)}.",
        rows=(("Open tickets in all", number(sum(row.open_tickets for row in book.rows))),),
        figure=number(high),
        figure_id=figure_id("home", "high-tickets", *book.id_parts),
        behind=tuple(
            WhyRow(
                row.name,
                number(row.open_high),
                Link(LinkKind.ACCOUNT, row.account_id, "tickets"),
                f"the oldest for {count(days_open(row, today), 'day')}",
                "warning" if days_open(row, today) > LATE_DAYS else "",
            )
            for row in rows[:_MOST_ROWS]
        ),
        behind_of=len(rows),
        uses=((SystemKind.SUPPORT, ""),),
    )


Needs = Sequence[tuple[PortfolioRow, Need]]


def check_ins_figure(book: Book, needs: Needs) -> HomeFigure:
    """The fifth figure of Home; `needs` as `figures.need.needs` gives them."""
    label = "Need a check-in"
    today = book.snapshot.today
    asking = [row for row, need in needs if need.asks and not is_put_off(row, need, today)]
    put_off = sum(1 for _, need in needs if need.asks) - len(asking)
    later = f"{number(put_off)} put off" if put_off else ""
    names = listing([row.name for row in asking], 3)
    # Where nothing was measured, nobody in need is no good news.
    known = any(week_of(row, today) is not None or row.usage_change is not None for row, _ in needs)
    return HomeFigure(
        "check-ins",
        label,
        number(len(asking)),
        f"of {number(len(needs))}",
        status="" if asking else "nobody today" if known else "nobody, by what is known",
        tone="good" if known and not asking else "text_3",
        icon="check-circle" if known and not asking else "",
        note=" · ".join(part for part in (later, names) if part),
        why=lambda: why_need(book, needs),
    )


def why_need(book: Book, needs: Needs) -> Why:
    """The rule of need, and the accounts it puts first."""
    from convergedesk.figures.figure_ids import figure_id
    from convergedesk.figures.why import Link, LinkKind, Why, WhyRow

    today = book.snapshot.today
    asking = [(row, need) for row, need in needs if need.points > 0]
    counted = sum(1 for row, need in needs if need.asks and not is_put_off(row, need, today))
    behind = tuple(
        WhyRow(
            row.name,
            count(need.points, "point"),
            Link(LinkKind.ACCOUNT, row.account_id, need.reasons[0].tab),
            _reasons(row, need, put_off=is_put_off(row, need, today)),
            "critical" if need.asks else "",
        )
        for row, need in asking[:_MOST_NEEDS]
    )
    return Why(
        title="Who needs a check-in",
        definition=(
            "Each account collects points for reasons; accounts are ordered by the sum, and from "
            f"{CHECK_IN_FROM} points on they need a check-in."
        ),
        formula=f"accounts with {CHECK_IN_FROM} points or more that nobody put off = {counted}",
        window=f"As of {day(today)}.",
        rows=tuple((rule.holds, rule.points) for rule in RULES),
        caution=(
            f"'Not now' leaves an account out for a week, unless its need grows by {GROWN_BY} points. Points "
            "order the work; they are no probability."
        ),
        figure=f"{counted} of {len(needs)}",
        figure_id=figure_id("home", "check-ins", *book.id_parts),
        behind=behind,
        behind_of=len(asking),
        uses=(
            (SystemKind.USAGE, ""),
            (SystemKind.SUPPORT, ""),
            (SystemKind.BILLING, "for commitments"),
            (SystemKind.CRM, "for people and terms"),
        ),
    )


def why_account_needs(book: Book, row: PortfolioRow, need: Need) -> Why:
    """Why one account stands where it does."""
    from convergedesk.figures.figure_ids import account_part, figure_id
    from convergedesk.figures.need_words import contact_words, year_earlier_words
    from convergedesk.figures.why import Link, LinkKind, Why, WhyRow

    rules = {rule.kind: rule for rule in RULES}
    today = book.snapshot.today
    parts = (
        f"As of {day(today)}.",
        contact_words(row, today),
        year_earlier_words(week_of(row, today)),
    )
    sums = " + ".join(str(reason.points) for reason in need.reasons) or "0"
    return Why(
        title=f"Why {row.name} needs a check-in" if need.asks else f"Need of {row.name}",
        definition=f"Points for reasons; from {CHECK_IN_FROM} on an account needs a check-in.",
        formula=f"{sums} = {count(need.points, 'point')}",
        window=" ".join(part for part in parts if part),
        rows=tuple((rules[reason.kind].holds, rules[reason.kind].points) for reason in need.reasons),
        interval="Where limits stand in brackets they are a 95 % interval.",
        caution="Compared with expected; this does not show what caused it.",
        figure=count(need.points, "point"),
        figure_id=figure_id("home", "need", account_part(row.account_id, row.name)),
        behind=tuple(
            WhyRow(
                reason.sentence,
                count(reason.points, "point"),
                Link(LinkKind.ACCOUNT, row.account_id, reason.tab)
                if reason.ticket_id is None
                else Link(LinkKind.TICKET, reason.ticket_id),
            )
            for reason in need.reasons
        ),
        uses=((SystemKind.USAGE, ""), (SystemKind.SUPPORT, ""), (SystemKind.BILLING, "for commitments")),
    )


def _reasons(row: PortfolioRow, need: Need, *, put_off: bool) -> str:
    parts = [f"{reason.flag} {reason.points}" for reason in need.reasons]
    if put_off and row.put_off is not None:
        parts.append(f"put off until {day(row.put_off.until)}")
    return " · ".join(parts)
