"""What is kept ready for Home: which briefs are out of date, what they are made of, and writing them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from convergedesk.domain.accounts import AccountId, PodId
from convergedesk.domain.briefs import FORMAT, AccountBrief, PortfolioBrief, to_text
from convergedesk.store.engine import Store
from convergedesk.store.instants import from_microseconds, to_microseconds

EVERYBODY = PodId(0)
"""Under which all accounts together are kept."""

_OUTDATED = """
SELECT k.account_id, k.computed_at FROM (
    SELECT i.account_id, max(i.computed_at, coalesce(f.computed_at, 0)) AS computed_at
    FROM account_insights i LEFT JOIN account_figures f ON f.account_id = i.account_id
) k LEFT JOIN account_briefs b ON b.account_id = k.account_id
WHERE b.account_id IS NULL OR b.computed_at <> k.computed_at
    OR b.brief NOT LIKE ? OR k.account_id IN (SELECT value FROM json_each(?))
"""
# An episode of several tickets is told by its first; its dip by the one that was opened nearest to it,
# those of high priority before the others.
_DIPS = """
SELECT e.account_id, e.opened_on, e.resolved_on, e.onset_on, e.restored_on, e.days, e.restored,
    (SELECT n.ticket_id FROM episode_tickets n JOIN tickets t ON t.id = n.ticket_id
     WHERE n.episode_id = e.id ORDER BY t.opened_at, t.id LIMIT 1) AS first_id,
    (SELECT n.ticket_id FROM episode_tickets n JOIN tickets t ON t.id = n.ticket_id
     WHERE n.episode_id = e.id
     ORDER BY coalesce(t.priority, 0) < 3,
       abs(t.opened_at / 86400000000 - unixepoch(coalesce(e.onset_on, e.opened_on)) / 86400), t.id
     LIMIT 1) AS near_id,
    x.estimate, x.low, x.high
FROM episodes e
LEFT JOIN episode_effects x ON x.episode_id = e.id AND x.part = 'during' AND x.meter_id IS NULL
WHERE e.days IS NOT NULL AND e.account_id IN (SELECT value FROM json_each(?))
ORDER BY e.opened_on, e.id
"""
_NUMBERS = "SELECT id, number, opened_at FROM tickets WHERE id IN (SELECT value FROM json_each(?))"
_FALLS = """
SELECT account_id, json_extract(figures, '$.recent_dip.p_value') FROM account_insights
WHERE json_extract(figures, '$.recent_dip.p_value') IS NOT NULL
"""
_HEADS = """
SELECT id, parent_id FROM accounts WHERE merged_into_id IS NULL AND gone_since IS NULL
"""


class DipTicket(NamedTuple):
    """A ticket of an episode; its day of opening is that of UTC."""

    id: int
    number: str
    opened_on: date


@dataclass(frozen=True, slots=True)
class DipRow:
    """A confirmed dip around a ticket, as kept.

    Attributes:
        account_id: Whose.
        first: The episode's first ticket.
        near: The one that was opened nearest to the dip, of high priority where there is one.
        opened_on: Day of the first opening, in the account's time zone.
        resolved_on: Day of the last resolution, or None.
        onset_on: First day of the dip, or None.
        restored_on: First restored day, or None.
        days: From opening to that day, or so far.
        restored: Whether value came back.
        estimate: Usage during the dip against expected, or None.
        low: Lower limit.
        high: Upper limit.
    """

    account_id: AccountId
    first: DipTicket
    near: DipTicket
    opened_on: date
    resolved_on: date | None
    onset_on: date | None
    restored_on: date | None
    days: float
    restored: bool
    estimate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """An episode as the time to value restored counts it; `days` is None without a confirmed dip."""

    account_id: AccountId
    opened_on: date
    days: float | None
    restored: bool


def outdated(store: Store, also: Iterable[AccountId] = ()) -> dict[AccountId, int]:
    """Accounts whose figures are newer than their brief, with the instant of the figures as kept.

    Args:
        store: The workspace.
        also: Accounts that are to be among them, as far as figures of them are kept.
    """
    with store.read() as connection:
        rows = connection.exec_driver_sql(_OUTDATED, (f"[{FORMAT},%", json.dumps(sorted(also)))).all()
    return {AccountId(account): computed_at for account, computed_at in rows}


def dips_of(store: Store, account_ids: Sequence[AccountId]) -> dict[AccountId, list[DipRow]]:
    """Every confirmed dip of these accounts, by opening."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(_DIPS, (json.dumps(list(account_ids)),)).all()
        ids = json.dumps([one for row in rows for one in (row.first_id, row.near_id)])
        found_tickets = connection.exec_driver_sql(_NUMBERS, (ids,)).all()
    tickets = {
        ticket_id: DipTicket(ticket_id, number, from_microseconds(opened).date())
        for ticket_id, number, opened in found_tickets
    }
    found: dict[AccountId, list[DipRow]] = {}
    for row in rows:
        if row.first_id in tickets and row.near_id in tickets:
            found.setdefault(AccountId(row.account_id), []).append(_dip(row, tickets))
    return found


def episode_rows(store: Store, first_day: date) -> tuple[EpisodeRow, ...]:
    """The episodes of all accounts that were opened from a day on."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT account_id, opened_on, days, restored FROM episodes WHERE opened_on >= ?",
            (first_day.isoformat(),),
        ).all()
    return tuple(
        EpisodeRow(AccountId(account), date.fromisoformat(opened), days, bool(restored))
        for account, opened, days, restored in rows
    )


def fall_p_values(store: Store) -> dict[AccountId, float]:
    """The p-value of the recent dip of every account that was looked at for one."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(_FALLS).all()
    return {AccountId(account): p_value for account, p_value in rows}


def heads(store: Store) -> dict[AccountId, AccountId | None]:
    """Every account that is neither merged nor gone, with the one that it is a site of."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(_HEADS).all()
    return {AccountId(one): None if parent is None else AccountId(parent) for one, parent in rows}


def write_briefs(store: Store, briefs: Mapping[AccountId, tuple[AccountBrief, int]]) -> None:
    """Keep briefs, each with the instant of the figures that it shortens, as `outdated` gave it."""
    if not briefs:
        return
    rows = [(account, computed_at, to_text(brief)) for account, (brief, computed_at) in briefs.items()]
    with store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO account_briefs (account_id, computed_at, brief) VALUES (?, ?, ?) "
            "ON CONFLICT (account_id) DO UPDATE SET computed_at = excluded.computed_at, "
            "brief = excluded.brief",
            rows,
        )


def write_portfolio(store: Store, briefs: Mapping[PodId, PortfolioBrief], *, now: datetime) -> bool:
    """Keep what pods come to, in place of everything kept before; False where it is the same."""
    wanted = {int(pod): to_text(brief) for pod, brief in briefs.items()}
    with store.read() as connection:
        rows = connection.exec_driver_sql("SELECT pod_id, brief FROM portfolio_briefs").all()
        kept = {int(row.pod_id): str(row.brief) for row in rows}
    if kept == wanted:
        return False
    with store.write() as connection:
        connection.exec_driver_sql("DELETE FROM portfolio_briefs")
        connection.exec_driver_sql(
            "INSERT INTO portfolio_briefs (pod_id, computed_at, brief) VALUES (?, ?, ?)",
            [(pod, to_microseconds(now), brief) for pod, brief in wanted.items()],
        )
    return True


def drop_orphans(store: Store) -> None:
    """Drop the brief of every account of which nothing is kept any more."""
    alone = "account_id NOT IN (SELECT account_id FROM account_insights)"
    with store.read() as connection:
        found = connection.exec_driver_sql(f"SELECT 1 FROM account_briefs WHERE {alone} LIMIT 1").first()  # noqa: S608
    if found is not None:
        with store.write() as connection:
            connection.exec_driver_sql(f"DELETE FROM account_briefs WHERE {alone}")  # noqa: S608


def _dip(row: Any, tickets: Mapping[int, DipTicket]) -> DipRow:
    def day(text: str | None) -> date | None:
        return None if text is None else date.fromisoformat(text)

    return DipRow(
        account_id=AccountId(row.account_id),
        first=tickets[row.first_id],
        near=tickets[row.near_id],
        opened_on=date.fromisoformat(row.opened_on),
        resolved_on=day(row.resolved_on),
        onset_on=day(row.onset_on),
        restored_on=day(row.restored_on),
        days=row.days,
        restored=bool(row.restored),
        estimate=row.estimate,
        low=row.low,
        high=row.high,
    )
