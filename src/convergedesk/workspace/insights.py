"""What tickets did to usage, as pages and the command line ask for it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.episodes import EffectPart, Episode, KeptEffect
from convergedesk.domain.protocols import CancelToken, Progress, no_progress
from convergedesk.domain.tickets import Ticket, TicketId
from convergedesk.store import accounts as store_accounts
from convergedesk.store import insights as store_insights
from convergedesk.store import tickets as store_tickets
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace

if TYPE_CHECKING:
    from convergedesk.domain.usage import MeterId
    from convergedesk.figures.account import AccountUsage
    from convergedesk.figures.expected import ExpectedRange

LATELY = 365


@dataclass(frozen=True, slots=True)
class AccountInsights:
    """What is kept of one account.

    Attributes:
        computed_at: When, or None where it was not computed yet.
        as_of: Last day with usage, or None.
        now: Usage of the last 7 and 28 days against expected.
        recent_dip: The look that stands out most among the last days, as kept, or None.
        episodes: By opening.
    """

    computed_at: datetime | None
    as_of: date | None
    now: tuple[KeptEffect, ...]
    recent_dip: Mapping[str, Any] | None
    episodes: tuple[Episode, ...]


@dataclass(frozen=True, slots=True)
class TicketInsights:
    """What one ticket did to usage.

    Attributes:
        episode: Its episode, or None where it forms none (no high priority and no confirmed dip).
        as_of: Last day with usage, or None.
        past: The account's other episodes that were judged, newest first, with their first tickets.
        computed_at: When, or None where it was not computed yet.
        now: The account's usage of the last 7 and 28 days against expected.
        all_episodes: Every episode of the account, this one too.
    """

    episode: Episode | None
    as_of: date | None
    past: tuple[tuple[Episode, Ticket], ...]
    computed_at: datetime | None
    now: tuple[KeptEffect, ...] = ()
    all_episodes: tuple[Episode, ...] = ()

    def effect_on(self, ticket_id: TicketId) -> Episode | None:
        """The episode that begins with that ticket of the account, or None."""
        return next((episode for episode, ticket in self.past if ticket.id == ticket_id), None)


def refresh_insights(
    workspace: Workspace,
    touched: Collection[AccountId] | None = None,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Changes:
    """Computes again what a change touched; None looks at every account.

    Returns:
        The accounts whose results are new.
    """
    from convergedesk.figures.insights import refresh_insights as refresh

    computed = refresh(
        workspace.store,
        touched,
        today=workspace.today,
        now=workspace.clock.now(),
        progress=progress,
        cancel=cancel,
    )
    return Changes(computed, frozenset({Kind.INSIGHTS}))


def account_insights(workspace: Workspace, account_id: AccountId) -> AccountInsights:
    """What is kept of one account, its sites rolled up."""
    kept = store_insights.insights_of(workspace.store, [account_id])
    if not kept:
        return AccountInsights(None, None, (), None, ())
    figures = json.loads(kept[0].figures)
    return AccountInsights(
        computed_at=kept[0].computed_at,
        as_of=kept[0].as_of,
        now=tuple(_effect(effect) for effect in figures.get("now", ())),
        recent_dip=figures.get("recent_dip"),
        episodes=store_insights.episodes_of(workspace.store, [account_id]),
    )


def ticket_insights(
    workspace: Workspace, ticket_id: TicketId, *, others: Sequence[Ticket] | None = None
) -> TicketInsights:
    """What one ticket did to usage. Raises NotFoundError where it is gone.

    Args:
        workspace: The workspace.
        ticket_id: The ticket.
        others: The account's other tickets, where they have been read already.
    """
    ticket = store_tickets.get(workspace.store, ticket_id)
    kept = account_insights(workspace, ticket.account_id)
    mine = next((one for one in kept.episodes if ticket_id in one.ticket_ids), None)
    if others is None:
        family = store_accounts.family(workspace.store, ticket.account_id)
        others = store_tickets.of_accounts(workspace.store, family)
    tickets = {one.id: one for one in others}
    past = tuple(
        (episode, tickets[episode.ticket_ids[0]])
        for episode in reversed(kept.episodes)
        if episode is not mine and episode.ticket_ids and episode.ticket_ids[0] in tickets
    )
    return TicketInsights(mine, kept.as_of, past, kept.computed_at, kept.now, kept.episodes)


def expected_ranges(
    workspace: Workspace, account_id: AccountId, usage: AccountUsage
) -> dict[MeterId | None, ExpectedRange]:
    """What each day was expected to bring, by meter; None for the total.

    Days of the account's episodes are no part of what is expected.
    """
    from convergedesk.figures.expected import expected_by_meter

    episodes = store_insights.episodes_of(workspace.store, [account_id])
    return expected_by_meter(usage, episodes)


def expected_of_meter(
    usage: AccountUsage, meter_id: MeterId | None, episodes: Sequence[Episode]
) -> ExpectedRange | None:
    """What each day of a meter, or of the total (None), was expected to bring; None without usage by day."""
    from convergedesk.figures.expected import expected_of

    if usage.first_day is None:
        return None
    daily = usage.total
    if meter_id is not None:
        daily = next((one.daily for one in usage.meters if one.meter.id == meter_id), None)
    return None if daily is None else expected_of(daily, usage.first_day, episodes)


def _effect(kept: Mapping[str, Any]) -> KeptEffect:
    values: dict[str, Any] = dict(kept)
    values["part"] = EffectPart(values["part"])
    values["first_day"] = date.fromisoformat(values["first_day"])
    return KeptEffect(**values)
