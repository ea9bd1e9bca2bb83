"""One ticket with everything that its page and the command line show beside it, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.ticket_notes import TicketNotes
from convergedesk.domain.tickets import TicketId
from convergedesk.figures.service_flags import Flag, service_flags
from convergedesk.figures.ticket_nudge import Nudge, nudges, spoken_of
from convergedesk.store import contracts as store_contracts
from convergedesk.store import ticket_notes as store_notes
from convergedesk.workspace.explain import freshness
from convergedesk.workspace.insights import TicketInsights, expected_of_meter, ticket_insights
from convergedesk.workspace.tickets import TicketDetail, ticket_detail

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convergedesk.domain.account_figures import AccountFigures, MeterAdoption
    from convergedesk.domain.episode_cost import EpisodeCost
    from convergedesk.domain.kinds import AccountId
    from convergedesk.domain.usage import MeterId
    from convergedesk.figures.expected import ExpectedRange
    from convergedesk.workspace.session import Workspace


_EVIDENCE: WeakKeyDictionary[Workspace, tuple[int, Mapping[tuple[AccountId, MeterId], str]]] = (
    WeakKeyDictionary()
)


@dataclass(frozen=True, slots=True)
class TicketContext:
    """A ticket with what it did to usage, what it costs, and what to keep in mind.

    Attributes:
        detail: The ticket and what stands around it.
        notes: What our own people wrote about it.
        insights: Its effect, and that of the account's other tickets.
        meter_id: The meter whose expected range is at hand; None for the total.
        expected: What each day of it was expected to bring; None without usage by day.
        figures: The account's health, spend, commitments and adoption; None before they are computed.
        cost: What the episode cost; None where nothing fell, or before it is computed.
        flags: Warning signs, the worst first.
        spoken: Meters of the contract that the ticket speaks of, and its words for them.
        nudges: What is worth suggesting to the customer by their own use; see `nudges_with_peers`.
        judged_at: How far support's data reaches: the instant at which the flags were judged.
    """

    detail: TicketDetail
    notes: TicketNotes
    insights: TicketInsights
    meter_id: MeterId | None
    expected: ExpectedRange | None
    figures: AccountFigures | None
    cost: EpisodeCost | None
    flags: tuple[Flag, ...]
    spoken: tuple[tuple[MeterAdoption, tuple[str, ...]], ...]
    nudges: tuple[Nudge, ...]
    judged_at: datetime


def ticket_context(workspace: Workspace, ticket_id: TicketId) -> TicketContext:
    """Everything about one ticket. Raises NotFoundError where it is gone."""
    from convergedesk.workspace.account_figures import account_figures, ticket_cost

    with workspace.store.read_together():
        detail = ticket_detail(workspace, ticket_id)
        ticket, account = detail.ticket, detail.account
        insights = ticket_insights(workspace, ticket_id, others=(ticket, *detail.others))
        meter_id = first_meter(detail)
        figures = account_figures(workspace, account.id)
        judged_at = support_as_of(workspace)
        spoken = spoken_of(ticket, detail.messages, None if figures is None else figures.adoption)
        return TicketContext(
            detail=detail,
            notes=store_notes.notes_of(workspace.store, ticket_id),
            insights=insights,
            meter_id=meter_id,
            expected=expected_of_meter(detail.usage, meter_id, insights.all_episodes),
            figures=figures,
            cost=ticket_cost(workspace, ticket_id),
            flags=service_flags(
                ticket,
                store_contracts.of_accounts(workspace.store, [account.id]),
                detail.messages,
                insights.episode,
                now=judged_at,
            ),
            spoken=spoken,
            nudges=nudges(ticket, spoken, {}, account.id, insights.as_of),
            judged_at=judged_at,
        )


def nudges_with_peers(workspace: Workspace, context: TicketContext) -> tuple[Nudge, ...]:
    """What is worth suggesting, with what the account uses less than similar ones do.

    That looks at every account, so it is asked for apart, and only where the ticket speaks of a meter.
    """
    if not context.spoken:
        return ()
    account_id = context.detail.account.id
    evidence = {
        meter: told for (account, meter), told in _under_used(workspace).items() if account == account_id
    }
    return nudges(context.detail.ticket, context.spoken, evidence, account_id, context.insights.as_of)


def _under_used(workspace: Workspace) -> Mapping[tuple[AccountId, MeterId], str]:
    """The evidence by account and meter, worked out once for a state of the file."""
    from convergedesk.figures.openings import OpeningKind
    from convergedesk.workspace.account_figures import openings

    version = workspace.data_version()
    known = _EVIDENCE.get(workspace)
    if known is None or known[0] != version:
        found = {
            (row.account_id, row.meter_id): row.evidence
            for row in openings(workspace).rows
            if row.kind is OpeningKind.UNDER_USED and row.meter_id is not None
        }
        known = _EVIDENCE[workspace] = (version, found)
    return known[1]


def first_meter(detail: TicketDetail) -> MeterId | None:
    """The meter that the chart opens with: the total where there is one, else the busiest known by day."""
    usage = detail.usage
    if usage.total is not None:
        return None
    return next((one.meter.id for one in usage.meters if one.daily is not None), None)


def support_as_of(workspace: Workspace) -> datetime:
    """How far support's data reaches; the end of the workspace's today where nothing says so."""
    known = next((one.as_of for one in freshness(workspace) if one.system is SystemKind.SUPPORT), None)
    return known or datetime.combine(workspace.today, time.max, UTC)
