"""Health, spend, commitments and adoption as pages and the command line ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convergedesk.domain.account_figures import AccountFigures
from convergedesk.domain.accounts import AccountId
from convergedesk.store import account_figures as store_figures
from convergedesk.store.account_figures import HealthDay
from convergedesk.workspace.session import Workspace

if TYPE_CHECKING:
    from convergedesk.figures.account_figures import PreparedBurnDown


def account_figures(workspace: Workspace, account_id: AccountId) -> AccountFigures | None:
    """What is kept of one account, its sites rolled up; None before it was computed for the first time."""
    return store_figures.kept_figures(workspace.store, [account_id]).get(account_id)


def portfolio_figures(
    workspace: Workspace, account_ids: Sequence[AccountId] | None = None
) -> dict[AccountId, AccountFigures]:
    """What is kept of some accounts, or of all; an account that was not computed yet is not in it."""
    return store_figures.kept_figures(workspace.store, account_ids)


def health_history(workspace: Workspace, account_id: AccountId) -> tuple[HealthDay, ...]:
    """The account's scores by day, as far as they were kept; scores of two methods are two series."""
    return store_figures.health_days(workspace.store, account_id)


def burn_downs(workspace: Workspace, account_id: AccountId) -> tuple[PreparedBurnDown, ...]:
    """The running commitments of an account, ready for any what-if: `path(change)` reads nothing."""
    from convergedesk.figures.account_figures import burn_downs_of

    return burn_downs_of(workspace.store, account_id, workspace.today)
