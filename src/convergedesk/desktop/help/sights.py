"""What the tour can show in a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convergedesk.desktop.help.tour_steps import Sights

if TYPE_CHECKING:
    from convergedesk.workspace.session import Workspace


def sights_of(workspace: Workspace) -> Sights:
    """The account with most to see, and the last ticket of high priority that it closed. Call it in a job."""
    from convergedesk.workspace.accounts import account_tickets
    from convergedesk.workspace.portfolio import home

    rows = home(workspace).top_level
    shown = max(rows, key=lambda row: (len(row.spark.ticks), row.name), default=None)
    if shown is None:
        return Sights()
    tickets = account_tickets(workspace, shown.account_id)
    high = [one for one in tickets if one.priority is not None and one.priority.is_high]
    closed = [one for one in high if one.closed_at is not None]
    best = max(closed or high or tickets, key=lambda one: one.opened_at, default=None)
    return Sights(shown.account_id, None if best is None else best.id)
