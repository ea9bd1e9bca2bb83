"""Loads what most pages need while the person reads the first one."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convergedesk.desktop.jobs import JobContext

# In this order: what an account needs comes first.
_MODULES = (
    "numpy",
    "sqlalchemy",
    "convergedesk.workspace.accounts",
    "convergedesk.desktop.explaining",
    "convergedesk.desktop.widgets.why",
    "convergedesk.desktop.charts.usage_chart",
    "convergedesk.desktop.pages.account.page",
    "convergedesk.desktop.pages.account.overview",
    "convergedesk.desktop.pages.account.usage_card",
    "convergedesk.desktop.pages.goals.view",
    "convergedesk.desktop.pages.accounts.page",
    "convergedesk.workspace.tickets",
    "convergedesk.desktop.pages.tickets.page",
    "convergedesk.desktop.pages.ticket.page",
    "convergedesk.desktop.pages.account.tickets_tab",
    "convergedesk.desktop.pages.account.billing_tab",
    "convergedesk.desktop.pages.account.timeline_tab",
    "convergedesk.desktop.pages.account.people_tab",
    "convergedesk.desktop.pages.account.notes_tab",
    "convergedesk.desktop.pages.account.actions_tab",
    "convergedesk.desktop.pages.actions.page",
    "convergedesk.desktop.engagement.check_in_dialog",
    "convergedesk.desktop.engagement.note_dialog",
    "convergedesk.desktop.pages.contracts.view",
    "convergedesk.desktop.pages.goals.page",
    "convergedesk.desktop.pages.edits.page",
    "convergedesk.desktop.pages.importing.page",
    # Imported by the first account that is opened otherwise.
    "holidays",
)


def warm_up(context: JobContext) -> None:
    """Import, module by module, until the program ends.

    These imports take longer than anything else the program does at its start, so they
    must come after the first paint and must not run on the GUI thread.
    """
    for module in _MODULES:
        context.check()
        importlib.import_module(module)
