"""The contract in force, in its own terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.key_values import KeyValue, KeyValueRows
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.domain.billing import Contract
from convergedesk.figures.wording import count, day, percent, short_money


class ContractCard(Card):
    """One account's contract."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Contract", parent=parent)
        self._rows = KeyValueRows()
        self._empty = EmptyState(
            "file-text", "No contract known", "Import contracts from your CRM or billing."
        )
        self.add(self._rows)
        self.add(self._empty)

    def set_contracts(self, contracts: Sequence[Contract], today: date) -> None:
        """Show the contract that holds today, or else the newest."""
        contract = in_force(contracts, today)
        self._rows.setVisible(contract is not None)
        self._empty.setVisible(contract is None)
        if contract is None:
            self.set_title("Contract")
            return
        others = len(contracts) - 1
        self.set_title("Contract", f"{count(others, 'other')} before or after" if others else "")
        self._rows.set_rows(contract_rows(contract, today))


def in_force(contracts: Sequence[Contract], today: date) -> Contract | None:
    """The contract that holds on a day, the latest begun first; otherwise the newest."""
    holding = [c for c in contracts if c.starts_on <= today and (c.ends_on is None or c.ends_on >= today)]
    return max(holding or contracts, key=lambda c: c.starts_on, default=None)


def contract_rows(contract: Contract, today: date) -> tuple[KeyValue, ...]:
    """Its name, term, and what it promises in each direction."""
    until = day(contract.ends_on) if contract.ends_on else "open end"
    rows = [
        KeyValue("Name", contract.name),
        KeyValue("Term", f"{day(contract.starts_on)} to {until}"),
    ]
    running = [c for c in contract.commitments if c.starts_on <= today <= c.ends_on]
    for one in running:
        words = "Prepaid credit" if one.prepaid else "Commitment"
        rows.append(KeyValue(words, short_money(one.amount)))
        if one.rollover_share:
            rows.append(KeyValue("Unspent that moves on", percent(one.rollover_share)))
    later = [ramp for c in contract.commitments for ramp in c.ramps if ramp.effective_from > today]
    if later:
        step = min(later, key=lambda ramp: ramp.effective_from)
        rows.append(KeyValue("Next step", f"{short_money(step.amount)} from {day(step.effective_from)}"))
    if contract.prices:
        rows.append(KeyValue("Meters with a price", f"{len({p.meter_id for p in contract.prices})}"))
    if contract.entitlements:
        rows.append(
            KeyValue("Meters with included use", f"{len({e.meter_id for e in contract.entitlements})}")
        )
    if contract.sla_terms:
        rows.append(KeyValue("Service promises", f"{len(contract.sla_terms)}"))
    return tuple(rows)
