"""Explanations of the figures that are kept by account, by their ids."""

from __future__ import annotations

from convergedesk.domain.errors import NotFoundError
from convergedesk.figures.account_words import (
    factor_of,
    why_adoption,
    why_commitment,
    why_factor,
    why_health,
    why_spend,
)
from convergedesk.figures.figure_ids import account_part
from convergedesk.figures.why import Why
from convergedesk.store import accounts
from convergedesk.workspace.account_figures import account_figures
from convergedesk.workspace.explain import account_of
from convergedesk.workspace.session import Workspace


def explain_account_figure(workspace: Workspace, kind: str, parts: tuple[str, ...]) -> Why | None:
    """What stands behind 'health', 'spend', 'commitment' or 'adoption' of an account.

    Args:
        workspace: The workspace.
        kind: Which.
        parts: The account, and for health a factor, for spend a currency, for a commitment its contract
            and place; None where they name no such figure.

    Raises:
        NotFoundError: It is not known for this account; the sentence says what would bring it.
    """
    if not parts:
        return None
    account_id = account_of(workspace, parts[0])
    name = account_part(account_id, accounts.get(workspace.store, account_id).name)
    figures = account_figures(workspace, account_id)
    if figures is None:
        raise NotFoundError("This is not computed yet.", fix="Open the program once, or wait a moment.")
    rest = parts[1:]
    if kind == "health":
        if not rest:
            return why_health(figures.health, name)
        factor = factor_of(figures.health, rest[0])
        return None if factor is None else why_factor(figures.health, factor, name)
    if kind == "spend":
        chosen = [one for one in figures.spend if not rest or one.currency == rest[0].upper()]
        if not chosen:
            raise NotFoundError("No contract prices what is used.", fix="Add the prices under Contract.")
        return why_spend(chosen[0], name)
    if kind == "commitment":
        running = [
            one
            for one in figures.commitments
            if not rest or tuple(rest[:2]) == (str(one.contract_id), str(one.place))[: len(rest)]
        ]
        if not running:
            raise NotFoundError("No such commitment runs.", fix="Add it under Contract.")
        return why_commitment(running[0], name)
    if figures.adoption is None:
        raise NotFoundError("Neither usage nor a contract is known.", fix="Import usage by day and meter.")
    return why_adoption(figures.adoption, name, figures.as_of)
