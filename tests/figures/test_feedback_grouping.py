"""However requests were merged and whoever asked, nothing is counted twice and no currencies are mixed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from convergedesk.domain.accounts import Account, AccountId, Lifecycle
from convergedesk.domain.billing import BilledTotal
from convergedesk.domain.feedback import Feedback, FeedbackId, Request, RequestId, RequestStatus
from convergedesk.domain.money import Money
from convergedesk.figures.feedback import FeedbackBook, FeedbackFacts, billed_period
from convergedesk.figures.feedback_grouping import feedback_book
from convergedesk.figures.feedback_words import stake_words, why_lost, why_stake, why_votes

TODAY = date(2028, 2, 29)
NOW = datetime(2028, 2, 1, tzinfo=UTC)
ACCOUNTS, REQUESTS = 5, 5


def account(number: int, parent: int | None, lifecycle: Lifecycle) -> Account:
    return Account(
        id=AccountId(number),
        name=f"Account {number}",
        domain=None,
        parent_id=None if parent is None else AccountId(parent),
        tier=None,
        industry=None,
        country=None,
        time_zone="UTC",
        currency=None,
        lifecycle=lifecycle,
        owner=None,
        success_manager=None,
        signed_up_on=None,
        renews_on=None,
        seats=None,
    )


numbers = st.integers(1, ACCOUNTS)
# Parents and merges may go round in circles: files can hold anything.
books = st.builds(
    FeedbackFacts,
    items=st.lists(
        st.builds(lambda owner, request: (owner, request), numbers, st.none() | st.integers(1, REQUESTS + 1)),
        max_size=12,
    ).map(
        lambda pairs: tuple(
            Feedback(
                AccountId(owner),
                NOW,
                "words",
                request_id=None if request is None else RequestId(request),
                id=FeedbackId(place),
            )
            for place, (owner, request) in enumerate(pairs)
        )
    ),
    requests=st.lists(st.none() | st.integers(1, REQUESTS + 1), max_size=REQUESTS).map(
        lambda merged: tuple(
            Request(
                f"Request {place}",
                RequestStatus.OPEN,
                TODAY,
                merged_into_id=None if into is None else RequestId(into),
                id=RequestId(place),
                uid=str(place),
            )
            for place, into in enumerate(merged, 1)
        )
    ),
    features=st.just(()),
    accounts=st.lists(
        st.tuples(st.none() | numbers, st.sampled_from(Lifecycle)), min_size=ACCOUNTS, max_size=ACCOUNTS
    ).map(lambda rows: tuple(account(place, *row) for place, row in enumerate(rows, 1))),
    billed=st.lists(
        st.tuples(numbers, st.integers(-(10**9), 10**12), st.sampled_from(["EUR", "USD", "JPY"])), max_size=8
    ).map(
        lambda rows: tuple(
            BilledTotal(AccountId(owner), Money(units, code), Money(0, code), 0, False)
            for owner, units, code in rows
        )
    ),
    tickets=st.just(()),
    effects=st.just(()),
    costs=st.just({}),
    meters=st.just(()),
    reporting=st.sampled_from([None, "EUR"]),
    rates=st.just(()),
    today=st.just(TODAY),
)


@given(books)
def test_everything_that_was_said_stands_in_one_place(facts: FeedbackFacts) -> None:
    book = feedback_book(facts)
    placed = [item.id for group in book.groups for item in group.items] + [item.id for item in book.unsorted]
    assert sorted(placed) == sorted(item.id for item in facts.items)
    told = [one.id for group in book.groups for one in (group.request, *group.merged) if one is not None]
    assert len(told) == len(set(told))


@given(books)
def test_a_stake_is_the_sum_of_its_accounts_in_each_currency(facts: FeedbackFacts) -> None:
    for group in feedback_book(facts).groups:
        sums: dict[str, int] = {}
        for asker in group.askers:
            for amount in asker.billed:
                sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor_units
        assert {one.currency: one.minor_units for one in group.billed} == {
            code: units for code, units in sums.items() if units
        }
        assert len({asker.account_id for asker in group.askers}) == len(group.askers)
        if group.stake is not None and len(group.billed) == 1:
            assert group.stake == group.billed[0]


@given(books)
def test_every_figure_has_words(facts: FeedbackFacts) -> None:
    book: FeedbackBook = feedback_book(facts)
    for group in book.groups:
        assert stake_words(group)
        for why in (why_stake(group, book), why_votes(group), why_lost(group, book)):
            assert why.definition
            assert "nan" not in f"{why.formula} {why.rows}".lower()


def test_the_period_is_twelve_whole_months_also_over_a_leap_day() -> None:
    assert billed_period(TODAY) == (date(2027, 2, 1), date(2028, 1, 31))
    assert billed_period(date(2026, 1, 1)) == (date(2025, 1, 1), date(2025, 12, 31))
    assert billed_period(date(2025, 3, 31)) == (date(2024, 3, 1), date(2025, 2, 28))
