"""Check-ins: a contact with a customer, logged with what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from convergedesk.domain.accounts import AccountId, Person, PersonId, PersonRole
from convergedesk.domain.edits import EditId
from convergedesk.domain.engagement import Action, CheckIn, CheckInId
from convergedesk.domain.tickets import TicketId
from convergedesk.store import accounts, engagement, people, tickets
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.drafts import drop_draft
from convergedesk.workspace.people import our_names
from convergedesk.workspace.session import Workspace


@dataclass(frozen=True, slots=True)
class CheckInChoices:
    """What the form for a check-in offers.

    Attributes:
        account_id: The customer.
        account_name: Its name.
        time_zone: IANA name of the customer's zone.
        persons: The customer's people who are still there.
        ours: Names of our own people.
        author: Who logs it, as far as that is known; else empty.
        now: The present instant, on the day that counts as today.
    """

    account_id: AccountId
    account_name: str
    time_zone: str
    persons: tuple[Person, ...]
    ours: tuple[str, ...]
    author: str
    now: datetime


def check_in_choices(workspace: Workspace, account_id: AccountId) -> CheckInChoices:
    """Who can have taken part at an account. Raises NotFoundError."""
    account = accounts.get(workspace.store, account_id)
    here = people.persons_at(workspace.store, accounts.family(workspace.store, account_id))
    return CheckInChoices(
        account_id,
        account.name,
        account.time_zone,
        tuple(one for one in here if one.left_on is None or one.left_on > workspace.today),
        our_names(workspace),
        workspace.author or account.success_manager or "",
        _present(workspace),
    )


def _present(workspace: Workspace) -> datetime:
    now = workspace.clock.now()
    # A sample has a fixed day, which is not the computer's.
    ahead = workspace.today - now.date()
    return now if abs(ahead) <= timedelta(days=1) else now + ahead


def account_of_ticket(workspace: Workspace, ticket_id: TicketId) -> AccountId:
    """Whose ticket it is. Raises NotFoundError."""
    return tickets.get(workspace.store, ticket_id).account_id


def check_ins(workspace: Workspace, account_id: AccountId, *, with_sites: bool = True) -> tuple[CheckIn, ...]:
    """The contacts with an account, newest first."""
    store = workspace.store
    return engagement.check_ins_of(store, accounts.reach(store, account_id, with_sites=with_sites))


def draft_key(account_id: AccountId) -> str:
    """Under which name a check-in that is being written is kept as a draft."""
    return f"check-in:{account_id}"


def log_check_in(
    workspace: Workspace,
    check_in: CheckIn,
    *,
    newcomers: Iterable[str] = (),
    follow_up: Action | None = None,
) -> Changes:
    """Log a contact, in one step of 'Undo' with whoever is new and with the action that follows.

    The account's draft goes in the same moment.

    Args:
        workspace: Where.
        check_in: The contact; `attendee_ids` are found by name.
        newcomers: Those of the attendees who become people of the account.
        follow_up: An action that was promised, or None.
    """
    store, now = workspace.store, workspace.clock.now()
    account = accounts.get(store, check_in.account_id)
    label = f"Logged a check-in with {account.name}"
    with workspace.edit(label, account_id=account.id) as edit:
        drop_draft(workspace, draft_key(account.id))
        _add_newcomers(workspace, account.id, newcomers)
        new_id = engagement.add_check_in(store, _known(workspace, check_in), now=now)
        if follow_up is not None:
            engagement.add_action(store, replace(follow_up, check_in_id=new_id), now=now)
    return _changed(check_in.account_id, edit.id)


def edit_check_in(workspace: Workspace, check_in: CheckIn, *, newcomers: Iterable[str] = ()) -> Changes:
    """Put an edited contact in place. Raises NotFoundError where it was deleted meanwhile."""
    account = accounts.get(workspace.store, check_in.account_id)
    with workspace.edit(f"Changed a check-in with {account.name}", account_id=account.id) as edit:
        _add_newcomers(workspace, account.id, newcomers)
        engagement.edit_check_in(workspace.store, _known(workspace, check_in), now=workspace.clock.now())
    return _changed(check_in.account_id, edit.id)


def delete_check_in(workspace: Workspace, check_in_id: CheckInId) -> Changes:
    """Delete a contact; an action that was promised in it stays. Raises NotFoundError."""
    with workspace.edit(deletes=True) as edit:
        check_in = engagement.get_check_in(workspace.store, check_in_id)
        account = accounts.get(workspace.store, check_in.account_id)
        engagement.delete_check_in(workspace.store, check_in_id, now=workspace.clock.now())
        edit.label, edit.account_id = f"Deleted a check-in with {account.name}", account.id
    return _changed(check_in.account_id, edit.id)


def _add_newcomers(workspace: Workspace, account_id: AccountId, names: Iterable[str]) -> None:
    for name in names:
        people.add_person(
            workspace.store, name, PersonRole.USER, now=workspace.clock.now(), account_id=account_id
        )


def _known(workspace: Workspace, check_in: CheckIn) -> CheckIn:
    """The contact with the persons whom its attendees' names mean; a name that two share means none."""
    family = accounts.family(workspace.store, check_in.account_id)
    named: dict[str, list[PersonId]] = {}
    for person in people.persons_at(workspace.store, family):
        named.setdefault(person.name.casefold(), []).append(person.id)
    found = (named.get(name.casefold(), []) for name in check_in.attendees)
    return replace(check_in, attendee_ids=tuple(ids[0] for ids in found if len(ids) == 1))


def _changed(account_id: AccountId, edit_id: EditId | None) -> Changes:
    return Changes(frozenset({account_id}), frozenset({Kind.ENGAGEMENT, Kind.PEOPLE}), edit_id=edit_id)
