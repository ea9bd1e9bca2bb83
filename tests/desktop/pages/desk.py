"""A small real workspace for the pages' tests: two customers and a site, usage, tickets, goals.

It is written once per process and copied for every test.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np
from sqlalchemy import insert

from convergedesk.desktop.changes import ChangesBroadcast
from convergedesk.desktop.context import PageContext
from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.navigator import Navigator
from convergedesk.desktop.portfolio.feed import Portfolio
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.goals import GoalDraft, GoalId, GoalMeasurement, GoalState, MeterMeasure
from convergedesk.domain.tickets import Priority, TicketId, TicketStatus
from convergedesk.domain.usage import MeterId
from convergedesk.figures.summaries import refresh_summaries
from convergedesk.store import goals as store_goals
from convergedesk.store.engine import Store
from convergedesk.store.keys import Key
from convergedesk.store.tables import (
    accounts,
    features,
    meters,
    pod_accounts,
    pods,
    ticket_messages,
    tickets,
    usage_subjects,
)
from convergedesk.store.usage_blocks import write_days
from convergedesk.workspace.session import Workspace, create_workspace, open_workspace
from tests.desktop.book import row, snapshot

TODAY = date(2026, 12, 10)
NOW = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)
KEY = Key.raw(bytes(range(32)))
MARLOWE, SITE, KESTREL = AccountId(1), AccountId(2), AccountId(3)
EVENTS, CALLS = MeterId(1), MeterId(2)
Names = Mapping[AccountId, str]
NAMES: Names = {MARLOWE: "Marlowe Freight", KESTREL: "Kestrel Payments"}
PILOT_POD = 1
CUSTOMS, RECEIPTS, QUIET = TicketId(1), TicketId(2), TicketId(3)
MANY_TICKETS = 24
DAYS = 150


class StandingClock:
    """It is always 09:00 on the day of the screens."""

    def now(self) -> datetime:
        """10 December 2026, 09:00 UTC."""
        return NOW


@dataclass
class Notices:
    """Keeps what a page said at the window's foot."""

    shown: list[str] = field(default_factory=list)
    undos: list[object] = field(default_factory=list)

    def __call__(self, text: str, undo: object = None, tone: str = "good") -> None:
        self.shown.append(text)
        self.undos.append(undo)

    def undo(self) -> None:
        """Press 'Undo' on the last notice."""
        last = self.undos[-1]
        assert callable(last)
        last()


@dataclass
class Desk:
    """A workspace with the surroundings of a page."""

    workspace: Workspace
    jobs: InlineJobs
    navigator: Navigator
    changes: ChangesBroadcast
    notices: Notices
    context: PageContext


def open_desk(
    folder: Path, *, hold: bool = False, template: Callable[[], Path] | None = None, names: Names = NAMES
) -> Desk:
    """Open a copy of the workspace, or of another one; close `desk.workspace` afterwards."""
    path = folder / "desk.converge"
    shutil.copyfile((template or _template)(), path)
    workspace = open_workspace(path, KEY, clock=StandingClock())
    jobs, navigator, changes, notices = InlineJobs(hold=hold), Navigator(), ChangesBroadcast(), Notices()
    rows = tuple(row(account_id, name) for account_id, name in names.items())
    portfolio = Portfolio(jobs, lambda: snapshot(*rows), first=snapshot(*rows))
    context = PageContext(
        workspace=lambda: workspace,
        jobs=jobs,
        navigator=navigator,
        changes=changes,
        portfolio=portfolio,
        notify=notices,
        today=lambda: TODAY,
    )
    return Desk(workspace, jobs, navigator, changes, notices, context)


@cache
def _template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="desk-")) / "desk.converge"
    with create_workspace(path, KEY, name="Pilot book", clock=StandingClock()) as workspace:
        _fill_accounts(workspace.store)
        _fill_usage(workspace.store)
        _fill_tickets(workspace.store)
        _fill_goals(workspace.store)
        refresh_summaries(workspace.store, None, today=TODAY, now=NOW)
    return path


def _fill_accounts(store: Store) -> None:
    rows = [
        {"id": MARLOWE, "name": "Marlowe Freight", "time_zone": "Europe/Amsterdam", "parent_id": None},
        {"id": SITE, "name": "Marlowe Rotterdam", "time_zone": "Europe/Amsterdam", "parent_id": MARLOWE},
        {"id": KESTREL, "name": "Kestrel Payments", "time_zone": "UTC", "parent_id": None},
    ]
    stamps = {"created_at": NOW, "updated_at": NOW}
    with store.write() as connection:
        for row in rows:
            connection.execute(insert(accounts).values(**row, name_key=row["name"].casefold(), **stamps))
        connection.execute(insert(pods).values(id=PILOT_POD, name="Pilot pod", **stamps))
        connection.execute(insert(pod_accounts).values(pod_id=PILOT_POD, account_id=MARLOWE))


def _fill_usage(store: Store) -> None:
    first = TODAY - timedelta(days=DAYS)
    start = (first - date(1970, 1, 1)).days
    wave = 1000 + 100 * np.sin(np.arange(DAYS) / 7)
    stamps = {"created_at": NOW, "updated_at": NOW}
    with store.write() as connection:
        for meter_id, name in ((EVENTS, "Events delivered"), (CALLS, "API calls")):
            row = {"id": meter_id, "key": name.lower(), "name": name, "unit": "event"}
            connection.execute(insert(meters).values(**row, **stamps))
        connection.execute(
            insert(usage_subjects).values(
                id=1, source="files", account_key="id:M", account_id=MARLOWE, created_at=NOW
            )
        )
        days = np.arange(start, start + DAYS)
        for meter_id, factor in ((EVENTS, 1.0), (CALLS, 0.2)):
            one = np.ones(DAYS, dtype=np.int64)
            write_days(connection, one, one * int(meter_id), days, wave * factor)


def _fill_tickets(store: Store) -> None:
    opened = datetime(2026, 10, 21, 6, 12, tzinfo=UTC)
    with store.write() as connection:
        connection.execute(insert(features).values(id=1, key="webhooks", name="Webhooks"))
        connection.execute(insert(features).values(id=2, key="exports", name="Exports"))
        given = [
            (CUSTOMS, MARLOWE, "Customs gateway deliveries time out", Priority.HIGH, opened, 2, 1, 4),
            (
                RECEIPTS,
                SITE,
                "Duplicate customs receipts",
                Priority.URGENT,
                opened + timedelta(days=27),
                None,
                1,
                None,
            ),
            (QUIET, KESTREL, "", None, opened - timedelta(days=40), 6, None, None),
        ]
        for ticket_id, account_id, title, priority, at, days, feature, rating in given:
            closed = None if days is None else at + timedelta(days=days)
            connection.execute(
                insert(tickets).values(
                    id=ticket_id,
                    source="files",
                    number=str(48000 + ticket_id),
                    account_id=account_id,
                    title=title,
                    priority=priority,
                    status=TicketStatus.OPEN if closed is None else TicketStatus.CLOSED,
                    opened_at=at,
                    closed_at=closed,
                    first_response_minutes=22 if rating else None,
                    satisfaction=rating,
                    escalated=ticket_id == CUSTOMS,
                    feature_id=feature,
                    requester="Dana Whitlock",
                    assignee="Jonas Weber",
                    url="https://desk.example/48001" if ticket_id == CUSTOMS else None,
                )
            )
        for index in range(MANY_TICKETS):
            connection.execute(
                insert(tickets).values(
                    source="files",
                    number=str(47000 + index),
                    account_id=KESTREL,
                    title=f"Export {index} misses an hour",
                    priority=Priority.NORMAL,
                    status=TicketStatus.CLOSED,
                    opened_at=datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=index),
                    closed_at=datetime(2026, 3, 3, tzinfo=UTC) + timedelta(days=index),
                    feature_id=2,
                )
            )
        said = [
            ("Dana Whitlock", "VP operations", True, Audience.SHARED, "Deliveries fail since this morning."),
            ("Jonas Weber", "Support", False, Audience.SHARED, "Confirmed. I am raising the limit."),
            ("Amira Haddad", "", False, Audience.INTERNAL, "Value restored today."),
        ]
        for index, (author, role, customer, audience, body) in enumerate(said):
            connection.execute(
                insert(ticket_messages).values(
                    ticket_id=CUSTOMS,
                    external_id=str(index),
                    sent_at=opened + timedelta(hours=index),
                    author=author,
                    author_role=role,
                    from_customer=customer,
                    audience=audience,
                    body=body,
                )
            )


def _fill_goals(store: Store) -> None:
    agreed, due = date(2026, 10, 1), date(2027, 3, 31)
    by_hand = GoalDraft(
        "Manual re-sends a week",
        340,
        80,
        current=340,
        unit="re-sends a week",
        agreed_on=agreed,
        due_on=due,
        owner="Lena Fischer",
        evidence="Customer report, weekly",
        audience=Audience.SHARED,
    )
    linked = GoalDraft(
        "Events delivered a day",
        800,
        1200,
        unit="events",
        agreed_on=agreed,
        due_on=due,
        owner="Amira Haddad",
        meter_id=EVENTS,
        measure=MeterMeasure.DAILY_MEAN_28,
    )
    reached = GoalDraft("Carriers live", 14, 24, current=24, agreed_on=agreed, state=GoalState.REACHED)
    for draft in (by_hand, linked, reached):
        store_goals.create(store, MARLOWE, draft, now=NOW)
    for day, value in ((date(2026, 11, 2), 300.0), (date(2026, 12, 7), 210.0)):
        store_goals.record(
            store, GoalMeasurement(GoalId(1), day, value, "Dana Whitlock", "weekly report"), now=NOW
        )
