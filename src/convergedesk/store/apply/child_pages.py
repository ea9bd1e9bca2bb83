"""Pages of ticket messages and of invoice lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.billing import InvoiceState
from convergedesk.domain.intake import LinkedPage
from convergedesk.domain.links import AccountKeyLink
from convergedesk.domain.records import InvoiceLineRecord, Record, TicketMessageRecord
from convergedesk.store.apply.children import (
    LINES,
    MESSAGES,
    Child,
    ChildTable,
    parent_ids,
    prepare_line,
    prepare_message,
    write_children,
)
from convergedesk.store.apply.context import RunContext, refuse_link
from convergedesk.store.apply.records import let_wait, no_longer_waiting, refuse
from convergedesk.store.apply.rejects import UNKNOWN_REFERENCE, Refusal
from convergedesk.store.apply.rows import UnsoundRowError, require_sound
from convergedesk.store.apply.waiting import Waiting

CHILD_TABLES = {table.entity: table for table in (MESSAGES, LINES)}
_Row = tuple[Record, Child, AccountKeyLink | None]


def apply_children(connection: Connection, context: RunContext, linked: LinkedPage) -> None:
    """Write messages or lines; those whose ticket or invoice is not known wait for it."""
    page = linked.page
    table = CHILD_TABLES[page.entity]
    links = linked.links or (None,) * len(page.records)
    rows: list[_Row] = []
    refusals: list[Refusal] = []
    for record, link in zip(page.records, links, strict=True):
        child = _prepared(connection, context, record, page.stream)
        try:
            require_sound(table.columns, child.values)
        except UnsoundRowError as error:
            refusals.append(Refusal(record.origin.line, error.code, str(error), record.origin.raw))
        else:
            rows.append((record, child, link))
    parents = parent_ids(connection, table, page.source, [child.parent for _, child, _ in rows])
    if table is LINES:
        parents |= _heads_from_lines(connection, context, rows, parents)
    waiting: list[Waiting] = []
    found: list[tuple[int, Child]] = []
    currencies = _currencies(connection, parents.values()) if table is LINES else {}
    for record, child, link in rows:
        parent = parents.get(child.parent)
        if parent is not None and _fits(record, currencies.get(parent)):
            found.append((parent, child))
            continue
        if parent is not None:
            refusals.append(_foreign(record, child, currencies[parent]))
            continue
        refusals.append(_orphan(record, child, link))
        key_id = None if link is None else context.key_id(link)
        extra = _head(record)
        text = json.dumps(
            {**dict(zip(table.columns, child.values, strict=True)), "key": child.key, "head": extra},
            ensure_ascii=False,
        )
        waiting.append(
            Waiting(child.row_key, text, record.origin.line, record.origin.raw, key_id, child.parent)
        )
    tally = context.tally(page)
    fates = write_children(connection, table, found)
    for fate in fates:
        tally.count(fate)
    touched = {parent for (parent, _), fate in zip(found, fates, strict=True) if fate != "unchanged"}
    context.touched.update(touch_parents(connection, table, touched).values())
    no_longer_waiting(connection, context, page.entity, [child.row_key for _, child in found])
    refuse(connection, context, linked, refusals)
    let_wait(connection, context, linked, waiting, refusals)


def touch_parents(connection: Connection, table: ChildTable, ids: set[int]) -> dict[int, int]:
    """Bring totals that are the sum of lines up to date; returns the account of every parent."""
    among = json.dumps(sorted(ids))
    if table is LINES:
        connection.exec_driver_sql(
            "UPDATE invoices AS i SET total_minor = s.total "
            "FROM (SELECT invoice_id, sum(amount_minor) AS total FROM invoice_lines "
            "WHERE invoice_id IN (SELECT value FROM json_each(?)) GROUP BY invoice_id) s "
            "WHERE i.id = s.invoice_id AND i.from_lines = 1 AND i.total_minor <> s.total",
            (among,),
        )
    rows = connection.exec_driver_sql(
        f"SELECT id, account_id FROM {table.parent_table} "  # noqa: S608
        "WHERE id IN (SELECT value FROM json_each(?))",
        (among,),
    )
    return {row[0]: row[1] for row in rows}


def create_head(
    connection: Connection,
    source: str,
    run_id: int | None,
    number: str,
    account: tuple[int, str | None],
    head: Sequence[str | None],
) -> int | None:
    """An invoice of which only lines are known; None where not even the day is stated."""
    issued_on, period_start, period_end, currency = head
    if issued_on is None or currency is None:
        return None
    return connection.exec_driver_sql(
        "INSERT INTO invoices (source, run_id, number, account_id, account_key, issued_on, period_start, "
        "period_end, total_minor, currency, state, from_lines) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 1) "
        "RETURNING id",
        (
            *(source, run_id, number, *account, issued_on, period_start, period_end, currency),
            InvoiceState.OPEN,
        ),
    ).scalar_one()


def _prepared(connection: Connection, context: RunContext, record: Record, stream: str) -> Child:
    if isinstance(record, TicketMessageRecord):
        return prepare_message(record)
    if not isinstance(record, InvoiceLineRecord):
        raise TypeError(f"{type(record).__name__} is neither a message nor a line")
    position = record.position
    if position is None:
        position = context.positions.next(stream, record.invoice_number)
    named = None if record.meter is None else record.meter.strip()
    meter_id = context.lookups.meter(connection, SystemKind.BILLING, named) if named else None
    return prepare_line(record, position, meter_id)


def _heads_from_lines(
    connection: Connection, context: RunContext, rows: Sequence[_Row], known: dict[str, int]
) -> dict[str, int]:
    created: dict[str, int] = {}
    for record, child, link in rows:
        account_id = None if link is None else link.account_id
        if link is None or account_id is None or child.parent in known or child.parent in created:
            continue
        invoice_id = create_head(
            connection, context.source, context.run_id, child.parent, (account_id, link.text), _head(record)
        )
        if invoice_id is not None:
            created[child.parent] = invoice_id
    return created


def _head(record: Record) -> list[str | None]:
    """What a line says of its invoice: day of issue, billed period, currency."""
    if not isinstance(record, InvoiceLineRecord):
        return []
    day = record.issued_on or record.period_end or record.period_start
    days: tuple[date | None, ...] = (day, record.period_start, record.period_end)
    return [*(None if d is None else d.isoformat() for d in days), record.amount.currency]


def _orphan(record: Record, child: Child, link: AccountKeyLink | None) -> Refusal:
    if link is not None and link.account_id is None:
        return refuse_link(link, record.origin)
    kind = "ticket" if isinstance(record, TicketMessageRecord) else "invoice"
    reason = f"The {kind} “{child.parent}” is not known."
    return Refusal(record.origin.line, UNKNOWN_REFERENCE, reason, record.origin.raw, waits=True)


def _currencies(connection: Connection, invoice_ids: Iterable[int]) -> dict[int, str]:
    rows = connection.exec_driver_sql(
        "SELECT id, currency FROM invoices WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(invoice_ids)),),
    )
    return {row[0]: row[1] for row in rows}


def _fits(record: Record, currency: str | None) -> bool:
    return not isinstance(record, InvoiceLineRecord) or record.amount.currency == currency


def _foreign(record: Record, child: Child, currency: str) -> Refusal:
    reason = f"The invoice “{child.parent}” is in {currency}, this line is not."
    return Refusal(record.origin.line, "other_currency", reason, record.origin.raw)
