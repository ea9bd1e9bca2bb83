"""What the running commitments of accounts are, and the invoices that draw them down.

The overview of an account needs no more of its contracts and invoices than this, and every opening of an
account waits for it. So statements are kept as text and values are read as the file keeps them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import (
    Commitment,
    Contract,
    ContractId,
    Invoice,
    InvoiceId,
    InvoiceState,
    Ramp,
)
from convergedesk.domain.money import Money
from convergedesk.domain.usage import MeterId
from convergedesk.store.engine import Store

_CONTRACTS = """
SELECT c.id, c.account_id, c.external_id, c.name, c.starts_on, c.ends_on, c.currency, c.amends_id,
       m.id, m.starts_on, m.ends_on, m.amount_minor, m.currency, m.rollover_share, m.prepaid,
       m.overage_share
FROM contracts c JOIN commitments m ON m.contract_id = c.id
WHERE c.account_id IN (SELECT value FROM json_each(?)) AND c.gone_since IS NULL AND c.deleted_at IS NULL
ORDER BY c.starts_on DESC, c.id DESC, m.starts_on, m.id
"""
_RAMPS = """
SELECT commitment_id, effective_from, amount_minor, currency FROM ramps
WHERE commitment_id IN (SELECT value FROM json_each(?)) ORDER BY effective_from
"""
_METERS = """
SELECT commitment_id, meter_id FROM commitment_meters
WHERE commitment_id IN (SELECT value FROM json_each(?)) ORDER BY meter_id
"""
_INVOICES = """
SELECT id, account_id, number, issued_on, period_start, period_end, total_minor, currency, state
FROM invoices WHERE account_id IN (SELECT value FROM json_each(?)) AND gone_since IS NULL
ORDER BY issued_on DESC, id DESC
"""


def committed_contracts(store: Store, account_ids: Sequence[AccountId]) -> tuple[Contract, ...]:
    """The contracts that promise spend, newest first, with nothing but their commitments."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(_CONTRACTS, (json.dumps(account_ids),)).all()
        promised = json.dumps([row[8] for row in rows])
        steps = connection.exec_driver_sql(_RAMPS, (promised,)).all() if rows else ()
        metered = connection.exec_driver_sql(_METERS, (promised,)).all() if rows else ()
    ramps: defaultdict[int, list[Ramp]] = defaultdict(list)
    for commitment_id, effective_from, amount, currency in steps:
        ramps[commitment_id].append(Ramp(date.fromisoformat(effective_from), Money(amount, currency)))
    meters: defaultdict[int, list[MeterId]] = defaultdict(list)
    for commitment_id, meter_id in metered:
        meters[commitment_id].append(MeterId(meter_id))
    heads: dict[int, Sequence[Any]] = {}
    commitments: defaultdict[int, list[Commitment]] = defaultdict(list)
    for row in rows:
        head, (commitment_id, starts_on, ends_on, amount, currency, rollover, prepaid, overage) = (
            row[:8],
            row[8:],
        )
        heads[head[0]] = head
        commitments[head[0]].append(
            Commitment(
                starts_on=date.fromisoformat(starts_on),
                ends_on=date.fromisoformat(ends_on),
                amount=Money(amount, currency),
                meter_ids=tuple(meters[commitment_id]),
                ramps=tuple(ramps[commitment_id]),
                rollover_share=rollover,
                prepaid=bool(prepaid),
                overage_share=overage,
            )
        )
    return tuple(_contract(head, commitments[contract_id]) for contract_id, head in heads.items())


def invoice_heads(store: Store, account_ids: Sequence[AccountId]) -> tuple[Invoice, ...]:
    """Every invoice of the accounts without its lines, newest first."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(_INVOICES, (json.dumps(account_ids),)).all()
    return tuple(
        Invoice(
            id=InvoiceId(invoice_id),
            account_id=AccountId(account_id),
            number=number,
            issued_on=date.fromisoformat(issued_on),
            period_start=_day(begin),
            period_end=_day(end),
            total=Money(total, currency),
            state=InvoiceState(state),
        )
        for invoice_id, account_id, number, issued_on, begin, end, total, currency, state in rows
    )


def _contract(head: Sequence[Any], commitments: Sequence[Commitment]) -> Contract:
    contract_id, account_id, external_id, name, starts_on, ends_on, currency, amends_id = head
    return Contract(
        id=ContractId(contract_id),
        account_id=AccountId(account_id),
        external_id=external_id,
        name=name,
        starts_on=date.fromisoformat(starts_on),
        ends_on=_day(ends_on),
        currency=currency,
        amends_id=None if amends_id is None else ContractId(amends_id),
        commitments=tuple(commitments),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
