"""What episodes are made of, read for many accounts at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.tickets import TicketId
from convergedesk.store.engine import Store
from convergedesk.store.instants import from_microseconds

_TICKETS = """
SELECT id, account_id, opened_at, closed_at, coalesce(priority, 0) >= 3, number,
       priority, first_response_minutes FROM tickets
WHERE account_id IN (SELECT value FROM json_each(?)) AND gone_since IS NULL AND status <> 'deleted'
ORDER BY opened_at, id
"""
_CHURN = """
SELECT account_id, max(day) FROM churn_events c
WHERE account_id IN (SELECT value FROM json_each(?)) AND gone_since IS NULL AND reactivation = 0
  AND NOT EXISTS (SELECT 1 FROM churn_events r WHERE r.account_id = c.account_id AND r.gone_since IS NULL
                  AND r.reactivation = 1 AND r.day >= c.day)
GROUP BY account_id
"""


@dataclass(frozen=True, slots=True)
class StudyTicket:
    """As much of a ticket as episodes need.

    Attributes:
        id: The ticket.
        account_id: Whose.
        opened_at: First opening, UTC.
        closed_at: Final resolution, UTC, or None while it is open.
        high: Whether its priority is one of the top two.
        number: As the support desk shows it.
        priority: Rank after mapping, or None where the source states none.
        first_response_minutes: Minutes to the first public answer, or None.
    """

    id: TicketId
    account_id: AccountId
    opened_at: datetime
    closed_at: datetime | None
    high: bool
    number: str
    priority: int | None
    first_response_minutes: int | None


def study_tickets(store: Store, account_ids: Sequence[AccountId]) -> tuple[StudyTicket, ...]:
    """Every ticket of these accounts, by opening."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(_TICKETS, (json.dumps(list(account_ids)),)).all()
    return tuple(
        StudyTicket(
            TicketId(row[0]),
            AccountId(row[1]),
            from_microseconds(row[2]),
            None if row[3] is None else from_microseconds(row[3]),
            bool(row[4]),
            row[5],
            row[6],
            row[7],
        )
        for row in rows
    )


def left_on(store: Store, account_ids: Sequence[AccountId]) -> dict[AccountId, date]:
    """The day on which an account left and did not come back, of those that did."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(_CHURN, (json.dumps(list(account_ids)),)).all()
    return {AccountId(row[0]): date.fromisoformat(row[1]) for row in rows}
