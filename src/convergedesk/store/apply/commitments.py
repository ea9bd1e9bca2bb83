"""The one commitment that an imported contract states."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from convergedesk.store.apply.rows import Prepared


def write_commitments(connection: Connection, source: str, rows: Sequence[Prepared]) -> set[str]:
    """Bring the commitments of contracts up to date.

    Only the commitment over the contract's whole term is the import's; others are people's.

    Returns:
        The keys of the contracts whose commitment is new or other than before.
    """
    committing = {row.key: row for row in rows if row.extra}
    if not committing:
        return set()
    found = connection.exec_driver_sql(
        "SELECT c.external_id, c.id, c.starts_on, c.ends_on, m.id, m.amount_minor, m.currency, m.prepaid "
        "FROM contracts c LEFT JOIN commitments m ON m.contract_id = c.id "
        "AND m.starts_on = c.starts_on AND m.ends_on = c.ends_on "
        "WHERE c.source = ? AND c.external_id IN (SELECT value FROM json_each(?)) ORDER BY m.id DESC",
        (source, json.dumps(list(committing))),
    ).all()
    changed: set[str] = set()
    for key, contract_id, starts_on, ends_on, commitment_id, *stored in found:
        extra = committing[key].extra
        if commitment_id is None:
            connection.exec_driver_sql(
                "INSERT INTO commitments (contract_id, starts_on, ends_on, amount_minor, currency, prepaid) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (contract_id, starts_on, ends_on, *extra),
            )
            changed.add(key)
        elif tuple(stored) != tuple(extra):
            connection.exec_driver_sql(
                "UPDATE commitments SET amount_minor = ?, currency = ?, prepaid = ? WHERE id = ?",
                (*extra, commitment_id),
            )
            changed.add(key)
    return changed
