"""Sums over the whole workspace, to hold against the files that it was filled from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from convergedesk.domain.money import Money
from convergedesk.domain.tickets import Priority
from convergedesk.store.engine import Store
from convergedesk.store.usage import month_totals


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

        def number(sql: str) -> int:
            return int(connection.exec_driver_sql(sql).scalar_one())

        def money(sql: str) -> tuple[Money, ...]:
            return tuple(Money(row[0], row[1]) for row in connection.exec_driver_sql(sql))

        priorities = connection.exec_driver_sql(
            "SELECT priority, count(*) FROM tickets WHERE gone_since IS NULL GROUP BY priority ORDER BY 1"
        ).all()
        accounts = number("SELECT count(*) FROM accounts WHERE merged_into_id IS NULL AND gone_since IS NULL")
        subscriptions = number("SELECT count(*) FROM subscriptions WHERE gone_since IS NULL")
        invoices = number("SELECT count(*) FROM invoices WHERE gone_since IS NULL")
        churn_events = number("SELECT count(*) FROM churn_events WHERE gone_since IS NULL")
        recurring = money(
            "SELECT sum(mrr_minor), currency FROM subscriptions WHERE gone_since IS NULL "
            "AND mrr_minor IS NOT NULL GROUP BY currency ORDER BY currency"
        )
        invoiced = money(
            "SELECT sum(total_minor), currency FROM invoices WHERE gone_since IS NULL "
            "GROUP BY currency ORDER BY currency"
        )
        sums = set(connection.exec_driver_sql("SELECT id FROM meters WHERE aggregation = 'sum'").scalars())
    by_priority = {
        "none" if row[0] is None else Priority(row[0]).name.lower(): int(row[1]) for row in priorities
    }
    return WorkspaceTotals(
        accounts=accounts,
        tickets=sum(by_priority.values()),
        tickets_by_priority=by_priority,
        subscriptions=subscriptions,
        recurring=recurring,
        invoices=invoices,
        invoiced=invoiced,
        churn_events=churn_events,
        usage=sum(one.quantity for one in month_totals(store) if one.meter_id in sums),
    )
