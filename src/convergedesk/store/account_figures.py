"""What is computed of accounts beside the effects of tickets: kept, replaced and read by account."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from convergedesk.domain.account_figures import (
    AccountFigures,
    AdoptionFigure,
    CommitmentFigure,
    HealthFigure,
    Missing,
    SpendFigure,
)
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.episode_cost import EpisodeCost
from convergedesk.store.engine import Store
from convergedesk.store.instants import from_microseconds, to_microseconds
from convergedesk.store.kept_form import from_text, to_text, tuple_from_text

_SIGNATURES = """
SELECT a.id, a.name, a.tier, a.parent_id,
  (SELECT group_concat(c.id || ':' || c.updated_at, ' ') FROM contracts c
   WHERE c.account_id = a.id AND c.gone_since IS NULL AND c.deleted_at IS NULL),
  (SELECT group_concat(i.id || i.state || i.total_minor || i.currency || coalesce(i.period_start, i.issued_on)
     || coalesce((SELECT sum(l.amount_minor * (2 + coalesce(l.meter_id, 0))) FROM invoice_lines l
                  WHERE l.invoice_id = i.id), ''), ' ') FROM invoices i
   WHERE i.account_id = a.id AND i.gone_since IS NULL),
  (SELECT group_concat(g.id || ':' || g.updated_at || ':' || coalesce(g.current, '') || ':'
     || coalesce((SELECT count(*) || '/' || max(m.day) || '/' || sum(m.value) FROM goal_measurements m
                  WHERE m.goal_id = g.id), ''), ' ')
   FROM goals g WHERE g.account_id = a.id AND g.gone_since IS NULL AND g.deleted_at IS NULL),
  (SELECT max(h.held_at) FROM check_ins h WHERE h.account_id = a.id AND h.deleted_at IS NULL)
FROM accounts a WHERE a.id IN (SELECT value FROM json_each(?))
"""
_INSERT = """
INSERT INTO account_figures (account_id, method, inputs, computed_at, as_of, health, spend, commitments,
                             adoption, costs, missing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (account_id) DO UPDATE SET method = excluded.method, inputs = excluded.inputs,
  computed_at = excluded.computed_at, as_of = excluded.as_of, health = excluded.health,
  spend = excluded.spend, commitments = excluded.commitments, adoption = excluded.adoption,
  costs = excluded.costs, missing = excluded.missing
"""
_SCORE = """
INSERT INTO health_days (account_id, day, method, score) VALUES (?, ?, ?, ?)
ON CONFLICT (account_id, day, method) DO UPDATE SET score = excluded.score
"""
# A score that was kept on its own day stands above one that is worked out later.
_SCORE_BEFORE = """
INSERT INTO health_days (account_id, day, method, score) VALUES (?, ?, ?, ?)
ON CONFLICT (account_id, day, method) DO NOTHING
"""
_COLUMNS = "account_id, computed_at, as_of, health, spend, commitments, adoption, costs, missing"


@dataclass(frozen=True, slots=True)
class HealthDay:
    """A kept score.

    Attributes:
        day: The last day with usage that it speaks of.
        score: 0 to 100.
        method: Version of the scales; scores of two methods are two series.
    """

    day: date
    score: float
    method: str


def kept_inputs(store: Store, method: str) -> dict[AccountId, str]:
    """The digest of inputs by account, of what that method computed."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT account_id, inputs FROM account_figures WHERE method = ?", (method,)
        ).all()
    return {AccountId(account_id): inputs for account_id, inputs in rows}


def signatures(store: Store, account_ids: Sequence[AccountId]) -> dict[AccountId, str]:
    """Whatever enters the figures beside usage and tickets, as text that changes when it does."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(_SIGNATURES, (json.dumps(list(account_ids)),)).all()
    return {AccountId(row[0]): "|".join(str(part or "") for part in row[1:]) for row in rows}


def contact_days(store: Store, account_ids: Sequence[AccountId]) -> dict[AccountId, tuple[date, ...]]:
    """The days (UTC) of every logged check-in, by account, oldest first."""
    found: dict[AccountId, list[date]] = {}
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT account_id, held_at FROM check_ins WHERE deleted_at IS NULL "
            "AND account_id IN (SELECT value FROM json_each(?)) ORDER BY held_at",
            (json.dumps(list(account_ids)),),
        ).all()
    for account_id, held_at in rows:
        found.setdefault(AccountId(account_id), []).append(from_microseconds(held_at).date())
    return {account: tuple(days) for account, days in found.items()}


def kept_figures(
    store: Store, account_ids: Sequence[AccountId] | None = None
) -> dict[AccountId, AccountFigures]:
    """What is kept of some accounts, or of all."""
    condition = "1" if account_ids is None else "account_id IN (SELECT value FROM json_each(?))"
    values = () if account_ids is None else (json.dumps(list(account_ids)),)
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            f"SELECT {_COLUMNS} FROM account_figures WHERE {condition}",  # noqa: S608
            values,
        ).all()
    return {AccountId(row[0]): _figures(*row) for row in rows}


def keep(store: Store, found: Iterable[tuple[AccountFigures, str]], *, method: str) -> None:
    """Put these accounts' figures, each with the digest of its inputs, in place of those kept before."""
    rows = list(found)
    scores = [
        (one.account_id, one.as_of.isoformat(), one.health.method, one.health.score)
        for one, _ in rows
        if one.as_of is not None and one.health.score is not None
    ]
    before = [
        (one.account_id, one.health.before_on.isoformat(), one.health.method, one.health.before)
        for one, _ in rows
        if one.health.before_on is not None and one.health.before is not None
    ]
    if not rows:
        return
    with store.write() as connection:
        connection.exec_driver_sql(_INSERT, [_row(one, inputs, method) for one, inputs in rows])
        if before:
            connection.exec_driver_sql(_SCORE_BEFORE, before)
        if scores:
            connection.exec_driver_sql(_SCORE, scores)


def drop_others(store: Store, account_ids: Iterable[AccountId]) -> None:
    """Drop what is kept of every account that is not among these."""
    with store.write() as connection:
        connection.exec_driver_sql(
            "DELETE FROM account_figures WHERE account_id NOT IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(account_ids)),),
        )


def health_days(store: Store, account_id: AccountId) -> tuple[HealthDay, ...]:
    """Every kept score of an account, by day."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT day, score, method FROM health_days WHERE account_id = ? ORDER BY day, method",
            (account_id,),
        ).all()
    return tuple(HealthDay(date.fromisoformat(day), score, method) for day, score, method in rows)


def _row(one: AccountFigures, inputs: str, method: str) -> tuple[object, ...]:
    return (
        one.account_id,
        method,
        inputs,
        to_microseconds(one.computed_at),
        None if one.as_of is None else one.as_of.isoformat(),
        to_text(one.health, HealthFigure),
        to_text(one.spend, tuple[SpendFigure, ...]),
        to_text(one.commitments, tuple[CommitmentFigure, ...]),
        to_text(one.adoption, AdoptionFigure | None),
        to_text(one.costs, tuple[EpisodeCost, ...]),
        to_text(one.missing, tuple[Missing, ...]),
    )


def _figures(
    account_id: int,
    computed_at: int,
    as_of: str | None,
    health: str,
    spend: str,
    commitments: str,
    adoption: str,
    costs: str,
    missing: str,
) -> AccountFigures:
    return AccountFigures(
        account_id=AccountId(account_id),
        computed_at=from_microseconds(computed_at),
        as_of=None if as_of is None else date.fromisoformat(as_of),
        health=from_text(health, HealthFigure),
        spend=tuple_from_text(spend, SpendFigure),
        commitments=tuple_from_text(commitments, CommitmentFigure),
        adoption=None if adoption == "null" else from_text(adoption, AdoptionFigure),
        costs=tuple_from_text(costs, EpisodeCost),
        missing=tuple_from_text(missing, Missing),
    )
