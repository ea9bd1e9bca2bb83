"""What stands behind an account's figures in lists, by their ids."""

from __future__ import annotations

from convergedesk.domain.errors import NotFoundError
from convergedesk.figures.row_why import ROW_FIGURES, row_why
from convergedesk.figures.why import Why
from convergedesk.workspace.explain import account_of
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
