"""Check-ins that somebody put off."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, insert

from convergedesk.domain.accounts import AccountId
from convergedesk.store.engine import Store
from convergedesk.store.tables import check_ins_put_off as table


def put_off(
    store: Store, account_id: AccountId, *, until: date, need: int, author: str, now: datetime
) -> None:
    """Ask no more for a check-in with an account up to a day, in place of what was said before."""
    with store.write() as connection:
        connection.execute(delete(table).where(table.c.account_id == account_id))
        connection.execute(
            insert(table).values(
                account_id=account_id,
                until_day=until,
                need=need,
                author=author,
                created_at=now,
                updated_at=now,
            )
        )
