"""Goals: what people set, what was measured, and how targets moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.goals import Goal, GoalDraft, GoalId, GoalMeasurement, GoalTarget
from convergedesk.domain.usage import MeterId
from convergedesk.store.engine import Store
from convergedesk.store.tables import accounts, goal_measurements, goal_targets, goals, new_uid

_SHOWN = (goals.c.deleted_at.is_(None), goals.c.gone_since.is_(None))
_FEW = 500
_DRAWN = (
    "title",
    "start",
    "target",
    "current",
    "unit",
    "agreed_on",
    "due_on",
    "owner",
    "evidence",
    "audience",
    "state",
    "meter_id",
    "measure",
)


def _goal(row: Any) -> Goal:
    return Goal(
        id=GoalId(row.id),
        uid=row.uid,
        account_id=AccountId(row.account_id),
        title=row.title,
        start=row.start,
        target=row.target,
        current=row.current,
        unit=row.unit,
        agreed_on=row.agreed_on,
        due_on=row.due_on,
        owner=row.owner,
        evidence=row.evidence,
        audience=row.audience,
        state=row.state,
        meter_id=None if row.meter_id is None else MeterId(row.meter_id),
        measure=row.measure,
        updated_at=row.updated_at,
    )


def _gone() -> NotFoundError:
    return NotFoundError("This goal is no longer in the workspace.", fix="Go back to the account's goals.")


def of_accounts(store: Store, account_ids: Sequence[AccountId]) -> tuple[Goal, ...]:
    """Goals of the accounts: by due day, those without one last."""
    query = select(goals).where(*_SHOWN, goals.c.account_id.in_(account_ids))
    with store.read() as connection:
        rows = connection.execute(query.order_by(goals.c.due_on.asc().nulls_last(), goals.c.id)).all()
    return tuple(_goal(row) for row in rows)


def everywhere(store: Store) -> tuple[tuple[Goal, str], ...]:
    """The goals of every account that is shown, each with the account's name, by due day."""
    query = (
        select(goals, accounts.c.name.label("account_name"))
        .join(accounts, accounts.c.id == goals.c.account_id)
        .where(*_SHOWN, accounts.c.merged_into_id.is_(None), accounts.c.gone_since.is_(None))
        .order_by(goals.c.due_on.asc().nulls_last(), goals.c.id)
    )
    with store.read() as connection:
        return tuple((_goal(row), row.account_name) for row in connection.execute(query))


def get(store: Store, goal_id: GoalId) -> Goal:
    """One goal. Raises NotFoundError, also where it was deleted."""
    with store.read() as connection:
        return _get(connection, goal_id)


def _get(connection: Connection, goal_id: GoalId) -> Goal:
    row = connection.execute(select(goals).where(*_SHOWN, goals.c.id == goal_id)).one_or_none()
    if row is None:
        raise _gone()
    return _goal(row)


def history(store: Store, goal_ids: Sequence[GoalId]) -> dict[GoalId, tuple[GoalMeasurement, ...]]:
    """The recorded values of every goal asked for, oldest first."""
    table = goal_measurements.c
    query = select(goal_measurements).order_by(table.goal_id, table.day)
    # More parameters than SQLite takes are not needed to read nearly all.
    if len(goal_ids) <= _FEW:
        query = query.where(table.goal_id.in_(goal_ids))
    found: dict[GoalId, list[GoalMeasurement]] = {goal_id: [] for goal_id in goal_ids}
    with store.read() as connection:
        for row in connection.execute(query):
            goal_id = GoalId(row.goal_id)
            if goal_id in found:
                found[goal_id].append(GoalMeasurement(goal_id, row.day, row.value, row.reported_by, row.note))
    return {goal_id: tuple(values) for goal_id, values in found.items()}


def targets(store: Store, goal_id: GoalId) -> tuple[GoalTarget, ...]:
    """What the target was over time, oldest first."""
    table = goal_targets.c
    query = select(goal_targets).where(table.goal_id == goal_id).order_by(table.changed_at, table.id)
    with store.read() as connection:
        rows = connection.execute(query).all()
    return tuple(GoalTarget(goal_id, row.changed_at, row.target, row.due_on) for row in rows)


def create(store: Store, account_id: AccountId, draft: GoalDraft, *, now: datetime) -> Goal:
    """Add a goal to an account."""
    values = {name: getattr(draft, name) for name in _DRAWN}
    with store.write() as connection:
        added = connection.execute(
            insert(goals).values(account_id=account_id, created_at=now, updated_at=now, **values)
        )
        (new_id,) = added.inserted_primary_key or (0,)
        goal = _get(connection, GoalId(new_id))
        _keep_target(connection, goal, now)
    return goal


def edit(store: Store, goal_id: GoalId, draft: GoalDraft, *, now: datetime) -> Goal:
    """Give a goal the values of `draft`; a moved target stays in its history. Raises NotFoundError."""
    values = {name: getattr(draft, name) for name in _DRAWN}
    with store.write() as connection:
        before = _get(connection, goal_id)
        connection.execute(update(goals).where(goals.c.id == goal_id).values(updated_at=now, **values))
        after = _get(connection, goal_id)
        if (before.target, before.due_on) != (after.target, after.due_on):
            _keep_target(connection, after, now)
    return after


def record(store: Store, measurement: GoalMeasurement, *, now: datetime) -> Goal:
    """Record the value of a day; a second one for the same day replaces the first.

    The goal's current value becomes that of the latest day. Raises NotFoundError.
    """
    values = {
        "day": measurement.day,
        "value": measurement.value,
        "reported_by": measurement.reported_by,
        "note": measurement.note,
        "updated_at": now,
    }
    with store.write() as connection:
        goal = _get(connection, measurement.goal_id)
        connection.execute(
            upsert(goal_measurements)
            .values(goal_id=goal.id, uid=new_uid(), created_at=now, **values)
            .on_conflict_do_update(index_elements=["goal_id", "day"], set_=values)
        )
        _take_latest(connection, goal.id, now)
        return _get(connection, goal.id)


def forget(store: Store, goal_id: GoalId, day: date, *, now: datetime) -> Goal:
    """Take back what was recorded for a day. Raises NotFoundError where the goal is gone."""
    table = goal_measurements
    with store.write() as connection:
        connection.execute(table.delete().where(table.c.goal_id == goal_id, table.c.day == day))
        _take_latest(connection, goal_id, now)
        return _get(connection, goal_id)


def _take_latest(connection: Connection, goal_id: GoalId, now: datetime) -> None:
    table = goal_measurements.c
    latest = (
        select(table.value)
        .where(table.goal_id == goal_id)
        .order_by(table.day.desc())
        .limit(1)
        .scalar_subquery()
    )
    connection.execute(update(goals).where(goals.c.id == goal_id).values(current=latest, updated_at=now))


def delete(store: Store, goal_id: GoalId, *, now: datetime) -> AccountId:
    """Take a goal off its account, keeping it for `restore`. Raises NotFoundError."""
    return _mark(store, goal_id, now, deleted_at=now)


def restore(store: Store, goal_id: GoalId, *, now: datetime) -> AccountId:
    """Bring a deleted goal back. Raises NotFoundError."""
    return _mark(store, goal_id, now, deleted_at=None)


def _mark(store: Store, goal_id: GoalId, now: datetime, *, deleted_at: datetime | None) -> AccountId:
    with store.write() as connection:
        changed = (
            update(goals)
            .where(goals.c.id == goal_id)
            .values(deleted_at=deleted_at, updated_at=now)
            .returning(goals.c.account_id)
        )
        account_id = connection.execute(changed).scalar_one_or_none()
    if account_id is None:
        raise _gone()
    return AccountId(account_id)


def _keep_target(connection: Connection, goal: Goal, now: datetime) -> None:
    connection.execute(
        insert(goal_targets).values(goal_id=goal.id, changed_at=now, target=goal.target, due_on=goal.due_on)
    )
