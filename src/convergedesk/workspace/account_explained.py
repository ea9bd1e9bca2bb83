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
from convergedesk.workspace.account_figures import account_figures, retention_of, spend_total, under_use
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


def explain_under_use(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """What stands behind a meter that an account uses far less than others; None: no such figure."""
    from convergedesk.figures.under_use_book import why_under_use

    if len(parts) < 2:
        return None
    account_id = account_of(workspace, parts[0])
    book = under_use(workspace)
    found = [one for one in book.rows if one.account_id == account_id and one.meter.key == parts[1]]
    if not found:
        raise NotFoundError("This meter does not stand out at this account.")
    return why_under_use(found[0], book)


def explain_retention(workspace: Workspace, parts: tuple[str, ...], *, gross: bool) -> Why | None:
    """What stands behind revenue retention: 'all' or an account, 'billed' or 'committed', a currency."""
    from convergedesk.figures.retained import COMMITTED, why_retention

    if not parts:
        return None
    scope = parts[0]
    accounts_of = None if scope == "all" else [account_of(workspace, scope)]
    committed = len(parts) > 1 and parts[1] == "committed"
    found = [
        one
        for one in retention_of(workspace, accounts_of)
        if (one.basis == COMMITTED) is committed and (len(parts) < 3 or one.currency == parts[2].upper())
    ]
    if not found:
        raise NotFoundError("Nothing was billed or committed.", fix="Import invoices or contracts.")
    return why_retention(found[0], scope, gross=gross)


def explain_spend_total(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """What stands behind the month to date of all accounts; None: no such figure."""
    from convergedesk.figures.spend_total import why_spend_total

    return why_spend_total(spend_total(workspace)) if "".join(parts) in ("", "all") else None
