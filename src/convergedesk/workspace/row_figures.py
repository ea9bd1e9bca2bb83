"""What stands behind an account's figures in lists, by their ids."""

from __future__ import annotations

from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.goals import GoalId
from convergedesk.figures.goal_why import goal_why
from convergedesk.figures.row_why import ROW_FIGURES, row_why
from convergedesk.figures.ticket_now import why_now
from convergedesk.figures.why import Why
from convergedesk.store import accounts as store_accounts
from convergedesk.workspace.explain import account_of
from convergedesk.workspace.goal_list import goal_detail
from convergedesk.workspace.insights import account_insights
from convergedesk.workspace.portfolio import home
from convergedesk.workspace.session import Workspace


def explain_row(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """Behind 'account:ACCOUNT:WHAT', or None where that names no figure."""
    if len(parts) != 2 or parts[1] not in ROW_FIGURES:
        return None
    account = account_of(workspace, parts[0])
    snapshot = home(workspace)
    row = next((one for one in snapshot.rows if one.account_id == account), None)
    why = None if row is None else row_why(row, parts[1], snapshot.today)
    if why is None:
        raise NotFoundError("That is not known of this account.", fix="Import what it rests on.")
    return why


def explain_usage(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """Behind 'usage:ACCOUNT:7', or None where that names no figure."""
    if len(parts) != 2 or parts[1] not in ("7", "28"):
        return None
    account = account_of(workspace, parts[0])
    kept = account_insights(workspace, account)
    effect = next((one for one in kept.now if str(one.horizon) == parts[1]), None)
    if effect is None:
        raise NotFoundError("No usage by day is known of this account.", fix="Import it.")
    return why_now(effect, account, store_accounts.get(workspace.store, account).name, kept.as_of)


def explain_goal(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """Behind 'goal:ID', or None where that names no figure."""
    number = parts[0] if len(parts) == 1 else ""
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return None
    view = goal_detail(workspace, GoalId(int(number))).goal.view
    return goal_why(view, workspace.today)
