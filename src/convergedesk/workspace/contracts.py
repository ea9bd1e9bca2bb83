"""Contracts: read with what is wrong in them, edited, deleted and brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from convergedesk.domain.accounts import Account, AccountId
from convergedesk.domain.billing import Contract, ContractId
from convergedesk.domain.usage import Meter, MeterId
from convergedesk.figures.summaries import refresh_summaries
from convergedesk.store import accounts, contracts, info, usage
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.drafts import drop_draft
from convergedesk.workspace.session import Workspace


@dataclass(frozen=True, slots=True)
class ContractBook:
    """Everything agreed with one customer.

    Attributes:
        account: The customer.
        contracts: Its contracts, and those of its sites where they were asked for, newest first.
        meters: Every meter that a price may be stated for; those the customer uses come first.
        last_month: What the customer used of each meter in the last whole month.
        last_month_on: First day of that month.
        fiscal_month: First month of the customer's fiscal year.
        today: The workspace's today.
    """

    account: Account
    contracts: tuple[Contract, ...]
    meters: tuple[Meter, ...]
    last_month: Mapping[MeterId, Decimal]
    last_month_on: date
    fiscal_month: int
    today: date


def contract_book(workspace: Workspace, account_id: AccountId, *, with_sites: bool = True) -> ContractBook:
    """Read everything agreed with a customer. Raises NotFoundError where the account is gone."""
    store = workspace.store
    account = accounts.get(store, account_id)
    family = accounts.reach(store, account_id, with_sites=with_sites)
    own = usage.meters(store, family)
    known = {meter.id for meter in own}
    others = tuple(meter for meter in usage.meters(store) if meter.id not in known)
    month = (workspace.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    totals: dict[MeterId, Decimal] = {}
    for one in usage.month_totals(store, family):
        if one.month == month and one.quantity == one.quantity:
            whole = Decimal(str(round(one.quantity, 6)))
            totals[one.meter_id] = totals.get(one.meter_id, Decimal(0)) + whole
    return ContractBook(
        account=account,
        contracts=contracts.of_accounts(store, family),
        meters=own + others,
        last_month=totals,
        last_month_on=month,
        fiscal_month=account.fiscal_month or info.read_info(store).fiscal_month,
        today=workspace.today,
    )


def draft_key(account_id: AccountId) -> str:
    """The draft of a contract of an account."""
    return f"contract:{account_id}"


def save_contract(workspace: Workspace, contract: Contract) -> tuple[ContractId, Changes]:
    """Put an edited contract in place, or keep a new one (id 0); its draft goes. Returns its id.

    Raises:
        NotFoundError: It was deleted meanwhile.
    """
    store, now = workspace.store, workspace.clock.now()
    kind = "amendment" if contract.amends_id is not None else "contract"
    new = not contract.id
    label = f"{'Added the' if new else 'Changed the'} {kind} “{contract.name}”"
    with workspace.edit(label, account_id=contract.account_id) as edit:
        contract_id = contract.id
        if new:
            contract_id = contracts.add(store, contract, now=now)
        else:
            contracts.replace(store, contract, now=now)
        drop_draft(workspace, draft_key(contract.account_id))
        touched = _refresh(workspace, contract.account_id)
    return contract_id, Changes(touched, _KINDS, edit_id=edit.id)


def delete_contract(workspace: Workspace, contract_id: ContractId) -> Changes:
    """Delete a contract; amendments of it stand alone afterwards. Raises NotFoundError."""
    store, now = workspace.store, workspace.clock.now()
    with workspace.edit(deletes=True) as edit:
        contract = contracts.get(store, contract_id)
        edit.label, edit.account_id = f"Deleted contract “{contract.name}”", contract.account_id
        for other in contracts.of_accounts(store, [contract.account_id]):
            if other.amends_id == contract_id:
                contracts.replace(store, replace(other, amends_id=None), now=now)
        contracts.delete(store, contract_id, now=now)
        touched = _refresh(workspace, contract.account_id)
    return Changes(touched, _KINDS, edit_id=edit.id)


_KINDS = frozenset({Kind.CONTRACTS, Kind.BILLING})


def _refresh(workspace: Workspace, account_id: AccountId) -> frozenset[AccountId]:
    return refresh_summaries(
        workspace.store,
        [account_id],
        today=workspace.today,
        now=workspace.clock.now(),
        usage_moved=False,
    )
