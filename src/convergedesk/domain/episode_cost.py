"""What an episode of trouble cost, in units and in money: always estimated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from convergedesk.domain.money import Money, MoneyRange
from convergedesk.domain.tickets import TicketId
from convergedesk.domain.usage import MeterId


@dataclass(frozen=True, slots=True)
class MeterCost:
    """One meter's part of what an episode cost.

    Attributes:
        meter_id: The meter.
        name: Its name.
        unit: What one is.
        lost_units: Units below expected from onset to restoration.
        caught_up_units: Units above expected in the 14 days after, at most those lost.
        net_units: Lost less caught up.
        net_low: Lower likely limit of the net units (80 %).
        net_high: Upper likely limit.
        value: Price of the net units by the contract; None without a price.
        excess_units: Units above expected during the episode: the customer's cost.
        excess_cost: Their price; None without a price.
    """

    meter_id: MeterId
    name: str
    unit: str
    lost_units: float
    caught_up_units: float
    net_units: float
    net_low: float
    net_high: float
    value: MoneyRange | None
    excess_units: float
    excess_cost: Money | None


@dataclass(frozen=True, slots=True)
class EpisodeCost:
    """The billing side of an episode, for us and for the customer.

    Attributes:
        ticket_ids: Its tickets in order of opening.
        onset_on: First day of the dip.
        restored_on: First restored day, or None while it is not.
        through: Last day that counts, of the days of catching up too.
        parts: The meters that fell, and those that an incident drove up.
        value: Estimated value of the net units at the contract's price, with its likely limits (80 %);
            None without a price. Under a prepaid commitment it is not lost.
        prepaid: Whether a prepaid commitment pays for these units.
        delay_days: Under a prepaid commitment, the days by which its burn-down is delayed; else None.
        excess_cost: What units above expected cost the customer, never netted; None without any.
        sla_credit: Credit owed by the service terms, counted apart; None where no term was missed or the
            fee it is a share of is not known.
        sla_words: Why that credit, or why there is none.
        caution: What to keep in mind.
    """

    ticket_ids: tuple[TicketId, ...]
    onset_on: date
    restored_on: date | None
    through: date
    parts: tuple[MeterCost, ...]
    value: MoneyRange | None
    prepaid: bool
    delay_days: float | None
    excess_cost: Money | None
    sla_credit: Money | None
    sla_words: str
    caution: str
