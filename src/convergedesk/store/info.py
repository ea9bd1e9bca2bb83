"""What the workspace says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from convergedesk.store.engine import Store
from convergedesk.store.tables import workspace_info


@dataclass(frozen=True, slots=True)
class WorkspaceInfo:
    """A workspace's own facts.

    Attributes:
        uid: Its identity, whatever the file is called.
        name: As the person calls it.
        sample: True for made-up data.
        today: The day that counts as today in a sample, or None for the computer's.
        currency: The reporting currency, or None while nothing is summed across currencies.
        fiscal_month: First month of the vendor's fiscal year.
    """

    uid: str
    name: str
    sample: bool
    today: date | None
    currency: str | None
    fiscal_month: int


def read_info(store: Store) -> WorkspaceInfo:
    """The workspace's own facts."""
    table = workspace_info.c
    with store.read() as connection:
        row = connection.execute(
            select(table.uid, table.name, table.is_sample, table.today, table.currency, table.fiscal_month)
        ).one()
    return WorkspaceInfo(row.uid, row.name, bool(row.is_sample), row.today, row.currency, row.fiscal_month)


def set_today(store: Store, day: date) -> None:
    """Fix the day that counts as today; for samples, whose data ends on the day before."""
    with store.write() as connection:
        connection.execute(update(workspace_info).values(today=day))
