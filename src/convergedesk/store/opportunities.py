"""Decisions about opportunities."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.engagement import ActionId
from convergedesk.domain.opportunities import DecisionId, OpportunityDecision, OpportunityKey
from convergedesk.store.engine import Store
from convergedesk.store.tables import opportunity_decisions


def latest_decisions(store: Store) -> dict[OpportunityKey, OpportunityDecision]:
    """The last decision about every opportunity that one was made about."""
    table = opportunity_decisions.c
    with store.read() as connection:
        rows = connection.execute(select(opportunity_decisions).order_by(table.decided_at, table.id)).all()
    decided = [_decision(row) for row in rows]
    return {one.key: one for one in decided}


def decide(store: Store, decision: OpportunityDecision, *, now: datetime) -> DecisionId:
    """Keep a decision; it takes the place of an earlier one about the same opportunity."""
    key = decision.key
    with store.write() as connection:
        connection.execute(_forget(key))
        added = connection.execute(
            insert(opportunity_decisions).values(
                created_at=now,
                updated_at=now,
                account_id=key.account_id,
                kind=str(key.kind),
                subject=key.subject,
                state=decision.state,
                until_day=decision.until,
                reason=decision.reason,
                author=decision.author,
                decided_at=decision.decided_at,
                action_id=decision.action_id,
            )
        )
        (new_id,) = added.inserted_primary_key or (0,)
    return DecisionId(new_id)


def forget(store: Store, key: OpportunityKey) -> None:
    """Take back what was decided, so that the opportunity is open again."""
    with store.write() as connection:
        connection.execute(_forget(key))


def _forget(key: OpportunityKey) -> Any:
    table = opportunity_decisions.c
    return delete(opportunity_decisions).where(
        table.account_id == key.account_id, table.kind == str(key.kind), table.subject == key.subject
    )


def _decision(row: Any) -> OpportunityDecision:
    return OpportunityDecision(
        key=OpportunityKey(AccountId(row.account_id), row.kind, row.subject),
        state=row.state,
        decided_at=row.decided_at,
        until=row.until_day,
        reason=row.reason,
        author=row.author,
        action_id=None if row.action_id is None else ActionId(row.action_id),
        id=DecisionId(row.id),
    )
