"""Health, spend, commitments and adoption as pages and the command line ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from convergedesk.domain.account_figures import AccountFigures
from convergedesk.domain.accounts import Account, AccountId
from convergedesk.domain.tickets import TicketId
from convergedesk.store import account_figures as store_figures
from convergedesk.store import accounts, billed_months, contracts, info, rates, tickets
from convergedesk.store import insights as store_insights
from convergedesk.store.account_figures import HealthDay
from convergedesk.workspace.session import Workspace

if TYPE_CHECKING:
    from convergedesk.domain.billing import Contract
    from convergedesk.domain.episode_cost import EpisodeCost
    from convergedesk.figures.account_figures import PreparedBurnDown
    from convergedesk.figures.openings import Openings
    from convergedesk.figures.retained import RetentionFigure
    from convergedesk.figures.spend_total import SpendTotal
    from convergedesk.figures.under_use_book import ContractsOf, UnderUseBook


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


def under_use(workspace: Workspace) -> UnderUseBook:
    """Use of every meter by every account beside its tier, and what stands out, in money."""
    from convergedesk.figures.under_use_book import under_use_book

    store = workspace.store
    everyone = accounts.list_accounts(store)
    return under_use_book(store_figures.kept_figures(store), everyone, _contracts_of(workspace, everyone))


def openings(workspace: Workspace) -> Openings:
    """Every reason to talk that the book shows: under-used meters, growth, commitments off pace."""
    from convergedesk.figures.openings import openings_of
    from convergedesk.figures.under_use_book import under_use_book

    store = workspace.store
    everyone = accounts.list_accounts(store)
    figures = store_figures.kept_figures(store)
    book = under_use_book(figures, everyone, _contracts_of(workspace, everyone))
    return openings_of(figures, everyone, book)


def retention_of(
    workspace: Workspace, account_ids: Sequence[AccountId] | None = None
) -> tuple[RetentionFigure, ...]:
    """Revenue retention of some accounts with their sites, or of all: billed and committed, by currency."""
    from convergedesk.figures.retained import retained

    store = workspace.store
    heads = _heads(accounts.parents(store))
    wanted = set(heads.values()) if account_ids is None else {heads.get(one, one) for one in account_ids}
    members = [one for one, head in heads.items() if head in wanted or one in wanted]
    since = (workspace.today.replace(day=1) - timedelta(days=31 * 25)).replace(day=1)
    return retained(
        billed_months.billed_months(store, members, since),
        contracts.of_accounts(store, members),
        heads,
        workspace.today,
    )


def _heads(parents: Mapping[AccountId, AccountId | None]) -> dict[AccountId, AccountId]:
    """Every account with the one that its figures roll up into."""
    heads: dict[AccountId, AccountId] = {}
    for account in parents:
        head, seen = account, {account}
        while (above := parents.get(head)) is not None and above in parents and above not in seen:
            head = above
            seen.add(above)
        heads[account] = head
    return heads


def _contracts_of(workspace: Workspace, everyone: Sequence[Account]) -> ContractsOf:
    heads = _heads({one.id: one.parent_id for one in everyone})

    def read(wanted: Sequence[AccountId]) -> dict[AccountId, list[Contract]]:
        members = [one for one, head in heads.items() if head in set(wanted)]
        found: dict[AccountId, list[Contract]] = {}
        for one in contracts.of_accounts(workspace.store, members):
            found.setdefault(heads[one.account_id], []).append(one)
        return found

    return read


def spend_total(workspace: Workspace, account_ids: Sequence[AccountId] | None = None) -> SpendTotal:
    """The months to date of some accounts, or of all that stand for themselves, added up by currency."""
    from convergedesk.figures.spend_total import spend_total_of

    store = workspace.store
    everyone = accounts.list_accounts(store)
    known = {one.id for one in everyone}
    heads = [one.id for one in everyone if one.parent_id not in known and one.gone_since is None]
    chosen = heads if account_ids is None else list(account_ids)
    figures = store_figures.kept_figures(store, chosen)
    return spend_total_of(
        [figures[one] for one in chosen if one in figures],
        info.read_info(store).currency,
        rates.list_rates(store),
        workspace.today,
    )


def ticket_cost(workspace: Workspace, ticket_id: TicketId) -> EpisodeCost | None:
    """What the episode of a ticket cost; None where no dip is confirmed. Raises NotFoundError.

    It is looked for at the ticket's account, then at those above it, whose contracts may price it. What is
    not kept, because it is long ago, is computed.
    """
    chain: list[AccountId] = []
    account: AccountId | None = tickets.get(workspace.store, ticket_id).account_id
    while account is not None and account not in chain:
        chain.append(account)
        account = accounts.get(workspace.store, account).parent_id
    found: EpisodeCost | None = None
    for look in (_kept_cost, _older_cost):
        for one in chain:
            here = look(workspace, one, ticket_id)
            if here is not None and here.value is not None:
                return here
            found = found or here
        if found is not None:
            return found
    return None


def _kept_cost(workspace: Workspace, account_id: AccountId, ticket_id: TicketId) -> EpisodeCost | None:
    kept = account_figures(workspace, account_id)
    return next((one for one in kept.costs if ticket_id in one.ticket_ids), None) if kept else None


def _older_cost(workspace: Workspace, account_id: AccountId, ticket_id: TicketId) -> EpisodeCost | None:
    from convergedesk.figures.account_figures import cost_of_ticket

    episodes = store_insights.episodes_of(workspace.store, [account_id])
    mine = (one for one in episodes if ticket_id in one.ticket_ids)
    if all(one.restoration is None for one in mine):
        return None
    return cost_of_ticket(workspace.store, account_id, ticket_id, workspace.today)


def episode_costs(
    workspace: Workspace, account_ids: Sequence[AccountId] | None = None
) -> dict[AccountId, tuple[EpisodeCost, ...]]:
    """What the episodes of the last 400 days cost, of some accounts or of all."""
    kept = store_figures.kept_figures(workspace.store, account_ids)
    return {account: figures.costs for account, figures in kept.items()}
