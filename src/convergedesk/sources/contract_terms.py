"""Contracts with all their terms as a CSV file that people can write and that round-trips.

One row states one thing: the contract itself, one tier of a price, what is included, a commitment, a
step of the commitment above it, or a service promise. Rows of one contract name the same account and
the same contract.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import (
    Commitment,
    Contract,
    ContractId,
    Entitlement,
    MeterPrice,
    PriceModel,
    PriceTier,
    Ramp,
    SlaTerm,
)
from convergedesk.domain.money import Money, minor_digits
from convergedesk.domain.tickets import Priority
from convergedesk.domain.usage import MeterId

COLUMNS = (
    "account", "contract", "amends", "term", "meter", "from", "to", "currency", "model", "up_to",
    "unit_price", "fee", "package_size", "quantity", "amount", "rollover_percent", "prepaid", "priority",
    "first_response_minutes", "resolution_minutes", "credit_percent", "cap_percent", "overage_percent",
    "notice_days", "billing_zone",
)  # fmt: skip


def write_terms(
    contracts: Sequence[Contract], accounts: Mapping[AccountId, str], meters: Mapping[MeterId, str]
) -> str:
    """Contracts as the text of a file that `read_terms` reads back."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    names = {one.id: one.name for one in contracts}
    for contract in sorted(contracts, key=lambda one: (accounts[one.account_id], one.starts_on, one.id)):
        head = {"account": accounts[contract.account_id], "contract": contract.name}
        for row in _rows(contract, names, meters):
            cells = {**head, **row}
            writer.writerow([cells.get(name, "") for name in COLUMNS])
    return target.getvalue()


def _rows(
    contract: Contract, names: Mapping[ContractId, str], meters: Mapping[MeterId, str]
) -> Iterable[dict[str, object]]:
    digits = minor_digits(contract.currency)
    yield {
        "term": "contract", "amends": names.get(contract.amends_id or ContractId(0), ""),
        "from": contract.starts_on, "to": contract.ends_on or "", "currency": contract.currency,
        "notice_days": _whole(contract.notice_days), "billing_zone": contract.billing_zone or "",
    }  # fmt: skip
    for price in contract.prices:
        for tier in price.tiers:
            yield {
                "term": "price", "meter": meters[price.meter_id], "from": price.effective_from,
                "model": price.model.value, "up_to": _plain(tier.up_to),
                "unit_price": _plain(tier.unit_price),
                "fee": _plain(Decimal(tier.flat).scaleb(-digits)) if tier.flat else "",
                "package_size": _plain(tier.package_size),
            }  # fmt: skip
    for included in contract.entitlements:
        yield {
            "term": "included", "meter": meters[included.meter_id], "from": included.effective_from,
            "quantity": _plain(included.quantity),
        }  # fmt: skip
    for one in contract.commitments:
        yield {
            "term": "commitment", "meter": "; ".join(meters[meter] for meter in one.meter_ids),
            "from": one.starts_on, "to": one.ends_on, "amount": _plain(one.amount.amount),
            "rollover_percent": _percent(one.rollover_share), "prepaid": "yes" if one.prepaid else "no",
            "overage_percent": _percent(one.overage_share),
        }  # fmt: skip
        for step in one.ramps:
            yield {"term": "step", "from": step.effective_from, "amount": _plain(step.amount.amount)}
    for term in contract.sla_terms:
        yield {
            "term": "service", "from": term.effective_from,
            "priority": "" if term.priority is None else Priority(term.priority).name.lower(),
            "first_response_minutes": _whole(term.first_response_minutes),
            "resolution_minutes": _whole(term.resolution_minutes),
            "credit_percent": _percent(term.credit_share), "cap_percent": _percent(term.cap_share),
        }  # fmt: skip


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)


def _percent(share: float) -> str:
    return format((Decimal(repr(share)) * 100).normalize(), "f")


def example() -> str:
    """A made-up contract with one of every term, for people to write their own after."""
    calls, seats = MeterId(1), MeterId(2)
    start, end = date(2026, 1, 1), date(2026, 12, 31)
    base = Contract(
        id=ContractId(1),
        account_id=AccountId(1),
        external_id=None,
        name="Order form 2026",
        starts_on=start,
        ends_on=end,
        currency="EUR",
        prices=(
            MeterPrice(
                calls,
                start,
                PriceModel.GRADUATED,
                (
                    PriceTier(Decimal(1_000_000), Decimal("0.0016")),
                    PriceTier(None, Decimal("0.0011"), flat=2_500),
                ),
            ),
            MeterPrice(
                seats, start, PriceModel.PACKAGE, (PriceTier(None, Decimal(9), package_size=Decimal(10)),)
            ),
        ),
        entitlements=(Entitlement(calls, start, Decimal(100_000)),),
        commitments=(
            Commitment(
                start,
                end,
                Money(12_000_000, "EUR"),
                (calls, seats),
                (Ramp(date(2026, 7, 1), Money(15_000_000, "EUR")),),
                0.25,
                prepaid=True,
                overage_share=0.1,
            ),
        ),
        sla_terms=(SlaTerm(start, int(Priority.HIGH), 30, 2_880, 0.1, 0.15),),
        notice_days=90,
        billing_zone="Europe/Amsterdam",
    )
    july = date(2026, 7, 1)
    price = MeterPrice(calls, july, PriceModel.FLAT, (PriceTier(None, Decimal("0.001")),))
    amendment = Contract(
        ContractId(2), AccountId(1), None, "Amendment 1", july, end, "EUR", ContractId(1), (price,)
    )
    return write_terms(
        (base, amendment), {AccountId(1): "Acme Robotics"}, {calls: "API calls", seats: "Active seats"}
    )
