"""Stated exchange rates, and what money is reported in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert

from convergedesk.domain.rates import ExchangeRate
from convergedesk.store.engine import Store
from convergedesk.store.tables import exchange_rates, workspace_info


def list_rates(store: Store) -> tuple[ExchangeRate, ...]:
    """Every stated rate, by pair and day."""
    table = exchange_rates.c
    query = select(exchange_rates).order_by(table.currency, table.into_currency, table.day)
    with store.read() as connection:
        rows = connection.execute(query).all()
    return tuple(ExchangeRate(row.currency, row.into_currency, row.day, row.rate, row.source) for row in rows)


def state(store: Store, rate: ExchangeRate, *, now: datetime) -> None:
    """Keep a rate; one of the same pair and day is replaced."""
    said = {"rate": rate.rate, "source": rate.source, "updated_at": now}
    values = {
        "currency": rate.currency,
        "into_currency": rate.into_currency,
        "day": rate.day,
        **said,
    }
    statement = insert(exchange_rates).values(values)
    with store.write() as connection:
        connection.execute(
            statement.on_conflict_do_update(index_elements=["currency", "into_currency", "day"], set_=said)
        )


def forget(store: Store, currency: str, into_currency: str, day: date) -> None:
    """Take a rate back; silent where there is none."""
    table = exchange_rates.c
    with store.write() as connection:
        connection.execute(
            delete(exchange_rates).where(
                table.currency == currency, table.into_currency == into_currency, table.day == day
            )
        )


def set_reporting_currency(store: Store, currency: str | None) -> None:
    """Choose the currency that sums over several are shown in; None: nothing is summed across."""
    with store.write() as connection:
        connection.execute(update(workspace_info).values(currency=currency))
