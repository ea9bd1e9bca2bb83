"""Feedback by revenue at stake: what counts, what is merged, and what can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from convergedesk.domain.accounts import AccountId, Lifecycle
from convergedesk.domain.audience import Audience
from convergedesk.domain.billing import InvoiceState
from convergedesk.domain.episodes import EffectPart, Episode, EpisodeId, KeptEffect
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.feedback import Feedback, RequestId, RequestStatus
from convergedesk.domain.money import Money
from convergedesk.domain.rates import ExchangeRate
from convergedesk.domain.tickets import Priority, TicketId
from convergedesk.domain.usage import MeterId
from convergedesk.figures.feedback import FeedbackGroup
from convergedesk.figures.feedback_words import lost_words, stake_words, why_lost, why_stake, why_votes
from convergedesk.store import insights, tables
from convergedesk.workspace import edits, feedback, rates
from convergedesk.workspace.explain import explain
from convergedesk.workspace.feedback import FeedbackError, RequestDraft
from tests.store.rows import add, add_account, add_meter, add_ticket
from tests.workspace.book import START, Book, open_book

OPENED = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def bill(book: Book, account: AccountId, amount: int, *, currency: str = "EUR", **values: object) -> None:
    row = {
        "source": "files",
        "number": f"{account}-{amount}-{currency}-{sorted(map(str, values.values()))}",
        "account_id": account,
        "issued_on": date(2026, 6, 30),
        "period_start": date(2026, 6, 1),
        "currency": currency,
        "total_minor": amount * 100,
        "state": InvoiceState.PAID,
        **values,
    }
    add(book.workspace.store, tables.invoices, **row)


def say(book: Book, account: AccountId, body: str, title: str = "", **values: object) -> None:
    request = RequestDraft(title) if title else None
    known = {one.title: one.id for one in feedback.choices(book.workspace).requests}
    item = Feedback(account, START, body, request_id=known.get(title))
    for name, value in values.items():
        object.__setattr__(item, name, value)
    feedback.add_feedback(book.workspace, item, request=None if title in known else request)


def groups(book: Book) -> dict[str, FeedbackGroup]:
    return {group.title: group for group in feedback.feedback_book(book.workspace).groups}


def id_of(book: Book, title: str) -> RequestId:
    request = groups(book)[title].request
    assert request is not None
    return request.id


def tag(book: Book, account: AccountId, number: str, feature: str = "Retries", **values: object) -> TicketId:
    store = book.workspace.store
    with store.read() as connection:
        known = connection.exec_driver_sql("SELECT id FROM features WHERE name = ?", (feature,)).scalar()
    if known is None:
        known = add(store, tables.features, key=feature.lower(), name=feature)
    return add_ticket(store, account, number, feature_id=known, opened_at=OPENED, **values)


def fell(meter: MeterId | None, observed: float, expected: float, verdict: str = "down") -> KeptEffect:
    estimate = observed / expected - 1
    return KeptEffect(
        EffectPart.DURING,
        meter,
        date(2026, 6, 2),
        5,
        0,
        estimate,
        estimate - 0.1,
        estimate + 0.1,
        verdict,
        0.1,
        observed,
        expected,
        None,
        None,
        28,
        40,
        8.0,
        0.05,
        0.0,
        unusual=False,
    )


def keep_episode(book: Book, tickets: tuple[TicketId, ...], *effects: KeptEffect) -> None:
    episode = Episode(
        EpisodeId(0), book.acme, tickets, date(2026, 6, 1), date(2026, 6, 3), True, None, None, effects
    )
    insights.keep(book.workspace.store, (), [episode], method="1")


def test_a_request_counts_what_its_accounts_were_billed_sites_included_once(book: Book) -> None:
    bill(book, book.acme, 1000)
    bill(book, book.site, 200)
    say(book, book.acme, "We need it", "Bulk import")
    say(book, book.site, "So do we", "Bulk import")
    group = groups(book)["Bulk import"]
    assert group.billed == (Money(120_000, "EUR"),)
    assert group.votes == 2
    assert [(asker.name, asker.items) for asker in group.askers] == [("Acme", 2)]


def test_only_twelve_whole_months_and_what_was_really_billed_count(book: Book) -> None:
    bill(book, book.acme, 100)
    bill(book, book.acme, 7, period_start=date(2026, 12, 1))
    bill(book, book.acme, 7, period_start=date(2025, 11, 1))
    for state in (InvoiceState.DRAFT, InvoiceState.VOID, InvoiceState.CREDIT):
        bill(book, book.acme, 7, state=state, number=state.value)
    say(book, book.acme, "Please", "Bulk import")
    found = feedback.feedback_book(book.workspace)
    assert (found.first_day, found.last_day) == (date(2025, 12, 1), date(2026, 11, 30))
    assert found.groups[0].billed == (Money(10_000, "EUR"),)
    why = why_stake(found.groups[0], found)
    assert why.formula == "€100 Acme = €100"
    assert "1 Dec 2025 to 30 Nov 2026" in why.window


def test_who_left_is_a_vote_and_nothing_at_stake(book: Book) -> None:
    gone = add_account(book.workspace.store, "Gone", lifecycle=Lifecycle.CHURNED)
    bill(book, gone, 500)
    say(book, gone, "Too late", "Bulk import")
    group = groups(book)["Bulk import"]
    assert (group.billed, group.votes) == ((), 1)
    assert stake_words(group) == "nothing billed"
    why = why_stake(group, feedback.feedback_book(book.workspace))
    assert [(one.what, one.reason) for one in why.excluded] == [("Gone", "no customer any more")]


def test_accounts_that_were_billed_nothing_stand_behind_those_that_were(book: Book) -> None:
    store = book.workspace.store
    for name, amount in (("Zeta", 10), ("Beta", 0), ("Alpha", 0), ("Yota", 300)):
        account = add_account(store, name)
        if amount:
            bill(book, account, amount)
        say(book, account, "Please", "Bulk import")
    assert [one.name for one in groups(book)["Bulk import"].askers] == ["Yota", "Zeta", "Alpha", "Beta"]


def test_currencies_are_never_added_up_without_a_stated_rate(book: Book) -> None:
    other = add_account(book.workspace.store, "Bolt")
    bill(book, book.acme, 1000)
    bill(book, other, 500, currency="USD")
    for account in (book.acme, other):
        say(book, account, "Please", "Bulk import")
    say(book, other, "Please", "Sandbox")
    found = feedback.feedback_book(book.workspace)
    assert [group.title for group in found.groups] == ["Bulk import", "Sandbox"]
    assert found.groups[0].stake is None
    assert stake_words(found.groups[0]) == "€1,000 and $500"
    assert found.mixed == ("EUR", "USD")
    rates.choose_reporting_currency(book.workspace, "EUR")
    rates.state_rate(book.workspace, ExchangeRate("USD", "EUR", date(2026, 1, 1), Decimal("0.9"), "ECB"))
    found = feedback.feedback_book(book.workspace)
    assert found.groups[0].stake == Money(145_000, "EUR")
    assert found.mixed == ()
    assert ("1 USD in EUR", "0.9 from 1 Jan 2026") in why_stake(found.groups[0], found).rows


def test_most_at_stake_comes_first_and_votes_stand_beside(book: Book) -> None:
    small = add_account(book.workspace.store, "Small")
    bill(book, book.acme, 1000)
    bill(book, small, 10)
    for words in ("One", "Two", "Three"):
        say(book, small, words, "Loud")
    say(book, book.acme, "Quietly", "Quiet")
    found = feedback.feedback_book(book.workspace)
    assert [(group.title, group.votes) for group in found.groups] == [("Quiet", 1), ("Loud", 3)]
    assert why_votes(found.groups[1]).figure == "3"


def test_what_renews_within_120_days_is_told_apart(book: Book) -> None:
    soon = add_account(book.workspace.store, "Soon", renews_on=date(2027, 3, 1))
    late = add_account(book.workspace.store, "Late", renews_on=date(2027, 6, 1))
    for account in (soon, late):
        bill(book, account, 100)
        say(book, account, "Please", "Bulk import")
    assert groups(book)["Bulk import"].renewing == (Money(10_000, "EUR"),)


def test_merged_requests_count_as_one_and_are_split_again_with_their_own_words(book: Book) -> None:
    say(book, book.acme, "Import many users", "Bulk import")
    say(book, book.site, "A list of users", "User lists")
    bulk, lists = id_of(book, "Bulk import"), id_of(book, "User lists")
    changes = feedback.merge_requests(book.workspace, lists, bulk)
    (group,) = feedback.feedback_book(book.workspace).groups
    assert (group.title, group.votes) == ("Bulk import", 2)
    assert [one.title for one in group.merged] == ["User lists"]
    with pytest.raises(FeedbackError, match="already"):
        feedback.merge_requests(book.workspace, bulk, lists)
    feedback.split_request(book.workspace, lists)
    assert {title: group.votes for title, group in groups(book).items()} == {
        "Bulk import": 1,
        "User lists": 1,
    }
    edits.undo(book.workspace)
    assert set(groups(book)) == {"Bulk import"}
    assert changes.edit_id is not None
    edits.undo(book.workspace)
    assert set(groups(book)) == {"Bulk import", "User lists"}


def test_a_chain_of_merges_counts_with_the_last(book: Book) -> None:
    for title in ("One", "Two", "Three"):
        say(book, book.acme, title, title)
    one, two, three = (id_of(book, title) for title in ("One", "Two", "Three"))
    feedback.merge_requests(book.workspace, one, two)
    feedback.merge_requests(book.workspace, two, three)
    (group,) = feedback.feedback_book(book.workspace).groups
    assert (group.title, group.votes, len(group.merged)) == ("Three", 3, 2)
    feedback.delete_request(book.workspace, three)
    found = feedback.feedback_book(book.workspace)
    assert [(group.title, group.votes) for group in found.groups] == [("Two", 2)]
    assert [item.body for item in found.unsorted] == ["Three"]
    edits.undo(book.workspace)
    assert groups(book)["Three"].votes == 3


def test_likely_duplicates_are_offered_until_told_apart(book: Book) -> None:
    say(book, book.acme, "a", "Bulk user import")
    say(book, book.acme, "b", "Bulk import of users")
    (pair,) = feedback.duplicates(book.workspace)
    feedback.tell_apart(book.workspace, pair.request.id, pair.other.id)
    assert feedback.duplicates(book.workspace) == ()
    edits.undo(book.workspace)
    assert len(feedback.duplicates(book.workspace)) == 1


def test_a_request_waits_until_somebody_answers(book: Book) -> None:
    say(book, book.acme, "Please", "Bulk import")
    assert groups(book)["Bulk import"].waits_since == START.date()
    request = id_of(book, "Bulk import")
    planned = RequestDraft("Bulk import", "Portal", RequestStatus.PLANNED, "Q1")
    feedback.edit_request(book.workspace, request, planned)
    group = groups(book)["Bulk import"]
    assert group.waits_since is None
    assert group.request is not None
    assert group.request.status_on == book.workspace.today
    assert group.feature is not None
    assert group.feature.name == "Portal"
    assert edits.history(book.workspace)[0].label == "Marked “Bulk import” as planned"
    edits.undo(book.workspace)
    assert groups(book)["Bulk import"].feature is None


def test_a_feature_without_a_request_is_listed_by_its_tagged_tickets(book: Book) -> None:
    bill(book, book.acme, 1000)
    tag(book, book.acme, "1", priority=Priority.URGENT)
    tag(book, book.site, "2", closed_at=OPENED)
    (group,) = feedback.feedback_book(book.workspace).groups
    assert (group.title, group.request, group.votes) == ("Retries", None, 0)
    assert (group.use.tickets, group.use.high, group.use.open) == (2, 1, 1)
    assert group.billed == (Money(100_000, "EUR"),)
    say(book, book.acme, "Please", "Retry policy")
    feedback.edit_request(
        book.workspace, id_of(book, "Retry policy"), RequestDraft("Retry policy", "retries")
    )
    (group,) = feedback.feedback_book(book.workspace).groups
    assert (group.title, group.use.tickets) == ("Retry policy", 2)


def test_lost_usage_is_that_of_confirmed_dips_by_meter(book: Book) -> None:
    events = add_meter(book.workspace.store, "Events")
    jobs = add_meter(book.workspace.store, "Jobs")
    ticket = tag(book, book.acme, "1", priority=Priority.URGENT)
    keep_episode(book, (ticket,), fell(None, 60, 100), fell(events, 50, 90), fell(jobs, 9, 9.5, "up"))
    (group,) = feedback.feedback_book(book.workspace).groups
    assert (group.use.episodes, group.use.confirmed) == (1, 1)
    assert [(one.meter.name, one.units) for one in group.use.lost] == [("Events", 40.0)]
    assert lost_words(group.use) == "40 events lost in 1 of 1 episode"
    why = why_lost(group, feedback.feedback_book(book.workspace))
    assert ("Events", "40 in 1 episode") in why.rows


def test_totals_over_meters_of_several_units_are_never_added_up(book: Book) -> None:
    ticket = tag(book, book.acme, "1", priority=Priority.URGENT)
    keep_episode(book, (ticket,), fell(None, 60, 100))
    (group,) = feedback.feedback_book(book.workspace).groups
    assert (group.use.confirmed, group.use.lost) == (1, ())
    assert lost_words(group.use) == "a dip in 1 of 1 episode, in no single meter"


def test_an_episode_with_two_tickets_of_a_feature_loses_once(book: Book) -> None:
    events = add_meter(book.workspace.store, "API calls")
    both = (tag(book, book.acme, "1", priority=Priority.URGENT), tag(book, book.acme, "2"))
    keep_episode(book, both, fell(None, 60, 100), fell(events, 50, 90))
    (group,) = feedback.feedback_book(book.workspace).groups
    assert [one.units for one in group.use.lost] == [40.0]
    assert lost_words(group.use) == "40 API calls lost in 1 of 1 episode"


def test_an_inconclusive_episode_loses_nothing(book: Book) -> None:
    ticket = tag(book, book.acme, "1", priority=Priority.URGENT)
    keep_episode(book, (ticket,), fell(None, 90, 100, "inconclusive"))
    (group,) = feedback.feedback_book(book.workspace).groups
    assert (group.use.episodes, group.use.confirmed, group.use.lost) == (1, 0, ())
    assert lost_words(group.use) == "none measured in 1 episode"


def test_a_pod_sees_its_own_accounts_and_their_sites(book: Book) -> None:
    other = add_account(book.workspace.store, "Bolt")
    say(book, book.site, "Ours", "Bulk import")
    say(book, other, "Theirs", "Sandbox")
    found = feedback.feedback_book(book.workspace, [book.acme])
    assert [group.title for group in found.groups] == ["Bulk import"]
    found = feedback.feedback_book(book.workspace, [other])
    assert [group.title for group in found.groups] == ["Sandbox"]


def test_feedback_is_edited_sorted_deleted_and_comes_back(book: Book) -> None:
    say(book, book.acme, "Import many users")
    (item,) = feedback.account_feedback(book.workspace, book.acme)
    feedback.add_request(book.workspace, RequestDraft("Bulk import"))
    request = feedback.choices(book.workspace).requests[0]
    feedback.sort_feedback(book.workspace, item.id, request.id)
    assert groups(book)["Bulk import"].votes == 1
    shared = replace(item, audience=Audience.SHARED, author="Ada Byron", request_id=request.id)
    feedback.edit_feedback(book.workspace, shared)
    (kept,) = groups(book)["Bulk import"].items
    assert (kept.audience, kept.author) == (Audience.SHARED, "Ada Byron")
    feedback.delete_feedback(book.workspace, item.id)
    assert groups(book)["Bulk import"].votes == 0
    with pytest.raises(NotFoundError):
        feedback.delete_feedback(book.workspace, item.id)
    edits.undo(book.workspace)
    assert groups(book)["Bulk import"].votes == 1


def test_a_ticket_says_whose_feedback_it_is(book: Book) -> None:
    ticket = tag(book, book.site, "7")
    offered = feedback.choices(book.workspace, ticket_id=ticket)
    assert (offered.account_id, offered.account_name) == (book.site, "Acme Lisbon")
    say(book, book.site, "In the ticket", ticket_id=ticket)
    assert [one.body for one in feedback.ticket_feedback(book.workspace, ticket)] == ["In the ticket"]


def test_an_empty_workspace_has_no_feedback_and_says_that_nothing_was_billed(book: Book) -> None:
    found = feedback.feedback_book(book.workspace)
    assert (found.groups, found.unsorted, found.with_billing) == ((), (), False)


def test_every_figure_is_explained_by_its_id(book: Book) -> None:
    bill(book, book.acme, 1000)
    say(book, book.acme, "Please", "Bulk import")
    (group,) = feedback.feedback_book(book.workspace).groups
    for why in (why_stake(group, feedback.feedback_book(book.workspace)), why_votes(group)):
        assert explain(book.workspace, why.figure_id).formula == why.formula
    for unknown in ("feedback:request:99:stake", "feedback:request:x:stake", "feedback:request:1:colour"):
        with pytest.raises(NotFoundError, match="No figure is called"):
            explain(book.workspace, unknown)
    assert explain(book.workspace, "opportunities:reach").formula == "0 openings added up = nothing"
