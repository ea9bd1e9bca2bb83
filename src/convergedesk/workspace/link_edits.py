"""Decisions about links as steps of 'Undo'.

A decision moves rows that imports own, so it is not noted row by row as other edits are: its step names the
decision, and taking the step back takes the decision back, as the Import page does.
"""

from __future__ import annotations

from collections.abc import Callable

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.edits import Edit, EditId
from convergedesk.domain.links import DecisionKind, LinkChange, LinkDecision
from convergedesk.store import decision_edits
from convergedesk.store.edits import OpenEdit
from convergedesk.sync import decisions
from convergedesk.workspace.session import Workspace


def decide(workspace: Workspace, act: Callable[[], LinkChange]) -> tuple[LinkChange, EditId]:
    """Carry out a decision and keep it as one step, both or neither."""
    with workspace.store.together():
        change = act()
        decision = _decision(workspace, change.decision_id)
        name = decision_edits.account_name(workspace.store, decision.account_id)
        made = OpenEdit(
            _label(workspace, decision), workspace.clock.now(), workspace.author, decision.account_id
        )
        edit_id = decision_edits.note(workspace.store, decision.id, made, name)
    return change, edit_id


def undo(workspace: Workspace, edit: Edit, decision_id: int, *, newest: bool) -> LinkChange:
    """Take a decision back, within a transaction.

    One that is not the newest step leaves the list of steps, since what came after it holds on.

    Raises:
        NotFoundError: It was undone already.
        ConvergeDeskError: A later decision rests on it.
    """
    change = decisions.undo_decision(workspace.store, decision_id, clock=workspace.clock)
    decision_edits.mark_undone(workspace.store, edit.id, now=workspace.clock.now() if newest else None)
    return change


def redo(workspace: Workspace, edit: Edit) -> LinkChange:
    """Decide the same once more, within a transaction. Raises NotFoundError, ConvergeDeskError."""
    store, clock = workspace.store, workspace.clock
    kind, keys, account_id, other, name = decision_edits.decided(store, edit.id)
    if kind is DecisionKind.LINK:
        change = decisions.link_key(store, keys[0], account_id or AccountId(0), clock=clock)
    elif kind is DecisionKind.CREATE:
        change = decisions.create_account_for(store, keys[0], name=name or None, clock=clock)
    elif kind is DecisionKind.IGNORE:
        change = decisions.ignore_key(store, keys[0], clock=clock)
    elif kind is DecisionKind.MERGE:
        keep, merged = account_id or AccountId(0), other or AccountId(0)
        change = decisions.merge_accounts(store, keep=keep, merge=merged, clock=clock)
    else:
        change = decisions.split_account(store, other or AccountId(0), keys, name=name, clock=clock)
    decision_edits.mark_redone(store, edit.id, change.decision_id or 0)
    return change


def forget(workspace: Workspace, decision_id: int) -> None:
    """A decision was taken back on its own: it is no step any more."""
    decision_edits.forget_decision(workspace.store, decision_id)


def _decision(workspace: Workspace, decision_id: int | None) -> LinkDecision:
    return next(one for one in decisions.decisions(workspace.store) if one.id == decision_id)


def _label(workspace: Workspace, decision: LinkDecision) -> str:
    name = decision_edits.account_name(workspace.store, decision.account_id)
    other = decision_edits.account_name(workspace.store, decision.other_account_id)
    label = decision.labels[0] if decision.labels else ""
    return {
        DecisionKind.LINK: f"Linked “{label}” to {name}",
        DecisionKind.CREATE: f"Made the account {name} for “{label}”",
        DecisionKind.IGNORE: f"Ignored “{label}”",
        DecisionKind.MERGE: f"Merged {other} into {name}",
        DecisionKind.SPLIT: f"Split {name} off {other}",
    }[decision.kind]
