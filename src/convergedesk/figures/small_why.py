"""What stands behind figures without an id: a timeline's counts, the price of a volume, a pilot's offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.money import Money
from convergedesk.figures.account import TimelineEntry, TimelineKind
from convergedesk.figures.pilot_segment import PilotCandidate, PilotOffer
from convergedesk.figures.why import Link, LinkKind, Why, WhyRow
from convergedesk.figures.wording import count, day, money, month, percent, short_money

_TICKETS = (TimelineKind.TICKET_OPENED, TimelineKind.TICKET_CLOSED)
_MOST = 200


def why_entries(name: str, entries: Sequence[TimelineEntry], zone: tzinfo) -> Why:
    """Behind how many entries of a kind a timeline holds."""
    days = sorted(one.at.astimezone(zone).date() for one in entries)
    return Why(
        title=f"{name} on the timeline",
        definition="Everything of that kind that is known of the account and its sites, as it is narrowed.",
        formula=count(len(entries), "entry", "entries"),
        window="" if not days else f"{day(days[0])} to {day(days[-1])}, in the account's time zone.",
        figure=f"{len(entries):,}",
        behind=tuple(_entry(one, zone) for one in entries[:_MOST]),
        behind_of=len(entries),
        uses=((SystemKind.SUPPORT, "for tickets"), (SystemKind.BILLING, "for invoices")),
    )


def why_price(title: str, price: Money, steps: Sequence[tuple[str, str]], since: str, notes: str) -> Why:
    """Behind the price of a volume; `steps` are its working, line by line."""
    added = " + ".join(amount for _, amount in steps)
    formula = f"{added} = {money(price)}" if len(steps) > 1 else money(price)
    return Why(
        title=title,
        definition="What a month of so many units costs by the terms of a day, the draft among them.",
        formula=formula,
        window=since,
        rows=tuple(steps),
        caution=notes,
        figure=money(price),
    )


def why_offered(one: PilotCandidate, offer: PilotOffer) -> Why:
    """Behind an account that is offered for the pilot."""
    rows = [("Place", f"{offer.candidates.index(one) + 1} of {len(offer.candidates)}")]
    if one.usage_share is not None:
        rows.append(("Share that invoice lines state by meter", percent(one.usage_share)))
    return Why(
        title=f"Why {one.name} is offered",
        definition=(
            "The usage-based accounts that were billed most over twelve months: there a change in how "
            "support works shows soonest in money."
        ),
        formula=f"{money(one.billed)} billed. {one.reason}",
        window=(f"{month(offer.first_month)} to {month(offer.last_month)}, {offer.considered:,} compared."),
        rows=tuple(rows),
        caution=" ".join(f"{name} was not compared: {reason}." for name, reason in offer.left_out[:5]),
        figure=short_money(one.billed),
        behind=(WhyRow(one.name, "open", Link(LinkKind.ACCOUNT, one.account_id, "billing")),),
        uses=((SystemKind.BILLING, "for the invoices"), (SystemKind.USAGE, "for being usage-based")),
    )


def _entry(one: TimelineEntry, zone: tzinfo) -> WhyRow:
    when: date = one.at.astimezone(zone).date()
    opens = one.kind in _TICKETS and one.target_id is not None
    link = Link(LinkKind.TICKET, one.target_id or 0) if opens else None
    return WhyRow(one.title, day(when), link)
