"""Sums over the whole workspace, to hold against the files that it was filled from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, Table, func, select

from convergedesk.domain.money import Money
from convergedesk.domain.tickets import Priority
from convergedesk.domain.usage import Aggregation
from convergedesk.store.engine import Store
from convergedesk.store.tables import accounts, churn_events, invoices, subscriptions, tickets
from convergedesk.store.usage import meters, month_totals


@dataclass(frozen=True, slots=True)
class WorkspaceTotals:
    """What the workspace holds.

    Attributes:
        accounts: Accounts that are shown.
        tickets: Tickets.
        tickets_by_priority: By rank; 'none' where the source states none.
        subscriptions: Subscriptions, running or not.
        recurring: Sum of the monthly revenue of all subscriptions, running or not, one per
            currency.
        invoices: Invoices.
        invoiced: Sum of their totals, one per currency.
        churn_events: Churn events.
        usage: Sum of everything that sum meters reported.
    """

    accounts: int
    tickets: int
    tickets_by_priority: Mapping[str, int]
    subscriptions: int
    recurring: tuple[Money, ...]
    invoices: int
    invoiced: tuple[Money, ...]
    churn_events: int
    usage: float


def totals(store: Store) -> WorkspaceTotals:
    """Count and add up what is there; what is marked as gone does not count."""
    with store.read() as connection:
        priorities = connection.execute(
            select(tickets.c.priority, func.count()).where(*_shown(tickets)).group_by(tickets.c.priority)
        ).all()
        visible = accounts.c.merged_into_id.is_(None), accounts.c.gone_since.is_(None)
        found = WorkspaceTotals(
            accounts=connection.execute(
                select(func.count()).select_from(accounts).where(*visible)
            ).scalar_one(),
            tickets=sum(row[1] for row in priorities),
            tickets_by_priority={
                "none" if row[0] is None else Priority(row[0]).name.lower(): row[1]
                for row in sorted(priorities, key=lambda row: row[0] or 0)
            },
            subscriptions=_count(connection, subscriptions),
            recurring=_sums(connection, subscriptions, subscriptions.c.mrr_minor),
            invoices=_count(connection, invoices),
            invoiced=_sums(connection, invoices, invoices.c.total_minor),
            churn_events=_count(connection, churn_events),
            usage=0.0,
        )
    adds = {meter.id for meter in meters(store) if meter.aggregation is Aggregation.SUM}
    return replace(found, usage=sum(one.quantity for one in month_totals(store) if one.meter_id in adds))


def _shown(table: Table) -> tuple[ColumnElement[bool], ...]:
    # Rows of merged accounts are parked, so that undoing the merge brings them back; they do not count.
    merged = select(accounts.c.id).where(accounts.c.merged_into_id.is_not(None))
    return table.c.gone_since.is_(None), table.c.account_id.not_in(merged)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table).where(*_shown(table))).scalar_one()


def _sums(connection: Connection, table: Table, minor_units: ColumnElement[int]) -> tuple[Money, ...]:
    query = (
        select(func.sum(minor_units), table.c.currency)
        .where(*_shown(table), minor_units.is_not(None))
        .group_by(table.c.currency)
        .order_by(table.c.currency)
    )
    return tuple(Money(row[0], row[1]) for row in connection.execute(query))
