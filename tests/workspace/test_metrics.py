"""The metrics of a period, read from a file: who counts, what narrows them, and what stands behind them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from convergedesk.domain.accounts import Pod
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.tickets import Priority, TicketStatus
from convergedesk.figures.metrics_why import METRICS, metrics_why
from convergedesk.store import pods
from convergedesk.store.tables import features
from convergedesk.workspace.explain import explain
from convergedesk.workspace.metrics import MetricsQuery, metrics
from convergedesk.workspace.metrics_figures import filters_of, names_of, period_of_id
from convergedesk.workspace.pods import find_pod
from convergedesk.workspace.ticket_figures import ticket_by_number
from convergedesk.workspace.ticket_notes import tag_ticket
from tests.store.rows import add, add_account, add_ticket
from tests.workspace.book import START, Book, open_book

OCTOBER = datetime(2026, 10, 5, 9, tzinfo=UTC)
QUERY = MetricsQuery(first_day=date(2026, 10, 1), last_day=date(2026, 12, 9))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as found:
        store = found.workspace.store
        exports = add(store, features, key="exports", name="Exports")
        add_ticket(store, found.acme, "1", opened_at=OCTOBER, priority=Priority.HIGH, feature_id=exports)
        add_ticket(store, found.site, "2", opened_at=OCTOBER, priority=Priority.LOW)
        add_ticket(store, found.acme, "3", opened_at=OCTOBER, status=TicketStatus.DELETED)
        add_ticket(store, found.acme, "4", opened_at=OCTOBER, gone_since=OCTOBER)
        add_ticket(store, found.acme, "5", opened_at=datetime(2026, 9, 30, 23, 59, tzinfo=UTC))
        yield found


def volume(book: Book, **changed: Any) -> int:
    query = MetricsQuery(**{**{f: getattr(QUERY, f) for f in QUERY.__slots__}, **changed})
    return metrics(book.workspace, query).support.volume


def test_only_tickets_of_the_period_that_are_still_there_count(book: Book) -> None:
    assert volume(book) == 2
    assert volume(book, first_day=date(2026, 9, 30)) == 3
    assert volume(book, last_day=date(2026, 10, 4)) == 0


def test_priority_and_feature_narrow_them_and_our_own_tag_counts(book: Book) -> None:
    assert volume(book, high_only=True) == 1
    assert volume(book, feature="Exports") == 1
    tag_ticket(book.workspace, ticket_by_number(book.workspace, "2").id, "Exports")
    assert volume(book, feature="Exports") == 2
    assert volume(book, feature="Nothing") == 0


def test_an_account_counts_with_its_sites_and_a_pod_with_its_accounts(book: Book) -> None:
    other = add_account(book.workspace.store, "Boreal")
    add_ticket(book.workspace.store, other, "9", opened_at=OCTOBER)
    pod = pods.add_pod(book.workspace.store, "Pilot", now=START, member_ids=[], account_ids=[other])
    number = pod.id if isinstance(pod, Pod) else pod
    assert volume(book) == 3
    assert volume(book, account_id=book.acme) == 2
    assert volume(book, account_id=book.site) == 1
    assert volume(book, pod_id=number) == 1
    assert find_pod(book.workspace, " PILOT ") == number
    with pytest.raises(NotFoundError, match="nobody"):
        find_pod(book.workspace, "nobody")


def test_a_sites_tickets_count_with_its_parent(book: Book) -> None:
    found = metrics(book.workspace, QUERY)
    assert found.accounts == 1


def test_every_figure_says_why_and_its_id_gives_the_same_text(book: Book) -> None:
    query = MetricsQuery(first_day=QUERY.first_day, last_day=QUERY.last_day, high_only=True)
    found = metrics(book.workspace, query)
    for what in METRICS:
        why = metrics_why(found, what, names_of(book.workspace), filters_of(query))
        assert why is not None
        assert "priority: high" in why.window
        again = explain(book.workspace, why.figure_id)
        assert (again.formula, again.window, again.figure) == (why.formula, why.window, why.figure)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026-Q4", (date(2026, 10, 1), date(2026, 12, 31))),
        ("2028-Q1", (date(2028, 1, 1), date(2028, 3, 31))),
        ("2026-10-01..2026-12-10", (date(2026, 10, 1), date(2026, 12, 10))),
        ("2026-12-10..2026-10-01", None),
        ("2026-10-01", None),
        ("..", None),
        ("2026-Q5", None),
    ],
)
def test_a_period_is_a_quarter_or_two_days(text: str, days: tuple[date, date] | None) -> None:
    assert period_of_id(text) == days


@pytest.mark.parametrize(
    "figure",
    [
        "metrics",
        "metrics:ttvr",
        "metrics:ttvr:never",
        "metrics:nothing:2026-Q4",
        "metrics:ttvr:2026-Q4:colour=red",
    ],
)
def test_what_names_no_metric_is_answered_with_how_ids_look(book: Book, figure: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        explain(book.workspace, figure)
    assert "metrics:ttvr:2026-Q4" in caught.value.fix
