"""Imports into a real encrypted file: what comes in, what changes, what waits."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest

from convergedesk.domain.accounts import ExternalReference, Lifecycle, SystemKind
from convergedesk.domain.billing import InvoiceState
from convergedesk.domain.calendar import CalendarEventKind
from convergedesk.domain.errors import CancelledError
from convergedesk.domain.freshness import FreshnessState
from convergedesk.domain.money import Money
from convergedesk.domain.records import (
    AccountKey,
    AccountRecord,
    CalendarEventRecord,
    ChurnRecord,
    ContractRecord,
    EntityKind,
    GoalRecord,
    Origin,
    PersonRecord,
    RecordPage,
    Reject,
)
from convergedesk.domain.tickets import Priority, TicketStatus
from convergedesk.domain.usage import Granularity
from convergedesk.store import accounts as account_store
from convergedesk.store import billing as billing_store
from convergedesk.store import contracts as contract_store
from convergedesk.store.engine import Store
from convergedesk.store.home import home_snapshot
from convergedesk.sync.import_run import dry_run, run_import, settle_interrupted
from tests.sync import pages as p
from tests.sync.content import content, count, usage_total

ACME = p.accounts(p.account("001", "Acme GmbH", domain="acme.com", tier="Strategic", seats=40))

ROWS = 20


def book() -> list[RecordPage]:
    """One of everything, linked in every way that there is."""
    acme, by_name = p.key("001"), p.key(name="Acme")
    return [
        p.accounts(
            p.account("001", "Acme GmbH", domain="acme.com", seats=40, parent=p.key("003")),
            p.account("002", "Cobalt Ltd", 3, lifecycle=Lifecycle.CHURNED),
            p.account("003", "Acme Holding", 4),
        ),
        p.page(
            EntityKind.PERSONS,
            [
                PersonRecord(
                    Origin(2), None, p.key(domain="acme.com"), "Ada", "Exec sponsor", email="Ada@acme.com"
                )
            ],
        ),
        p.subscriptions(p.subscription("S-1", acme, mrr=Money.of("99.50", "EUR"), ends_on=date(2026, 3, 31))),
        p.page(
            EntityKind.CONTRACTS,
            [
                ContractRecord(
                    Origin(2),
                    "K-1",
                    acme,
                    "Order 2026",
                    date(2026, 1, 1),
                    date(2026, 12, 31),
                    "EUR",
                    commitment=Money.of(12000, "EUR"),
                    prepaid=True,
                )
            ],
        ),
        p.page(EntityKind.INVOICES, [p.invoice("I-1", p.key("cus_1", name="Acme GmbH"), state="Paid")]),
        p.page(
            EntityKind.INVOICE_LINES,
            [p.invoice_line("I-1", "60", meter="events"), p.invoice_line("I-1", "40", 3)],
        ),
        p.tickets(
            p.ticket("T-1", by_name, priority=Priority.URGENT, feature="Exports"),
            p.ticket("T-2", p.key("002"), 3, status=TicketStatus.PENDING),
        ),
        p.page(EntityKind.TICKET_MESSAGES, [p.message("T-1", "Help"), p.message("T-1", "Soon", 3)]),
        p.page(
            EntityKind.CHURN_EVENTS,
            [ChurnRecord(Origin(2), None, p.key("002"), date(2026, 5, 1), "pricing", Money.of(5, "EUR"))],
        ),
        p.page(
            EntityKind.CALENDAR_EVENTS,
            [
                CalendarEventRecord(
                    Origin(2),
                    None,
                    CalendarEventKind.FREEZE,
                    "Freeze",
                    date(2026, 12, 20),
                    date(2027, 1, 3),
                    acme,
                ),
                CalendarEventRecord(
                    Origin(3), None, CalendarEventKind.HOLIDAY, "New Year", date(2026, 1, 1), date(2026, 1, 1)
                ),
            ],
        ),
        p.page(EntityKind.GOALS, [GoalRecord(Origin(2), None, acme, "Fewer re-sends", 120, 80)]),
        p.usage(
            [
                (p.key(subscription_id="S-1"), "events", date(2026, 3, 30), 5.0),
                (p.key(subscription_id="S-1"), "events", date(2026, 4, 1), 7.0),
                (p.key("002"), "events", date(2026, 3, 30), 1.0),
            ]
        ),
    ]


def customers(*records: AccountRecord, whole: bool = False) -> RecordPage:
    """The list of customers that billing keeps."""
    return p.accounts(*records, stream="customers.csv", system=SystemKind.BILLING, whole=whole)


def test_everything_comes_in_and_adds_up(store: Store):
    summary = run_import(store, book())
    assert (summary.rows, summary.imported, summary.rejected) == (ROWS, ROWS, 0)
    assert summary.new == ROWS
    assert all(stream.rows == stream.imported + stream.rejected for stream in summary.streams)
    assert usage_total(store) == 13.0
    assert summary.usage_outside_subscription == 1
    acme = account_store.find(store, "Acme GmbH")[0]
    assert (acme.currency, acme.seats) == ("EUR", 40)
    assert acme.parent_id == account_store.find(store, "Acme Holding")[0].id
    (invoice,) = billing_store.invoices_of(store, (acme.id,))
    assert invoice.state is InvoiceState.PAID
    assert [line.amount for line in invoice.lines] == [Money.of(60, "EUR"), Money.of(40, "EUR")]
    assert invoice.lines[0].quantity == Decimal("1.50")
    (contract,) = contract_store.of_accounts(store, (acme.id,))
    assert [(c.amount, c.prepaid) for c in contract.commitments] == [(Money.of(12000, "EUR"), True)]


def test_same_files_again_change_nothing(store: Store):
    run_import(store, book())
    before = content(store)
    with store.read() as connection:
        stamps = connection.exec_driver_sql("SELECT id, updated_at FROM accounts").all()
    again = run_import(store, book())
    assert (again.new, again.changed, again.unchanged) == (0, 0, ROWS)
    assert content(store) == before
    assert again.accounts == frozenset()
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT id, updated_at FROM accounts").all() == stamps


@pytest.mark.parametrize("turn", range(0, 12, 2))
def test_order_of_files_makes_no_difference(store: Store, other_store: Store, turn: int):
    run_import(store, book())
    turned = book()
    turned = [*turned[turn:], *turned[:turn]][::-1]
    summary = run_import(other_store, turned)
    assert (summary.imported, summary.rejected) == (ROWS, 0)
    left_out = ("account_keys", "rejects")
    assert content(other_store, without=left_out) == content(store, without=left_out)
    assert summary.usage_outside_subscription == 1
    assert count(other_store, "rejects", "resolved_at IS NULL") == 0
    assert count(other_store, "waiting_rows") == 0


def test_newer_export_updates_and_counts_exactly(store: Store):
    run_import(store, [ACME, p.tickets(*(p.ticket(f"T-{n}", p.key("001"), n) for n in range(5)))])
    newer = p.tickets(
        *(p.ticket(f"T-{n}", p.key("001"), n) for n in range(3)),
        p.ticket("T-3", p.key("001"), 3, closed_at=datetime(2026, 3, 2, tzinfo=UTC)),
        p.ticket("T-9", p.key("001"), 9),
    )
    summary = run_import(store, [newer])
    assert (summary.new, summary.changed, summary.unchanged) == (1, 1, 3)
    assert count(store, "tickets", "number = 'T-3' AND status = 'closed'") == 1
    assert count(store, "tickets") == 6


def test_field_without_a_column_keeps_its_value_and_an_empty_cell_empties_it(store: Store):
    first = p.tickets(p.ticket("T-1", p.key("001"), title="Slow", assignee="Jonas", escalated=True))
    run_import(store, [ACME, first])
    sparse = p.ticket("T-1", p.key("001"))
    run_import(store, [p.tickets(sparse)])
    assert count(store, "tickets", "title = 'Slow' AND assignee = 'Jonas' AND escalated = 1") == 1
    run_import(store, [p.tickets(sparse, stated=frozenset({"number", "opened_at", "assignee"}))])
    assert count(store, "tickets", "title = 'Slow' AND assignee IS NULL AND escalated = 1") == 1
    accounts = p.accounts(p.account("001", "Acme GmbH"), stated=frozenset({"name", "tier"}))
    run_import(store, [accounts])
    assert count(store, "accounts", "tier IS NULL AND seats = 40 AND domain = 'acme.com'") == 1


def test_unreadable_rows_are_counted_and_kept_until_they_are_mended(store: Store):
    broken = Reject(3, "The date “31/31/2026” cannot be read.", "T-2,31/31/2026", "bad_date")
    summary = run_import(store, [ACME, p.tickets(p.ticket("T-1", p.key("001")), rejects=[broken])])
    assert dict(summary.rejects) == {"bad_date": 1}
    assert (summary.rows, summary.imported, summary.rejected) == (3, 2, 1)
    run_import(store, [p.tickets(p.ticket("T-1", p.key("001")), rejects=[broken])])
    assert count(store, "rejects", "resolved_at IS NULL") == 1
    run_import(store, [p.tickets(p.ticket("T-1", p.key("001")), p.ticket("T-2", p.key("001"), 3))])
    assert count(store, "rejects", "resolved_at IS NULL") == 0


def test_value_that_the_file_cannot_hold_is_a_reject_and_not_a_crash(store: Store):
    rows = [p.ticket("T-1", p.key("001"), satisfaction=9), p.ticket("T-2", p.key("001"), 3)]
    rows.append(p.ticket("T-3", p.key("001"), 4, first_response_minutes=2**70))
    summary = run_import(store, [ACME, p.tickets(*rows)])
    assert dict(summary.rejects) == {"bad_number": 2}
    assert count(store, "tickets") == 1


def test_row_of_an_unknown_account_waits_and_comes_in_with_its_account(store: Store):
    first = run_import(
        store, [ACME, p.tickets(p.ticket("T-1", p.key(name="Cobalt")), p.ticket("T-2", p.key("001"), 3))]
    )
    assert dict(first.rejects) == {"unknown_account": 1}
    assert first.waiting == 1
    second = run_import(store, [p.accounts(p.account("002", "Cobalt"), stream="more.csv")])
    assert second.late_rows == 1
    assert count(store, "tickets") == 2
    assert count(store, "waiting_rows") == 0
    assert count(store, "rejects", "resolved_at IS NULL") == 0


def test_row_that_fits_two_accounts_waits(store: Store):
    two = p.accounts(p.account("001", "Acme GmbH"), p.account("002", "Acme Inc", 3))
    summary = run_import(store, [two, p.tickets(p.ticket("T-1", p.key(name="Acme")))])
    assert dict(summary.rejects) == {"ambiguous_account": 1}
    assert count(store, "tickets") == 0


def test_row_that_names_nobody_is_refused_but_a_known_one_keeps_its_account(store: Store):
    run_import(store, [ACME, p.tickets(p.ticket("T-1", p.key("001")))])
    nameless = [p.ticket("T-1", AccountKey(), title="Now with a title"), p.ticket("T-2", AccountKey(), 3)]
    summary = run_import(store, [p.tickets(*nameless)])
    assert (summary.changed, dict(summary.rejects), summary.waiting) == (1, {"unknown_account": 1}, 0)
    assert count(store, "tickets", "title = 'Now with a title' AND account_id IS NOT NULL") == 1


def test_messages_wait_for_their_ticket_and_lines_for_their_invoice(store: Store):
    orphans = [
        p.page(EntityKind.TICKET_MESSAGES, [p.message("T-1", "Help")]),
        p.page(EntityKind.INVOICE_LINES, [p.invoice_line("I-1", "60")]),
    ]
    first = run_import(store, [ACME, *orphans])
    assert dict(first.rejects) == {"unknown_reference": 2}
    run_import(store, orphans)
    parents = [
        p.tickets(p.ticket("T-1", p.key("001"))),
        p.page(EntityKind.INVOICES, [p.invoice("I-1", p.key("001"))]),
    ]
    assert run_import(store, parents).late_rows == 2
    assert (count(store, "ticket_messages"), count(store, "invoice_lines")) == (1, 1)


def test_lines_without_an_invoice_make_one_whose_total_is_their_sum(store: Store):
    lines = [
        p.invoice_line("I-1", "60", account=p.key("001"), issued_on=date(2026, 2, 1), position=1),
        p.invoice_line("I-1", "-10", 3, account=p.key("001"), position=2),
    ]
    run_import(store, [ACME, p.page(EntityKind.INVOICE_LINES, lines)])
    assert count(store, "invoices", "total_minor = 5000 AND from_lines = 1") == 1
    run_import(store, [p.page(EntityKind.INVOICES, [p.invoice("I-1", p.key("001"), "51")])])
    assert count(store, "invoices", "total_minor = 5100 AND from_lines = 0") == 1


def test_line_in_another_currency_than_its_invoice_is_refused(store: Store):
    line = p.invoice_line("I-1", "60")
    foreign = type(line)(
        line.origin, "I-1", None, AccountKey(), "Fee", Money.of(1, "USD"), issued_on=date(2026, 2, 1)
    )
    head = p.page(EntityKind.INVOICES, [p.invoice("I-1", p.key("001"))])
    summary = run_import(store, [ACME, head, p.page(EntityKind.INVOICE_LINES, [line, foreign])])
    assert dict(summary.rejects) == {"other_currency": 1}


class Killed(BaseException):
    """Ends the program."""


def ended_after(pages: list[RecordPage]) -> Iterator[RecordPage]:
    yield from pages
    raise Killed


def test_import_that_ended_after_its_last_page_is_completed_by_the_next(store: Store, other_store: Store):
    run_import(other_store, book())
    expected = content(other_store)
    with pytest.raises(Killed):
        run_import(store, ended_after(book()))
    assert content(store) != expected
    run_import(store, book())
    assert content(store) == expected


def test_accounts_are_settled_before_a_run_counts_as_ended(store: Store):
    told: list[int] = []
    states: list[str] = []

    def settle(accounts: Collection[int]) -> None:
        told.append(len(accounts))
        with store.read() as connection:
            states.append(connection.exec_driver_sql("SELECT max(state) FROM import_runs").scalar_one())

    run_import(store, book(), settle=settle)
    assert (told, states) == ([3], ["running"])
    run_import(store, book(), settle=settle)
    assert told.pop() == 0
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE import_runs SET state = 'running'")
    run_import(store, book(), settle=settle)
    assert told.pop() == 3


def test_second_file_that_says_otherwise_of_the_same_row_is_refused_and_the_first_stays(store: Store):
    newest = p.tickets(p.ticket("T-1", p.key("001"), status=TicketStatus.CLOSED), stream="december.csv")
    older = p.tickets(
        p.ticket("T-1", p.key("001"), status=TicketStatus.OPEN),
        p.ticket("T-2", p.key("001"), 3),
        stream="november.csv",
    )
    summary = run_import(store, [ACME, newest, older])
    assert dict(summary.rejects) == {"duplicate": 1}
    before = content(store)
    again = run_import(store, [ACME, newest, older])
    assert (again.new, again.changed, again.unchanged, again.rejected) == (0, 0, 3, 1)
    assert content(store) == before
    assert count(store, "tickets", "status = 'closed'") == 1


def test_second_row_of_a_name_without_an_id_is_refused_in_every_import(store: Store):
    named = [p.accounts(p.account(None, "", domain="t.com"), p.account(None, "", 3, domain="x.com"))]
    first = run_import(store, named)
    before = content(store)
    for _ in range(2):
        again = run_import(store, named)
        assert (again.changed, again.unchanged, again.rejects) == (0, 1, first.rejects)
        assert content(store) == before


def test_quantity_whose_sums_would_overflow_is_refused(store: Store):
    days = [(p.key("001"), "events", date(2026, 1, day), 1.7e308) for day in (1, 1, 2)]
    fine = (p.key("001"), "events", date(2026, 1, 3), 5.0)
    summary = run_import(store, [ACME, p.usage([*days, fine])])
    assert (dict(summary.rejects), usage_total(store)) == ({"bad_number": 3}, 5.0)


def test_whole_list_marks_what_it_lacks_and_revives_what_returns(store: Store):
    both = p.tickets(p.ticket("T-1", p.key("001")), p.ticket("T-2", p.key("001"), 3), whole=True)
    run_import(store, [ACME, both])
    one = p.tickets(p.ticket("T-1", p.key("001")), whole=True)
    summary = run_import(store, [one])
    assert (summary.gone, summary.unchanged) == (1, 1)
    assert count(store, "tickets", "gone_since IS NOT NULL AND number = 'T-2'") == 1
    assert run_import(store, [one]).gone == 0
    back = run_import(store, [both])
    assert (back.changed, back.unchanged) == (1, 1)
    assert count(store, "tickets", "gone_since IS NOT NULL") == 0


def test_two_whole_files_are_one_list(store: Store):
    parts = [p.tickets(p.ticket(f"T-{n}", p.key("001")), stream=f"{n}.csv", whole=True) for n in range(2)]
    run_import(store, [ACME, *parts])
    assert run_import(store, parts).gone == 0


def test_part_of_a_list_and_a_list_with_an_unreadable_row_mark_nothing(store: Store):
    both = p.tickets(p.ticket("T-1", p.key("001")), p.ticket("T-2", p.key("001"), 3), whole=True)
    run_import(store, [ACME, both])
    assert run_import(store, [p.tickets(p.ticket("T-1", p.key("001")))]).gone == 0
    broken = [Reject(3, "The date cannot be read.", "T-2,?", "bad_date")]
    assert run_import(store, [p.tickets(p.ticket("T-1", p.key("001")), whole=True, rejects=broken)]).gone == 0


def test_stream_that_goes_on_after_a_cursor_says_nothing_of_what_came_before(store: Store):
    broken = [Reject(3, "The date cannot be read.", "T-2,?", "bad_date")]
    run_import(store, [ACME, p.tickets(p.ticket("T-1", p.key("001")), whole=True, rejects=broken)])
    rest = p.tickets(p.ticket("T-3", p.key("001"), 4), whole=True)
    assert run_import(store, [rest], resumed=frozenset({"tickets.csv"})).gone == 0
    assert count(store, "rejects", "resolved_at IS NULL") == 1


def test_account_is_gone_when_every_list_lacks_it(store: Store):
    crm = p.accounts(p.account("001", "Acme"), p.account("002", "Cobalt", 3), whole=True)
    billing = p.accounts(
        p.account("cus_2", "Cobalt"), stream="customers.csv", system=SystemKind.BILLING, whole=True
    )
    run_import(store, [crm, billing])
    only_acme = p.accounts(p.account("001", "Acme"), whole=True)
    run_import(store, [only_acme])
    assert count(store, "accounts", "gone_since IS NOT NULL") == 0
    nobody = customers(whole=True)
    run_import(store, [nobody])
    assert count(store, "accounts", "gone_since IS NOT NULL AND name = 'Cobalt'") == 1
    run_import(store, [crm])
    assert count(store, "accounts", "gone_since IS NOT NULL") == 0


def test_lists_of_two_systems_do_not_overwrite_each_other(store: Store):
    crm = p.accounts(p.account("001", "Acme GmbH", tier="Strategic"))
    billing = p.accounts(
        p.account("cus_1", "Acme", currency="EUR", tier="Gold"),
        stream="customers.csv",
        system=SystemKind.BILLING,
    )
    run_import(store, [crm, billing])
    again = run_import(store, [crm, billing])
    assert (again.changed, again.unchanged) == (0, 2)
    assert count(store, "accounts", "name = 'Acme GmbH' AND tier = 'Strategic' AND currency = 'EUR'") == 1


def test_ids_that_a_crm_export_carries_link_the_other_systems(store: Store):
    references = (ExternalReference(SystemKind.SUPPORT, "files", "org-7"),)
    listed = p.accounts(p.account("001", "Acme", references=references))
    summary = run_import(store, [p.tickets(p.ticket("T-1", p.key("org-7"))), listed])
    assert summary.rejected == 0
    (acme,) = account_store.list_accounts(store)
    assert {(r.system, r.external_id) for r in account_store.references(store, acme.id)} == {
        (SystemKind.CRM, "001"),
        (SystemKind.SUPPORT, "org-7"),
    }


def test_without_an_accounts_list_ids_with_names_make_accounts(store: Store):
    pages = [
        p.tickets(p.ticket("T-1", p.key("org-1", name="Acme")), p.ticket("T-2", p.key(name="Zenith"), 3)),
        p.page(EntityKind.INVOICES, [p.invoice("I-1", p.key("cus_1", name="Acme GmbH"))]),
        p.usage([(p.key(name="Acme"), "events", date(2026, 3, 1), 4.0)]),
    ]
    summary = run_import(store, pages)
    assert [account.name for account in account_store.list_accounts(store)] == ["Acme GmbH"]
    assert dict(summary.rejects) == {"unknown_account": 1}
    assert usage_total(store) == 4.0
    before = content(store)
    assert run_import(store, pages).unchanged == 3
    assert content(store) == before


def test_once_a_crm_has_spoken_no_other_row_makes_an_account(store: Store):
    summary = run_import(store, [ACME, p.tickets(p.ticket("T-1", p.key("org-1", name="Zenith")))])
    assert count(store, "accounts") == 1
    assert summary.waiting == 1


def test_parents_that_form_a_ring_are_left_out(store: Store):
    ring = p.accounts(
        p.account("001", "Acme", parent=p.key("002")), p.account("002", "Cobalt", 3, parent=p.key("001"))
    )
    run_import(store, [ring])
    assert count(store, "accounts", "parent_id IS NOT NULL") == 1


def test_what_a_person_changed_on_an_imported_goal_stays(store: Store):
    goals = p.page(EntityKind.GOALS, [GoalRecord(Origin(2), "G-1", p.key("001"), "Fewer re-sends", 120, 80)])
    run_import(store, [ACME, goals])
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE goals SET target = 60, updated_at = updated_at + 1")
    assert run_import(store, [goals]).unchanged == 1
    assert count(store, "goals", "target = 60") == 1


def test_monthly_usage_stays_monthly(store: Store):
    page = p.usage([(p.key("001"), "events", date(2026, 3, 1), 310.0)], granularity=Granularity.MONTH)
    run_import(store, [ACME, page])
    assert count(store, "usage_months", "quantity = 310") == 1
    assert count(store, "usage_days") == 0
    assert run_import(store, [page]).unchanged == 1


def test_usage_that_is_no_number_is_refused(store: Store):
    page = p.usage(
        [(p.key("001"), "events", date(2026, 3, n), q) for n, q in enumerate((1.0, float("inf")), 1)]
    )
    summary = run_import(store, [ACME, page])
    assert dict(summary.rejects) == {"bad_number": 1}


class _Stop:
    """Asks to stop once so many pages were asked for."""

    def __init__(self, after: int) -> None:
        self.left = after

    @property
    def cancelled(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_cancelling_keeps_the_committed_pages_and_says_so(store: Store):
    parts = [p.tickets(p.ticket(f"T-{n}", p.key("001"), n), last=n == 3, cursor=str(n)) for n in range(4)]
    summary = run_import(store, [ACME, *parts], cancel=_Stop(3))
    assert summary.state == "cancelled"
    assert count(store, "tickets") == 2
    assert "Stopped" in summary.message
    assert (summary.rows, summary.imported) == (3, 3)
    assert count(store, "cursors", "stream = 'tickets.csv' AND cursor = '1' AND complete = 0") == 1
    assert run_import(store, [ACME, *parts]).state == "done"
    assert count(store, "tickets") == 4


def test_source_that_is_cancelled_ends_the_run_the_same_way(store: Store):
    def source():
        yield ACME
        raise CancelledError("Stopped.")

    assert run_import(store, source()).state == "cancelled"
    assert count(store, "accounts") == 1


def test_fault_in_the_source_marks_the_run_as_failed_and_comes_out(store: Store):
    def source():
        yield ACME
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        run_import(store, source())
    assert count(store, "import_runs", "state = 'failed' AND imported = 1") == 1
    assert count(store, "accounts") == 1


def test_dry_run_tells_the_same_and_changes_nothing(store: Store):
    before = content(store)
    rehearsed = dry_run(store, book())
    assert content(store) == before
    assert count(store, "import_runs") == 0
    done = run_import(store, book())
    assert rehearsed.streams == done.streams
    second = dry_run(store, book())
    assert (second.new, second.unchanged) == (0, ROWS)


def test_progress_is_told_in_rows(store: Store):
    told: list[tuple[int, int | None]] = []
    run_import(
        store, book(), progress=lambda done, total, message: told.append((done, total)), total_rows=ROWS
    )
    assert told[0] == (3, ROWS)
    assert told[-1] == (ROWS, ROWS)


def test_run_of_a_killed_program_is_marked(store: Store):
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO import_runs (source, started_at) VALUES ('files', 1)")
    assert settle_interrupted(store) == 1
    assert count(store, "import_runs", "state = 'interrupted' AND finished_at IS NOT NULL") == 1


def test_freshness_tells_what_instant_the_data_speaks_of(store: Store):
    today = datetime.now(UTC).date()
    before = home_snapshot(store, today=today).freshness
    assert {f.state for f in before} == {FreshnessState.NEVER}
    run_import(store, [ACME, p.usage([(p.key("001"), "events", date(2026, 3, 1), 4.0)])])
    crm, support, usage, billing = home_snapshot(store, today=today).freshness
    assert (crm.state, support.state, billing.state) == (
        FreshnessState.CURRENT,
        FreshnessState.NEVER,
        FreshnessState.NEVER,
    )
    assert usage.as_of == datetime(2026, 3, 2, tzinfo=UTC)


def test_summary_as_json_adds_up(store: Store):
    import json

    summary = run_import(store, [ACME, p.tickets(p.ticket("T-1", p.key(name="Nobody")))])
    told = json.loads(json.dumps(summary.to_json()))
    assert told["rows"] == told["imported"] + told["rejected"] == 2
    assert sum(file["rows"] for file in told["files"]) == 2
    assert told["rejects"] == {"unknown_account": 1}


def test_every_order_of_an_account_its_subscription_and_its_usage(store: Store, other_store: Store):
    parts = (
        ACME,
        p.subscriptions(p.subscription("S-1", p.key("001"))),
        p.usage([(p.key(subscription_id="S-1"), "events", date(2026, 3, 1), 4.0)]),
    )
    for order in permutations(parts):
        summary = run_import(other_store, order)
        assert (summary.rejected, summary.imported) == (0, 3)
        assert usage_total(other_store) == 4.0
