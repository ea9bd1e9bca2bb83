import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pytest

from convergedesk.domain.records import (
    AccountRecord,
    ContractRecord,
    EntityKind,
    InvoiceLineRecord,
    InvoiceRecord,
    Record,
    RecordPage,
    TicketMessageRecord,
    TicketRecord,
)
from convergedesk.workspace.sample.generator import sample_pages
from convergedesk.workspace.sample.spec import SampleSpec

Pages = tuple[RecordPage, ...]
SMALL: dict[str, Any] = {"accounts": 12, "days": 120, "tickets": 90}


def fingerprint(pages: Iterable[RecordPage]) -> str:
    digest = hashlib.sha256()
    for page in pages:
        digest.update(repr((page.stream, page.records, page.rows, page.cursor, page.last)).encode())
        if page.usage is not None:
            digest.update(repr((page.usage.accounts, page.usage.meters)).encode())
            for column in (
                page.usage.account_codes,
                page.usage.meter_codes,
                page.usage.days,
                page.usage.quantities,
            ):
                digest.update(column.tobytes())
    return digest.hexdigest()


def records_of(pages: Iterable[RecordPage], entity: EntityKind) -> Iterator[Record]:
    for page in pages:
        if page.entity is entity:
            yield from page.records


def test_the_same_spec_gives_the_same_bytes() -> None:
    assert fingerprint(sample_pages(SampleSpec(**SMALL))) == fingerprint(sample_pages(SampleSpec(**SMALL)))


def test_another_seed_gives_other_data() -> None:
    assert fingerprint(sample_pages(SampleSpec(**SMALL))) != fingerprint(
        sample_pages(SampleSpec(**SMALL, seed=8))
    )


def test_pilot_accounts_are_the_same_in_a_larger_book() -> None:
    small = SampleSpec(accounts=10, days=60)
    large = SampleSpec(accounts=40, days=60)

    def usage(spec: SampleSpec) -> dict[str, float]:
        totals: dict[str, float] = {}
        for page in sample_pages(spec):
            if page.usage is not None:
                sums = np.bincount(page.usage.account_codes, page.usage.quantities, len(page.usage.accounts))
                for key, total in zip(page.usage.accounts, sums, strict=True):
                    totals[str(key.external_id)] = total
        return totals

    few, many = usage(small), usage(large)
    assert few.items() <= many.items()
    assert len(many) > len(few)


def test_every_page_accounts_for_its_rows(book_pages: Pages) -> None:
    for page in book_pages:
        taken = len(page.records) if page.usage is None else int(page.usage.rows.sum())
        assert page.rows == taken + len(page.rejects) > 0


def test_streams_are_whole_and_end_once(book_pages: Pages) -> None:
    assert [p.stream for p in book_pages if p.last] == list(dict.fromkeys(p.stream for p in book_pages))
    for stream in {page.stream for page in book_pages}:
        cursors = [page.cursor for page in book_pages if page.stream == stream]
        assert cursors == [str(i + 1) for i in range(len(cursors))]


def test_accounts_name_their_ids_in_all_four_systems(book_pages: Pages) -> None:
    for record in records_of(book_pages, EntityKind.ACCOUNTS):
        assert isinstance(record, AccountRecord)
        assert len({reference.system for reference in record.references}) == 3
        assert record.external_id


def test_every_row_names_a_known_account(book_pages: Pages) -> None:
    known: set[str] = set()
    for record in records_of(book_pages, EntityKind.ACCOUNTS):
        assert isinstance(record, AccountRecord)
        known |= {str(record.external_id), *(reference.external_id for reference in record.references)}
    for page in book_pages:
        for record in page.records:
            account = getattr(record, "account", None)
            assert account is None or account.external_id in known
        if page.usage is not None:
            assert {key.external_id for key in page.usage.accounts} <= known


def test_a_day_of_a_meter_occurs_once(book_pages: Pages) -> None:
    seen: set[tuple[str, str]] = set()
    for page in book_pages:
        if page.usage is None:
            continue
        usage = page.usage
        cells = np.stack([usage.account_codes, usage.meter_codes, usage.days])
        assert np.unique(cells, axis=1).shape[1] == cells.shape[1]
        subjects = {
            (str(usage.accounts[a].external_id), usage.meters[m])
            for a, m in np.unique(cells[:2], axis=1).T.tolist()
        }
        assert not subjects & seen
        seen |= subjects


def test_ids_are_unique(book_pages: Pages) -> None:
    for entity, name in [
        (EntityKind.ACCOUNTS, "external_id"),
        (EntityKind.ACCOUNTS, "name"),
        (EntityKind.ACCOUNTS, "domain"),
        (EntityKind.PERSONS, "external_id"),
        (EntityKind.TICKETS, "number"),
        (EntityKind.TICKET_MESSAGES, "external_id"),
        (EntityKind.SUBSCRIPTIONS, "external_id"),
        (EntityKind.INVOICES, "number"),
        (EntityKind.CALENDAR_EVENTS, "external_id"),
        (EntityKind.CHURN_EVENTS, "external_id"),
    ]:
        counts = Counter(getattr(record, name) for record in records_of(book_pages, entity))
        assert counts
        assert counts.most_common(1)[0][1] == 1, (entity, counts.most_common(3))


@pytest.mark.parametrize(
    "sizes",
    [
        {"accounts": 3, "meters": 2, "days": 45, "tickets": 9},
        {"accounts": 10, "meters": 1, "days": 7, "tickets": 0},
        {"accounts": 25, "meters": 20, "days": 31, "tickets": 400},
        {"accounts": 1, "days": 1, "tickets": 3},
    ],
)
def test_sizes_are_honoured(sizes: dict[str, Any]) -> None:
    spec = SampleSpec(**sizes)
    counts: Counter[EntityKind] = Counter()
    meters: dict[str, set[int]] = {}
    days: set[int] = set()
    for page in sample_pages(spec):
        counts[page.entity] += page.rows
        if page.usage is not None:
            days |= set(page.usage.days.tolist())
            for account, meter in zip(page.usage.account_codes, page.usage.meter_codes, strict=True):
                meters.setdefault(str(page.usage.accounts[account].external_id), set()).add(int(meter))
    sites = 3 if spec.accounts >= 8 else 0
    assert counts[EntityKind.ACCOUNTS] == spec.accounts + sites
    assert counts[EntityKind.TICKETS] == spec.ticket_count
    assert len(days) == spec.days
    if spec.meters is not None and spec.days >= 30:
        plain = {key: found for key, found in meters.items() if key != "grp_aurelia"}
        assert {len(found) for found in plain.values()} == {spec.meters}


def test_messages_are_about_five_a_ticket(book_pages: Pages) -> None:
    tickets = sum(1 for _ in records_of(book_pages, EntityKind.TICKETS))
    messages = sum(1 for _ in records_of(book_pages, EntityKind.TICKET_MESSAGES))
    assert 4.2 <= messages / tickets <= 6.2


def test_contracts_come_by_hand_and_not_by_import(book_pages: Pages) -> None:
    assert not any(isinstance(record, ContractRecord) for page in book_pages for record in page.records)


def test_invoice_lines_add_up(book_pages: Pages) -> None:
    sums: Counter[str] = Counter()
    for record in records_of(book_pages, EntityKind.INVOICE_LINES):
        assert isinstance(record, InvoiceLineRecord)
        sums[record.invoice_number] += record.amount.minor_units
    for record in records_of(book_pages, EntityKind.INVOICES):
        assert isinstance(record, InvoiceRecord)
        assert sums[record.number] == record.total.minor_units


def test_nothing_lies_in_the_future_of_the_sample(book_pages: Pages) -> None:
    today = SampleSpec().today
    for page in book_pages:
        for record in page.records:
            if isinstance(record, TicketRecord):
                assert record.opened_at.date() <= today
                assert record.closed_at is None or record.opened_at < record.closed_at
                assert record.closed_at is None or record.closed_at.date() <= today
            if isinstance(record, TicketMessageRecord):
                assert record.sent_at.date() <= today
            if isinstance(record, InvoiceRecord):
                assert record.issued_on <= today
