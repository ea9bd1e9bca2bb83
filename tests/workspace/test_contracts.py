"""Contracts, rates, calendar and pods: every edit can be taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from convergedesk.domain.accounts import Pod, PodId
from convergedesk.domain.billing import (
    Commitment,
    Contract,
    ContractId,
    MeterPrice,
    PriceModel,
    PriceTier,
    Ramp,
)
from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind
from convergedesk.domain.money import Money
from convergedesk.domain.rates import ExchangeRate
from convergedesk.store import calendar as store_calendar
from convergedesk.store import pods as store_pods
from convergedesk.workspace import accounts, calendar, edits, pods, rates
from convergedesk.workspace.contracts import contract_book, delete_contract, save_contract
from convergedesk.workspace.portfolio import home
from tests.store.rows import add_meter
from tests.workspace.book import Book, open_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def test_a_contract_is_saved_amended_deleted_and_brought_back(book: Book) -> None:
    ws = book.workspace
    calls = add_meter(ws.store, "calls")
    price = MeterPrice(calls, date(2026, 1, 1), PriceModel.FLAT, (PriceTier(None, Decimal(1)),))
    plain = Contract(
        ContractId(0), book.acme, None, "Order form", date(2026, 1, 1), None, "EUR", prices=(price,)
    )
    base, changes = save_contract(ws, plain)
    assert changes.accounts >= {book.acme}
    amendment, _ = save_contract(ws, replace(plain, name="A1", amends_id=base))
    delete_contract(ws, base)
    (left,) = contract_book(ws, book.acme).contracts
    assert (left.id, left.amends_id) == (amendment, None)
    assert edits.undo(ws) is not None
    assert {one.id: one.amends_id for one in contract_book(ws, book.acme).contracts} == {
        base: None,
        amendment: base,
    }
    assert contract_book(ws, book.acme).contracts[-1].prices == (price,)


def test_a_changed_price_is_taken_back_with_its_tiers(book: Book) -> None:
    ws = book.workspace
    calls = add_meter(ws.store, "calls")
    price = MeterPrice(calls, date(2026, 1, 1), PriceModel.FLAT, (PriceTier(None, Decimal(1)),))
    plain = Contract(ContractId(0), book.acme, None, "Form", date(2026, 1, 1), None, "EUR", prices=(price,))
    contract_id, _ = save_contract(ws, plain)
    steps = (PriceTier(Decimal(10), Decimal(2)), PriceTier(None, Decimal(1), flat=5))
    graduated = replace(price, model=PriceModel.GRADUATED, tiers=steps)
    save_contract(ws, replace(plain, id=contract_id, prices=(graduated,)))
    assert contract_book(ws, book.acme).contracts[0].prices == (graduated,)
    edits.undo(ws)
    assert contract_book(ws, book.acme).contracts[0].prices == (price,)
    edits.redo(ws)
    assert contract_book(ws, book.acme).contracts[0].prices == (graduated,)


def test_rates_decide_what_is_summed(book: Book) -> None:
    ws = book.workspace
    amounts = [Money(100, "EUR"), Money(100, "GBP")]
    assert rates.rate_book(ws).total(amounts) is None
    rates.choose_reporting_currency(ws, "EUR")
    found = rates.rate_book(ws).total(amounts)
    assert found is not None
    assert found.missing == ("GBP",)
    rate = ExchangeRate("GBP", "EUR", date(2026, 10, 1), Decimal("1.2"), "ECB")
    rates.state_rate(ws, rate)
    found = rates.rate_book(ws).total(amounts)
    assert found is not None
    assert found.total == Money(220, "EUR")
    rates.forget_rate(ws, rate)
    edits.undo(ws)
    assert rates.rate_book(ws).rates == (rate,)


def test_calendar_entries_are_edited_and_brought_back(book: Book) -> None:
    ws = book.workspace
    freeze = CalendarEvent(
        CalendarEventKind.FREEZE, "Peak season", date(2026, 11, 20), date(2026, 12, 31), book.acme
    )
    calendar.add_event(ws, freeze)
    (kept,) = store_calendar.list_events(ws.store)
    calendar.change_event(ws, replace(kept, title="Peak"))
    assert kept.id is not None
    calendar.delete_event(ws, kept.id)
    assert store_calendar.list_events(ws.store) == ()
    edits.undo(ws)
    assert store_calendar.get(ws.store, kept.id).title == "Peak"


def test_holidays_follow_the_customers_country_and_region(book: Book) -> None:
    ws = book.workspace
    calendar.set_account_calendar(ws, book.acme, fiscal_month=4, country="DE", region="BY")
    assert contract_book(ws, book.acme).fiscal_month == 4
    found = calendar.calendar_book(ws, 2026)
    assert found.countries == (("DE", 1),)
    assert date(2026, 1, 6) in {one.first_day for one in found.events}
    mine = CalendarEvent(
        CalendarEventKind.HOLIDAY, "Office closed", date(2026, 1, 6), date(2026, 1, 6), None, "DE"
    )
    calendar.add_event(ws, mine)
    day = [one.title for one in calendar.calendar_book(ws, 2026).events if one.first_day == mine.first_day]
    assert day == ["Office closed"]
    edits.undo(ws)
    edits.undo(ws)
    assert contract_book(ws, book.acme).fiscal_month == 1


def test_a_pod_is_saved_deleted_and_brought_back(book: Book) -> None:
    ws = book.workspace
    people = pods.pod_book(ws).people
    members = tuple(one.id for one in people)
    pod_id, _ = pods.save_pod(ws, Pod(PodId(0), "Pilot", members, (book.acme,)))
    kept = Pod(pod_id, "Pilot", members, (book.acme,))
    pods.save_pod(ws, replace(kept, name="North"))
    pods.delete_pod(ws, replace(kept, name="North"))
    assert store_pods.list_pods(ws.store) == ()
    edits.undo(ws)
    edits.undo(ws)
    assert store_pods.list_pods(ws.store) == (kept,)


def test_without_bills_no_pilot_is_offered(book: Book) -> None:
    found = pods.offer_pilot(book.workspace)
    assert found.candidates == ()
    assert (found.first_month, found.last_month) == (date(2025, 12, 1), date(2026, 11, 1))


def test_an_account_is_read_with_its_sites_or_alone(book: Book) -> None:
    freeze = CalendarEvent(CalendarEventKind.FREEZE, "Peak", date(2026, 11, 1), date(2026, 11, 2), book.site)
    calendar.add_event(book.workspace, freeze)

    def titles(*, with_sites: bool) -> set[str]:
        timeline = accounts.account_timeline(book.workspace, book.acme, with_sites=with_sites)
        return {one.title for one in timeline}

    assert any("Peak" in title for title in titles(with_sites=True))
    assert not any("Peak" in title for title in titles(with_sites=False))


def test_a_step_that_has_begun_is_the_promise_on_every_screen(book: Book) -> None:
    ws = book.workspace
    year = (date(2026, 1, 1), date(2026, 12, 31))
    steps = (Ramp(date(2026, 7, 1), Money(300, "EUR")), Ramp(date(2026, 12, 20), Money(900, "EUR")))
    promise = Commitment(*year, Money(100, "EUR"), ramps=steps)
    save_contract(ws, Contract(ContractId(0), book.acme, None, "Form", *year, "EUR", commitments=(promise,)))
    (row,) = [one for one in home(ws).rows if one.account_id == book.acme]
    assert row.commitment is not None
    assert row.commitment.committed == Money(300, "EUR")
    assert accounts.account_header(ws, book.acme).commitment == row.commitment
