"""Pods: who shares which accounts, and the accounts that a pilot would start with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from convergedesk.domain.accounts import Account, Person, Pod, PodId
from convergedesk.domain.errors import NotFoundError
from convergedesk.figures.pilot_segment import PilotOffer, pilot_segment
from convergedesk.store import accounts, billing, people, pods
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.portfolio import home
from convergedesk.workspace.rates import rate_book
from convergedesk.workspace.session import Workspace

_KINDS = frozenset({Kind.PODS, Kind.PEOPLE})


@dataclass(frozen=True, slots=True)
class PodBook:
    """Everything for editing pods.

    Attributes:
        pods: Every pod by name.
        people: Our own people who have not left, by role and name.
        accounts: Every account by name, sites included.
    """

    pods: tuple[Pod, ...]
    people: tuple[Person, ...]
    accounts: tuple[Account, ...]


def pod_book(workspace: Workspace) -> PodBook:
    """Read pods, people and accounts."""
    store = workspace.store
    ours = tuple(one for one in people.our_people(store) if one.left_on is None)
    return PodBook(pods.list_pods(store), ours, accounts.list_accounts(store))


def save_pod(workspace: Workspace, pod: Pod, *, merge: str = "") -> tuple[PodId, Changes]:
    """Put an edited pod in place, or keep a new one (id 0). Returns its id.

    Args:
        workspace: Where.
        pod: The whole pod.
        merge: Edits that follow within seconds with the same word are one step of undo.

    Raises:
        NotFoundError: It was deleted meanwhile.
    """
    now = workspace.clock.now()
    label = f"{'Changed' if pod.id else 'Added'} pod “{pod.name}”"
    with workspace.edit(label, merge=merge) as edit:
        pod_id = pod.id
        if pod.id:
            pods.update_pod(workspace.store, pod, now=now)
        else:
            pod_id = pods.add_pod(
                workspace.store, pod.name, now=now, member_ids=pod.member_ids, account_ids=pod.account_ids
            )
    return pod_id, Changes(frozenset(pod.account_ids), _KINDS, edit_id=edit.id)


def delete_pod(workspace: Workspace, pod: Pod) -> Changes:
    """Delete a pod; its people and accounts stay."""
    with workspace.edit(f"Deleted pod “{pod.name}”", deletes=True) as edit:
        pods.delete_pod(workspace.store, pod.id)
    return Changes(frozenset(pod.account_ids), _KINDS, edit_id=edit.id)


def offer_pilot(workspace: Workspace) -> PilotOffer:
    """The ten largest usage-based accounts by what they were billed in the last twelve whole months."""
    last_day = workspace.today.replace(day=1) - timedelta(days=1)
    last = last_day.replace(day=1)
    first = date(last.year - 1, last.month, 1) + timedelta(days=32)
    months = (first.replace(day=1), last)
    book = rate_book(workspace)
    return pilot_segment(
        home(workspace).rows,
        billing.billed_between(workspace.store, months[0], last_day),
        months=months,
        currency=book.currency,
        rates=book.rates,
    )


def find_pod(workspace: Workspace, name: str) -> PodId:
    """The pod of that name, however it is capitalised. Raises NotFoundError."""
    known = pods.list_pods(workspace.store)
    found = next((pod for pod in known if pod.name.casefold() == name.strip().casefold()), None)
    if found is None:
        names = ", ".join(f"“{pod.name}”" for pod in known) or "none yet"
        raise NotFoundError(f"No pod is called “{name}”.", fix=f"There are: {names}.")
    return found.id
