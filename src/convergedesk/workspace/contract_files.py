"""Contracts with all their terms into a file, and from one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import Contract, ContractId
from convergedesk.domain.errors import SourceError
from convergedesk.domain.usage import MeterId
from convergedesk.figures.summaries import refresh_summaries
from convergedesk.store import accounts, contracts, usage
from convergedesk.store.names import name_key
from convergedesk.sync.contract_terms import (
    ReadTerms,
    StatedContract,
    TermsReject,
    example,
    read_terms,
    write_terms,
)
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace

__all__ = ["ContractImport", "contracts_text", "example", "import_contracts"]

_KINDS = frozenset({Kind.CONTRACTS, Kind.BILLING})


@dataclass(frozen=True, slots=True)
class ContractImport:
    """What an import of contracts did.

    Attributes:
        added: Contracts that are new.
        changed: Contracts whose terms are others now.
        unchanged: Contracts that were as the file states them.
        rejects: Rows and contracts that were not taken, with their lines.
        changes: For the pages; its edit takes the whole import back.
    """

    added: int
    changed: int
    unchanged: int
    rejects: tuple[TermsReject, ...]
    changes: Changes


def contracts_text(workspace: Workspace, account_id: AccountId | None = None) -> str:
    """Contracts of one account with its sites, or of all, as the text of a CSV file."""
    store = workspace.store
    names = {one.id: one.name for one in accounts.list_accounts(store)}
    wanted = tuple(names) if account_id is None else accounts.family(store, account_id)
    meters = {meter.id: meter.name for meter in usage.meters(store)}
    return write_terms(contracts.of_accounts(store, wanted), names, meters)


def import_contracts(workspace: Workspace, path: Path) -> ContractImport:
    """Take in the contracts of a CSV file as one edit that can be undone.

    A contract of the same account, name and first day is brought to what the file states; one of
    which any row cannot be read is left as it is.

    Raises:
        SourceError: The file cannot be read at all.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"“{path.name}” cannot be read.", fix="Save it as CSV in UTF-8 and try again.", details=str(error)
        ) from error
    read = _read(workspace, text)
    with workspace.edit(f"Imported contracts from “{path.name}”") as edit:
        counts, touched, rejects = _write(workspace, read.contracts)
        if touched:
            touched |= refresh_summaries(
                workspace.store, touched, today=workspace.today, now=workspace.clock.now()
            )
    found = tuple(sorted((*read.rejects, *rejects), key=lambda reject: reject.line))
    return ContractImport(*counts, found, Changes(touched, _KINDS, edit_id=edit.id))


def _read(workspace: Workspace, text: str) -> ReadTerms:
    store = workspace.store
    known: dict[str, AccountId] = {}
    for one in accounts.list_accounts(store):
        known.setdefault(name_key(one.name), one.id)
        if one.domain:
            known.setdefault(one.domain, one.id)
    meters: dict[str, MeterId] = {}
    for meter in usage.meters(store):
        meters.setdefault(name_key(meter.name), meter.id)
        meters.setdefault(name_key(meter.key), meter.id)
    return read_terms(text, lambda name: known.get(name_key(name)), lambda name: meters.get(name_key(name)))


def _write(
    workspace: Workspace, stated: Sequence[StatedContract]
) -> tuple[tuple[int, int, int], frozenset[AccountId], list[TermsReject]]:
    store, now = workspace.store, workspace.clock.now()
    added = changed = unchanged = 0
    touched: set[AccountId] = set()
    rejects: list[TermsReject] = []
    # What is amended comes before its amendments.
    for one in sorted(stated, key=lambda each: (each.amends is not None, each.contract.starts_on)):
        there = contracts.of_accounts(store, [one.contract.account_id])
        amended = _named(there, one.amends) if one.amends is not None else None
        if one.amends is not None and amended is None:
            rejects.append(TermsReject(one.line, f"“{one.amends}”, which it amends, is not there."))
            continue
        kept = next((each for each in there if _same(each, one.contract)), None)
        wanted = replace(
            one.contract,
            id=kept.id if kept is not None else ContractId(0),
            external_id=kept.external_id if kept is not None else None,
            amends_id=amended.id if amended is not None else None,
            # No table can hold it.
            signed_copy=kept.signed_copy if kept is not None else None,
        )
        if kept == wanted:
            unchanged += 1
            continue
        touched.add(wanted.account_id)
        if kept is None:
            contracts.add(store, wanted, now=now)
            added += 1
        else:
            contracts.replace(store, wanted, now=now)
            changed += 1
    return (added, changed, unchanged), frozenset(touched), rejects


def _same(one: Contract, other: Contract) -> bool:
    return name_key(one.name) == name_key(other.name) and one.starts_on == other.starts_on


def _named(found: Sequence[Contract], name: str) -> Contract | None:
    return next((one for one in found if name_key(one.name) == name_key(name)), None)
