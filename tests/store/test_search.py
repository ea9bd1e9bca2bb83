"""Searching as people type."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from convergedesk.domain.accounts import AccountId, PersonRole
from convergedesk.domain.audience import Audience
from convergedesk.domain.search import Marked, SearchHit, SearchKind
from convergedesk.domain.tickets import TicketId, TicketStatus
from convergedesk.store import people, pods, tables
from convergedesk.store.engine import Store
from convergedesk.store.search import look_up, search
from convergedesk.store.search_words import has_all, mark, snippet, words_of
from tests.store.rows import NOW, add, add_account, add_ticket

STAMPS = {"created_at": NOW, "updated_at": NOW}


def hits(store: Store, text: str, kind: SearchKind, account_id: AccountId | None = None) -> list[SearchHit]:
    groups = search(store, text, account_id=account_id).groups
    return [hit for group in groups if group.kind is kind for hit in group.hits]


def titles(store: Store, text: str, kind: SearchKind = SearchKind.ACCOUNT) -> list[str]:
    return [hit.title.text for hit in hits(store, text, kind)]


def bold(marked: Marked) -> list[str]:
    return [marked.text[start:end] for start, end in marked.spans]


def add_message(store: Store, ticket: TicketId, body: str, **values: object) -> None:
    row = {"ticket_id": ticket, "external_id": body[:20], "sent_at": NOW, "body": body, **values}
    add(store, tables.ticket_messages, **row)


def test_the_name_itself_comes_first_then_names_that_begin_so_then_words_within(store: Store) -> None:
    for name in ("North Acme Lines", "Acme Freight", "Hacmeister", "Acme"):
        add_account(store, name)
    assert titles(store, "acme") == ["Acme", "Acme Freight", "North Acme Lines", "Hacmeister"]
    assert titles(store, "a") == ["Acme", "Acme Freight", "North Acme Lines", "Hacmeister"]


def test_letters_with_marks_are_found_without_them_and_the_other_way_round(store: Store) -> None:
    add_account(store, "Zürich Café GmbH")
    assert titles(store, "zurich cafe") == titles(store, "ZÜRICH CAFÉ") == ["Zürich Café GmbH"]
    assert bold(hits(store, "zuri caf", SearchKind.ACCOUNT)[0].title) == ["Züri", "Caf"]


def test_accounts_are_found_by_domain(store: Store) -> None:
    add_account(store, "Acme", domain="parcels.example")
    (hit,) = hits(store, "parcels", SearchKind.ACCOUNT)
    assert (hit.about.text, bold(hit.about)) == ("parcels.example", ["parcels"])


def test_a_number_finds_its_ticket_before_longer_ones(store: Store) -> None:
    account = add_account(store, "Acme")
    for number in ("482", "4821", "48213", "9482", "T-482"):
        add_ticket(store, account, number, title="Late")
    found = [hit.number.text for hit in hits(store, "#482", SearchKind.TICKET)]
    assert found[:3] == ["482", "48213", "4821"]
    assert "9482" not in found
    assert "T-482" in found
    assert [hit.number.text for hit in hits(store, "48213", SearchKind.TICKET)] == ["48213"]


def test_the_newest_tickets_come_first_in_whatever_order_they_were_imported(store: Store) -> None:
    account = add_account(store, "Acme")
    for number, days in enumerate((5, 1, 9, 3)):
        add_ticket(store, account, f"T{number}", title="Late export", opened_at=NOW - timedelta(days=days))
    ordered = [NOW - timedelta(days=days) for days in (1, 3, 5, 9)]
    assert [hit.at for hit in hits(store, "export", SearchKind.TICKET)] == ordered
    assert [hit.at for hit in hits(store, "e", SearchKind.TICKET)] == ordered


def test_titles_come_before_what_is_found_by_the_account(store: Store) -> None:
    account = add_account(store, "Export House")
    add_ticket(store, account, "2", title="Slow")
    add_ticket(store, account, "1", title="Export is late", opened_at=NOW - timedelta(days=100))
    assert titles(store, "export", SearchKind.TICKET) == ["Export is late", "Slow"]


def test_a_ticket_is_found_by_what_was_said_in_it_with_its_audience(store: Store) -> None:
    ticket = add_ticket(store, add_account(store, "Acme"), "1", title="Slow")
    long = "We looked at everything else first. " * 4
    add_message(store, ticket, f"{long}Their firewall drops the packets.", author="Jonas")
    (hit,) = hits(store, "firewall pack", SearchKind.TICKET)
    assert hit.audience is Audience.INTERNAL
    assert bold(hit.about) == ["firewall", "pack"]
    assert hit.about.text.startswith("…")
    assert len(hit.about.text) < 120
    add_message(
        store, ticket, "Firewall is open now", audience=Audience.SHARED, sent_at=NOW + timedelta(days=1)
    )
    assert hits(store, "firewall", SearchKind.TICKET)[0].audience is Audience.SHARED


def test_what_was_said_has_a_place_beside_many_titles(store: Store) -> None:
    account = add_account(store, "Acme")
    for number in range(20):
        add_ticket(store, account, f"A{number}", title="Export late")
    add_message(store, add_ticket(store, account, "B", title="Slow"), "It is the export")
    assert "Slow" in titles(store, "export", SearchKind.TICKET)


def test_filters_narrow_to_tickets_and_people(store: Store) -> None:
    account = add_account(store, "Dana Lines")
    add_ticket(store, account, "1", title="Dana")
    add(store, tables.persons, name="Dana Whitlock", name_key="d", account_id=account, **STAMPS)
    assert [group.kind for group in search(store, "#dana").groups] == [SearchKind.TICKET]
    assert [group.kind for group in search(store, "@dana").groups] == [SearchKind.PERSON]
    assert search(store, "#").groups == search(store, "  ").groups == ()


def test_all_words_must_match_somewhere(store: Store) -> None:
    add_ticket(store, add_account(store, "Acme"), "1", title="Gateway times out", requester="Dana")
    for text in ("gate time", "acme out", "dana gateway", "time gate"):
        assert titles(store, text, SearchKind.TICKET) == ["Gateway times out"], text
    assert titles(store, "gateway kestrel", SearchKind.TICKET) == []


def test_rows_that_do_not_count_any_more_are_not_found(store: Store) -> None:
    kept, merged, gone = (add_account(store, name) for name in ("Acme", "Acme two", "Acme three"))
    ticket = add_ticket(store, kept, "1", title="Acme late")
    deleted = add_ticket(store, kept, "2", title="Acme deleted", status=TicketStatus.DELETED)
    hidden = add_ticket(store, merged, "3", title="Acme hidden")
    note = add(store, tables.notes, account_id=kept, written_at=NOW, body="Acme called", **STAMPS)
    with store.write() as connection:
        for table, one, values in (
            (tables.accounts, merged, {"merged_into_id": kept}),
            (tables.accounts, gone, {"gone_since": NOW}),
            (tables.notes, note, {"deleted_at": NOW}),
        ):
            connection.execute(update(table).where(table.c.id == one).values(values))
    assert [(hit.kind, hit.id) for hit in search(store, "acme").hits] == [
        (SearchKind.ACCOUNT, kept),
        (SearchKind.TICKET, ticket),
    ]
    wanted = [(SearchKind.TICKET, one) for one in (hidden, deleted, ticket)]
    assert [hit.id for hit in look_up(store, wanted)] == [ticket]
    with store.write() as connection:
        connection.execute(update(tables.notes).values(deleted_at=None))
    assert titles(store, "acme", SearchKind.NOTE) == ["Acme called"]


def test_an_account_with_its_sites_narrows_the_search(store: Store) -> None:
    parent, other = add_account(store, "Acme"), add_account(store, "Kestrel")
    site = add_account(store, "Acme Rotterdam", parent_id=parent)
    for number, account in enumerate((parent, other, site)):
        ticket = add_ticket(store, account, str(number), title="Late")
        add_message(store, ticket, "The crane stands still")
    for text in ("late", "crane", "l"):
        found = hits(store, text, SearchKind.TICKET, account_id=parent)
        assert {hit.account_id for hit in found} == {parent, site}, text


ODD = (
    *('"', "'", "*", "^", "(", ")", "NEAR(a b)", "a AND", "OR", "NOT x", "title:a", "{a b}: c", "-a", "a-b"),
    *(
        "\\",
        "%",
        "_",
        "😀",
        "🤝 a",
        "\0",
        "a\0b",
        "\ud800",
        "a" * 10_000,
        "word " * 2_000,
        "ß",
        "İ",
        "ᦰ",
        "aᦰb",
    ),
    *("हिन्दी", "e\u0301", "\u202e", "東京", "#", "@", ">", "# #", "1" * 300, "#\U0010ffff1\U0010ffff"),
    *("a\tb\nc", ";--", "' OR 1=1", "::", ":match", "a+b", "dana@acme.example", "̈", "ⅷ", "١٢"),
)


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text)[:20])
def test_anything_may_be_typed_or_pasted(store: Store, text: str) -> None:
    ticket = add_ticket(store, add_account(store, "Acme a b"), "1", title="A b word हिन्दी 東京 é ß")
    add_message(store, ticket, "a b word हिन्दी aᦰb")
    for typed in (text, f"#{text}", f"@{text}", f"{text} wor"):
        search(store, typed)
        search(store, typed, account_id=AccountId(1))


def test_words_are_cut_as_the_index_cuts_them() -> None:
    assert words_of("Re-sends: Zürich's 3.5") == ("re", "sends", "zurich", "s", "3", "5")
    assert words_of("a A á") == ("a",)


def test_a_match_begins_at_the_beginning_of_a_word() -> None:
    assert bold(mark("Gateway aggregate\n gate", ("gate",))) == ["Gate", "gate"]
    assert has_all("Customs gateway", ("gat", "cus"))
    assert not has_all("Customs gateway", ("way",))


def test_a_snippet_shows_the_first_match_and_keeps_words_whole() -> None:
    text = (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen needle "
        + "end " * 30
    )
    cut = snippet(text, ("needle",))
    assert bold(cut) == ["needle"]
    assert cut.text[0] == cut.text[-1] == "…"
    assert set(cut.text[1:-1].split()) <= set(text.split())


def test_a_pod_narrows_the_search_to_its_accounts_with_their_sites_and_to_us(store: Store) -> None:
    acme, other = add_account(store, "Zebra Acme"), add_account(store, "Zebra Other")
    site = add_account(store, "Zebra Site", parent_id=acme)
    people.add_person(store, "Zebra Colleague", PersonRole.SUPPORT_AGENT, now=NOW)
    people.add_person(store, "Zebra Person", PersonRole.USER, now=NOW, account_id=other)
    pod = pods.add_pod(store, "Pilot", now=NOW, account_ids=[acme])
    found = search(store, "zebra", pod_id=pod)
    assert {hit.id for hit in found.hits if hit.kind is SearchKind.ACCOUNT} == {acme, site}
    assert [hit.title.text for hit in found.hits if hit.kind is SearchKind.PERSON] == ["Zebra Colleague"]
    assert len(search(store, "zebra").hits) == 5
