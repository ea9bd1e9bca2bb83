"""Contracts with everything that ever held in them: prices, commitments, service terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, insert, select, update
from sqlalchemy import delete as remove

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import (
    Commitment,
    Contract,
    ContractId,
    Entitlement,
    MeterPrice,
    PriceTier,
    Ramp,
    SignedCopy,
    SlaTerm,
)
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.money import Money
from convergedesk.domain.usage import MeterId
from convergedesk.store.engine import Store
from convergedesk.store.tables import (
    commitment_meters,
    commitments,
    contracts,
    entitlements,
    meter_prices,
    price_tiers,
    ramps,
    sla_terms,
)

_GONE = "This contract is no longer in the workspace."


def of_accounts(store: Store, account_ids: Sequence[AccountId]) -> tuple[Contract, ...]:
    """Every contract of the accounts, whole, newest first."""
    return _contracts(store, _of(account_ids))


def _of(account_ids: Sequence[AccountId]) -> Select[Any]:
    return (
        select(contracts)
        .where(
            contracts.c.account_id.in_(account_ids),
            contracts.c.gone_since.is_(None),
            contracts.c.deleted_at.is_(None),
        )
        .order_by(contracts.c.starts_on.desc(), contracts.c.id.desc())
    )


def get(store: Store, contract_id: ContractId) -> Contract:
    """One contract, whole. Raises NotFoundError."""
    query = select(contracts).where(contracts.c.id == contract_id, contracts.c.deleted_at.is_(None))
    found = _contracts(store, query)
    if not found:
        raise NotFoundError(_GONE)
    return found[0]


def contracts_of(connection: Connection, account_id: AccountId) -> tuple[Contract, ...]:
    """Every contract of an account, whole, newest first; within a transaction."""
    return _read(connection, _of([account_id]))


def _contracts(store: Store, query: Select[Any]) -> tuple[Contract, ...]:
    with store.read() as connection:
        return _read(connection, query)


def _read(connection: Connection, query: Select[Any]) -> tuple[Contract, ...]:
    heads = connection.execute(query).all()
    terms = _Terms(connection, [head.id for head in heads])
    return tuple(
        Contract(
            id=ContractId(head.id),
            account_id=AccountId(head.account_id),
            external_id=head.external_id,
            name=head.name,
            starts_on=head.starts_on,
            ends_on=head.ends_on,
            currency=head.currency,
            amends_id=None if head.amends_id is None else ContractId(head.amends_id),
            prices=tuple(terms.prices[head.id]),
            entitlements=tuple(terms.entitlements[head.id]),
            commitments=tuple(terms.commitments[head.id]),
            sla_terms=tuple(terms.sla_terms[head.id]),
            notice_days=head.notice_days,
            billing_zone=head.billing_zone,
            signed_copy=None
            if head.signed_digest is None
            else SignedCopy(head.signed_digest, head.signed_name or ""),
        )
        for head in heads
    )


class _Terms:
    """What holds in some contracts, by contract id, each list by effective day."""

    def __init__(self, connection: Connection, contract_ids: Sequence[int]) -> None:
        self._connection = connection
        self._ids = contract_ids
        self.prices = self._read_prices()
        self.entitlements = self._read_entitlements()
        self.commitments = self._read_commitments()
        self.sla_terms = self._read_sla_terms()

    def _rows(self, table: Table, order: str) -> Iterable[Any]:
        query = select(table).where(table.c.contract_id.in_(self._ids))
        return self._connection.execute(query.order_by(table.c[order], table.c.id)).all()

    def _parts(self, table: Table, key: str, parents: Iterable[Any], order: str) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        query = select(table).where(table.c[key].in_([parent.id for parent in parents]))
        for row in self._connection.execute(query.order_by(table.c[order])):
            found[getattr(row, key)].append(row)
        return found

    def _read_prices(self) -> dict[int, list[MeterPrice]]:
        rows = list(self._rows(meter_prices, "effective_from"))
        tiers = self._parts(price_tiers, "price_id", rows, "position")
        found: dict[int, list[MeterPrice]] = defaultdict(list)
        for row in rows:
            steps = tuple(
                PriceTier(step.up_to, step.unit_price, step.flat_minor, step.package_size)
                for step in tiers[row.id]
            )
            price = MeterPrice(MeterId(row.meter_id), row.effective_from, row.model, steps)
            found[row.contract_id].append(price)
        return found

    def _read_entitlements(self) -> dict[int, list[Entitlement]]:
        found: dict[int, list[Entitlement]] = defaultdict(list)
        for row in self._rows(entitlements, "effective_from"):
            included = Entitlement(MeterId(row.meter_id), row.effective_from, row.quantity)
            found[row.contract_id].append(included)
        return found

    def _read_commitments(self) -> dict[int, list[Commitment]]:
        rows = list(self._rows(commitments, "starts_on"))
        meters = self._parts(commitment_meters, "commitment_id", rows, "meter_id")
        steps = self._parts(ramps, "commitment_id", rows, "effective_from")
        found: dict[int, list[Commitment]] = defaultdict(list)
        for row in rows:
            found[row.contract_id].append(
                Commitment(
                    starts_on=row.starts_on,
                    ends_on=row.ends_on,
                    amount=Money(row.amount_minor, row.currency),
                    meter_ids=tuple(MeterId(meter.meter_id) for meter in meters[row.id]),
                    ramps=tuple(
                        Ramp(step.effective_from, Money(step.amount_minor, step.currency))
                        for step in steps[row.id]
                    ),
                    rollover_share=row.rollover_share,
                    prepaid=row.prepaid,
                    overage_share=row.overage_share,
                )
            )
        return found

    def _read_sla_terms(self) -> dict[int, list[SlaTerm]]:
        found: dict[int, list[SlaTerm]] = defaultdict(list)
        for row in self._rows(sla_terms, "effective_from"):
            found[row.contract_id].append(
                SlaTerm(
                    effective_from=row.effective_from,
                    priority=row.priority,
                    first_response_minutes=row.first_response_minutes,
                    resolution_minutes=row.resolution_minutes,
                    credit_share=row.credit_share,
                    cap_share=row.cap_share,
                )
            )
        return found


def add(store: Store, contract: Contract, *, now: datetime) -> ContractId:
    """Add a contract whole; its own `id` does not count."""
    with store.write() as connection:
        return insert_contract(connection, contract, now)


def insert_contract(connection: Connection, contract: Contract, now: datetime) -> ContractId:
    """As `add`, within a transaction."""
    values = {"account_id": contract.account_id, "created_at": now, **_head(contract, now)}
    (new_id,) = connection.execute(insert(contracts).values(values)).inserted_primary_key or (0,)
    _add_terms(connection, new_id, contract)
    return ContractId(new_id)


def replace(store: Store, contract: Contract, *, now: datetime) -> None:
    """Give the contract with that id the head and the terms of `contract`. Raises NotFoundError."""
    with store.write() as connection:
        rewrite_contract(connection, contract, now)


def rewrite_contract(connection: Connection, contract: Contract, now: datetime) -> None:
    """As `replace`, within a transaction."""
    changed = (
        update(contracts)
        .where(contracts.c.id == contract.id, contracts.c.deleted_at.is_(None))
        .values(_head(contract, now))
    )
    if connection.execute(changed).rowcount == 0:
        raise NotFoundError(_GONE)
    for table in (meter_prices, entitlements, commitments, sla_terms):
        connection.execute(remove(table).where(table.c.contract_id == contract.id))
    _add_terms(connection, contract.id, contract)


def delete(store: Store, contract_id: ContractId, *, now: datetime) -> None:
    """Delete a contract; its amendments stay. Raises NotFoundError."""
    gone = (
        update(contracts)
        .where(contracts.c.id == contract_id, contracts.c.deleted_at.is_(None))
        .values(deleted_at=now, updated_at=now)
    )
    with store.write() as connection:
        if connection.execute(gone).rowcount == 0:
            raise NotFoundError(_GONE)


def _head(contract: Contract, now: datetime) -> dict[str, Any]:
    signed = contract.signed_copy
    return {
        "external_id": contract.external_id,
        "name": contract.name,
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "currency": contract.currency,
        "amends_id": contract.amends_id,
        "notice_days": contract.notice_days,
        "billing_zone": contract.billing_zone,
        "signed_digest": None if signed is None else signed.digest,
        "signed_name": None if signed is None else signed.name,
        "updated_at": now,
    }


def _add_terms(connection: Connection, contract_id: int, contract: Contract) -> None:
    for price in contract.prices:
        _add_price(connection, contract_id, price)
    for included in contract.entitlements:
        connection.execute(
            insert(entitlements).values(
                contract_id=contract_id,
                meter_id=included.meter_id,
                effective_from=included.effective_from,
                quantity=included.quantity,
            )
        )
    for commitment in contract.commitments:
        _add_commitment(connection, contract_id, commitment)
    for term in contract.sla_terms:
        connection.execute(
            insert(sla_terms).values(
                contract_id=contract_id,
                effective_from=term.effective_from,
                priority=term.priority,
                first_response_minutes=term.first_response_minutes,
                resolution_minutes=term.resolution_minutes,
                credit_share=term.credit_share,
                cap_share=term.cap_share,
            )
        )


def _add_price(connection: Connection, contract_id: int, price: MeterPrice) -> None:
    added = connection.execute(
        insert(meter_prices).values(
            contract_id=contract_id,
            meter_id=price.meter_id,
            effective_from=price.effective_from,
            model=price.model,
        )
    )
    (price_id,) = added.inserted_primary_key or (0,)
    for position, tier in enumerate(price.tiers):
        connection.execute(
            insert(price_tiers).values(
                price_id=price_id,
                position=position,
                up_to=tier.up_to,
                unit_price=tier.unit_price,
                flat_minor=tier.flat,
                package_size=tier.package_size,
            )
        )


def _add_commitment(connection: Connection, contract_id: int, commitment: Commitment) -> None:
    added = connection.execute(
        insert(commitments).values(
            contract_id=contract_id,
            starts_on=commitment.starts_on,
            ends_on=commitment.ends_on,
            amount_minor=commitment.amount.minor_units,
            currency=commitment.amount.currency,
            rollover_share=commitment.rollover_share,
            prepaid=commitment.prepaid,
            overage_share=commitment.overage_share,
        )
    )
    (commitment_id,) = added.inserted_primary_key or (0,)
    for meter_id in commitment.meter_ids:
        connection.execute(insert(commitment_meters).values(commitment_id=commitment_id, meter_id=meter_id))
    for step in commitment.ramps:
        connection.execute(
            insert(ramps).values(
                commitment_id=commitment_id,
                effective_from=step.effective_from,
                amount_minor=step.amount.minor_units,
                currency=step.amount.currency,
            )
        )
