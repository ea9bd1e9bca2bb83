"""What accounts were billed, added up by month and meter: all that money of a term needs of invoices."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.usage import MeterId
from convergedesk.store.engine import Store

# No drafts, no void invoices, no credit notes; an invoice is for the month in which its period begins.
_BILLED = """
FROM invoices i {join} WHERE i.account_id IN (SELECT value FROM json_each(?1)) AND i.gone_since IS NULL
  AND i.state NOT IN ('draft', 'void', 'credit') AND coalesce(i.period_start, i.issued_on) >= ?2
"""
_MONTH = "substr(coalesce(i.period_start, i.issued_on), 1, 7)"
_TOTALS = f"""
SELECT i.account_id, {_MONTH}, i.currency, sum(i.total_minor), max(coalesce(i.period_end, i.issued_on)),
       sum(NOT EXISTS (SELECT 1 FROM invoice_lines l WHERE l.invoice_id = i.id))
{_BILLED.format(join="")} GROUP BY 1, 2, 3
"""  # noqa: S608
_LINES = f"""
SELECT i.account_id, {_MONTH}, i.currency, l.meter_id, sum(l.amount_minor)
{_BILLED.format(join="JOIN invoice_lines l ON l.invoice_id = i.id")} AND l.meter_id IS NOT NULL
GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True, slots=True)
class BilledMonth:
    """What one account was billed for one month in one currency.

    Attributes:
        account_id: Who.
        month: First day of the month.
        currency: ISO 4217.
        total: Minor units.
        by_meter: Minor units of the lines that state a meter, by meter.
        bare: True where one of the invoices has no lines.
        through: Last day that the bills are for.
    """

    account_id: AccountId
    month: date
    currency: str
    total: int
    by_meter: dict[MeterId, int]
    bare: bool
    through: date


def billed_months(store: Store, account_ids: Sequence[AccountId], since: date) -> tuple[BilledMonth, ...]:
    """What accounts were billed for the months from a day on, by account and month."""
    values = (json.dumps(list(account_ids)), since.isoformat())
    with store.read() as connection:
        totals = connection.exec_driver_sql(_TOTALS, values).all()
        lines = connection.exec_driver_sql(_LINES, values).all()
    by_meter: dict[tuple[int, str, str], dict[MeterId, int]] = {}
    for account, month, currency, meter, amount in lines:
        by_meter.setdefault((account, month, currency), {})[MeterId(meter)] = amount
    return tuple(
        BilledMonth(
            AccountId(account),
            date.fromisoformat(f"{month}-01"),
            currency,
            total,
            by_meter.get((account, month, currency), {}),
            bool(bare),
            date.fromisoformat(through),
        )
        for account, month, currency, total, through, bare in totals
    )
