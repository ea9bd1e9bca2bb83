"""Pages of contract terms: rows that belong together become one contract, or none of them is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from convergedesk.domain.accounts import AccountId, SystemKind
from convergedesk.domain.billing import Contract, ContractId
from convergedesk.domain.contract_rows import ContractBuilder, TermsRowError
from convergedesk.domain.intake import LinkedPage
from convergedesk.domain.links import AccountKeyLink
from convergedesk.domain.records import ContractTermRecord, EntityKind, Reject
from convergedesk.domain.usage import MeterId
from convergedesk.store.apply.context import RunContext, refuse_link, refuse_nameless
from convergedesk.store.apply.lookups import Lookups, plain_key
from convergedesk.store.apply.records import let_wait, no_longer_waiting, refuse
from convergedesk.store.apply.rejects import DUPLICATE, UNKNOWN_REFERENCE, Refusal
from convergedesk.store.apply.term_json import record_from_json, record_to_json
from convergedesk.store.apply.waiting import Ripe, Waiting, waiting_keys
from convergedesk.store.contracts import contracts_of, insert_contract, rewrite_contract
from convergedesk.store.instants import from_microseconds
from convergedesk.store.names import name_key

HELD_BACK = "held_back"
_KIND = EntityKind.CONTRACT_TERMS
_Row = tuple[ContractTermRecord, AccountKeyLink | None]


@dataclass(frozen=True, slots=True)
class Stated:
    """The rows of one contract of a known account.

    Attributes:
        account_id: The account.
        account_key: Text of the key under which the rows name it.
        rows: The rows, in their order.
    """

    account_id: int
    account_key: str
    rows: tuple[ContractTermRecord, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """The row because of which a contract was not taken."""

    row: ContractTermRecord
    code: str
    reason: str


def apply_contract_terms(connection: Connection, context: RunContext, linked: LinkedPage) -> None:
    """Write a page of terms; a page holds every row of its contracts."""
    page = linked.page
    parts: defaultdict[str, list[_Row]] = defaultdict(list)
    for record, link in zip(page.records, linked.links, strict=True):
        if isinstance(record, ContractTermRecord):
            parts[record.part_of].append((record, link))
    broken = _broken(page.rejects, parts)
    refusals: list[Refusal] = []
    waiting: list[Waiting] = []
    stated: list[Stated] = []
    for part, rows in parts.items():
        records = tuple(record for record, _ in rows)
        link = rows[0][1]
        if part in broken:
            refusals += [_held_back(record) for record in records]
        elif link is None:
            refusals += [refuse_nameless(record.origin) for record in records]
        elif link.account_id is None:
            refusals += [refuse_link(link, record.origin) for record in records]
            waiting += [
                Waiting(
                    f"{part} #{number}",
                    record_to_json(record),
                    record.origin.line,
                    record.origin.raw,
                    context.key_id(link),
                )
                for number, record in enumerate(records, 1)
            ]
        else:
            stated.append(Stated(link.account_id, link.text, records))
    arrived = {f"{part} #" for part, rows in parts.items() if rows[0][1] is not None}
    came = [
        key for key in waiting_keys(connection, page.source, _KIND) if key.rpartition("#")[0] + "#" in arrived
    ]
    no_longer_waiting(connection, context, _KIND, came)
    writer = TermsWriter(
        connection,
        page.source,
        context.run_id,
        context.lookups,
        context.now,
        context.seen[_KIND],
        page.stream,
    )
    outcomes = writer.write(stated)
    tally = context.tally(page)
    for one, outcome in zip(stated, outcomes, strict=True):
        if isinstance(outcome, Fault):
            refusals += [_refused(record, outcome) for record in one.rows]
            continue
        tally.count(outcome, len(one.rows))
        if outcome != "unchanged":
            context.touched.add(one.account_id)
    refuse(connection, context, linked, refusals)
    let_wait(connection, context, linked, waiting, refusals)


def pull_contract_terms(
    connection: Connection, source: str, rows: Sequence[Ripe], now: int, run_id: int | None
) -> list[tuple[Ripe, str]]:
    """Write waiting terms whose account is known by now; returns their fates.

    A contract that cannot be put together stays among the rejects, with all its rows.
    """
    parts: defaultdict[tuple[int, str], list[tuple[int, Ripe]]] = defaultdict(list)
    for row in rows:
        part, _, number = row.row_key.rpartition(" #")
        parts[row.account_id or 0, part].append((int(number), row))
    stated: list[Stated] = []
    ripe: list[list[Ripe]] = []
    for (account_id, _), numbered in parts.items():
        ordered = [row for _, row in sorted(numbered, key=lambda pair: pair[0])]
        records = tuple(record_from_json(row.columns, row.line) for row in ordered)
        stated.append(Stated(account_id, ordered[0].account_key or "", records))
        ripe.append(ordered)
    outcomes = TermsWriter(connection, source, run_id, Lookups(source, now), now).write(stated)
    return [
        (row, outcome)
        for group, outcome in zip(ripe, outcomes, strict=True)
        if isinstance(outcome, str)
        for row in group
    ]


@dataclass(slots=True)
class TermsWriter:
    """Brings contracts to what their rows state.

    Attributes:
        connection: Inside a writing transaction.
        source: Where the rows come from.
        run_id: The run that writes, or None outside a run.
        lookups: Finds meters, and adds those that are new.
        now: Microseconds.
        seen: Which stream stated a contract first.
        stream: The stream that states these.
    """

    connection: Connection
    source: str
    run_id: int | None
    lookups: Lookups
    now: int
    seen: dict[str, str] = field(default_factory=dict[str, str])
    stream: str = ""

    def write(self, stated: Sequence[Stated]) -> list[str | Fault]:
        """Write what is amended before its amendments.

        Returns:
            Of each contract 'new', 'changed' or 'unchanged', or what kept it out.
        """
        outcomes: list[str | Fault] = [""] * len(stated)
        order = sorted(range(len(stated)), key=lambda place: any(row.amends for row in stated[place].rows))
        for place in order:
            outcomes[place] = self._write(stated[place])
        return outcomes

    def _write(self, stated: Stated) -> str | Fault:
        names: dict[str, MeterId] = {}

        def provisional(name: str) -> MeterId:
            return names.setdefault(plain_key(name), MeterId(-1 - len(names)))

        # Tried first, so that a contract that is not taken adds no meters.
        builder = ContractBuilder(AccountId(stated.account_id), provisional)
        contract = _built(stated, builder)
        if isinstance(contract, Fault):
            return contract
        there = contracts_of(self.connection, contract.account_id)
        amended = next((one for one in there if name_key(one.name) == name_key(builder.amends or "")), None)
        if builder.amends is not None and amended is None:
            reason = f"“{builder.amends}”, which it amends, is not there."
            return Fault(stated.rows[0], UNKNOWN_REFERENCE, reason)
        contract = _built(stated, ContractBuilder(contract.account_id, self._meter))
        if isinstance(contract, Fault):
            return contract
        kept = next((one for one in there if _same(one, contract)), None)
        wanted = replace(
            contract,
            id=kept.id if kept is not None else ContractId(0),
            external_id=kept.external_id if kept is not None else None,
            amends_id=amended.id if amended is not None else None,
            # No table can hold it.
            signed_copy=kept.signed_copy if kept is not None else None,
        )
        key = f"{contract.account_id} {name_key(contract.name)} {contract.starts_on}"
        first = self.seen.setdefault(key, self.stream)
        if kept is not None and alike(kept) == alike(wanted):
            return "unchanged"
        if first != self.stream:
            reason = f"“{contract.name}” already came in with “{first}”, with other terms."
            return Fault(stated.rows[0], DUPLICATE, reason)
        if kept is not None:
            rewrite_contract(self.connection, wanted, from_microseconds(self.now))
            return "changed"
        self._add(wanted, stated.account_key)
        return "new"

    def _meter(self, name: str) -> MeterId:
        return MeterId(self.lookups.meter(self.connection, SystemKind.BILLING, name))

    def _add(self, contract: Contract, account_key: str) -> None:
        """The contract goes where its key goes, when that is linked otherwise, split or merged."""
        new_id = insert_contract(self.connection, contract, from_microseconds(self.now))
        self.connection.exec_driver_sql(
            "UPDATE contracts SET source = ?, account_key = ?, run_id = ? WHERE id = ?",
            (self.source, account_key, self.run_id, new_id),
        )


def alike(contract: Contract) -> Contract:
    """The contract with its terms in one order, for a comparison."""
    return replace(
        contract,
        prices=tuple(sorted(contract.prices, key=lambda one: (one.meter_id, one.effective_from))),
        entitlements=tuple(sorted(contract.entitlements, key=lambda one: (one.meter_id, one.effective_from))),
        commitments=tuple(
            sorted(
                (
                    replace(
                        one,
                        meter_ids=tuple(sorted(one.meter_ids)),
                        ramps=tuple(sorted(one.ramps, key=lambda step: step.effective_from)),
                    )
                    for one in contract.commitments
                ),
                key=repr,
            )
        ),
        sla_terms=tuple(sorted(contract.sla_terms, key=repr)),
    )


def _built(stated: Stated, builder: ContractBuilder) -> Contract | Fault:
    for row in stated.rows:
        try:
            builder.take(row)
        except TermsRowError as error:
            return Fault(row, "bad_value", str(error))
    contract = builder.contract
    return contract or Fault(stated.rows[0], "missing", "The contract has no row of its own.")


def _same(one: Contract, other: Contract) -> bool:
    return name_key(one.name) == name_key(other.name) and one.starts_on == other.starts_on


def _broken(rejects: Sequence[Reject], parts: Mapping[str, Sequence[_Row]]) -> set[str]:
    """The contracts of which a row could not be read.

    A line that does not even say whose it is holds back the contracts of the lines around it.
    """
    found = {reject.part_of for reject in rejects if reject.part_of}
    lines = sorted((record.origin.line, part) for part, rows in parts.items() for record, _ in rows)
    for reject in rejects:
        if not reject.part_of:
            before = [part for line, part in lines if line < reject.line][-1:]
            after = [part for line, part in lines if line > reject.line][:1]
            found.update(before, after)
    return found


def _held_back(record: ContractTermRecord) -> Refusal:
    reason = f"“{record.contract}” was left as it is, because another of its rows could not be read."
    return Refusal(record.origin.line, HELD_BACK, reason, record.origin.raw)


def _refused(record: ContractTermRecord, fault: Fault) -> Refusal:
    if record is fault.row:
        return Refusal(record.origin.line, fault.code, fault.reason, record.origin.raw)
    line = f"{fault.row.origin.line:,}"
    reason = f"“{record.contract}” was left as it is, because of its row in line {line}."
    return Refusal(record.origin.line, HELD_BACK, reason, record.origin.raw)
