"""The sample as pages of records, so that it goes in through the path of real imports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import EntityKind, Record, RecordPage, UsageColumns
from convergedesk.workspace.sample.crm import (
    SOURCE,
    account_records,
    calendar_records,
    churn_records,
    person_records,
)
from convergedesk.workspace.sample.ledger import (
    invoice_records,
    line_records,
    numbered_invoices,
    subscription_records,
)
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.sample.support import message_records, ticket_records
from convergedesk.workspace.sample.tickets import tickets_of
from convergedesk.workspace.sample.usage import UsageBlock
from convergedesk.workspace.sample.world import World, build_world

_RECORDS = 5_000
_USAGE_ROWS = 200_000


def sample_pages(spec: SampleSpec) -> Iterator[RecordPage]:
    """All record pages of a sample; the same spec gives equal pages."""
    return world_pages(build_world(spec))


def world_pages(world: World) -> Iterator[RecordPage]:
    """The pages of a world that is built already, each stream whole and in its turn."""
    yield from _pages(SystemKind.CRM, EntityKind.ACCOUNTS, account_records(world))
    yield from _pages(SystemKind.CRM, EntityKind.PERSONS, person_records(world))
    yield from _pages(SystemKind.CRM, EntityKind.CALENDAR_EVENTS, calendar_records(world))
    yield from _pages(SystemKind.BILLING, EntityKind.SUBSCRIPTIONS, subscription_records(world))
    yield from _usage_pages(world)
    tickets = tickets_of(world)
    yield from _pages(SystemKind.SUPPORT, EntityKind.TICKETS, ticket_records(world, tickets))
    yield from _pages(SystemKind.SUPPORT, EntityKind.TICKET_MESSAGES, message_records(world, tickets))
    invoices = numbered_invoices(world)
    yield from _pages(SystemKind.BILLING, EntityKind.INVOICES, invoice_records(invoices))
    yield from _pages(SystemKind.BILLING, EntityKind.INVOICE_LINES, line_records(invoices))
    yield from _pages(SystemKind.CRM, EntityKind.CHURN_EVENTS, churn_records(world))


def _pages(system: SystemKind, entity: EntityKind, records: Iterable[Record]) -> Iterator[RecordPage]:
    """Cut a stream into pages; an empty stream has no page at all."""
    remaining = iter(records)
    page = tuple(islice(remaining, _RECORDS))
    count = 0
    while page:
        following = tuple(islice(remaining, _RECORDS))
        count += 1
        yield RecordPage(
            system=system,
            source=SOURCE,
            stream=entity.value,
            entity=entity,
            records=page,
            rows=len(page),
            cursor=str(count),
            last=not following,
            account_system=system,
        )
        page = following


def _usage_pages(world: World) -> Iterator[RecordPage]:
    """Whole accounts together, so that a month block is written once."""
    batches = list(_batches([world.usage[site.key] for site in world.sites if site.meters]))
    line = 2
    for count, batch in enumerate(batches, start=1):
        columns = _columns(batch, line)
        line += len(columns.quantities)
        yield RecordPage(
            system=SystemKind.USAGE,
            source=SOURCE,
            stream=EntityKind.USAGE.value,
            entity=EntityKind.USAGE,
            usage=columns,
            rows=len(columns.quantities),
            cursor=str(count),
            last=count == len(batches),
            account_system=SystemKind.USAGE,
        )


def _batches(blocks: list[UsageBlock]) -> Iterator[list[UsageBlock]]:
    batch: list[UsageBlock] = []
    size = 0
    for block in blocks:
        if batch and size + block.values.size > _USAGE_ROWS:
            yield batch
            batch, size = [], 0
        batch.append(block)
        size += block.values.size
    if batch:
        yield batch


def _columns(batch: list[UsageBlock], first_line: int) -> UsageColumns:
    meters = tuple(dict.fromkeys(meter.key for block in batch for meter in block.plan.meters))
    code_of = {meter: code for code, meter in enumerate(meters)}
    accounts: list[np.ndarray] = []
    codes: list[np.ndarray] = []
    days: list[np.ndarray] = []
    quantities: list[np.ndarray] = []
    for code, block in enumerate(batch):
        reported = ~np.isnan(block.values)
        rows, columns = np.nonzero(reported)
        own = np.array([code_of[meter.key] for meter in block.plan.meters], dtype=np.int32)
        epoch = int(np.datetime64(block.first_day, "D").astype(np.int64))
        accounts.append(np.full(len(rows), code, dtype=np.int32))
        codes.append(own[rows])
        days.append((columns + epoch).astype(np.int32))
        quantities.append(block.values[reported])
    count = sum(len(part) for part in quantities)
    return UsageColumns(
        accounts=tuple(block.plan.usage_key for block in batch),
        meters=meters,
        account_codes=np.concatenate(accounts),
        meter_codes=np.concatenate(codes),
        days=np.concatenate(days),
        quantities=np.concatenate(quantities),
        lines=np.arange(first_line, first_line + count, dtype=np.int64),
        rows=np.ones(count, dtype=np.int32),
    )
