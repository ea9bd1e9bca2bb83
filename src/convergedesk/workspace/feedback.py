"""Feedback: what customers asked for, by revenue at stake; merging, splitting and answering requests."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import ConvergeDeskError
from convergedesk.domain.feedback import Feedback, FeedbackId, Request, RequestId, RequestStatus
from convergedesk.domain.tickets import Ticket, TicketId
from convergedesk.figures.duplicates import Duplicate, likely_duplicates, likely_request
from convergedesk.figures.feedback import FeedbackBook, FeedbackFacts, billed_period, root_of
from convergedesk.figures.feedback_grouping import feedback_book as grouped
from convergedesk.store import accounts, billing, feedback, info, people, rates, tagged, tickets, usage
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.drafts import drop_draft
from convergedesk.workspace.session import Workspace

_KINDS = frozenset({Kind.FEEDBACK})
_TITLE = 40


class FeedbackError(ConvergeDeskError):
    """What was asked of a request cannot be done."""


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """A request as a person states it.

    Attributes:
        title: In our words.
        feature: Name of the feature that it concerns; empty for none.
        status: What became of it.
        answer: What we told those who asked.
    """

    title: str
    feature: str = ""
    status: RequestStatus = RequestStatus.OPEN
    answer: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackChoices:
    """What the form for feedback offers.

    Attributes:
        account_id: Who said it, or None where that is to be chosen.
        account_name: Its name; empty for None.
        requests: Requests that stand for themselves, by title.
        features: Names of the features.
        people: Names of the account's people.
        ticket: The ticket in which it was said, or None.
    """

    account_id: AccountId | None
    account_name: str
    requests: tuple[Request, ...]
    features: tuple[str, ...]
    people: tuple[str, ...]
    ticket: Ticket | None = None


def feedback_book(workspace: Workspace, among: Collection[AccountId] | None = None) -> FeedbackBook:
    """All feedback, or that of some accounts and the sites below them."""
    store = workspace.store
    first, last = billed_period(workspace.today)
    # Tickets of the first day east of UTC are opened the evening before.
    opened = datetime.combine(first - timedelta(days=1), time(10), UTC)
    with store.read_together():
        facts = FeedbackFacts(
            items=feedback.list_items(store),
            requests=feedback.list_requests(store),
            features=usage.features(store),
            accounts=accounts.list_accounts(store),
            billed=billing.billed_between(store, first, last),
            tickets=tagged.tagged_tickets(store, opened),
            effects=tagged.tagged_effects(store, first),
            costs=tagged.episode_costs(store),
            meters=usage.meters(store),
            reporting=info.read_info(store).currency,
            rates=rates.list_rates(store),
            today=workspace.today,
        )
    return grouped(facts, among)


def duplicates(workspace: Workspace) -> tuple[Duplicate, ...]:
    """Requests that may be one and the same, most alike first."""
    return likely_duplicates(feedback.list_requests(workspace.store))


def account_feedback(workspace: Workspace, account_id: AccountId) -> tuple[Feedback, ...]:
    """What an account and its sites said, newest first."""
    return feedback.list_items(workspace.store, accounts.family(workspace.store, account_id))


def ticket_feedback(workspace: Workspace, ticket_id: TicketId) -> tuple[Feedback, ...]:
    """What was said in a ticket, newest first."""
    return feedback.items_of_ticket(workspace.store, ticket_id)


def choices(
    workspace: Workspace, account_id: AccountId | None = None, *, ticket_id: TicketId | None = None
) -> FeedbackChoices:
    """What a form offers; a ticket says whose feedback it is. Raises NotFoundError."""
    store = workspace.store
    ticket = None if ticket_id is None else tickets.get(store, ticket_id)
    if ticket is not None:
        account_id = ticket.account_id
    known = {one.id: one for one in feedback.list_requests(store)}
    own = [one for one in known.values() if root_of(one.id, known) == one.id]
    family = () if account_id is None else accounts.family(store, account_id)
    return FeedbackChoices(
        account_id=account_id,
        account_name="" if account_id is None else accounts.get(store, account_id).name,
        requests=tuple(sorted(own, key=lambda one: one.title.casefold())),
        features=tuple(one.name for one in usage.features(store)),
        people=tuple(one.name for one in people.persons_at(store, family) if one.left_on is None),
        ticket=ticket,
    )


def time_zone_of(workspace: Workspace, account_id: AccountId | None) -> str:
    """The time zone of an account's days; UTC for None. Raises NotFoundError."""
    return "UTC" if account_id is None else accounts.get(workspace.store, account_id).time_zone


def suggested_request(text: str, requests: Collection[Request]) -> Request | None:
    """The request that a customer's words most likely belong to."""
    return likely_request(text, [one for one in requests if one.merged_into_id is None])


def draft_key(account_id: AccountId | None, ticket_id: TicketId | None) -> str:
    """Names the draft of feedback from a ticket, of an account, or of one to be chosen."""
    if ticket_id is not None:
        return f"feedback:ticket:{ticket_id}"
    return "feedback" if account_id is None else f"feedback:{account_id}"


def add_feedback(
    workspace: Workspace, item: Feedback, *, request: RequestDraft | None = None, draft: str = ""
) -> Changes:
    """Keep what a customer said; `request` is a new one that it belongs to, `draft` is done with."""
    with workspace.edit(account_id=item.account_id) as edit:
        if draft:
            drop_draft(workspace, draft)
        if request is not None:
            item = replace(item, request_id=_add(workspace, request))
        feedback.add_item(workspace.store, item, now=workspace.clock.now())
        edit.label = f"Added feedback {_called(item)}"
    return Changes(frozenset({item.account_id}), _KINDS, edit_id=edit.id)


def edit_feedback(workspace: Workspace, item: Feedback, *, request: RequestDraft | None = None) -> Changes:
    """Put edited feedback in place. Raises NotFoundError."""
    with workspace.edit(account_id=item.account_id) as edit:
        before = feedback.get_item(workspace.store, item.id)
        if request is not None:
            item = replace(item, request_id=_add(workspace, request))
        feedback.edit_item(workspace.store, item, now=workspace.clock.now())
        edit.label = f"Changed feedback {_called(item)}"
    return Changes(frozenset({before.account_id, item.account_id}), _KINDS, edit_id=edit.id)


def sort_feedback(workspace: Workspace, item_id: FeedbackId, request_id: RequestId | None) -> Changes:
    """Say which request something that was said belongs to; None for none yet. Raises NotFoundError."""
    with workspace.edit() as edit:
        item = feedback.get_item(workspace.store, item_id)
        moved = replace(item, request_id=request_id)
        feedback.edit_item(workspace.store, moved, now=workspace.clock.now())
        where = "" if request_id is None else feedback.get_request(workspace.store, request_id).title
        edit.label = f"Counted feedback with “{where}”" if where else "Took feedback off its request"
        edit.account_id = item.account_id
    return Changes(frozenset({item.account_id}), _KINDS, edit_id=edit.id)


def delete_feedback(workspace: Workspace, item_id: FeedbackId) -> Changes:
    """Delete something that was said. Raises NotFoundError."""
    with workspace.edit(deletes=True) as edit:
        item = feedback.get_item(workspace.store, item_id)
        feedback.delete_item(workspace.store, item_id)
        edit.label, edit.account_id = f"Deleted feedback {_called(item)}", item.account_id
    return Changes(frozenset({item.account_id}), _KINDS, edit_id=edit.id)


def add_request(workspace: Workspace, draft: RequestDraft) -> Changes:
    """Keep a new request."""
    with workspace.edit(f"Added request “{draft.title}”") as edit:
        _add(workspace, draft)
    return Changes(frozenset(), _KINDS, edit_id=edit.id)


def edit_request(workspace: Workspace, request_id: RequestId, draft: RequestDraft) -> Changes:
    """Put an edited request in place; a new status counts from today. Raises NotFoundError."""
    with workspace.edit() as edit:
        before = feedback.get_request(workspace.store, request_id)
        feature = feedback.feature_named(workspace.store, draft.feature) if draft.feature.strip() else None
        after = replace(
            before,
            title=draft.title.strip(),
            feature=feature,
            status=draft.status,
            answer=draft.answer.strip(),
            status_on=workspace.today if draft.status is not before.status else before.status_on,
        )
        if after != before:
            feedback.edit_request(workspace.store, after, now=workspace.clock.now())
        moved = draft.status is not before.status
        edit.label = (
            f"Marked “{after.title}” as {draft.status.value}" if moved else f"Changed request “{after.title}”"
        )
    return Changes(frozenset(), _KINDS, edit_id=edit.id)


def delete_request(workspace: Workspace, request_id: RequestId) -> Changes:
    """Delete a request; what customers said stays, unsorted. Raises NotFoundError."""
    with workspace.edit(deletes=True) as edit:
        request = feedback.get_request(workspace.store, request_id)
        feedback.delete_request(workspace.store, request_id, now=workspace.clock.now())
        edit.label = f"Deleted request “{request.title}”"
    return Changes(frozenset(), _KINDS, edit_id=edit.id)


def merge_requests(workspace: Workspace, request_id: RequestId, into: RequestId) -> Changes:
    """Count one request with another; nothing that was said moves, so it can be split off again.

    Raises:
        NotFoundError: One of them was deleted.
        FeedbackError: They are one already.
    """
    with workspace.edit() as edit:
        known = {one.id: one for one in feedback.list_requests(workspace.store)}
        request = feedback.get_request(workspace.store, request_id)
        kept = feedback.get_request(workspace.store, root_of(into, known) or into)
        if root_of(request_id, known) == kept.id:
            raise FeedbackError(f"“{request.title}” is counted with “{kept.title}” already.")
        merged = replace(request, merged_into_id=kept.id)
        feedback.edit_request(workspace.store, merged, now=workspace.clock.now())
        edit.label = f"Merged “{request.title}” into “{kept.title}”"
    return Changes(frozenset(), _KINDS, edit_id=edit.id)


def split_request(workspace: Workspace, request_id: RequestId) -> Changes:
    """Let a merged request stand for itself again, with what customers said to it. Raises NotFoundError."""
    with workspace.edit() as edit:
        request = feedback.get_request(workspace.store, request_id)
        apart = replace(request, merged_into_id=None)
        feedback.edit_request(workspace.store, apart, now=workspace.clock.now())
        edit.label = f"Split off “{request.title}”"
    return Changes(frozenset(), _KINDS, edit_id=edit.id)


def tell_apart(workspace: Workspace, request_id: RequestId, other_id: RequestId) -> Changes:
    """Say that two requests are not the same, so that merging is not offered again. Raises NotFoundError."""
    with workspace.edit() as edit:
        request = feedback.get_request(workspace.store, request_id)
        other = feedback.get_request(workspace.store, other_id)
        told = (*request.distinct_from, other.uid)
        if other.uid not in request.distinct_from:
            now = workspace.clock.now()
            feedback.edit_request(workspace.store, replace(request, distinct_from=told), now=now)
        edit.label = f"Kept “{request.title}” and “{other.title}” apart"
    return Changes(frozenset(), _KINDS, edit_id=edit.id)


def _add(workspace: Workspace, draft: RequestDraft) -> RequestId:
    store = workspace.store
    feature = feedback.feature_named(store, draft.feature) if draft.feature.strip() else None
    request = Request(draft.title.strip(), draft.status, workspace.today, draft.answer.strip(), feature)
    return feedback.add_request(store, request, now=workspace.clock.now())


def _called(item: Feedback) -> str:
    words = " ".join(item.body.split())
    return f"“{words if len(words) <= _TITLE else words[: _TITLE - 1].rstrip() + '…'}”"
