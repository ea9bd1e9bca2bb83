"""Reads what Home shows straight from the file, without SQLAlchemy and numpy.

Their import would double the time until the first page stands on screen. Everything shown
was computed before and kept in `account_summaries`; here it is only read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from convergedesk.domain.briefs import account_brief
from convergedesk.domain.freshness import Freshness, state_of
from convergedesk.domain.kinds import AccountId, Lifecycle, PodId, SystemKind
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import (
    CommitmentUse,
    HomeSnapshot,
    PodSummary,
    PortfolioRow,
    Spark,
)
from convergedesk.store.faults import translating
from convergedesk.store.first_care import Care, read_care, read_rates, read_together
from convergedesk.store.instants import first_of_month, from_microseconds
from convergedesk.store.keys import FileKey, Key
from convergedesk.store.opening import unlock
from convergedesk.store.schema import SCHEMA

_ACCOUNTS = """
SELECT a.id, a.name, a.tier, a.industry, a.country, a.owner, a.success_manager, a.lifecycle, a.parent_id,
    a.renews_on, a.gone_since, s.spark, s.spark_last_day, s.spark_unit, s.spark_meters, s.usage_28,
    s.usage_previous_28, s.tick_days, s.open_tickets, s.open_high, s.oldest_high_opened_at,
    s.billed_last_month_minor, s.billed_month, s.billed_currency, s.mrr_minor, s.mrr_currency,
    s.commitment_minor, s.commitment_used_minor, s.commitment_currency, s.commitment_starts_on,
    s.commitment_ends_on, s.goals_open, s.goals_overdue, b.brief
FROM accounts a LEFT JOIN account_summaries s ON s.account_id = a.id
LEFT JOIN account_briefs b ON b.account_id = a.id
WHERE a.merged_into_id IS NULL
ORDER BY a.name_key, a.id
"""
_CONTACTS = "SELECT account_id, max(held_at) FROM check_ins WHERE deleted_at IS NULL GROUP BY account_id"
_FRESHNESS = "SELECT system, max(as_of), max(received_at) FROM freshness GROUP BY system"
_REJECTS = "SELECT coalesce(sum(rows), 0) FROM rejects WHERE resolved_at IS NULL"
_COMPUTED = """
SELECT min(b.computed_at), count(*) FROM account_briefs b JOIN accounts a ON a.id = b.account_id
WHERE a.merged_into_id IS NULL
"""
_UNLINKED = "SELECT count(*) FROM account_keys WHERE state IN ('unknown', 'ambiguous')"


def read_home(
    path: Path, key: Key, *, today: date, derived: FileKey | None = None
) -> tuple[HomeSnapshot, FileKey] | None:
    """Open a workspace and read what Home shows.

    Args:
        path: The workspace file.
        key: What opens it.
        today: The computer's day.
        derived: As `store.opening.unlock` takes it.

    Returns:
        The snapshot, and the file's key, which spares `store.engine` deriving it again; None
        where the file must be brought up to date first.

    Raises:
        WorkspaceError: As `store.opening.unlock`.
    """
    connection, file_key, number = unlock(path, key, derived=derived)
    try:
        if number < SCHEMA:
            return None
        with translating(path):
            connection.execute("BEGIN")
            snapshot = read_snapshot(connection, today=today)
            connection.execute("COMMIT")
    finally:
        connection.close()
    return snapshot, file_key


def read_snapshot(connection: dbapi2.Connection, *, today: date) -> HomeSnapshot:
    """What Home shows, from an open connection inside a transaction."""

    def rows(statement: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return connection.execute(statement, values).fetchall()

    ((name, sample, fixed_today, currency),) = rows(
        "SELECT name, is_sample, today, currency FROM workspace_info"
    )
    day = _day(fixed_today) or today
    tree = _Tree(dict(rows("SELECT id, parent_id FROM accounts WHERE merged_into_id IS NULL")))
    pods_of: defaultdict[int, set[int]] = defaultdict(set)
    shared: defaultdict[int, set[int]] = defaultdict(set)
    for pod_id, account_id in rows("SELECT pod_id, account_id FROM pod_accounts"):
        for member in tree.below(account_id):
            pods_of[member].add(pod_id)
            shared[pod_id].add(member)
    contacts: dict[int, int] = {}
    for account_id, held_at in rows(_CONTACTS):
        for above in tree.above(account_id):
            contacts[above] = max(held_at, contacts.get(above, held_at))
    care = read_care(rows, tree.above, day)
    ((rejects,),) = rows(_REJECTS)
    ((unlinked,),) = rows(_UNLINKED)
    ((computed_at, computed),) = rows(_COMPUTED)
    return HomeSnapshot(
        workspace_name=name,
        sample=bool(sample),
        # One row at a time: thousands held at once would set Python looking for garbage among them.
        rows=tuple(
            [
                _row(row, tree, pods_of.get(row[0], ()), contacts.get(row[0]), care)
                for row in connection.execute(_ACCOUNTS)
            ]
        ),
        pods=tuple(
            PodSummary(PodId(pod_id), pod_name, len(tree.highest(shared[pod_id])))
            for pod_id, pod_name in rows("SELECT id, name FROM pods ORDER BY name")
        ),
        freshness=_freshness(rows(_FRESHNESS), datetime.combine(day, time.max, UTC)),
        today=day,
        rejects=rejects,
        unlinked=unlinked,
        computed_at=None if computed_at is None else from_microseconds(computed_at),
        not_computed=len(tree) - computed,
        together=read_together(rows),
        currency=currency,
        rates=read_rates(rows),
    )


class _Tree:
    """Which account is a site of which."""

    def __init__(self, parents: dict[int, int | None]) -> None:
        self._parents = parents
        self._children: dict[int, list[int]] = {}
        for account_id, parent_id in parents.items():
            if parent_id is not None:
                self._children.setdefault(parent_id, []).append(account_id)

    def __len__(self) -> int:
        return len(self._parents)

    def highest(self, account_ids: set[int]) -> list[int]:
        """Those of the accounts that are no site of another one among them."""
        return [one for one in account_ids if self._parents.get(one) not in account_ids]

    def above(self, account_id: int) -> list[int]:
        """The account and those that it is a site of, the topmost last; empty for a hidden one."""
        chain: list[int] = []
        current: int | None = account_id
        while current in self._parents and current not in chain:
            chain.append(current)
            current = self._parents[current]
        return chain

    def below(self, account_id: int) -> list[int]:
        """The account and all its sites; empty for a hidden one."""
        found = [account_id] if account_id in self._parents else []
        if account_id in self._children:
            for one in found:
                found.extend(child for child in self._children.get(one, ()) if child not in found)
        return found


# Terms and data end on few different days.
@lru_cache(maxsize=4096)
def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _money(minor_units: int | None, currency: str | None) -> Money | None:
    return None if minor_units is None or currency is None else Money(minor_units, currency)


def _row(row: Any, tree: _Tree, pods: Collection[int], contact: int | None, care: Care) -> PortfolioRow:
    (
        account_id, name, tier, industry, country, owner, success_manager, lifecycle, parent_id,
        renews_on, gone_since, spark, spark_last_day, spark_unit, spark_meters, usage_28,
        usage_previous_28, tick_days, open_tickets, open_high, oldest_high,
        billed, billed_month, billed_currency, mrr, mrr_currency, *commitment, goals_open,
        goals_overdue, brief,
    ) = row  # fmt: skip
    return PortfolioRow(
        account_id=AccountId(account_id),
        name=name,
        tier=tier,
        industry=industry,
        country=country,
        owner=owner,
        success_manager=success_manager,
        lifecycle=Lifecycle(lifecycle),
        parent_id=None if parent_id is None else AccountId(parent_id),
        sites=len(tree.below(account_id)) - 1,
        spark=Spark(
            last_day=_day(spark_last_day),
            values=spark or (),
            unit=spark_unit or "",
            meters=spark_meters or 0,
            ticks=tick_days or (),
        ),
        usage_28=usage_28,
        usage_previous_28=usage_previous_28,
        billed_month=None if billed_month is None else first_of_month(billed_month),
        billed=_money(billed, billed_currency),
        mrr=_money(mrr, mrr_currency),
        commitment=_commitment(commitment),
        open_tickets=open_tickets or 0,
        open_high=open_high or 0,
        oldest_high_opened_at=None if oldest_high is None else from_microseconds(oldest_high),
        goals_open=goals_open or 0,
        goals_overdue=goals_overdue or 0,
        renews_on=_day(renews_on),
        last_contact_on=None if contact is None else from_microseconds(contact).date(),
        pod_ids=tuple(map(PodId, sorted(pods))) if pods else (),
        gone_since=None if gone_since is None else from_microseconds(gone_since),
        brief=None if brief is None else account_brief(brief),
        lost=care.lost.get(account_id),
        reached=care.reached.get(account_id, ()),
        put_off=care.put_off.get(account_id),
    )


def _commitment(columns: list[Any]) -> CommitmentUse | None:
    minor_units, used, currency, starts_on, ends_on = columns
    if minor_units is None:
        return None
    return CommitmentUse(
        Money(minor_units, currency),
        Money(used or 0, currency),
        date.fromisoformat(starts_on),
        date.fromisoformat(ends_on),
    )


def _freshness(rows: list[Any], now: datetime) -> tuple[Freshness, ...]:
    known = {system: (as_of, received_at) for system, as_of, received_at in rows}
    found: list[Freshness] = []
    for system in SystemKind:
        as_of, received_at = (
            None if value is None else from_microseconds(value) for value in known.get(system, (None, None))
        )
        state = state_of(system, as_of or received_at, now=now)
        found.append(Freshness(system, as_of, received_at, state))
    return tuple(found)
