"""Signed copies stay while a contract, its undo or a draft may want them, and not for ever."""

from datetime import date, timedelta

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import Contract, ContractId, SignedCopy
from convergedesk.domain.documents import Document, document_of
from convergedesk.domain.errors import NotFoundError
from convergedesk.store import contracts, documents, drafts
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add_account


def scan(words: str) -> Document:
    return document_of(f"{words}.pdf", b"%PDF-1.7 " + words.encode())


def signed(account: AccountId, document: Document) -> Contract:
    return Contract(
        ContractId(0),
        account,
        None,
        "Order form",
        date(2026, 1, 1),
        date(2026, 12, 31),
        "EUR",
        notice_days=90,
        billing_zone="Europe/Amsterdam",
        signed_copy=SignedCopy(document.digest, "signed.pdf"),
    )


def test_a_contract_comes_back_with_its_notice_zone_and_signed_copy(store: Store) -> None:
    document = scan("A")
    documents.keep(store, document, now=NOW)
    contract = signed(add_account(store, "Acme"), document)
    new_id = contracts.add(store, contract, now=NOW)
    (found,) = contracts.of_accounts(store, [contract.account_id])
    assert (found.notice_days, found.billing_zone, found.signed_copy) == (
        90,
        "Europe/Amsterdam",
        contract.signed_copy,
    )
    assert found.notice_by == date(2026, 10, 2)
    assert documents.get(store, document.digest) == document
    assert new_id == found.id


def test_a_copy_that_nothing_names_any_more_goes_after_undo_can_no_longer_want_it(store: Store) -> None:
    unused, named, drafted = scan("unused"), scan("named"), scan("drafted")
    for document in (unused, named, drafted):
        documents.keep(store, document, now=NOW)
    contracts.add(store, signed(add_account(store, "Acme"), named), now=NOW)
    drafts.keep(store, "contract:1", {"signed": drafted.digest}, now=NOW)
    documents.keep(store, scan("next"), now=NOW)
    documents.keep(store, scan("later"), now=NOW + timedelta(days=30))
    assert documents.get(store, unused.digest) == unused
    documents.keep(store, scan("last"), now=NOW + timedelta(days=32))
    with pytest.raises(NotFoundError):
        documents.get(store, unused.digest)
    assert documents.get(store, named.digest) == named
    assert documents.get(store, drafted.digest) == drafted
