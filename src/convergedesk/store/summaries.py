"""Bulk reads behind the kept summaries of accounts, and the place where these are kept.

Home must not compute, so what it shows of each account is kept in `account_summaries` and
refreshed for the accounts that a change touched. The reads here are set-wise: a handful of
statements for any number of accounts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import Insert, insert

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import CommitmentUse, Spark
from convergedesk.store.instants import from_microseconds, month_number, to_microseconds
from convergedesk.store.tables import account_summaries

T = TypeVar("T")

_OPENINGS = """
SELECT account_id, opened_at, coalesce(priority, 0) >= 3 FROM tickets
WHERE account_id IN (SELECT value FROM json_each(?)) AND gone_since IS NULL
  AND status <> 'deleted' AND opened_at >= ?
"""
_OPEN_TICKETS = """
SELECT account_id, count(*), sum(coalesce(priority, 0) >= 3), min(CASE WHEN priority >= 3 THEN opened_at END)
FROM tickets
WHERE account_id IN (SELECT value FROM json_each(?)) AND status IN ('open', 'pending') AND gone_since IS NULL
GROUP BY account_id
"""
_BILLED = """
SELECT account_id, substr(coalesce(period_start, issued_on), 1, 7) AS month, sum(total_minor), currency
FROM invoices
WHERE account_id IN (SELECT value FROM json_each(?)) AND gone_since IS NULL
  AND state NOT IN ('draft', 'void', 'credit')
GROUP BY account_id, month, currency
"""
_RECURRING = """
SELECT account_id, mrr_minor, currency FROM subscriptions
WHERE account_id IN (SELECT value FROM json_each(?)) AND mrr_minor IS NOT NULL AND trial = 0
  AND gone_since IS NULL AND starts_on <= ? AND (ends_on IS NULL OR ends_on >= ?)
"""
_COMMITMENTS = """
SELECT c.account_id, m.starts_on, m.ends_on, coalesce((
    SELECT r.amount_minor FROM ramps r WHERE r.commitment_id = m.id AND r.effective_from <= ?2
    ORDER BY r.effective_from DESC LIMIT 1), m.amount_minor), m.currency
FROM contracts c JOIN commitments m ON m.contract_id = c.id
WHERE c.account_id IN (SELECT value FROM json_each(?1)) AND c.gone_since IS NULL AND c.deleted_at IS NULL
  AND m.starts_on <= ?2 AND m.ends_on >= ?2
"""
_INVOICED = """
SELECT account_id, coalesce(period_start, issued_on), total_minor, currency FROM invoices
WHERE account_id IN (SELECT value FROM json_each(?)) AND gone_since IS NULL
  AND state NOT IN ('draft', 'void', 'credit')
"""
_GOALS = """
SELECT account_id, start, target, current, due_on FROM goals
WHERE account_id IN (SELECT value FROM json_each(?)) AND state = 'open'
  AND gone_since IS NULL AND deleted_at IS NULL
"""
_ZONES = "SELECT id, time_zone FROM accounts WHERE id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class TicketCounts:
    """Open tickets of one account.

    Attributes:
        open: How many are open.
        high: Those of them with high priority.
        oldest_high: Opening of the oldest of these, or None.
    """

    open: int
    high: int
    oldest_high: datetime | None


@dataclass(frozen=True, slots=True)
class GoalDue:
    """An open goal with what is needed to judge whether it is overdue."""

    start: float
    target: float
    current: float | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class RunningCommitment:
    """A commitment whose term holds today."""

    starts_on: date
    ends_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class SummaryInputs:
    """What the summaries of a set of accounts are computed from; keys are account ids."""

    openings: Mapping[AccountId, Sequence[tuple[datetime, bool]]]
    tickets: Mapping[AccountId, TicketCounts]
    billed: Mapping[AccountId, Sequence[tuple[int, Money]]]
    recurring: Mapping[AccountId, Sequence[Money]]
    commitments: Mapping[AccountId, Sequence[RunningCommitment]]
    invoiced: Mapping[AccountId, Sequence[tuple[date, Money]]]
    goals: Mapping[AccountId, Sequence[GoalDue]]
    time_zones: Mapping[AccountId, str]


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """What is kept of one account, its sites rolled up; fields as in `PortfolioRow`."""

    account_id: AccountId
    spark: Spark
    usage_28: float | None
    usage_previous_28: float | None
    tickets: TicketCounts
    billed: tuple[int, Money] | None
    mrr: Money | None
    commitment: CommitmentUse | None
    goals_open: int
    goals_overdue: int


def family(connection: Connection) -> dict[AccountId, AccountId | None]:
    """Every account that is shown, with its parent."""
    rows = connection.exec_driver_sql("SELECT id, parent_id FROM accounts WHERE merged_into_id IS NULL")
    return {AccountId(row[0]): None if row[1] is None else AccountId(row[1]) for row in rows}


def read_inputs(
    connection: Connection, accounts: Iterable[AccountId], *, window_start: date, today: date
) -> SummaryInputs:
    """Everything that the summaries of those accounts need.

    Args:
        connection: Inside one read transaction, so that all figures agree.
        accounts: Accounts and the sites that roll up into them.
        window_start: First day of the sparkline.
        today: The workspace's today.
    """
    among = _ids(accounts)
    since = to_microseconds(datetime.combine(window_start - timedelta(days=1), time.min, tzinfo=UTC))
    today_text = today.isoformat()

    def grouped(sql: str, value_of: Callable[[Any], T], *values: object) -> dict[AccountId, list[T]]:
        by_account: dict[AccountId, list[T]] = {}
        for row in connection.exec_driver_sql(sql, (among, *values)):
            by_account.setdefault(AccountId(row[0]), []).append(value_of(row))
        return by_account

    return SummaryInputs(
        openings=grouped(_OPENINGS, lambda row: (from_microseconds(row[1]), bool(row[2])), since),
        tickets={account: counts[0] for account, counts in grouped(_OPEN_TICKETS, _ticket_counts).items()},
        billed=grouped(_BILLED, lambda row: (month_number(_day(f"{row[1]}-01")), Money(row[2], row[3]))),
        recurring=grouped(_RECURRING, lambda row: Money(row[1], row[2]), today_text, today_text),
        commitments=grouped(_COMMITMENTS, _commitment, today_text),
        invoiced=grouped(_INVOICED, lambda row: (_day(row[1]), Money(row[2], row[3]))),
        goals=grouped(
            _GOALS, lambda row: GoalDue(row[1], row[2], row[3], None if row[4] is None else _day(row[4]))
        ),
        time_zones={account: zones[0] for account, zones in grouped(_ZONES, lambda row: str(row[1])).items()},
    )


def write_summaries(connection: Connection, summaries: Sequence[AccountSummary], now: datetime) -> None:
    """Keep the summaries in place of the former ones."""
    rows = [_row(summary, now) for summary in summaries]
    if rows:
        connection.execute(_upsert(tuple(rows[0])), rows)


@lru_cache(maxsize=1)
def _upsert(columns: tuple[str, ...]) -> Insert:
    # Put together once: every edit waits for it.
    statement = insert(account_summaries)
    updates = {name: statement.excluded[name] for name in columns if name != "account_id"}
    return statement.on_conflict_do_update(["account_id"], set_=updates)


def kept_last_day(connection: Connection) -> date | None:
    """The last day of the sparklines that are kept now."""
    text = connection.exec_driver_sql("SELECT max(spark_last_day) FROM account_summaries").scalar()
    return None if text is None else date.fromisoformat(text)


def _row(summary: AccountSummary, now: datetime) -> dict[str, object]:
    spark, use, billed, mrr = summary.spark, summary.commitment, summary.billed, summary.mrr
    return {
        "account_id": summary.account_id,
        "spark": np.asarray(spark.values, "<f4").tobytes() if spark.values else None,
        "spark_last_day": spark.last_day,
        "spark_unit": spark.unit,
        "spark_meters": spark.meters,
        "usage_28": summary.usage_28,
        "usage_previous_28": summary.usage_previous_28,
        "tick_days": json.dumps([[tick.offset, int(tick.high)] for tick in spark.ticks]),
        "open_tickets": summary.tickets.open,
        "open_high": summary.tickets.high,
        "oldest_high_opened_at": summary.tickets.oldest_high,
        "billed_last_month_minor": None if billed is None else billed[1].minor_units,
        "billed_month": None if billed is None else billed[0],
        "billed_currency": None if billed is None else billed[1].currency,
        "mrr_minor": None if mrr is None else mrr.minor_units,
        "mrr_currency": None if mrr is None else mrr.currency,
        "commitment_minor": None if use is None else use.committed.minor_units,
        "commitment_used_minor": None if use is None else use.billed.minor_units,
        "commitment_currency": None if use is None else use.committed.currency,
        "commitment_starts_on": None if use is None else use.starts_on,
        "commitment_ends_on": None if use is None else use.ends_on,
        "goals_open": summary.goals_open,
        "goals_overdue": summary.goals_overdue,
        "computed_at": now,
    }


def _ids(accounts: Iterable[AccountId]) -> str:
    return json.dumps(list(accounts))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _ticket_counts(row: Any) -> TicketCounts:
    return TicketCounts(row[1], row[2], None if row[3] is None else from_microseconds(row[3]))


def _commitment(row: Any) -> RunningCommitment:
    return RunningCommitment(_day(row[1]), _day(row[2]), Money(row[3], row[4]))
