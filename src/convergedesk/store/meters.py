"""What people say about meters: names, units and how their days combine."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.usage import Meter
from convergedesk.store.engine import Store
from convergedesk.store.tables import meters


def describe(store: Store, meter: Meter, *, now: datetime) -> None:
    """Give the meter with that id the name, unit and way of combining of `meter`; its key stays.

    Raises:
        NotFoundError: There is no such meter.
    """
    changed = (
        update(meters)
        .where(meters.c.id == meter.id)
        .values(
            name=meter.name,
            unit=meter.unit,
            aggregation=meter.aggregation,
            absent_is_zero=meter.absent_is_zero,
            updated_at=now,
        )
    )
    with store.write() as connection:
        if connection.execute(changed).rowcount == 0:
            raise NotFoundError("This meter is no longer in the workspace.")
