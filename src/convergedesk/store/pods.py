"""Pods: one success manager, some support agents, and the accounts that they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select, update

from convergedesk.domain.accounts import AccountId, PersonId, Pod, PodId
from convergedesk.domain.errors import NotFoundError
from convergedesk.store.engine import Store
from convergedesk.store.tables import pod_accounts, pod_members, pods


def list_pods(store: Store) -> tuple[Pod, ...]:
    """Every pod by name, with its people and accounts."""
    with store.read() as connection:
        heads = connection.execute(select(pods).order_by(pods.c.name)).all()
        members = connection.execute(select(pod_members).order_by(pod_members.c.person_id)).all()
        shared = connection.execute(select(pod_accounts).order_by(pod_accounts.c.account_id)).all()
    member_ids: defaultdict[int, list[PersonId]] = defaultdict(list)
    for member in members:
        member_ids[member.pod_id].append(PersonId(member.person_id))
    account_ids: defaultdict[int, list[AccountId]] = defaultdict(list)
    for one in shared:
        account_ids[one.pod_id].append(AccountId(one.account_id))
    return tuple(
        Pod(
            PodId(head.id),
            head.name,
            tuple(member_ids[head.id]),
            tuple(account_ids[head.id]),
            head.started_on,
        )
        for head in heads
    )


def names_of(store: Store, account_ids: Sequence[AccountId]) -> tuple[str, ...]:
    """The names of the pods that any of the accounts is in."""
    shared = select(pod_accounts.c.pod_id).where(pod_accounts.c.account_id.in_(account_ids))
    with store.read() as connection:
        return tuple(
            connection.execute(
                select(pods.c.name).where(pods.c.id.in_(shared)).order_by(pods.c.name)
            ).scalars()
        )


def add_pod(
    store: Store,
    name: str,
    *,
    now: datetime,
    member_ids: Iterable[PersonId] = (),
    account_ids: Iterable[AccountId] = (),
) -> PodId:
    """Add a pod."""
    with store.write() as connection:
        added = connection.execute(insert(pods).values(name=name, created_at=now, updated_at=now))
        (new_id,) = added.inserted_primary_key or (0,)
        _fill_pod(connection, new_id, member_ids, account_ids)
    return PodId(new_id)


def update_pod(store: Store, pod: Pod, *, now: datetime) -> None:
    """Give a pod the name, people and accounts of `pod`, not its first day. Raises NotFoundError."""
    with store.write() as connection:
        changed = update(pods).where(pods.c.id == pod.id).values(name=pod.name, updated_at=now)
        if connection.execute(changed).rowcount == 0:
            raise NotFoundError("This pod is no longer in the workspace.")
        connection.execute(delete(pod_members).where(pod_members.c.pod_id == pod.id))
        connection.execute(delete(pod_accounts).where(pod_accounts.c.pod_id == pod.id))
        _fill_pod(connection, pod.id, pod.member_ids, pod.account_ids)


def start_pod(store: Store, pod_id: PodId, day: date | None, *, now: datetime) -> None:
    """Say on which day a pod began to work together. Raises NotFoundError."""
    with store.write() as connection:
        changed = update(pods).where(pods.c.id == pod_id).values(started_on=day, updated_at=now)
        if connection.execute(changed).rowcount == 0:
            raise NotFoundError("This pod is no longer in the workspace.")


def delete_pod(store: Store, pod_id: PodId) -> None:
    """Remove a pod; its people and accounts stay."""
    with store.write() as connection:
        connection.execute(delete(pods).where(pods.c.id == pod_id))


def _fill_pod(
    connection: Connection, pod_id: int, member_ids: Iterable[PersonId], account_ids: Iterable[AccountId]
) -> None:
    members = [{"pod_id": pod_id, "person_id": person} for person in dict.fromkeys(member_ids)]
    shared = [{"pod_id": pod_id, "account_id": account} for account in dict.fromkeys(account_ids)]
    if members:
        connection.execute(insert(pod_members), members)
    if shared:
        connection.execute(insert(pod_accounts), shared)
