"""What the sample's support desk knows: tickets and every message on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from convergedesk.domain.audience import Audience
from convergedesk.domain.records import Origin, TicketMessageRecord, TicketRecord
from convergedesk.domain.tickets import TicketStatus
from convergedesk.workspace.sample.conversations import ConversationWriter
from convergedesk.workspace.sample.plan import AccountPlan, TicketPlan
from convergedesk.workspace.sample.team import VENDOR_DOMAIN
from convergedesk.workspace.sample.tickets import AS_OF
from convergedesk.workspace.sample.world import World


def ticket_records(world: World, tickets: Iterable[TicketPlan]) -> Iterator[TicketRecord]:
    """One record a ticket, in the order given."""
    sites = {site.key: site for site in world.sites}
    for line, ticket in enumerate(tickets, start=2):
        site = sites[ticket.account]
        yield TicketRecord(
            Origin(line),
            ticket.number,
            site.support_key,
            site.utc(ticket.opened),
            title=ticket.title,
            closed_at=None if ticket.closed is None else site.utc(ticket.closed),
            priority=ticket.priority,
            status=_status(ticket, line),
            first_response_minutes=ticket.first_response_minutes,
            satisfaction=ticket.satisfaction,
            escalated=ticket.escalated,
            feature=ticket.feature,
            requester=ticket.requester,
            assignee=ticket.assignee,
            url=f"https://support.{VENDOR_DOMAIN}/tickets/{ticket.number}",
        )


def _status(ticket: TicketPlan, line: int) -> TicketStatus:
    if ticket.closed is not None:
        return TicketStatus.CLOSED
    return TicketStatus.PENDING if not ticket.messages and line % 4 == 0 else TicketStatus.OPEN


def message_records(world: World, tickets: Iterable[TicketPlan]) -> Iterator[TicketMessageRecord]:
    """Every message, ticket by ticket in the order given."""
    sites = {site.key: site for site in world.sites}
    parents = {site.key: account for account in world.accounts for site in account.all_sites}
    writers = {
        key: ConversationWriter(
            site.industry, (*site.people, *parents[key].people), world.spec.stream("talk", key)
        )
        for key, site in sites.items()
    }
    line = 1
    for ticket in tickets:
        for record in _messages(ticket, sites[ticket.account], writers[ticket.account], line):
            line += 1
            yield record


def _messages(
    ticket: TicketPlan, site: AccountPlan, writer: ConversationWriter, line: int
) -> Iterator[TicketMessageRecord]:
    until = AS_OF.astimezone(ZoneInfo(site.time_zone)).replace(tzinfo=None)
    messages = ticket.messages or tuple(writer.write(ticket, site.success_manager, until))
    sent_before = ticket.opened
    for place, message in enumerate(messages, start=1):
        sent = max(message.sent, sent_before)
        sent_before = sent + timedelta(minutes=1)
        author = message.author
        yield TicketMessageRecord(
            Origin(line + place),
            f"{ticket.number}-{place}",
            ticket.number,
            site.utc(sent),
            author,
            message.body,
            author_role=_role(site, writer, author),
            from_customer=writer.is_customer(author),
            audience=Audience.INTERNAL if message.internal else Audience.SHARED,
        )


def _role(site: AccountPlan, writer: ConversationWriter, author: str) -> str:
    return "Success manager" if author == site.success_manager else writer.role_of(author)
