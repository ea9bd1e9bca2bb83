"""One customer's contracts: which one is edited, the draft of it, and what is wrong with that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.pages.contracts.draft import from_draft, to_draft
from convergedesk.desktop.pages.contracts.form import ContractForm, Reading, form_of, read
from convergedesk.domain.billing import Contract, ContractId, SignedCopy
from convergedesk.domain.contract_check import ContractFinding, check_contracts
from convergedesk.domain.pricing import Quote, UsedQuantity, price_usage
from convergedesk.domain.terms import in_force
from convergedesk.domain.usage import MeterId

if TYPE_CHECKING:
    from pathlib import Path

    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.accounts import AccountId
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.contracts import ContractBook

_NEW = ContractId(0)


class ContractsViewModel(QObject):
    """State and commands of the Contract tab.

    Signals:
        changed: Another customer, contract or number of rows: every field is laid out anew.
        checked: The draft was read and checked again; fields stay as they are.
        failed: Contracts could not be read or written; the exception.
        draft_kept: What was typed is in the file, not yet as a contract.
        typed: The person changed the draft, or gave it up.
    """

    changed = Signal()
    checked = Signal()
    failed = Signal(object)
    draft_kept = Signal()
    typed = Signal()

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._account_id: AccountId | None = None
        self._with_sites = True
        self._book: ContractBook | None = None
        self._form: ContractForm | None = None
        self._wanted: ContractId | None = None
        self._reading = Reading(None, {})
        self._findings: tuple[ContractFinding, ...] = ()
        self._job: JobHandle | None = None
        self._saving = False
        context.changes.published.connect(self._on_published)
        context.changes.written_elsewhere.connect(self.reload)

    @property
    def account_id(self) -> AccountId | None:
        """The customer on screen, or None before the first."""
        return self._account_id

    @property
    def book(self) -> ContractBook | None:
        """What was read of the customer, or None before that."""
        return self._book

    @property
    def form(self) -> ContractForm | None:
        """The draft of the chosen contract, or None where there is none."""
        return self._form

    @property
    def reading(self) -> Reading:
        """The draft as it was read last."""
        return self._reading

    @property
    def findings(self) -> tuple[ContractFinding, ...]:
        """What is wrong or odd in all contracts with the draft among them."""
        return self._findings

    @property
    def saved(self) -> Contract | None:
        """The chosen contract as it is kept, or None for a new one."""
        if self._book is None or self._form is None:
            return None
        wanted = self._form.contract_id
        return next((one for one in self._book.contracts if one.id == wanted), None)

    @property
    def contracts(self) -> tuple[Contract, ...]:
        """All contracts, with the draft in its contract's place as far as it can be read."""
        known = self._book.contracts if self._book is not None else ()
        draft = self._reading.contract
        if draft is None:
            return known
        return (*(one for one in known if one.id != draft.id), draft)

    @property
    def dirty(self) -> bool:
        """True while the draft differs from what is kept."""
        saved = self.saved
        return self._form is not None and (saved is None or self._form != form_of(saved))

    @property
    def blocking(self) -> bool:
        """True while the draft cannot be saved."""
        draft = self._reading.contract
        return draft is None or any(one.blocking and one.contract_id == draft.id for one in self._findings)

    @property
    def names(self) -> dict[MeterId, str]:
        """What meters are called."""
        return {} if self._book is None else {meter.id: meter.name for meter in self._book.meters}

    def show_account(self, account_id: AccountId, *, with_sites: bool = True) -> None:
        """Show a customer's contracts; every customer keeps its draft until it is saved or discarded."""
        if account_id != self._account_id:
            self._account_id, self._book, self._form, self._wanted = account_id, None, None, None
            self._check()
            self.changed.emit()
        self._with_sites = with_sites
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the customer's contracts again; a draft stays."""
        if self._account_id is None:
            return
        account_id, with_sites = self._account_id, self._with_sites
        if self._job is not None:
            self._job.cancel()

        def work(_job: JobContext) -> tuple[ContractBook, dict[str, object] | None]:
            from convergedesk.workspace.contracts import contract_book, draft_key
            from convergedesk.workspace.drafts import find_draft

            workspace = self._context.workspace()
            book = contract_book(workspace, account_id, with_sites=with_sites)
            return book, find_draft(workspace, draft_key(account_id))

        self._job = self._context.jobs.submit(work, on_done=self._on_read, on_error=self._on_failed)

    def choose(self, contract_id: ContractId) -> None:
        """Edit another contract; a draft that was not saved is dropped by `discard` alone."""
        if self._book is None or (self._form is not None and self._form.contract_id == contract_id):
            return
        if self.dirty:
            self._context.notify("Save or discard the changes first", tone="warning")
            return
        chosen = next((one for one in self._book.contracts if one.id == contract_id), None)
        if chosen is not None:
            self._begin(form_of(chosen))

    @Slot()
    def new_contract(self) -> None:
        """Begin a contract that follows the last one, or starts this month."""
        if not self._may_begin() or self._book is None or self._account_id is None:
            return
        ends = [one.ends_on for one in self._book.contracts if one.ends_on is not None]
        start = max(ends) + timedelta(days=1) if ends else self._book.today.replace(day=1)
        currency = self._currency()
        last = start.replace(year=start.year + 1) if (start.month, start.day) != (2, 29) else start
        self._begin(
            ContractForm(
                _NEW,
                self._account_id,
                name=f"Order form {start.year}",
                starts_on=start,
                ends_on=last - timedelta(days=1) if last != start else None,
                currency=currency,
            )
        )

    @Slot()
    def new_amendment(self) -> None:
        """Begin an amendment of the chosen contract, or of the one that it amends itself."""
        saved = self.saved
        if not self._may_begin() or self._book is None or saved is None:
            return
        base = saved
        if base.amends_id is not None:
            base = next((one for one in self._book.contracts if one.id == base.amends_id), base)
        number = 1 + sum(one.amends_id == base.id for one in self._book.contracts)
        start = max(base.starts_on, _next_month(self._book.today))
        if base.ends_on is not None:
            start = min(start, base.ends_on)
        self._begin(
            ContractForm(
                _NEW,
                base.account_id,
                name=f"Amendment {number}",
                starts_on=start,
                ends_on=base.ends_on,
                currency=base.currency,
                amends_id=base.id,
            )
        )

    def edit(self, form: ContractForm, *, rows: bool = False) -> None:
        """Take over edited fields; `rows` where their number changed and they are laid out anew."""
        self._form = form
        self._check()
        (self.changed if rows else self.checked).emit()
        self.typed.emit()

    @Slot(object)
    def attach(self, path: Path) -> None:
        """Take a file into the workspace as the draft's signed copy; it counts once the draft is saved."""
        form = self._form
        if form is None:
            return

        def work(_job: JobContext) -> SignedCopy:
            from convergedesk.workspace.signed_copies import keep_copy

            return keep_copy(self._context.workspace(), path)

        def done(copy: SignedCopy) -> None:
            now = self._form
            if now is not None and (now.account_id, now.contract_id) == (form.account_id, form.contract_id):
                self.edit(replace(now, signed_digest=copy.digest, signed_name=copy.name), rows=True)

        self._context.jobs.submit(work, write=True, on_done=done, on_error=self._on_failed)

    def read_copy(self, copy: SignedCopy) -> bytes:
        """The bytes of a signed copy; called within a job. Raises NotFoundError."""
        from convergedesk.workspace.signed_copies import read_copy

        return read_copy(self._context.workspace(), copy)

    @Slot()
    def discard(self) -> None:
        """Go back to what is kept; a new contract is dropped."""
        saved = self.saved
        self._form = form_of(saved) if saved is not None else None
        if self._form is None:
            self._choose_one()
        self._check()
        self.changed.emit()
        self.typed.emit()

    @Slot()
    def save(self) -> None:
        """Keep the draft."""
        draft = self._reading.contract
        if draft is None or self.blocking or not self.dirty or self._saving:
            return
        self._saving = True
        word = "Added" if not draft.id else "Saved"

        def work(_job: JobContext) -> tuple[ContractId, Changes]:
            from convergedesk.workspace.contracts import save_contract

            return save_contract(self._context.workspace(), draft)

        def done(result: tuple[ContractId, Changes]) -> None:
            self._saving = False
            contract_id, changes = result
            if self._form is not None and self._form.contract_id == draft.id:
                self._wanted, self._form = contract_id, None
            self._context.edited(f"{word} “{draft.name}”", changes)

        self._context.jobs.submit(work, write=True, on_done=done, on_error=self._on_failed)

    @Slot()
    def delete(self) -> None:
        """Delete the chosen contract; 'Undo' brings it back."""
        saved = self.saved
        if saved is None:
            self.discard()
            return

        def work(_job: JobContext) -> Changes:
            from convergedesk.workspace.contracts import delete_contract

            return delete_contract(self._context.workspace(), saved.id)

        def done(changes: Changes) -> None:
            self._form = None
            self._context.edited(f"Deleted “{saved.name}”", changes)

        self._context.jobs.submit(work, write=True, on_done=done, on_error=self._on_failed)

    def keep_draft(self) -> bool:
        """Keep what was typed, or forget it where nothing differs; `draft_kept` or `failed` follows."""
        account_id = self._account_id
        if account_id is None:
            return False
        body = to_draft(self._form) if self._form is not None and self.dirty else None

        def work(_job: JobContext) -> None:
            from convergedesk.workspace import drafts
            from convergedesk.workspace.contracts import draft_key

            workspace = self._context.workspace()
            if body is None:
                drafts.drop_draft(workspace, draft_key(account_id))
            else:
                drafts.keep_draft(workspace, draft_key(account_id), body)

        self._context.jobs.submit(work, write=True, on_done=self._on_draft_kept, on_error=self._on_failed)
        return True

    def quote(self, meter_id: MeterId, quantity: Decimal, on: date, *, kept: bool = False) -> Quote:
        """What a month's quantity of a meter costs by the terms of a day.

        Args:
            meter_id: The meter.
            quantity: Units in a billing month.
            on: The day whose terms hold.
            kept: True prices by what is kept, without the draft.
        """
        book = self._book
        contracts = book.contracts if kept and book is not None else self.contracts
        return price_usage(contracts, [UsedQuantity(meter_id, quantity, on, on)], (on, on))

    def _may_begin(self) -> bool:
        if self.dirty:
            self._context.notify("Save or discard the changes first", tone="warning")
            return False
        return True

    def _currency(self) -> str:
        if self._book is None:
            return ""
        if self._book.contracts:
            return self._book.contracts[0].currency
        return self._book.account.currency or ""

    def _begin(self, form: ContractForm) -> None:
        self._form = form
        self._check()
        self.changed.emit()
        if self.dirty:
            self.typed.emit()

    def _choose_one(self) -> None:
        """The contract wanted, else the one in force that began last, else the newest."""
        if self._book is None or not self._book.contracts:
            self._form = None
            return
        contracts = self._book.contracts
        wanted = next((one for one in contracts if one.id == self._wanted), None)
        running = [one for one in contracts if in_force(one, self._book.today)]
        chosen = wanted or max(running or contracts, key=lambda one: (one.starts_on, one.id))
        self._form = form_of(chosen)

    def _check(self) -> None:
        self._reading = read(self._form) if self._form is not None else Reading(None, {})
        self._findings = check_contracts(self.contracts, self.names)

    def _on_read(self, answer: tuple[ContractBook, dict[str, object] | None]) -> None:
        book, draft = answer
        kept_draft = self._form is not None and self.dirty
        chosen = self._form.contract_id if self._form is not None else self._wanted
        self._book = book
        if draft is not None and self._form is None:
            self._form = from_draft(draft)
            kept_draft = self._form is not None and self.dirty
            if not kept_draft:
                self._form = None
        if not kept_draft:
            self._wanted = chosen
            self._choose_one()
        elif self._form is not None and self._form.contract_id and self.saved is None:
            # Deleted elsewhere while it was edited: what was typed can still be kept, as a new one.
            self._form = replace(self._form, contract_id=_NEW)
        self._check()
        self.changed.emit()

    def _on_draft_kept(self, _nothing: None) -> None:
        self.draft_kept.emit()

    def _on_failed(self, error: Exception) -> None:
        self._saving = False
        self.failed.emit(error)

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        from convergedesk.workspace.changes import Kind

        if self._account_id in changes.accounts and changes.kinds & {
            Kind.CONTRACTS,
            Kind.BILLING,
            Kind.ACCOUNTS,
        }:
            self.reload()


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
