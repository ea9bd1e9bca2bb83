"""What the statistics found: kept by account, replaced by account, read by account or ticket."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.episodes import (
    EffectPart,
    Episode,
    EpisodeId,
    KeptEffect,
    KeptInsights,
    KeptRestoration,
)
from convergedesk.domain.tickets import TicketId
from convergedesk.domain.usage import MeterId
from convergedesk.store.engine import Store
from convergedesk.store.instants import to_microseconds
from convergedesk.store.tables import account_figures, account_insights, episode_effects, episodes

_EFFECT_COLUMNS = tuple(
    column.name for column in episode_effects.c if column.name not in {"id", "episode_id", "meter_id", "part"}
)

_EFFECT_VALUES = attrgetter(*_EFFECT_COLUMNS)
_FIRST_DAY = _EFFECT_COLUMNS.index("first_day")
_UNUSUAL = _EFFECT_COLUMNS.index("unusual")


def kept_inputs(store: Store, method: str) -> dict[AccountId, str]:
    """The digest of inputs by account, of what that method found."""
    query = select(account_insights.c.account_id, account_insights.c.inputs)
    with store.read() as connection:
        rows = connection.execute(query.where(account_insights.c.method == method)).all()
    return {AccountId(row.account_id): row.inputs for row in rows}


def insights_of(store: Store, account_ids: Sequence[AccountId] | None = None) -> tuple[KeptInsights, ...]:
    """What is kept of some accounts, or of all."""
    query = select(account_insights)
    if account_ids is not None:
        query = query.where(account_insights.c.account_id.in_(account_ids))
    with store.read() as connection:
        rows = connection.execute(query).all()
    return tuple(
        KeptInsights(AccountId(row.account_id), row.inputs, row.computed_at, row.as_of, row.figures)
        for row in rows
    )


def keep(
    store: Store,
    insights: Sequence[KeptInsights],
    found: Sequence[Episode],
    *,
    method: str,
    keeps: Iterable[AccountId] | None = None,
) -> None:
    """Put the insights and episodes of these accounts in place of those kept before, in one transaction.

    Args:
        store: The workspace.
        insights: One for each account.
        found: Every episode of these accounts; ids do not count.
        method: Version of the method.
        keeps: Where given, what is kept of every account that is not among these is dropped.
    """
    ids = json.dumps([insight.account_id for insight in insights])
    with store.write() as connection:
        if keeps is not None:
            wanted = json.dumps(sorted(keeps))
            for table in ("episodes", "account_insights"):
                connection.exec_driver_sql(
                    f"DELETE FROM {table} WHERE account_id NOT IN (SELECT value FROM json_each(?))",  # noqa: S608
                    (wanted,),
                )
        for table in ("episodes", "account_insights"):
            connection.exec_driver_sql(
                f"DELETE FROM {table} WHERE account_id IN (SELECT value FROM json_each(?))",  # noqa: S608
                (ids,),
            )
        if insights:
            connection.execute(insert(account_insights), [_insight_row(one, method) for one in insights])
        _write_episodes(connection, found)


def forget(store: Store, account_ids: Sequence[AccountId]) -> None:
    """Drop what is kept of these accounts, the figures that follow from it too."""
    with store.write() as connection:
        for table in (episodes, account_insights, account_figures):
            connection.execute(delete(table).where(table.c.account_id.in_(account_ids)))


def episodes_of(store: Store, account_ids: Sequence[AccountId] | None = None) -> tuple[Episode, ...]:
    """Episodes of some accounts or of all, by account and opening."""
    condition = "1" if account_ids is None else "account_id IN (SELECT value FROM json_each(?))"
    values = () if account_ids is None else (json.dumps(list(account_ids)),)
    return _episodes(store, condition, values)


def episodes_between(
    store: Store, opened_from: datetime, opened_before: datetime, horizon: int
) -> tuple[Episode, ...]:
    """Episodes with a ticket opened in a period; of their effects the total's after so many days alone."""
    condition = (
        "id IN (SELECT x.episode_id FROM episode_tickets x JOIN tickets t ON t.id = x.ticket_id "
        "WHERE t.opened_at >= ? AND t.opened_at < ?)"
    )
    values = (to_microseconds(opened_from), to_microseconds(opened_before))
    effects = f"AND part = 'after' AND meter_id IS NULL AND horizon = {int(horizon)}"
    return _episodes(store, condition, values, effects)


def _insight_row(insight: KeptInsights, method: str) -> dict[str, Any]:
    return {
        "account_id": insight.account_id,
        "method": method,
        "inputs": insight.inputs,
        "computed_at": insight.computed_at,
        "as_of": insight.as_of,
        "figures": insight.figures,
    }


def _write_episodes(connection: Connection, found: Sequence[Episode]) -> None:
    if not found:
        return
    next_id = int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM episodes").scalar_one())
    numbered = list(enumerate(found, next_id))
    connection.execute(insert(episodes), [_episode_row(number, one) for number, one in numbered])
    connection.exec_driver_sql(
        "INSERT INTO episode_tickets (episode_id, ticket_id) VALUES (?, ?)",
        [(number, ticket) for number, one in numbered for ticket in one.ticket_ids],
    )
    listed = [_effect_row(number, effect) for number, one in numbered for effect in one.effects]
    if listed:
        columns = ("episode_id", "meter_id", "part", *_EFFECT_COLUMNS)
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(
            f"INSERT INTO episode_effects ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608
            listed,
        )


def _episode_row(number: int, episode: Episode) -> dict[str, Any]:
    back = episode.restoration
    return {
        "id": number,
        "account_id": episode.account_id,
        "opened_on": episode.opened_on,
        "resolved_on": episode.resolved_on,
        "high": episode.high,
        "days": None if back is None else back.days,
        "restored": back is not None and back.restored,
        "onset_on": None if back is None else back.onset_on,
        "restored_on": None if back is None else back.restored_on,
        "days_from_onset": None if back is None else back.days_from_onset,
        "days_after_resolution": None if back is None else back.days_after_resolution,
        "from_level_at_closing": episode.from_level_at_closing,
    }


def _effect_row(number: int, effect: KeptEffect) -> tuple[Any, ...]:
    plain = list(_EFFECT_VALUES(effect))
    plain[_FIRST_DAY] = effect.first_day.isoformat()
    plain[_UNUSUAL] = int(effect.unusual)
    return (number, effect.meter_id, effect.part.value, *plain)


def _episodes(store: Store, condition: str, values: tuple[Any, ...], wanted: str = "") -> tuple[Episode, ...]:
    chosen = f"SELECT id FROM episodes WHERE {condition}"  # noqa: S608
    names = ", ".join(("episode_id", "meter_id", "part", *_EFFECT_COLUMNS))
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, account_id, opened_on, resolved_on, high, days, restored, onset_on, restored_on, "  # noqa: S608
            "days_from_onset, days_after_resolution, from_level_at_closing FROM episodes "
            f"WHERE {condition} ORDER BY account_id, opened_on, id",
            values,
        ).all()
        tickets = connection.exec_driver_sql(
            "SELECT e.episode_id, e.ticket_id FROM episode_tickets e JOIN tickets t ON t.id = e.ticket_id "  # noqa: S608
            f"WHERE e.episode_id IN ({chosen}) ORDER BY t.opened_at, t.id",
            values,
        ).all()
        effects = connection.exec_driver_sql(
            f"SELECT {names} FROM episode_effects WHERE episode_id IN ({chosen}) {wanted} ORDER BY id",  # noqa: S608
            values,
        ).all()
    tickets_by: dict[int, list[TicketId]] = {}
    for episode_id, ticket_id in tickets:
        tickets_by.setdefault(episode_id, []).append(TicketId(ticket_id))
    effects_by: dict[int, list[KeptEffect]] = {}
    for row in effects:
        effects_by.setdefault(row[0], []).append(_effect(row))
    return tuple(_episode(row, tickets_by, effects_by) for row in rows)


def _episode(
    row: Any, tickets: Mapping[int, Sequence[TicketId]], effects: Mapping[int, Sequence[KeptEffect]]
) -> Episode:
    back = None
    if row[5] is not None:
        back = KeptRestoration(row[5], bool(row[6]), _day(row[7]), _day(row[8]), row[9], row[10])
    return Episode(
        id=EpisodeId(row[0]),
        account_id=AccountId(row[1]),
        ticket_ids=tuple(tickets.get(row[0], ())),
        opened_on=date.fromisoformat(row[2]),
        resolved_on=_day(row[3]),
        high=bool(row[4]),
        restoration=back,
        from_level_at_closing=row[11],
        effects=tuple(effects.get(row[0], ())),
    )


def _effect(row: Any) -> KeptEffect:
    values = dict(zip(_EFFECT_COLUMNS, row[3:], strict=True))
    values["first_day"] = date.fromisoformat(values["first_day"])
    values["unusual"] = bool(values["unusual"])
    meter = None if row[1] is None else MeterId(row[1])
    return KeptEffect(part=EffectPart(row[2]), meter_id=meter, **values)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
