"""Feedback: what customers said, and the requests that it adds up to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.feedback import Feedback, FeedbackId, Request, RequestId
from convergedesk.domain.tickets import TicketId
from convergedesk.domain.usage import Feature, FeatureId
from convergedesk.store.apply.lookups import plain_key, screen_name
from convergedesk.store.engine import Store
from convergedesk.store.tables import accounts, features, feedback_items, feedback_requests

_ITEM = ("account_id", "given_at", "body", "author", "audience", "ticket_id", "request_id")


def feature_named(store: Store, name: str) -> Feature:
    """The feature of that name, whatever the case of its letters; added where there is none."""
    key = plain_key(name.strip())
    with store.write() as connection:
        row = connection.execute(select(features).where(features.c.key == key)).one_or_none()
        if row is not None:
            return Feature(FeatureId(row.id), row.key, row.name)
        added = connection.execute(insert(features).values(key=key, name=screen_name(name.strip())))
        (new_id,) = added.inserted_primary_key or (0,)
    return Feature(FeatureId(new_id), key, screen_name(name.strip()))


def list_requests(store: Store) -> tuple[Request, ...]:
    """Every request, those too that are counted with another one, by id."""
    with store.read() as connection:
        rows = connection.execute(_requests().order_by(feedback_requests.c.id)).all()
    return tuple(_request(row) for row in rows)


def get_request(store: Store, request_id: RequestId) -> Request:
    """One request. Raises NotFoundError where it was deleted."""
    with store.read() as connection:
        row = connection.execute(_requests().where(feedback_requests.c.id == request_id)).one_or_none()
    if row is None:
        raise _gone("request")
    return _request(row)


def add_request(store: Store, request: Request, *, now: datetime) -> RequestId:
    """Keep a new request and return its id."""
    values = _request_values(request)
    with store.write() as connection:
        added = connection.execute(insert(feedback_requests).values(created_at=now, updated_at=now, **values))
        (new_id,) = added.inserted_primary_key or (0,)
    return RequestId(new_id)


def edit_request(store: Store, request: Request, *, now: datetime) -> None:
    """Give a request the values of `request`. Raises NotFoundError."""
    with store.write() as connection:
        changed = update(feedback_requests).where(
            feedback_requests.c.id == request.id, feedback_requests.c.deleted_at.is_(None)
        )
        if connection.execute(changed.values(updated_at=now, **_request_values(request))).rowcount == 0:
            raise _gone("request")


def delete_request(store: Store, request_id: RequestId, *, now: datetime) -> None:
    """Delete a request; what customers said stays, and is not sorted any more. Raises NotFoundError.

    Requests that were counted with it stand for themselves again.
    """
    with store.write() as connection:
        changed = update(feedback_requests).where(
            feedback_requests.c.id == request_id, feedback_requests.c.deleted_at.is_(None)
        )
        if connection.execute(changed.values(deleted_at=now, updated_at=now)).rowcount == 0:
            raise _gone("request")


def list_items(store: Store, account_ids: Sequence[AccountId] | None = None) -> tuple[Feedback, ...]:
    """What customers said, newest first: of some accounts, or of all that are shown."""
    query = _items()
    if account_ids is not None:
        query = query.where(feedback_items.c.account_id.in_(account_ids))
    with store.read() as connection:
        rows = connection.execute(query).all()
    return tuple(_item(row) for row in rows)


def items_of_ticket(store: Store, ticket_id: TicketId) -> tuple[Feedback, ...]:
    """What was said in a ticket, newest first."""
    with store.read() as connection:
        rows = connection.execute(_items().where(feedback_items.c.ticket_id == ticket_id)).all()
    return tuple(_item(row) for row in rows)


def get_item(store: Store, item_id: FeedbackId) -> Feedback:
    """One item. Raises NotFoundError where it was deleted."""
    with store.read() as connection:
        query = select(feedback_items).where(feedback_items.c.id == item_id)
        row = connection.execute(query).one_or_none()
    if row is None:
        raise _gone("feedback")
    return _item(row)


def add_item(store: Store, item: Feedback, *, now: datetime) -> FeedbackId:
    """Keep what a customer said and return its id."""
    with store.write() as connection:
        values = _item_values(connection, item)
        added = connection.execute(insert(feedback_items).values(created_at=now, updated_at=now, **values))
        (new_id,) = added.inserted_primary_key or (0,)
    return FeedbackId(new_id)


def edit_item(store: Store, item: Feedback, *, now: datetime) -> None:
    """Give an item the values of `item`. Raises NotFoundError."""
    with store.write() as connection:
        changed = update(feedback_items).where(feedback_items.c.id == item.id)
        changed = changed.values(updated_at=now, **_item_values(connection, item))
        if connection.execute(changed).rowcount == 0:
            raise _gone("feedback")


def delete_item(store: Store, item_id: FeedbackId) -> None:
    """Delete an item. Raises NotFoundError."""
    with store.write() as connection:
        if connection.execute(delete(feedback_items).where(feedback_items.c.id == item_id)).rowcount == 0:
            raise _gone("feedback")


def _requests() -> Select[Any]:
    joined = feedback_requests.outerjoin(features, features.c.id == feedback_requests.c.feature_id)
    named = (features.c.name.label("feature"), features.c.key.label("feature_key"))
    shown = feedback_requests.c.deleted_at.is_(None)
    return select(feedback_requests, *named).select_from(joined).where(shown)


def _items() -> Select[Any]:
    table = feedback_items.c
    return (
        select(feedback_items)
        .join(accounts, accounts.c.id == table.account_id)
        .where(accounts.c.merged_into_id.is_(None))
        .order_by(table.given_at.desc(), table.id.desc())
    )


def _request(row: Any) -> Request:
    return Request(
        title=row.title,
        status=row.status,
        status_on=row.status_on,
        answer=row.answer,
        feature=(
            None
            if row.feature_id is None
            else Feature(FeatureId(row.feature_id), row.feature_key, row.feature)
        ),
        merged_into_id=None if row.merged_into_id is None else RequestId(row.merged_into_id),
        distinct_from=tuple(json.loads(row.distinct_from)),
        id=RequestId(row.id),
        uid=row.uid,
    )


def _request_values(request: Request) -> dict[str, Any]:
    return {
        "title": request.title,
        "feature_id": None if request.feature is None else request.feature.id,
        "status": request.status,
        "status_on": request.status_on,
        "answer": request.answer,
        "merged_into_id": request.merged_into_id,
        "distinct_from": json.dumps(request.distinct_from),
    }


def _item(row: Any) -> Feedback:
    return Feedback(
        account_id=AccountId(row.account_id),
        given_at=row.given_at,
        body=row.body,
        author=row.author,
        audience=row.audience,
        ticket_id=None if row.ticket_id is None else TicketId(row.ticket_id),
        request_id=None if row.request_id is None else RequestId(row.request_id),
        id=FeedbackId(row.id),
    )


def _item_values(connection: Connection, item: Feedback) -> Mapping[str, Any]:
    values = {name: getattr(item, name) for name in _ITEM}
    values["feature_id"] = None
    if item.request_id is not None:
        # The item keeps its feature when the request is deleted.
        query = select(feedback_requests.c.feature_id).where(feedback_requests.c.id == item.request_id)
        values["feature_id"] = connection.execute(query).scalar_one_or_none()
    return values


def _gone(what: str) -> NotFoundError:
    return NotFoundError(
        f"This {what} is no longer in the workspace.", fix="Go back to the list of feedback."
    )
