"""What our own people write about tickets, apart from the imported rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from convergedesk.domain.audience import Audience
from convergedesk.domain.goals import GoalId
from convergedesk.domain.ticket_notes import TicketNotes
from convergedesk.domain.tickets import TicketId
from convergedesk.store.apply.lookups import plain_key, screen_name
from convergedesk.store.engine import Store
from convergedesk.store.tables import features, goals, ticket_contexts, ticket_goals


def notes_of(store: Store, ticket_id: TicketId) -> TicketNotes:
    """What is written about a ticket; empty where nothing is."""
    joined = ticket_contexts.outerjoin(features, features.c.id == ticket_contexts.c.feature_id)
    query = select(ticket_contexts, features.c.name.label("feature")).select_from(joined)
    linked = (
        select(ticket_goals.c.goal_id)
        .join(goals, goals.c.id == ticket_goals.c.goal_id)
        .where(ticket_goals.c.ticket_id == ticket_id, goals.c.deleted_at.is_(None))
        .order_by(ticket_goals.c.goal_id)
    )
    with store.read() as connection:
        row = connection.execute(query.where(ticket_contexts.c.ticket_id == ticket_id)).one_or_none()
        goal_ids = tuple(GoalId(one) for one in connection.execute(linked).scalars())
    if row is None:
        return TicketNotes(goal_ids=goal_ids)
    return TicketNotes(
        row.trying_to, row.blocks, row.audience, row.author, row.updated_at, row.feature, goal_ids
    )


def write_answers(
    store: Store,
    ticket_id: TicketId,
    *,
    trying_to: str,
    blocks: str,
    audience: Audience,
    author: str,
    now: datetime,
) -> None:
    """Keep the answers to the two questions as they stand now."""
    _put(
        store,
        ticket_id,
        {"trying_to": trying_to, "blocks": blocks, "audience": audience, "author": author, "updated_at": now},
    )


def tag(store: Store, ticket_id: TicketId, feature: str | None, *, author: str, now: datetime) -> None:
    """Tag a ticket with a feature, made on first sight; None takes the support desk's again."""
    number = None if feature is None else _feature(store, feature)
    _put(store, ticket_id, {"feature_id": number, "author": author, "updated_at": now})


def link_goal(store: Store, ticket_id: TicketId, goal_id: GoalId) -> None:
    """Say that a ticket touches a goal."""
    values = {"ticket_id": ticket_id, "goal_id": goal_id}
    with store.write() as connection:
        connection.execute(insert(ticket_goals).values(values).on_conflict_do_nothing())


def unlink_goal(store: Store, ticket_id: TicketId, goal_id: GoalId) -> None:
    """Say that it does not."""
    with store.write() as connection:
        connection.execute(
            ticket_goals.delete().where(
                ticket_goals.c.ticket_id == ticket_id, ticket_goals.c.goal_id == goal_id
            )
        )


def _put(store: Store, ticket_id: TicketId, values: dict[str, Any]) -> None:
    made = insert(ticket_contexts).values(ticket_id=ticket_id, **values)
    with store.write() as connection:
        connection.execute(made.on_conflict_do_update(index_elements=["ticket_id"], set_=values))


def _feature(store: Store, name: str) -> int:
    key = plain_key(name)
    with store.write() as connection:
        known = connection.execute(select(features.c.id).where(features.c.key == key)).scalar_one_or_none()
        if known is not None:
            return int(known)
        made = insert(features).values(key=key, name=screen_name(name)).returning(features.c.id)
        return int(connection.execute(made).scalar_one())
