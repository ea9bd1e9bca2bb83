"""A ticket in billing terms: what it cost us and the customer, net of what was caught up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import audience_badge
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.key_values import KeyValue, KeyValueRows
from convergedesk.desktop.widgets.label import Label
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.wording import MINUS, count, money, short_day, short_money, short_number

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.episode_cost import EpisodeCost, MeterCost
    from convergedesk.workspace.ticket_context import TicketContext

_MOST = 3


class BillingCard(Card):
    """Lost units less those caught up, their price, the customer's own cost, and service credit apart."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Empty until `show_context`."""
        super().__init__("In billing terms", "estimated", parent=parent)
        self._number = ""
        self.add_to_header(audience_badge(shared=False))
        self._rows = KeyValueRows()
        self._rows.setAccessibleName("In billing terms")
        self._absent = Label("", Role.BODY, "text_3", wrap=True)
        self.add(self._rows)
        self.add(self._absent)
        self.body.addStretch(1)
        self._ask = askable(self._rows, self._why, context=context)

    def show_context(self, shown: TicketContext) -> None:
        """Show what the episode cost, or what is missing to say it."""
        cost = shown.cost
        self._number = shown.detail.ticket.number
        self._ask.set_enabled(enabled=cost is not None)
        self._rows.setVisible(cost is not None)
        self._absent.setVisible(cost is None)
        self.set_sub("" if cost is None else "estimated")
        if cost is None:
            self._absent.setText(_absent(shown))
            return
        self._rows.set_rows(_rows(cost))

    def _why(self) -> str:
        return figure_id("ticket", self._number, "cost")


def _absent(shown: TicketContext) -> str:
    if shown.insights.as_of is None:
        return "No usage by day is known. Import it to see what this ticket cost."
    if shown.figures is None:
        return "Being computed."
    if shown.insights.episode is not None and shown.insights.episode.restoration is not None:
        return "A dip is confirmed, and its cost is not known: no meter fell clearly enough to be priced."
    return "Nothing was lost: no dip in usage is confirmed around this ticket."


def _rows(cost: EpisodeCost) -> list[KeyValue]:
    last = cost.through if cost.restored_on is None else cost.restored_on
    rows: list[KeyValue] = []
    fell = [part for part in cost.parts if part.lost_units > 0]
    days = f"{short_day(cost.onset_on)} to {short_day(last)}"
    if len(fell) == 1:
        rows += _one(fell[0], days)
    else:
        rows += [_among(part) for part in fell[:_MOST]]
    if len(fell) > _MOST:
        rows.append(KeyValue(count(len(fell) - _MOST, "more meter"), "in the value"))
    rows += _money(cost)
    return rows


def _one(part: MeterCost, days: str) -> list[KeyValue]:
    rows = [KeyValue(f"Below expected, {days}", short_number(part.lost_units))]
    if part.caught_up_units > 0:
        caught = f"{MINUS}{short_number(part.caught_up_units)}"
        rows.append(KeyValue("Caught up in the 14 days after", caught))
    net = f"Net lost {part.unit}s" if part.unit else "Net lost"
    rows.append(KeyValue(net, short_number(part.net_units)))
    return rows


def _among(part: MeterCost) -> KeyValue:
    """One of several meters: what was lost net, and beneath it how that comes about."""
    sub = f"{short_number(part.lost_units)} below expected, {short_number(part.caught_up_units)} caught up"
    return KeyValue(f"{part.name}, net", short_number(part.net_units), sub)


def _money(cost: EpisodeCost) -> list[KeyValue]:
    rows: list[KeyValue] = []
    if cost.value is not None:
        likely = f"likely {short_money(cost.value.low)} to {short_money(cost.value.high)}"
        if cost.prepaid and cost.delay_days is not None:
            likely += f". Prepaid: delays burn-down by {_days(cost.delay_days)}, no revenue lost."
        rows.append(
            KeyValue("Estimated value", short_money(cost.value.middle), likely, strong=True, rule=True)
        )
    elif cost.parts:
        rows.append(KeyValue("Estimated value", "not known", "No contract states a price.", rule=True))
    else:
        reason = "No single meter fell clearly enough to be priced."
        rows.append(KeyValue("Estimated value", "not known", reason, rule=True))
    if cost.excess_cost is not None:
        rows.append(
            KeyValue(
                "The customer's cost",
                short_money(cost.excess_cost),
                "Units above expected that the incident drove up; never netted with what was lost.",
                rule=True,
            )
        )
    credit = "none" if cost.sla_credit is None else money(cost.sla_credit)
    rows.append(KeyValue("Service credit, counted apart", credit, cost.sla_words, rule=True))
    return rows


def _days(days: float) -> str:
    return "under a day" if days < 1 else count(round(days), "day")
