"""Alerts as they were raised, what became of them, and what only they are found in."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import insert, select, update

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.alerts import Alert, AlertId, AlertKind, AlertRuleId, AlertState, Finding, Severity
from convergedesk.domain.engagement import TicketContact
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.tickets import Priority, TicketId
from convergedesk.domain.usage import MeterId
from convergedesk.store.engine import Store
from convergedesk.store.instants import from_microseconds
from convergedesk.store.tables import accounts, alert_looks, alerts, reviews

_KINDS = {kind.value for kind in AlertKind}
_CONTACTS = """
SELECT t.account_id, m.author, max(m.sent_at), t.id, t.number
FROM ticket_messages m JOIN tickets t ON t.id = m.ticket_id
WHERE t.account_id IN (SELECT value FROM json_each(?)) AND t.gone_since IS NULL AND t.status <> 'deleted'
  AND m.from_customer AND m.author <> ''
GROUP BY t.account_id, m.author
"""
_CLOSING = """
SELECT priority, (closed_at - opened_at) / 86400e6 FROM tickets
WHERE priority >= 3 AND closed_at IS NOT NULL AND gone_since IS NULL AND status <> 'deleted'
"""


@dataclass(frozen=True, slots=True)
class PlannedReview:
    """A business review as far as an alert needs it.

    Attributes:
        id: Its id.
        account_id: Whose.
        title: Its title.
        held_at: When it takes place, UTC.
        state: 'draft', 'frozen', 'presented' or 'closed'.
    """

    id: int
    account_id: AccountId
    title: str
    held_at: datetime
    state: str


def list_alerts(
    store: Store, *, closed_since: date | None = None, ids: Collection[AlertId] | None = None
) -> tuple[Alert, ...]:
    """Alerts of accounts that are shown, newest first.

    Args:
        store: The workspace.
        closed_since: Of the closed ones only those closed on that day (UTC) or later.
        ids: Only these.
    """
    query = select(alerts).join(accounts, accounts.c.id == alerts.c.account_id)
    query = query.where(accounts.c.merged_into_id.is_(None), alerts.c.kind.in_(_KINDS))
    if closed_since is not None:
        since = datetime.combine(closed_since, time.min, UTC)
        still = alerts.c.state != AlertState.RESOLVED.value
        query = query.where(still | (alerts.c.resolved_at >= since) | (alerts.c.ended_on >= closed_since))
    if ids is not None:
        query = query.where(alerts.c.id.in_(list(ids)))
    with store.read() as connection:
        rows = connection.execute(query.order_by(alerts.c.raised_on.desc(), alerts.c.id.desc())).all()
    return tuple(_alert(row) for row in rows)


def get(store: Store, alert_id: AlertId) -> Alert:
    """One alert. Raises NotFoundError."""
    found = list_alerts(store, ids=[alert_id])
    if not found:
        raise NotFoundError("This alert is no longer in the workspace.", fix="Go back to the alerts.")
    return found[0]


def raise_alerts(
    store: Store, found: Iterable[Finding], *, on: date, now: datetime, delivered: bool = False
) -> None:
    """Keep new alerts, open.

    Args:
        store: The workspace.
        found: What was noticed; none of it was raised before.
        on: The workspace's day.
        now: The instant.
        delivered: True where no notification shall tell of them.
    """
    rows = [
        {
            **_found(one),
            "account_id": one.account_id,
            "kind": one.kind.value,
            "day": one.day,
            "subject": one.subject,
            "occurrence": one.occurrence,
            "raised_at": now,
            "raised_on": on,
            "delivered_at": now if delivered else None,
            "created_at": now,
            "updated_at": now,
        }
        for one in found
    ]
    if rows:
        with store.write() as connection:
            connection.execute(insert(alerts), rows)


def update_alerts(store: Store, changed: Mapping[AlertId, Finding], *, now: datetime) -> None:
    """Give alerts that still hold the figures of today."""
    with store.write() as connection:
        for alert_id, one in changed.items():
            values = {**_found(one), "updated_at": now}
            connection.execute(update(alerts).where(alerts.c.id == alert_id).values(values))


def change(store: Store, alert_ids: Iterable[AlertId], *, now: datetime, **values: Any) -> int:
    """Set columns of alerts; enums by their value. Returns how many there were."""
    plain = {name: getattr(value, "value", value) for name, value in values.items()}
    with store.write() as connection:
        changed = connection.execute(
            update(alerts).where(alerts.c.id.in_(list(alert_ids))).values(updated_at=now, **plain)
        )
    return changed.rowcount


def end(store: Store, ended: Mapping[AlertId, str], *, on: date, now: datetime) -> None:
    """Note that alerts do not hold any more; those that nobody closed are closed, with the reason."""
    with store.write() as connection:
        for alert_id, reason in ended.items():
            this = alerts.c.id == alert_id
            connection.execute(update(alerts).where(this).values(ended_on=on, updated_at=now))
            closed = {
                "state": AlertState.RESOLVED.value,
                "resolved_at": now,
                "resolved_by": "",
                "reason": reason,
            }
            still = alerts.c.state != AlertState.RESOLVED.value
            connection.execute(update(alerts).where(this, still).values(closed))


def reopen(store: Store, alert_ids: Iterable[AlertId], *, now: datetime) -> None:
    """Let alerts hold again; those that the program had closed by itself are open again."""
    ids = list(alert_ids)
    if not ids:
        return
    with store.write() as connection:
        these = alerts.c.id.in_(ids)
        connection.execute(update(alerts).where(these).values(ended_on=None, updated_at=now))
        by_itself = (alerts.c.state == AlertState.RESOLVED.value) & (alerts.c.resolved_by == "")
        again = {"state": AlertState.OPEN.value, "resolved_at": None, "reason": ""}
        connection.execute(update(alerts).where(these, by_itself).values(again))


def kept_looks(store: Store) -> dict[AccountId, tuple[str, str]]:
    """By account: what its looks were taken from, and the looks as JSON."""
    with store.read() as connection:
        rows = connection.execute(select(alert_looks)).all()
    return {AccountId(row.account_id): (row.inputs, row.found) for row in rows}


def keep_looks(store: Store, found: Mapping[AccountId, tuple[str, str]]) -> None:
    """Put the looks of these accounts in place of those kept before."""
    if not found:
        return
    with store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO alert_looks (account_id, inputs, found) VALUES (?, ?, ?) "
            "ON CONFLICT (account_id) DO UPDATE SET inputs = excluded.inputs, found = excluded.found",
            [(account_id, *values) for account_id, values in found.items()],
        )


def planned_reviews(store: Store, account_ids: Sequence[AccountId]) -> tuple[PlannedReview, ...]:
    """The accounts' reviews that have a day, by day."""
    query = select(reviews).where(reviews.c.account_id.in_(account_ids), reviews.c.held_at.is_not(None))
    with store.read() as connection:
        rows = connection.execute(query.order_by(reviews.c.held_at)).all()
    return tuple(
        PlannedReview(row.id, AccountId(row.account_id), row.title, row.held_at, row.state) for row in rows
    )


def contacts_by_account(
    store: Store, account_ids: Sequence[AccountId]
) -> dict[AccountId, tuple[TicketContact, ...]]:
    """When everybody last wrote in a ticket, by the ticket's account."""
    found: defaultdict[AccountId, list[TicketContact]] = defaultdict(list)
    with store.read() as connection:
        rows = connection.exec_driver_sql(_CONTACTS, (json.dumps(list(account_ids)),)).all()
    for account_id, who, at, ticket_id, number in rows:
        contact = TicketContact(who, from_microseconds(at), TicketId(ticket_id), number, True)
        found[AccountId(account_id)].append(contact)
    return {account_id: tuple(contacts) for account_id, contacts in found.items()}


def days_to_closing(store: Store) -> dict[Priority, list[float]]:
    """How many days closed high-priority tickets took, by priority."""
    found: defaultdict[Priority, list[float]] = defaultdict(list)
    with store.read() as connection:
        for priority, days in connection.exec_driver_sql(_CLOSING).all():
            found[Priority(priority)].append(days)
    return dict(found)


def _found(one: Finding) -> dict[str, Any]:
    return {
        "severity": one.severity.value,
        "rule_id": one.rule_id,
        "meter_id": one.meter_id,
        "ticket_id": one.ticket_id,
        "sentence": one.sentence,
        "detail": one.detail,
        "figures": json.dumps({"title": one.title, **one.figures}, allow_nan=False),
    }


def _alert(row: Any) -> Alert:
    figures = json.loads(row.figures)
    finding = Finding(
        kind=AlertKind(row.kind),
        account_id=AccountId(row.account_id),
        subject=row.subject,
        day=row.day,
        severity=Severity(row.severity),
        title=figures.pop("title", ""),
        sentence=row.sentence,
        detail=row.detail,
        rule_id=None if row.rule_id is None else AlertRuleId(row.rule_id),
        meter_id=None if row.meter_id is None else MeterId(row.meter_id),
        ticket_id=None if row.ticket_id is None else TicketId(row.ticket_id),
        figures=figures,
    )
    return Alert(
        id=AlertId(row.id),
        finding=finding,
        raised_on=row.raised_on or row.raised_at.date(),
        raised_at=row.raised_at,
        state=AlertState(row.state),
        snoozed_until=row.snoozed_until,
        ended_on=row.ended_on,
        reason=row.reason,
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by,
        seen_at=row.seen_at,
        delivered_at=row.delivered_at,
    )
