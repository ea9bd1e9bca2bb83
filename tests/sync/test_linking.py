"""Linking without a file: which account a key means, by exact evidence."""

from hypothesis import given
from hypothesis import strategies as st

from convergedesk.domain.accounts import AccountId, ExternalReference, SystemKind
from convergedesk.domain.links import DirectoryAccount, FoundBy, KeyState, LinkingState, SubscriptionOwner
from convergedesk.domain.records import AccountKey, AccountRecord, Origin
from convergedesk.sync.linking import Linker

CRM, SUPPORT, USAGE, BILLING = SystemKind
ACME, COBALT, KESTREL = AccountId(1), AccountId(2), AccountId(3)


def linker(
    *accounts: DirectoryAccount,
    ids: dict[tuple[SystemKind, str, str], AccountId] | None = None,
    crm: bool = True,
) -> Linker:
    references = tuple(
        (ExternalReference(system, source, external_id), account_id)
        for (system, source, external_id), account_id in (ids or {}).items()
    )
    return Linker(LinkingState(accounts, references=references, has_accounts_list=crm))


def meaning(linker: Linker, key: AccountKey, system: SystemKind = SUPPORT, source: str = "files"):
    link = linker.link(key, system, source)
    assert link is not None
    return link.state, link.account_id, link.found_by


def test_id_of_the_same_system_and_source_comes_first():
    book = linker(
        DirectoryAccount(ACME, "Acme", "acme.com"),
        DirectoryAccount(COBALT, "Cobalt", "cobalt.com"),
        ids={(SUPPORT, "files", "org-9"): ACME, (BILLING, "files", "org-9"): COBALT},
    )
    key = AccountKey("org-9", domain="cobalt.com", name="Cobalt")
    assert meaning(book, key) == (KeyState.LINKED, ACME, FoundBy.ID)


def test_id_of_another_system_counts_when_one_account_alone_has_it():
    book = linker(DirectoryAccount(ACME, "Acme"), ids={(CRM, "files", "A-2e4581"): ACME})
    assert meaning(book, AccountKey("A-2e4581")) == (KeyState.LINKED, ACME, FoundBy.ID)


def test_id_that_two_accounts_have_elsewhere_waits_unless_the_name_tells():
    book = linker(
        DirectoryAccount(ACME, "Acme"),
        DirectoryAccount(COBALT, "Cobalt"),
        ids={(CRM, "files", "C-100200"): ACME, (BILLING, "files", "C-100200"): COBALT},
    )
    assert meaning(book, AccountKey("C-100200"))[0] is KeyState.AMBIGUOUS
    assert meaning(book, AccountKey("C-100200", name="Cobalt"), USAGE) == (
        KeyState.LINKED,
        COBALT,
        FoundBy.ID,
    )


def test_serial_number_of_another_system_says_nothing_against_the_name():
    book = linker(DirectoryAccount(ACME, "Acme"), ids={(CRM, "files", "17"): ACME})
    assert meaning(book, AccountKey("17", name="Zenith"))[0] is KeyState.AMBIGUOUS
    assert meaning(book, AccountKey("17", name="Acme"), BILLING)[1] == ACME


def test_salesforce_ids_of_both_lengths_are_one():
    book = linker(DirectoryAccount(ACME, "Acme"), ids={(CRM, "files", "001D000000IRFma"): ACME})
    assert meaning(book, AccountKey("001D000000IRFmaIAH"), BILLING) == (KeyState.LINKED, ACME, FoundBy.ID)


def test_domain_comes_before_name():
    book = linker(DirectoryAccount(ACME, "Acme", "acme.com"))
    key = AccountKey(domain="www.acme.com", name="Somebody else")
    assert meaning(book, key) == (KeyState.LINKED, ACME, FoundBy.DOMAIN)


def test_domain_and_name_that_contradict_each_other_wait():
    book = linker(
        DirectoryAccount(ACME, "Acme", "acme.com"), DirectoryAccount(COBALT, "Cobalt", "cobalt.com")
    )
    link = book.link(AccountKey(domain="acme.com", name="Cobalt"), SUPPORT, "files")
    assert link is not None
    assert link.state is KeyState.AMBIGUOUS
    assert link.candidates == (ACME, COBALT)


def test_name_tells_sites_of_one_domain_apart():
    book = linker(
        DirectoryAccount(ACME, "Acme UK", "acme.com"), DirectoryAccount(COBALT, "Acme US", "acme.com")
    )
    assert meaning(book, AccountKey(domain="acme.com", name="Acme US"))[1] == COBALT
    assert meaning(book, AccountKey(domain="acme.com"))[0] is KeyState.AMBIGUOUS


def test_mail_providers_link_nobody():
    book = linker(DirectoryAccount(ACME, "Acme", "gmail.com"))
    assert book.link(AccountKey(domain="ada@gmail.com"), SUPPORT, "files") is None
    assert meaning(book, AccountKey(domain="ada@gmail.com", name="Zenith"))[0] is KeyState.UNKNOWN


def test_legal_form_that_only_one_side_states_does_not_part():
    book = linker(DirectoryAccount(ACME, "Acme GmbH"))
    assert meaning(book, AccountKey(name="ACME")) == (KeyState.LINKED, ACME, FoundBy.NAME)
    assert meaning(book, AccountKey(name="Acme Inc."))[0] is KeyState.UNKNOWN


def test_name_without_legal_form_that_fits_two_waits():
    book = linker(DirectoryAccount(ACME, "Acme GmbH"), DirectoryAccount(COBALT, "Acme Inc."))
    assert meaning(book, AccountKey(name="Acme"))[0] is KeyState.AMBIGUOUS
    assert meaning(book, AccountKey(name="Acme, Inc"))[1] == COBALT


def test_similar_name_is_never_linked():
    book = linker(DirectoryAccount(ACME, "Marlowe Freight"))
    assert meaning(book, AccountKey(name="Marlow Frieght"))[0] is KeyState.UNKNOWN


def test_subscription_leads_to_its_account():
    owner = SubscriptionOwner("files", "S-1", ACME, starts_on=None, ends_on=None)  # pyright: ignore[reportArgumentType]
    book = Linker(LinkingState((DirectoryAccount(ACME, "Acme"),), subscriptions=(owner,)))
    key = AccountKey(subscription_id="S-1")
    assert meaning(book, key, USAGE) == (KeyState.LINKED, ACME, FoundBy.SUBSCRIPTION)
    assert meaning(book, AccountKey(subscription_id="S-2"), USAGE)[0] is KeyState.UNKNOWN


def test_key_that_was_linked_stays_linked_whatever_comes_after():
    book = linker(DirectoryAccount(ACME, "Acme"))
    assert meaning(book, AccountKey(name="Acme"))[1] == ACME
    keys = book.take_touched()
    later = Linker(
        LinkingState(
            (DirectoryAccount(ACME, "Acme"), DirectoryAccount(COBALT, "Acme")), keys, has_accounts_list=True
        )
    )
    assert meaning(later, AccountKey(name="Acme"))[1] == ACME
    assert meaning(later, AccountKey(name="Acme"), BILLING)[0] is KeyState.AMBIGUOUS


def test_row_that_names_nobody_has_no_key():
    assert linker().link(AccountKey(), SUPPORT, "files") is None
    assert linker().link(AccountKey("  ", name="n/a"), SUPPORT, "files") is None


def crm(external_id: str | None, name: str, **more: str) -> AccountRecord:
    return AccountRecord(Origin(2), external_id, name, **more)  # pyright: ignore[reportArgumentType]


def test_crm_row_creates_what_it_lacks_and_two_ids_mean_two_accounts():
    book = linker()
    one = book.link_account(crm("001", "Acme", domain="acme.com"), CRM, "files")
    two = book.link_account(crm("002", "Acme", domain="acme.com"), CRM, "files")
    assert one.account_id != two.account_id
    assert one.found_by is two.found_by is FoundBy.NEW


def test_accounts_of_other_systems_are_linked_but_never_created():
    book = linker(DirectoryAccount(ACME, "Acme"))
    assert book.link_account(crm("org-1", "Acme"), SUPPORT, "files").account_id == ACME
    assert book.link_account(crm("org-2", "Zenith"), SUPPORT, "files").state is KeyState.UNKNOWN


def test_ids_that_the_crm_states_outweigh_what_was_inferred():
    book = linker(DirectoryAccount(ACME, "Acme"), DirectoryAccount(COBALT, "Cobalt"))
    assert meaning(book, AccountKey("org-1", name="Acme"))[1] == ACME
    record = AccountRecord(
        Origin(2), "002", "Cobalt", references=(ExternalReference(SUPPORT, "files", "org-1"),)
    )
    assert book.link_account(record, CRM, "files").account_id == COBALT
    book.take_touched()
    assert meaning(book, AccountKey("org-1"))[1] == COBALT


names = st.sampled_from(["Acme", "Acme GmbH", "Acme Inc", "Cobalt", "Cobalt Ltd", "Kestrel"])
domains = st.sampled_from([None, "acme.com", "cobalt.com", "gmail.com"])


@given(st.lists(st.tuples(names, domains), max_size=6), st.builds(AccountKey, name=names, domain=domains))
def test_nothing_is_linked_unless_exactly_one_account_fits(
    accounts: list[tuple[str, str | None]], key: AccountKey
):
    from convergedesk.sync.naming import company_domain, name_form

    book = linker(*(DirectoryAccount(AccountId(n), name, d) for n, (name, d) in enumerate(accounts, 1)))
    link = book.link(key, SUPPORT, "files")
    assert link is not None
    if link.state is not KeyState.LINKED:
        assert link.account_id is None
        return
    chosen = accounts[(link.account_id or 0) - 1]
    same_domain = company_domain(key.domain) is not None and company_domain(chosen[1]) == company_domain(
        key.domain
    )
    mine, theirs = name_form(key.name), name_form(chosen[0])
    assert mine is not None
    assert theirs is not None
    same_name = mine.stem == theirs.stem and (
        mine.legal == theirs.legal or not mine.legal or not theirs.legal
    )
    assert same_domain or same_name
