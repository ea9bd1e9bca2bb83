"""What tickets came to in money, in the few words that a cell has room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from convergedesk.domain.money import Money
from convergedesk.figures.why import Why
from convergedesk.figures.wording import count, short_money

if TYPE_CHECKING:
    from convergedesk.domain.episode_cost import EpisodeCost
    from convergedesk.domain.tickets import Ticket, TicketId


@dataclass(frozen=True, slots=True)
class TicketCost:
    """One ticket's estimated cost.

    Attributes:
        words: '€2,770'.
        size: Minor units, to sort by.
        cost: Everything that is known of it; one for tickets that overlap.
        number: The ticket's number.
    """

    words: str
    size: float
    cost: EpisodeCost
    number: str

    def why(self) -> Why:
        """What stands behind it."""
        from convergedesk.figures.cost_words import why_cost

        return why_cost(self.cost, self.number)


def ticket_costs(costs: Sequence[EpisodeCost], tickets: Sequence[Ticket]) -> Mapping[TicketId, TicketCost]:
    """The cost of every ticket that has one with a price."""
    numbers = {ticket.id: ticket.number for ticket in tickets}
    return {
        ticket: TicketCost(short_money(one.value.middle), one.value.middle.minor_units, one, numbers[ticket])
        for one in costs
        if one.value is not None
        for ticket in one.ticket_ids
        if ticket in numbers
    }


@dataclass(frozen=True, slots=True)
class CostTotal:
    """What the tickets of a time came to.

    Attributes:
        words: '€4,310'; '–' without a price.
        context: Its likely limits, or why there is none.
        why: What stands behind it, or None.
    """

    words: str
    context: str
    why: Why | None


def cost_total(found: Sequence[TicketCost]) -> CostTotal:
    """The costs added up; tickets that overlap are one."""
    episodes = list({id(one.cost): one for one in found}.values())
    priced = [(one, value) for one in episodes if (value := one.cost.value) is not None]
    currencies = {value.middle.currency for _, value in priced}
    if not priced or len(currencies) > 1:
        return CostTotal("–", "in several currencies" if priced else "no dip with a price", None)
    currency = currencies.pop()

    def added(amounts: Sequence[Money]) -> Money:
        return Money(sum(amount.minor_units for amount in amounts), currency)

    middle = added([value.middle for _, value in priced])
    low, high = added([value.low for _, value in priced]), added([value.high for _, value in priced])
    prepaid = all(one.cost.prepaid for one, _ in priced)
    likely = f"likely {short_money(low)} to {short_money(high)}{', prepaid' if prepaid else ''}"
    caution = "Always estimated. The limits are those of the dips added up, so they are wider than needed."
    if prepaid:
        caution += " The commitment is prepaid: nothing is lost, its burn-down is delayed."
    why = Why(
        title="Estimated value delayed" if prepaid else "Estimated value",
        definition=(
            "Units below expected from the dip to its end, less what was caught up in the 14 days after, at "
            "the contract's price. SLA credits and what incidents cost the customer are counted apart."
        ),
        formula=f"{' + '.join(one.words for one, _ in priced)} = {short_money(middle)}",
        rows=tuple((f"#{one.number}", one.words) for one, _ in priced),
        interval="'Likely' holds 80 of 100 outcomes of each dip.",
        caution=caution,
        figure=short_money(middle),
    )
    return CostTotal(short_money(middle), f"{likely}, {count(len(priced), 'dip')}", why)
