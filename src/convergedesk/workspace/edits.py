"""Undo and redo of every edit, also those of before the program was started, and what was deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from convergedesk.domain.edits import Edit, EditId, Replayed
from convergedesk.domain.links import LinkChange
from convergedesk.figures.summaries import refresh_summaries
from convergedesk.store import edit_replay
from convergedesk.store import edits as store_edits
from convergedesk.store.decision_edits import decision_of
from convergedesk.store.edit_pruning import prune
from convergedesk.workspace import link_edits
from convergedesk.workspace.changes import EVERYTHING, Changes, Kind
from convergedesk.workspace.session import Workspace

_GOALS = frozenset({Kind.GOALS})
_TERMS = frozenset({Kind.CONTRACTS, Kind.BILLING})
_KINDS = {
    "alerts": frozenset({Kind.ALERTS}),
    "alert_rules": frozenset({Kind.ALERT_RULES}),
    "accounts": frozenset({Kind.ACCOUNTS, Kind.PODS}),
    "persons": frozenset({Kind.PEOPLE}),
    # They say when somebody was last in contact.
    "check_ins": frozenset({Kind.ENGAGEMENT, Kind.PEOPLE}),
    "pods": frozenset({Kind.PODS}),
    "pod_accounts": frozenset({Kind.PODS}),
    "pod_members": frozenset({Kind.PODS, Kind.PEOPLE}),
    "calendar_events": frozenset({Kind.CALENDAR}),
    "meters": frozenset({Kind.USAGE}),
    "features": frozenset({Kind.TICKETS, Kind.FEEDBACK}),
    "ticket_contexts": frozenset({Kind.TICKETS}),
    "ticket_goals": frozenset({Kind.TICKETS}),
    "feedback_items": frozenset({Kind.FEEDBACK}),
    "feedback_requests": frozenset({Kind.FEEDBACK}),
    "opportunity_decisions": frozenset({Kind.OPPORTUNITIES}),
    "goals": _GOALS,
    "goal_measurements": _GOALS,
    "goal_targets": _GOALS,
    "contracts": _TERMS,
    "meter_prices": _TERMS,
    "price_tiers": _TERMS,
    "entitlements": _TERMS,
    "commitments": _TERMS,
    "commitment_meters": _TERMS,
    "ramps": _TERMS,
    "sla_terms": _TERMS,
    "exchange_rates": _TERMS,
}
_OTHERS = frozenset({Kind.ENGAGEMENT})


@dataclass(frozen=True, slots=True)
class Undone:
    """What 'Undo' or 'Redo' did.

    Attributes:
        sentence: In plain words, for a notice.
        changes: What pages read again; its `edit_id` is the edit.
    """

    sentence: str
    changes: Changes


def undo(workspace: Workspace) -> Undone | None:
    """Take back the newest edit; None where there is nothing to take back.

    Raises:
        EditConflictError: An import or another program changed it since; nothing was changed.
    """
    with workspace.store.together() as connection:
        newest = store_edits.next_to_undo(connection)
        decision = None if newest is None else decision_of(connection, newest.id)
        if newest is not None and decision is not None:
            change = link_edits.undo(workspace, newest, decision, newest=True)
            return _decided(workspace, f"Undone: {newest.label}", newest, change)
        done = edit_replay.undo(workspace.store, now=workspace.clock.now())
        return None if done is None else _undone(workspace, f"Undone: {done.edit.label}", done)


def redo(workspace: Workspace) -> Undone | None:
    """Do again what was taken back last; None where nothing was.

    Raises:
        EditConflictError: As `undo`.
    """
    with workspace.store.together() as connection:
        last = store_edits.next_to_redo(connection)
        decision = None if last is None else decision_of(connection, last.id)
        if last is not None and decision is not None:
            change = link_edits.redo(workspace, last)
            return _decided(workspace, f"Done again: {last.label}", last, change)
        done = edit_replay.redo(workspace.store, now=workspace.clock.now())
        return None if done is None else _undone(workspace, f"Done again: {done.edit.label}", done)


def undo_edit(workspace: Workspace, edit_id: EditId) -> Undone:
    """Take back that very edit: as `undo` where it is the newest, else as an edit of its own.

    Raises:
        NotFoundError: It is no longer kept.
        EditConflictError: As `undo`; also where it was taken back already.
    """
    with workspace.store.together() as connection:
        newest = store_edits.next_to_undo(connection)
        if newest is not None and newest.id == edit_id and (done := undo(workspace)) is not None:
            return done
        edit, decision = store_edits.find(connection, edit_id), decision_of(connection, edit_id)
        if edit is not None and decision is not None:
            change = link_edits.undo(workspace, edit, decision, newest=False)
            return _decided(workspace, f"Undone: {edit.label}", edit, change)
    return _reverse(workspace, edit_id, "Undone: {}")


def restore(workspace: Workspace, edit_id: EditId) -> Undone:
    """Bring back what an edit deleted, as an edit that can be undone itself.

    Raises:
        NotFoundError: It is no longer kept.
        EditConflictError: As `undo`.
    """
    return _reverse(workspace, edit_id, "Restored {}")


def history(workspace: Workspace, *, limit: int = 500) -> tuple[Edit, ...]:
    """The edits of the last 30 days, newest first; those undone can be done again."""
    return store_edits.history(workspace.store, limit=limit)


def recently_deleted(workspace: Workspace, *, limit: int = 500) -> tuple[Edit, ...]:
    """The edits that deleted something which is still deleted, newest first."""
    return store_edits.history(workspace.store, limit=limit, deletes=True)


def forget_old_edits(workspace: Workspace) -> int:
    """Forget what is older than 30 days, and remove what it deleted; returns how many edits that were."""
    return prune(workspace.store, now=workspace.clock.now())


def _reverse(workspace: Workspace, edit_id: EditId, words: str) -> Undone:
    with workspace.edit(restores=edit_id) as made:
        with workspace.store.write() as connection:
            done = edit_replay.reverse(connection, edit_id, now=workspace.clock.now())
        made.label = words.format(done.edit.label.removeprefix("Deleted "))
        made.account_id = done.edit.account_id
        undone = _undone(workspace, made.label, done)
    return Undone(undone.sentence, replace(undone.changes, edit_id=made.id))


def _decided(workspace: Workspace, sentence: str, edit: Edit, change: LinkChange) -> Undone:
    now = workspace.clock.now()
    refresh_summaries(workspace.store, change.accounts, today=workspace.today, now=now)
    return Undone(sentence, Changes(change.accounts, EVERYTHING, edit_id=edit.id))


def _undone(workspace: Workspace, sentence: str, done: Replayed) -> Undone:
    touched = done.accounts
    if touched:
        touched |= refresh_summaries(
            workspace.store,
            touched,
            today=workspace.today,
            now=workspace.clock.now(),
            usage_moved=False,
        )
    kinds = frozenset[Kind]().union(*(_KINDS.get(table, _OTHERS) for table in done.tables))
    return Undone(sentence, Changes(touched, kinds, edit_id=done.edit.id))
