"""Feedback in words: money side by side, usage that was lost, and everything behind 'Why?'."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from convergedesk.domain.feedback import RequestStatus
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.money import Money
from convergedesk.figures.feedback import (
    RENEWS_WITHIN,
    Asker,
    FeedbackBook,
    FeedbackGroup,
    LostUsage,
    TaggedUse,
)
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.why import LeftOut, Link, LinkKind, Why, WhyRow
from convergedesk.figures.wording import count, day, month, short_money, short_number

STATUS_WORDS = {
    RequestStatus.OPEN: "Open",
    RequestStatus.PLANNED: "Planned",
    RequestStatus.SHIPPED: "Shipped",
    RequestStatus.DECLINED: "Declined",
}
_NOTHING_BILLED = "nothing billed"
_MOST_TERMS = 4


def amounts(billed: Sequence[Money]) -> str:
    """'€4.01 M', or '€4.01 M, £160k and $310k' where there is no rate between them."""
    told = [short_money(amount) for amount in billed]
    if len(told) > 1:
        return f"{', '.join(told[:-1])} and {told[-1]}"
    return told[0] if told else _NOTHING_BILLED


def stake_words(group: FeedbackGroup) -> str:
    """The revenue at stake as printed: in one currency where that is possible."""
    return amounts(group.billed) if group.stake is None else short_money(group.stake)


def votes_words(group: FeedbackGroup) -> str:
    """'9 votes from 4 accounts', or '12 tickets from 5 accounts' for a feature without a request."""
    accounts = count(len(group.askers), "account")
    if group.request is None:
        return f"{count(group.use.tickets, 'ticket')} from {accounts}"
    return f"{count(group.votes, 'vote')} from {accounts}" if group.votes else "no votes yet"


def tickets_words(use: TaggedUse) -> str:
    """'9 tickets, 2 of them high'; empty without any."""
    if not use.tickets:
        return ""
    high = f", {use.high:,} of them high" if use.high else ""
    return f"{count(use.tickets, 'ticket')}{high}"


def lost_words(use: TaggedUse) -> str:
    """'3.2 M events lost in 2 of 9 episodes', or why nothing can be said."""
    if not use.tickets:
        return "no tagged tickets"
    if not use.episodes:
        return "not measured: no high-priority ticket and no confirmed dip"
    of_all = f"{use.confirmed:,} of {count(use.episodes, 'episode')}"
    if not use.lost:
        if use.confirmed:
            return f"a dip in {of_all}, in no single meter"
        return f"none measured in {count(use.episodes, 'episode')}"
    return f"{lost_amount(use.lost[0])} lost in {of_all}"


def lost_amount(lost: LostUsage) -> str:
    """'3.2 M events delivered'."""
    return f"{short_number(lost.units)} {_low(lost.meter.name)}"


def value_words(use: TaggedUse) -> str:
    """'about €9.1k, estimated'; empty where no contract prices it."""
    told = amounts([one.middle for one in use.value if one.middle.minor_units])
    return "" if told == _NOTHING_BILLED else f"about {told}, estimated"


def period_words(book: FeedbackBook) -> str:
    """'Dec 2025 to Nov 2026'."""
    return f"{month(book.first_day)} to {month(book.last_day)}"


def status_words(group: FeedbackGroup, today: date) -> str:
    """'Planned, Q1', 'Open, no answer for 41 days', 'No request yet'."""
    if group.request is None:
        return "No request yet"
    words = STATUS_WORDS[group.request.status]
    if group.waits_since is not None:
        return f"No answer for {count((today - group.waits_since).days, 'day')}"
    return f"{words}, {group.request.answer}" if group.request.answer else words


def why_stake(group: FeedbackGroup, book: FeedbackBook) -> Why:
    """What stands behind the revenue at stake."""
    paying = [one for one in group.askers if one.billed]
    asked = "opened a ticket tagged with it" if group.request is None else "asked for it"
    rows = [(f"Accounts that {asked}", f"{len(group.askers):,}")]
    if group.renewing:
        rows.append((f"Renews within {RENEWS_WITHIN.days} days", amounts(group.renewing)))
    if book.converted is not None and group.stake is not None and len(group.billed) > 1:
        used = {amount.currency for amount in group.billed}
        rows += [
            (f"1 {rate.currency} in {rate.into_currency}", f"{rate.rate:f} from {day(rate.day)}")
            for rate in book.converted.rates
            if rate.currency in used
        ]
    return Why(
        title="Revenue at stake",
        definition=(
            f"What the accounts that {asked} were billed in twelve whole months, their sites with them."
        ),
        formula=_sum_words(paying, stake_words(group)),
        window=f"Billed for periods that began from {day(book.first_day)} to {day(book.last_day)}.",
        rows=tuple(rows),
        caution=(
            "Whole invoices, usage and fees together; drafts, void invoices and credit notes do not count. "
            "It is what these accounts pay in all, not what the request is worth."
        ),
        figure=stake_words(group),
        figure_id=_figure(group, "stake"),
        excluded=tuple(_left_out(group.askers)),
        behind=tuple(_asker_row(one) for one in group.askers),
        uses=((SystemKind.BILLING, "for what was billed"), (SystemKind.CRM, "for sites and renewals")),
    )


def why_votes(group: FeedbackGroup) -> Why:
    """What stands behind the raw votes."""
    return Why(
        title="Raw votes",
        definition=(
            "How often somebody asked for it, whoever they are. Two people of one account are two votes."
            if group.request is not None
            else "Nobody has written a request for this feature: only tickets are tagged with it."
        ),
        formula=votes_words(group),
        rows=tuple((one.name, f"{one.items:,}") for one in group.askers if one.items),
        caution="Votes say who speaks up. Revenue at stake and lost usage say what it may cost.",
        figure=f"{group.votes:,}",
        figure_id=_figure(group, "votes"),
        behind=tuple(
            WhyRow(one.name, count(one.items, "vote"), Link(LinkKind.ACCOUNT, one.account_id))
            for one in group.askers
            if one.items
        ),
    )


def why_lost(group: FeedbackGroup, book: FeedbackBook) -> Why:
    """What stands behind the usage lost in tagged tickets."""
    use = group.use
    tag = "" if group.feature is None else f" tagged “{group.feature.name}”"
    terms = tuple(
        (
            one.meter.name,
            f"{short_number(one.units)} in {count(one.episodes, 'episode')}",
        )
        for one in use.lost
    )
    return Why(
        title="Usage lost in tagged tickets",
        definition=(
            f"Units below expected in episodes with a ticket{tag}, from the first day of the dip until value "
            "was restored. Only dips whose 95 % interval lies below expected count."
        ),
        formula=f"expected − observed, summed over {count(use.confirmed, 'episode')} = {lost_words(use)}",
        window=f"Tickets opened since {day(book.first_day)}.",
        rows=(
            ("Tickets" + tag, f"{use.tickets:,}"),
            ("Episodes that they belong to", f"{use.episodes:,}"),
            ("Of which with a confirmed dip", f"{use.confirmed:,}"),
            *terms,
            *_valued(use),
        ),
        interval="An episode counts where its 95 % interval leaves out no change.",
        caution=(
            "Compared with expected; this does not show what caused the difference. An episode with tickets "
            "of several features counts with each of them, so these figures must not be added up."
        ),
        figure=lost_words(use),
        figure_id=_figure(group, "lost"),
        uses=((SystemKind.USAGE, "for what was observed"), (SystemKind.SUPPORT, "for tickets and tags")),
    )


def _valued(use: TaggedUse) -> list[tuple[str, str]]:
    rows = [
        (
            "Estimated value, net of catch-up",
            f"{short_money(one.middle)}, likely {short_money(one.low)} to {short_money(one.high)}",
        )
        for one in use.value
    ]
    if use.prepaid:
        rows.append(("Under a prepaid commitment", "not lost: it delays the burn-down"))
    return rows


def _low(name: str) -> str:
    """The name within a sentence; what is written in capitals stays so: 'API calls'."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _sum_words(paying: Sequence[Asker], total: str) -> str:
    terms = [f"{amounts(one.billed)} {one.name}" for one in paying[:_MOST_TERMS]]
    more = len(paying) - _MOST_TERMS
    if more > 0:
        terms.append(f"{count(more, 'more account')}")
    return f"{' + '.join(terms)} = {total}" if terms else _NOTHING_BILLED.capitalize()


def _left_out(askers: Sequence[Asker]) -> list[LeftOut]:
    found: list[LeftOut] = []
    for one in askers:
        if one.left:
            found.append(LeftOut(one.name, "no customer any more"))
        elif not one.billed:
            found.append(LeftOut(one.name, "nothing billed in the period"))
    return found


def _asker_row(one: Asker) -> WhyRow:
    renews = "" if one.renews_on is None else f"renews {day(one.renews_on)}"
    value = "no customer any more" if one.left else amounts(one.billed)
    return WhyRow(one.name, value, Link(LinkKind.ACCOUNT, one.account_id), renews)


def _figure(group: FeedbackGroup, what: str) -> str:
    kind, number = group.key
    return figure_id("feedback", kind, number, what)
