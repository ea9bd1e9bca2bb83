"""Tickets by the feature that they are tagged with, and what their episodes did to usage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.episode_cost import EpisodeCost
from convergedesk.domain.episodes import EpisodeId
from convergedesk.domain.tickets import TicketId
from convergedesk.domain.usage import FeatureId, MeterId
from convergedesk.store.engine import Store
from convergedesk.store.instants import from_microseconds, to_microseconds
from convergedesk.store.kept_form import from_text

# What we tagged ourselves counts before what the support desk says.
_TAG = "coalesce(c.feature_id, t.feature_id)"
_TICKETS = f"""
SELECT {_TAG} AS tag, t.account_id, count(*), sum(coalesce(t.priority >= 3, 0)), sum(t.closed_at IS NULL),
       max(t.opened_at), group_concat(t.id)
FROM tickets t
JOIN accounts a ON a.id = t.account_id
LEFT JOIN ticket_contexts c ON c.ticket_id = t.id
WHERE {_TAG} IS NOT NULL AND t.opened_at >= ? AND t.gone_since IS NULL AND t.status <> 'deleted'
  AND a.merged_into_id IS NULL
GROUP BY tag, t.account_id
"""  # noqa: S608
_LOSSES = f"""
SELECT DISTINCT {_TAG} AS tag, e.id, e.account_id, e.opened_on, f.meter_id, f.verdict, f.observed, f.expected
FROM episodes e
JOIN episode_tickets et ON et.episode_id = e.id
JOIN tickets t ON t.id = et.ticket_id
LEFT JOIN ticket_contexts c ON c.ticket_id = t.id
LEFT JOIN episode_effects f ON f.episode_id = e.id AND f.part = 'during'
WHERE {_TAG} IS NOT NULL AND e.opened_on >= ?
ORDER BY tag, e.opened_on DESC, e.id
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class TaggedTickets:
    """One account's tickets that are tagged with one feature.

    Attributes:
        feature_id: The tag.
        account_id: Whose.
        tickets: How many.
        high: How many of them are of high priority.
        open: How many of them are open.
        last_opened_at: When the last one was opened, UTC.
        ticket_ids: All of them.
    """

    feature_id: FeatureId
    account_id: AccountId
    tickets: int
    high: int
    open: int
    last_opened_at: datetime
    ticket_ids: tuple[TicketId, ...]


@dataclass(frozen=True, slots=True)
class TaggedEffect:
    """What usage did during an episode with a ticket that is tagged with a feature.

    Attributes:
        feature_id: The tag.
        episode_id: The episode.
        account_id: Whose.
        opened_on: When it began, in the account's time zone.
        meter_id: One meter, or None for the account's total; None too where no dip was confirmed.
        verdict: 'down', 'up' or 'inconclusive'; None where no dip was confirmed.
        observed: Units of the dip's observed days, or None.
        expected: Units expected of these, or None.
    """

    feature_id: FeatureId
    episode_id: EpisodeId
    account_id: AccountId
    opened_on: date
    meter_id: MeterId | None
    verdict: str | None
    observed: float | None
    expected: float | None


def tagged_tickets(store: Store, since: datetime) -> tuple[TaggedTickets, ...]:
    """Tickets opened since then, by feature and account."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(_TICKETS, (to_microseconds(since),)).all()
    return tuple(
        TaggedTickets(
            FeatureId(feature),
            AccountId(account),
            many,
            high,
            still_open,
            from_microseconds(last),
            tuple(TicketId(int(one)) for one in ids.split(",")),
        )
        for feature, account, many, high, still_open, last, ids in rows
    )


def episode_costs(store: Store) -> dict[AccountId, tuple[EpisodeCost, ...]]:
    """What every account's episodes cost, its sites' among them; of those that were computed."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT account_id, costs FROM account_figures WHERE costs <> '[]'"
        ).all()
    return {AccountId(account): from_text(costs, tuple[EpisodeCost, ...]) for account, costs in rows}


def tagged_effects(store: Store, since: date) -> tuple[TaggedEffect, ...]:
    """What usage did in the episodes that began since then, by feature; an episode may have several."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(_LOSSES, (since.isoformat(),)).all()
    return tuple(
        TaggedEffect(
            FeatureId(feature),
            EpisodeId(episode),
            AccountId(account),
            date.fromisoformat(opened),
            None if meter is None else MeterId(meter),
            verdict,
            observed,
            expected,
        )
        for feature, episode, account, opened, meter, verdict, observed, expected in rows
    )
