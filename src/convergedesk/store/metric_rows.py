"""What the metrics of a period are made of, read as plain rows: hundreds of thousands of tickets at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.tickets import Priority
from convergedesk.store.engine import Store
from convergedesk.store.instants import to_microseconds

_TICKETS = """
SELECT t.id, t.account_id, t.priority, t.opened_at, t.closed_at, t.first_response_minutes, t.satisfaction,
  t.reopens
FROM tickets t LEFT JOIN ticket_contexts c ON c.ticket_id = t.id
WHERE t.opened_at >= ? AND t.opened_at < ? AND t.gone_since IS NULL AND t.status <> 'deleted'
"""
_USE = """
SELECT account_id, json_extract(figures, '$.weeks.monday'), json_extract(figures, '$.weeks.totals'),
  (SELECT json_extract(value, '$.estimate') FROM json_each(figures, '$.now')
   WHERE json_extract(value, '$.horizon') = 28)
FROM account_insights
"""


def ticket_rows(
    store: Store,
    account_ids: Sequence[AccountId] | None,
    opened_from: datetime,
    opened_before: datetime,
    *,
    high_only: bool = False,
    feature: str | None = None,
) -> list[tuple[Any, ...]]:
    """(id, account, priority, opened, closed, first response, satisfaction, reopens), by id; None: not known.

    Args:
        store: The workspace.
        account_ids: Whose; None for everybody's.
        opened_from: First instant of opening.
        opened_before: End of the period.
        high_only: Only the top two ranks.
        feature: Only tickets about it, our own tag before the support desk's.
    """
    statement, values = _TICKETS, [to_microseconds(opened_from), to_microseconds(opened_before)]
    bound: list[Any] = [*values]
    if account_ids is not None:
        statement += "AND t.account_id IN (SELECT value FROM json_each(?)) "
        bound.append(json.dumps(list(account_ids)))
    if high_only:
        statement += "AND t.priority >= ? "
        bound.append(int(Priority.HIGH))
    if feature is not None:
        statement += "AND coalesce(c.feature_id, t.feature_id) IN (SELECT id FROM features WHERE name = ?) "
        bound.append(feature)
    with store.read() as connection:
        rows = connection.exec_driver_sql(f"{statement} ORDER BY t.id", tuple(bound)).all()
    return [tuple(row) for row in rows]


def use_rows(
    store: Store, account_ids: Sequence[AccountId] | None
) -> list[tuple[int, str | None, str | None, float | None]]:
    """(account, first Monday, weekly totals as JSON, change of 28 days against expected) by account."""
    statement, bound = _USE, ()
    if account_ids is not None:
        statement += "WHERE account_id IN (SELECT value FROM json_each(?)) "
        bound = (json.dumps(list(account_ids)),)
    with store.read() as connection:
        rows = connection.exec_driver_sql(f"{statement} ORDER BY account_id", bound).all()
    return [(row[0], row[1], row[2], row[3]) for row in rows]
