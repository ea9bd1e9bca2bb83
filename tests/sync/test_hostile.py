"""Text that no file can hold, and numbers out of range, never end an import with a traceback."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convergedesk.domain.records import AccountKey, AccountRecord, EntityKind, Origin
from convergedesk.store.engine import Store
from convergedesk.sync.clean import clean_page
from convergedesk.sync.import_run import run_import
from tests.sync import pages as p
from tests.sync.content import content, count

HALF = "\ud800"
texts = st.text(st.characters(codec=None, exclude_categories=()), max_size=8)
keys = st.builds(
    AccountKey,
    st.none() | texts,
    st.none() | texts,
    st.none() | texts,
    st.none() | texts,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(AccountRecord, st.builds(Origin, st.just(2), texts), st.none() | texts, texts, texts),
        max_size=4,
    ),
    st.lists(st.tuples(texts, keys, texts, st.integers(-(2**70), 2**70)), max_size=6),
    st.lists(st.tuples(keys, texts, st.floats(width=64)), max_size=6),
)
def test_any_text_and_number_is_taken_or_refused(
    store: Store,
    accounts: list[AccountRecord],
    tickets: list[tuple[str, AccountKey, str, int]],
    usage: list[tuple[AccountKey, str, float]],
):
    pages = [
        p.accounts(*accounts),
        p.tickets(*(p.ticket(n, k, i, title=t, satisfaction=s) for i, (n, k, t, s) in enumerate(tickets))),
        p.page(EntityKind.TICKET_MESSAGES, [p.message(n, t, i) for i, (n, _, t, _) in enumerate(tickets)]),
        p.usage([(k, m, date(2026, 1, 1), q) for k, m, q in usage]),
    ]
    for _ in range(2):
        summary = run_import(store, pages)
        assert summary.rows == summary.imported + summary.rejected
        assert all(stream.rows == stream.imported + stream.rejected for stream in summary.streams)
    before = content(store)
    assert run_import(store, pages).new == 0
    assert content(store) == before


def test_broken_text_in_a_field_refuses_the_row_and_in_a_key_is_replaced(store: Store):
    rows = [
        p.ticket(f"T-1{HALF}\0", p.key(f"001{HALF}")),
        p.ticket("T-2", p.key(f"001{HALF}"), 3, title=f"Broken {HALF}"),
    ]
    summary = run_import(store, [p.accounts(p.account(f"001{HALF}", f"Ac{HALF}me")), p.tickets(*rows)])
    assert dict(summary.rejects) == {"encoding": 1}
    assert count(store, "tickets", "number = 'T-1?'") == 1
    assert count(store, "accounts", "name = 'Ac?me'") == 1


def test_clean_page_is_passed_on_as_it_is():
    page = p.tickets(p.ticket("T-1", p.key("001"), opened_at=datetime(2026, 1, 1, tzinfo=UTC)))
    assert clean_page(page) is page
    usage = p.usage([(p.key("001"), "events", date(2026, 1, 1), 1.0)])
    assert clean_page(usage) is usage
    assert clean_page(replace(page, records=(p.ticket("T\0", p.key("001")),))) is not page
