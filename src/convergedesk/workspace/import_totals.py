"""Sums over the rows of an import, to hold beside those of the systems that they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from convergedesk.domain.money import Money
from convergedesk.domain.records import (
    ContractRecord,
    InvoiceLineRecord,
    InvoiceRecord,
    Record,
    RecordPage,
    SubscriptionRecord,
    TicketRecord,
)
from convergedesk.domain.tickets import Priority

_PRIORITIES: dict[Priority | None, str] = {
    Priority.URGENT: "Urgent",
    Priority.HIGH: "High",
    Priority.NORMAL: "Normal",
    Priority.LOW: "Low",
    None: "Not stated",
}


@dataclass(frozen=True, slots=True)
class ImportTotals:
    """Sums over the rows that could be read, whether or not they were linked.

    Attributes:
        quantities: Usage by meter, the greatest first.
        money: ('Invoices', amount) and the like, one entry per currency.
        priorities: Tickets by priority, the highest first.
    """

    quantities: tuple[tuple[str, float], ...]
    money: tuple[tuple[str, Money], ...]
    priorities: tuple[tuple[str, int], ...]


class TotalsTally:
    """Adds up pages as they pass."""

    def __init__(self) -> None:
        """Nothing has passed yet."""
        self._quantities: dict[str, float] = {}
        self._money: dict[tuple[str, str], int] = {}
        self._priorities: Counter[Priority | None] = Counter()

    def watch(self, pages: Iterable[RecordPage]) -> Iterator[RecordPage]:
        """The same pages, each added up when it is asked for."""
        for page in pages:
            self._add(page)
            yield page

    def totals(self) -> ImportTotals:
        """The sums so far."""
        by_size = sorted(self._quantities.items(), key=lambda pair: (-pair[1], pair[0]))
        return ImportTotals(
            quantities=tuple(by_size),
            money=tuple(
                (name, Money(minor_units, currency))
                for (name, currency), minor_units in sorted(self._money.items())
            ),
            priorities=tuple(
                (word, self._priorities[rank]) for rank, word in _PRIORITIES.items() if self._priorities[rank]
            ),
        )

    def _add(self, page: RecordPage) -> None:
        if page.usage is not None:
            sums = np.bincount(
                page.usage.meter_codes, weights=page.usage.quantities, minlength=len(page.usage.meters)
            )
            for name, value in zip(page.usage.meters, sums.tolist(), strict=True):
                self._quantities[name] = self._quantities.get(name, 0.0) + value
        for record in page.records:
            if isinstance(record, TicketRecord):
                self._priorities[record.priority] += 1
            for name, amount in _amounts(record):
                key = name, amount.currency
                self._money[key] = self._money.get(key, 0) + amount.minor_units


def _amounts(record: Record) -> Iterator[tuple[str, Money]]:
    match record:
        case InvoiceRecord():
            yield "Invoices", record.total
        case InvoiceLineRecord():
            yield "Invoice lines", record.amount
        case SubscriptionRecord(mrr=Money() as amount):
            yield "Monthly recurring revenue", amount
        case ContractRecord(commitment=Money() as amount):
            yield "Commitments", amount
        case _:
            return
