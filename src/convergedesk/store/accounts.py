"""Accounts: reading them, finding them by what a person types, and who belongs to whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select, update

from convergedesk.domain.accounts import Account, AccountId, ExternalReference
from convergedesk.domain.errors import NotFoundError
from convergedesk.store.engine import Store
from convergedesk.store.names import name_key
from convergedesk.store.tables import accounts, external_references

_FAMILY = """
WITH RECURSIVE family (id) AS (
    SELECT id FROM accounts WHERE id = ? AND merged_into_id IS NULL
    UNION
    SELECT a.id FROM accounts a JOIN family f ON a.parent_id = f.id WHERE a.merged_into_id IS NULL
)
SELECT id FROM family ORDER BY id
"""


def account_of(row: Any) -> Account:
    """The account of a row of `accounts`."""
    return Account(
        id=AccountId(row.id),
        name=row.name,
        domain=row.domain,
        parent_id=None if row.parent_id is None else AccountId(row.parent_id),
        tier=row.tier,
        industry=row.industry,
        country=row.country,
        time_zone=row.time_zone,
        currency=row.currency,
        lifecycle=row.lifecycle,
        owner=row.owner,
        success_manager=row.success_manager,
        signed_up_on=row.signed_up_on,
        renews_on=row.renews_on,
        seats=row.seats,
        gone_since=row.gone_since,
        fiscal_month=row.fiscal_month,
        region=row.region,
    )


def _visible() -> Select[Any]:
    # Accounts that were merged into another one are kept only so that this can be undone.
    return select(accounts).where(accounts.c.merged_into_id.is_(None))


def get(store: Store, account_id: AccountId) -> Account:
    """One account. Raises NotFoundError."""
    with store.read() as connection:
        row = connection.execute(_visible().where(accounts.c.id == account_id)).one_or_none()
    if row is None:
        raise NotFoundError(
            "This account is no longer in the workspace.", fix="Go back to the list of accounts."
        )
    return account_of(row)


def list_accounts(store: Store) -> tuple[Account, ...]:
    """Every account by name, sites and accounts that are gone included."""
    with store.read() as connection:
        rows = connection.execute(_visible().order_by(accounts.c.name_key, accounts.c.id)).all()
    return tuple(account_of(row) for row in rows)


def parents(store: Store) -> dict[AccountId, AccountId | None]:
    """Every account with the one that it says is its parent."""
    query = _visible().with_only_columns(accounts.c.id, accounts.c.parent_id)
    with store.read() as connection:
        rows = connection.execute(query).all()
    return {AccountId(one): None if above is None else AccountId(above) for one, above in rows}


def sites(store: Store, account_id: AccountId) -> tuple[Account, ...]:
    """The accounts that say this one is their parent, by name."""
    query = _visible().where(accounts.c.parent_id == account_id).order_by(accounts.c.name_key)
    with store.read() as connection:
        rows = connection.execute(query).all()
    return tuple(account_of(row) for row in rows)


def family(store: Store, account_id: AccountId) -> tuple[AccountId, ...]:
    """The account itself and all sites below it: what its figures roll up."""
    with store.read() as connection:
        return family_within(connection, account_id)


def reach(store: Store, account_id: AccountId, *, with_sites: bool) -> tuple[AccountId, ...]:
    """The account with all sites below it, or alone: what its figures and lists are taken from."""
    return family(store, account_id) if with_sites else (account_id,)


def family_within(connection: Connection, account_id: AccountId) -> tuple[AccountId, ...]:
    """As `family`, on an open connection."""
    found = connection.exec_driver_sql(_FAMILY, (account_id,)).scalars()
    return tuple(AccountId(one) for one in found)


def find(store: Store, text: str, *, limit: int = 8) -> tuple[Account, ...]:
    """Accounts that a person may mean, best first.

    First those with exactly that name, external id or domain, then names that begin with
    it, then names that contain it. Case, spacing and width of letters do not count.
    """
    key = name_key(text)
    if not key:
        return ()
    pattern = key.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    by_reference = select(external_references.c.account_id).where(
        external_references.c.external_id == text.strip()
    )
    exact = or_(
        accounts.c.name_key == key, accounts.c.domain == text.strip().lower(), accounts.c.id.in_(by_reference)
    )
    begins = accounts.c.name_key.like(f"{pattern}%", escape="\\")
    contains = accounts.c.name_key.like(f"%{pattern}%", escape="\\")
    query = (
        _visible()
        .where(or_(exact, contains))
        .order_by(exact.desc(), begins.desc(), func.length(accounts.c.name_key), accounts.c.name_key)
        .limit(limit)
    )
    with store.read() as connection:
        return tuple(account_of(row) for row in connection.execute(query))


def set_calendar(
    store: Store,
    account_id: AccountId,
    *,
    fiscal_month: int | None,
    country: str | None,
    region: str | None,
    now: datetime,
) -> None:
    """Say how an account's years and holidays run. Raises NotFoundError.

    Args:
        store: The workspace.
        account_id: Whose.
        fiscal_month: First month of the fiscal year, 1 to 12; None: the vendor's.
        country: ISO 3166-1 alpha-2, or None.
        region: ISO 3166-2 without the country, or None.
        now: The present instant.
    """
    changed = (
        update(accounts)
        .where(accounts.c.id == account_id)
        .values(fiscal_month=fiscal_month, country=country, region=region, updated_at=now)
    )
    with store.write() as connection:
        if connection.execute(changed).rowcount == 0:
            raise NotFoundError(
                "This account is no longer in the workspace.", fix="Go back to the list of accounts."
            )


def references(store: Store, account_id: AccountId) -> tuple[ExternalReference, ...]:
    """The ids under which other systems know the account, by system."""
    table = external_references
    query = (
        select(table).where(table.c.account_id == account_id).order_by(table.c.system, table.c.external_id)
    )
    with store.read() as connection:
        rows = connection.execute(query).all()
    return tuple(ExternalReference(row.system, row.source, row.external_id) for row in rows)
