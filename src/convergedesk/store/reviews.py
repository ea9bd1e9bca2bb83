"""Reviews, as far as others ask for them."""

from __future__ import annotations

from sqlalchemy import select

from convergedesk.domain.accounts import AccountId
from convergedesk.store.engine import Store
from convergedesk.store.tables import reviews


def account_of(store: Store, review_id: int) -> AccountId | None:
    """The account that a review is about, or None where there is no such review."""
    with store.read() as connection:
        query = select(reviews.c.account_id).where(reviews.c.id == review_id)
        found = connection.execute(query).scalar_one_or_none()
    return None if found is None else AccountId(found)
