"""Pages of accounts lists."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from convergedesk.domain.intake import LinkedPage
from convergedesk.domain.links import AccountKeyLink
from convergedesk.domain.records import AccountRecord, EntityKind
from convergedesk.store.apply.accounts import (
    read_statements,
    refresh_accounts,
    statement_of,
    write_statements,
)
from convergedesk.store.apply.context import RunContext, refuse_link
from convergedesk.store.apply.records import refuse
from convergedesk.store.apply.rejects import DUPLICATE, Refusal


def apply_accounts(connection: Connection, context: RunContext, linked: LinkedPage) -> None:
    """Keep what the page states of its accounts; a row whose account is not decided waits."""
    page = linked.page
    tally = context.tally(page)
    rows = [
        (record, link)
        for record, link in zip(page.records, linked.links, strict=True)
        if isinstance(record, AccountRecord) and link is not None
    ]
    former = read_statements(connection, {context.key_id(link) for _, link in rows})
    statements: dict[int, dict[str, Any]] = {}
    refusals: list[Refusal] = []
    touched: set[int] = set()
    seen = context.seen[EntityKind.ACCOUNTS]
    for record, link in rows:
        key_id = context.key_id(link)
        text, was_gone = former.get(key_id, (None, False))
        before: dict[str, Any] | None = statements.get(key_id) or (None if text is None else json.loads(text))
        after = {**(before or {}), **statement_of(record, page.stated)}
        known_by_name = link.text in seen and not link.text.startswith(f"{link.system}:id:")
        first = seen.setdefault(link.text, page.stream)
        repeated = first != page.stream or known_by_name
        if repeated and before is not None and after != before:
            refusals.append(_duplicate(record, link, first))
            continue
        if after != before or was_gone:
            statements[key_id] = after
        account_id = link.account_id
        if account_id is None:
            refusals.append(refuse_link(link, record.origin))
            context.counted[EntityKind.ACCOUNTS, link.text].append(
                (page.stream, refusals[-1].code, record.origin.line)
            )
            continue
        fate = "new" if before is None else "changed" if after != before or was_gone else "unchanged"
        tally.count(fate)
        if fate != "unchanged":
            touched.add(account_id)
    write_statements(connection, [(key_id, _as_json(stated)) for key_id, stated in statements.items()])
    # A key that was linked anew, by a reference for instance, brings its statement along.
    touched.update(link.account_id for link in linked.touched if link.account_id is not None and link.stated)
    created = {account_id for account_id in touched if account_id > 0}
    context.touched |= created | refresh_accounts(connection, created, context.now)
    refuse(connection, context, linked, refusals)


def _as_json(stated: dict[str, Any]) -> str:
    return json.dumps(stated, ensure_ascii=False)


def _duplicate(record: AccountRecord, link: AccountKeyLink, stream: str) -> Refusal:
    reason = f"“{link.label}” already came in with “{stream}”, with other values."
    return Refusal(record.origin.line, DUPLICATE, reason, record.origin.raw)
