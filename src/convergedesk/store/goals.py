"""Goals: written by people, read with their history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, ColumnElement, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.goals import Goal, GoalDraft, GoalId, GoalMeasurement
from convergedesk.store.engine import Store
from convergedesk.store.tables import goal_measurements, goal_targets, goals


def create_goal(store: Store, account_id: AccountId, draft: GoalDraft, *, now: datetime) -> GoalId:
    """Keep a new goal; its first value, where there is one, begins the history."""
    with store.write() as connection:
        values = {**asdict(draft), "account_id": account_id, "created_at": now, "updated_at": now}
        key = connection.execute(insert(goals).values(values)).inserted_primary_key
        goal_id = GoalId(int(key[0])) if key else GoalId(0)
        _note_target(connection, goal_id, draft, now)
    return goal_id


def update_goal(store: Store, goal_id: GoalId, draft: GoalDraft, *, now: datetime) -> AccountId:
    """Put what a person may set in place of what was set before.

    A moved target or due day goes into the goal's target history.

    Raises:
        NotFoundError: The goal is gone.
    """
    with store.write() as connection:
        former = _one(connection, goal_id)
        if (former.target, former.due_on) != (draft.target, draft.due_on):
            _note_target(connection, goal_id, draft, now)
        connection.execute(update(goals).where(goals.c.id == goal_id).values(**asdict(draft), updated_at=now))
    return former.account_id


def delete_goal(store: Store, goal_id: GoalId, *, now: datetime) -> AccountId:
    """Hide a goal; `restore_goal` brings it back as it was."""
    return _set_deleted(store, goal_id, now, now=now)


def restore_goal(store: Store, goal_id: GoalId, *, now: datetime) -> AccountId:
    """Bring a deleted goal back."""
    return _set_deleted(store, goal_id, None, now=now)


def record_measurement(store: Store, measurement: GoalMeasurement, *, now: datetime) -> AccountId:
    """Keep a value of a day, in place of a former one of that day.

    The goal's current value becomes that of its latest day.

    Raises:
        NotFoundError: The goal is gone.
    """
    with store.write() as connection:
        goal = _one(connection, measurement.goal_id)
        values = asdict(measurement)
        statement = upsert(goal_measurements).values(**values, created_at=now, updated_at=now)
        connection.execute(
            statement.on_conflict_do_update(
                ["goal_id", "day"],
                set_={
                    "value": measurement.value,
                    "reported_by": measurement.reported_by,
                    "note": measurement.note,
                    "updated_at": now,
                },
            )
        )
        latest = (
            select(goal_measurements.c.value)
            .where(goal_measurements.c.goal_id == measurement.goal_id)
            .order_by(goal_measurements.c.day.desc())
            .limit(1)
            .scalar_subquery()
        )
        connection.execute(
            update(goals).where(goals.c.id == measurement.goal_id).values(current=latest, updated_at=now)
        )
    return goal.account_id


def get_goal(store: Store, goal_id: GoalId) -> Goal:
    """One goal. Raises NotFoundError where it is gone."""
    with store.read() as connection:
        return _one(connection, goal_id)


def list_goals(store: Store, account_ids: Sequence[AccountId]) -> tuple[Goal, ...]:
    """The accounts' goals: by due day, those without one last."""
    shown = goals.c.account_id.in_(account_ids), goals.c.gone_since.is_(None), goals.c.deleted_at.is_(None)
    query = select(goals).where(*shown).order_by(goals.c.due_on.is_(None), goals.c.due_on, goals.c.id)
    with store.read() as connection:
        return tuple(_goal(row) for row in connection.execute(query))


def measurements(store: Store, goal_ids: Sequence[GoalId]) -> dict[GoalId, tuple[GoalMeasurement, ...]]:
    """Recorded values of some goals, oldest first; goals without one are left out."""
    table = goal_measurements.c
    query = select(table.goal_id, table.day, table.value, table.reported_by, table.note)
    history: dict[GoalId, list[GoalMeasurement]] = {}
    with store.read() as connection:
        for row in connection.execute(query.where(table.goal_id.in_(goal_ids)).order_by(table.day)):
            value = GoalMeasurement(GoalId(row.goal_id), row.day, row.value, row.reported_by, row.note)
            history.setdefault(value.goal_id, []).append(value)
    return {goal_id: tuple(values) for goal_id, values in history.items()}


def target_history(store: Store, goal_id: GoalId) -> tuple[tuple[datetime, float, date | None], ...]:
    """How the target moved: (when it was set, target, due day), oldest first."""
    table = goal_targets.c
    query = select(table.changed_at, table.target, table.due_on).where(table.goal_id == goal_id)
    with store.read() as connection:
        rows = connection.execute(query.order_by(table.changed_at, table.id)).all()
    return tuple((row.changed_at, row.target, row.due_on) for row in rows)


def _note_target(connection: Connection, goal_id: GoalId, draft: GoalDraft, now: datetime) -> None:
    connection.execute(
        insert(goal_targets).values(goal_id=goal_id, changed_at=now, target=draft.target, due_on=draft.due_on)
    )


def _set_deleted(store: Store, goal_id: GoalId, deleted_at: datetime | None, *, now: datetime) -> AccountId:
    with store.write() as connection:
        connection.execute(
            update(goals).where(goals.c.id == goal_id).values(deleted_at=deleted_at, updated_at=now)
        )
        account = connection.execute(select(goals.c.account_id).where(goals.c.id == goal_id)).scalar()
    if account is None:
        raise _gone()
    return AccountId(account)


def _one(connection: Connection, goal_id: GoalId) -> Goal:
    alive: ColumnElement[bool] = goals.c.deleted_at.is_(None)
    row = connection.execute(select(goals).where(goals.c.id == goal_id, alive)).one_or_none()
    if row is None:
        raise _gone()
    return _goal(row)


def _gone() -> NotFoundError:
    return NotFoundError(
        "This goal is no longer there.", fix="It may have been deleted; look at the list again."
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
        meter_id=row.meter_id,
        measure=row.measure,
        updated_at=row.updated_at,
    )
