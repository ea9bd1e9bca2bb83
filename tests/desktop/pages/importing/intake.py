"""Feeds a workspace as an import does: a list of accounts, and tickets of which some cannot be linked."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from convergedesk.domain.accounts import AccountId, SystemKind
from convergedesk.domain.records import (
    AccountKey,
    AccountRecord,
    EntityKind,
    Origin,
    RecordPage,
    Reject,
    TicketRecord,
)
from convergedesk.figures.summaries import refresh_summaries
from convergedesk.store.engine import Store
from convergedesk.sync.import_run import run_import
from convergedesk.sync.summary import ImportSummary
from convergedesk.workspace.session import create_workspace
from tests.desktop.pages.desk import KEY, NOW, TODAY, Desk, StandingClock, open_desk

NAMES = ("Marlowe Freight", "Kestrel Payments", "Cobalt & Pine Insurance")
STRANGERS = ("Marlow Frieght", "Unheard Of Ltd")
BAD_DATES = 3


@cache
def fed_template() -> Path:
    """A workspace that was fed once, for `open_desk`."""
    path = Path(tempfile.mkdtemp(prefix="intake-")) / "desk.converge"
    with create_workspace(path, KEY, name="Pilot book", clock=StandingClock()) as workspace:
        feed(workspace.store)
        refresh_summaries(workspace.store, None, today=TODAY, now=NOW)
    return path


def open_fed_desk(folder: Path, *, hold: bool = False) -> Desk:
    """A copy of the fed workspace; close `desk.workspace` afterwards."""
    names = {AccountId(place): name for place, name in enumerate(NAMES, start=1)}
    return open_desk(folder, hold=hold, template=fed_template, names=names)


def feed(store: Store) -> ImportSummary:
    """Three accounts, four tickets of which three name strangers, and rows with bad dates."""
    return run_import(store, [_accounts(), _tickets()])


def _accounts() -> RecordPage:
    records = tuple(
        AccountRecord(Origin(line), f"A-{line}", name, domain=f"{name.split()[0].lower()}.example")
        for line, name in enumerate(NAMES, start=2)
    )
    return RecordPage(
        SystemKind.CRM, "files", "accounts.csv", EntityKind.ACCOUNTS, records, rows=len(records), last=True
    )


def _tickets() -> RecordPage:
    named = (NAMES[0], STRANGERS[0], STRANGERS[0], STRANGERS[1])
    records = tuple(
        TicketRecord(
            Origin(line, f"{line},{name}"),
            f"T-{line}",
            AccountKey(name=name),
            datetime(2026, 10, line, tzinfo=UTC),
            title=f"Ticket {line}",
        )
        for line, name in enumerate(named, start=2)
    )
    rejects = tuple(
        Reject(line, f"The date “31/{line}/2026” cannot be read.", f"{line},=SUM(A1)", "bad_date")
        for line in range(20, 20 + BAD_DATES)
    )
    rows = len(records) + len(rejects)
    return RecordPage(
        SystemKind.SUPPORT,
        "files",
        "tickets.csv",
        EntityKind.TICKETS,
        records,
        rejects=rejects,
        rows=rows,
        last=True,
    )
