"""Finding accounts by what people type, and who belongs to whom."""

import pytest

from convergedesk.domain.accounts import AccountId, Lifecycle, SystemKind
from convergedesk.domain.errors import NotFoundError
from convergedesk.store import accounts, tables
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add, add_account


def found(store: Store, text: str) -> list[str]:
    return [account.name for account in accounts.find(store, text)]


def refer(store: Store, account: AccountId, external_id: str) -> None:
    add(
        store,
        tables.external_references,
        system=SystemKind.CRM,
        source="files",
        entity="account",
        external_id=external_id,
        account_id=account,
        found_by="id",
        created_at=NOW,
    )


def test_an_account_comes_back_whole(store: Store) -> None:
    parent = add_account(store, "Group")
    site = add_account(
        store, "Site", parent_id=parent, tier="Strategic", lifecycle=Lifecycle.TRIAL, time_zone="Asia/Tokyo"
    )
    account = accounts.get(store, site)
    assert (account.parent_id, account.tier) == (parent, "Strategic")
    assert (account.lifecycle, account.time_zone) == (Lifecycle.TRIAL, "Asia/Tokyo")


def test_an_account_that_is_not_there_says_so(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no longer"):
        accounts.get(store, AccountId(99))


def test_names_are_found_whatever_their_case_spacing_and_width(store: Store) -> None:
    add_account(store, "Köln  Verkehrs-Betriebe")
    for typed in ("köln verkehrs-betriebe", " KÖLN VERKEHRS-BETRIEBE ", "Ｋöln  verkehrs"):
        assert found(store, typed) == ["Köln  Verkehrs-Betriebe"]


def test_the_exact_name_comes_first_then_beginnings_then_parts(store: Store) -> None:
    for name in ("Big Acme", "Acme Corporation", "Acme", "Acme Co", "Other"):
        add_account(store, name)
    assert found(store, "acme") == ["Acme", "Acme Co", "Acme Corporation", "Big Acme"]


def test_an_id_of_another_system_and_a_domain_find_their_account(store: Store) -> None:
    refer(store, add_account(store, "Acme", domain="acme.example"), "0015g00000ABCDE")
    add_account(store, "Other")
    assert found(store, "0015g00000ABCDE") == ["Acme"]
    assert found(store, "ACME.example") == ["Acme"]
    assert [one.external_id for one in accounts.references(store, AccountId(1))] == ["0015g00000ABCDE"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "", "  "])
def test_signs_with_a_meaning_in_sql_find_nothing_by_themselves(store: Store, typed: str) -> None:
    add_account(store, "Acme")
    assert found(store, typed) == []


def test_a_percent_sign_in_a_name_is_found(store: Store) -> None:
    add_account(store, "100% Organic")
    add_account(store, "100 Wholesale")
    assert found(store, "100%") == ["100% Organic"]


def test_a_family_is_everything_below_an_account(store: Store) -> None:
    group = add_account(store, "Group")
    country = add_account(store, "Country", parent_id=group)
    site = add_account(store, "Site", parent_id=country)
    stranger = add_account(store, "Stranger")
    assert accounts.family(store, group) == (group, country, site)
    assert accounts.family(store, country) == (country, site)
    assert accounts.family(store, stranger) == (stranger,)
    assert [one.name for one in accounts.sites(store, group)] == ["Country"]


def test_a_family_in_a_circle_ends(store: Store) -> None:
    one = add_account(store, "One")
    two = add_account(store, "Two", parent_id=one)
    with store.write() as connection:
        connection.execute(tables.accounts.update().where(tables.accounts.c.id == one).values(parent_id=two))
    assert accounts.family(store, one) == (one, two)


def test_merged_accounts_are_nowhere_to_be_seen(store: Store) -> None:
    kept = add_account(store, "Kept")
    merged = add_account(store, "Merged", merged_into_id=kept, parent_id=kept)
    assert [account.name for account in accounts.list_accounts(store)] == ["Kept"]
    assert found(store, "merged") == []
    assert accounts.sites(store, kept) == ()
    assert accounts.family(store, kept) == (kept,)
    with pytest.raises(NotFoundError):
        accounts.get(store, merged)


def test_the_list_is_by_name_without_regard_to_case(store: Store) -> None:
    for name in ("beta", "Alpha", "Gamma"):
        add_account(store, name)
    assert [account.name for account in accounts.list_accounts(store)] == ["Alpha", "beta", "Gamma"]
