"""Whatever a person can do to the workspace can be taken back and done again, to the last column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from convergedesk.domain.accounts import Person, PersonId, PersonRole, Pod, PodId
from convergedesk.domain.billing import (
    Commitment,
    Contract,
    ContractId,
    Entitlement,
    MeterPrice,
    PriceModel,
    PriceTier,
    Ramp,
    SlaTerm,
)
from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind
from convergedesk.domain.engagement import Action, CheckIn, ContactChannel, Note, Pulse
from convergedesk.domain.feedback import Feedback, RequestStatus
from convergedesk.domain.goals import GoalDraft
from convergedesk.domain.money import Money
from convergedesk.domain.opportunities import OpportunityKey
from convergedesk.domain.rates import ExchangeRate
from convergedesk.domain.usage import MeterId
from convergedesk.store.search_index import missing_rows
from convergedesk.workspace import (
    actions,
    calendar,
    check_ins,
    contracts,
    edits,
    feedback,
    goals,
    notes,
    opportunities,
    people,
    pods,
    rates,
)
from convergedesk.workspace.changes import Changes
from convergedesk.workspace.feedback import RequestDraft
from tests.store.edited_rows import everything
from tests.store.rows import add_meter
from tests.workspace.book import START, Book, open_book

DAY = date(2026, 12, 10)
CALLS = MeterId(1)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        assert add_meter(opened.workspace.store, "calls") == CALLS
        yield opened


def contract_of(book: Book) -> Contract:
    tiers = (PriceTier(Decimal(1000), Decimal("0.1")), PriceTier(None, Decimal("0.05"), flat=100))
    return Contract(
        ContractId(0),
        book.acme,
        None,
        "Order form",
        date(2026, 1, 1),
        date(2026, 12, 31),
        "EUR",
        prices=(MeterPrice(CALLS, date(2026, 1, 1), PriceModel.GRADUATED, tiers),),
        entitlements=(Entitlement(CALLS, date(2026, 1, 1), Decimal(500)),),
        commitments=(
            Commitment(
                date(2026, 1, 1),
                date(2026, 12, 31),
                Money(1_000_000, "EUR"),
                (CALLS,),
                (Ramp(date(2026, 7, 1), Money(2_000_000, "EUR")),),
                0.25,
            ),
        ),
        sla_terms=(SlaTerm(date(2026, 1, 1), 1, 30, 240, 0.05, 0.2),),
    )


def a_morning(book: Book) -> Iterator[Callable[[], Changes]]:
    """One after another everything that can be edited, added to, and deleted."""
    ws, acme = book.workspace, book.acme
    person = Person(PersonId(0), "Cleo Dunn", acme, PersonRole.SPONSOR, "CFO", "cleo@acme.example")
    yield lambda: people.add_person(ws, person)
    cleo = next(one.person for one in people.people_at(ws, acme) if one.person.name == "Cleo Dunn")
    yield lambda: people.edit_person(ws, replace(cleo, role=PersonRole.BUYER))
    yield lambda: people.mark_left(ws, cleo.id, DAY)
    met = CheckIn(
        acme, START, ContactChannel.CALL, "Amira Haddad", ("Ada Byron", "New Face"), "Went well", "Send it"
    )
    follow_up = Action(acme, "Send the plan", "Amira Haddad", DAY)
    yield lambda: check_ins.log_check_in(ws, met, newcomers=["New Face"], follow_up=follow_up)
    (logged,) = check_ins.check_ins(ws, acme)
    yield lambda: check_ins.edit_check_in(ws, replace(logged, summary="Went very well"))
    note = Note(acme, START, "Amira Haddad", "They **like** it", pulse=Pulse.GOOD)
    yield lambda: notes.write_note(ws, note).changes
    (written,) = notes.notes(ws, acme)
    yield lambda: notes.write_note(ws, replace(written, body="They love it")).changes
    yield lambda: actions.add_action(ws, Action(acme, "Call back", "Priya Nair", None))
    (call, *_) = [one for one in actions.account_actions(ws, acme) if one.title == "Call back"]
    yield lambda: actions.edit_action(ws, replace(call, due_on=DAY))
    yield lambda: actions.complete_action(ws, call.id, done=True)
    yield lambda: goals.create_goal(ws, acme, GoalDraft("Fewer calls", 10.0, 2.0))
    yield lambda: contracts.save_contract(ws, contract_of(book))[1]
    (kept,) = contracts.contract_book(ws, acme).contracts
    yield lambda: contracts.save_contract(ws, replace(kept, name="Renewal", entitlements=(), commitments=()))[
        1
    ]
    event = CalendarEvent(CalendarEventKind.FREEZE, "Year end", DAY, DAY, acme)
    yield lambda: calendar.add_event(ws, event)
    year_end = next(one for one in calendar.calendar_book(ws, 2026).events if one.title == "Year end")
    yield lambda: calendar.change_event(ws, replace(year_end, title="Year-end close"))
    yield lambda: calendar.set_account_calendar(ws, acme, fiscal_month=4, country="PT", region=None)
    yield lambda: rates.state_rate(ws, ExchangeRate("USD", "EUR", DAY, Decimal("0.91"), "ECB"))
    yield lambda: pods.save_pod(ws, Pod(PodId(0), "North", (), (acme, book.site)))[1]
    (north,) = pods.pod_book(ws).pods
    yield lambda: pods.save_pod(ws, replace(north, name="South", account_ids=(book.site,)))[1]
    yield lambda: pods.delete_pod(ws, replace(north, name="South", account_ids=(book.site,)))
    yield lambda: rates.forget_rate(ws, ExchangeRate("USD", "EUR", DAY, Decimal("0.91"), "ECB"))
    said = Feedback(acme, START, "Let us import many users", "Ada Byron")
    yield lambda: feedback.add_feedback(ws, said, request=RequestDraft("Bulk import", "Portal"))
    yield lambda: feedback.add_request(ws, RequestDraft("User lists"))
    bulk, lists = feedback.choices(ws).requests
    (item,) = feedback.account_feedback(ws, acme)
    yield lambda: feedback.edit_feedback(ws, replace(item, body="Let us import thousands of users"))
    shipped = RequestDraft("Bulk import", "Portal", RequestStatus.SHIPPED)
    yield lambda: feedback.edit_request(ws, bulk.id, shipped)
    yield lambda: feedback.sort_feedback(ws, item.id, lists.id)
    yield lambda: feedback.tell_apart(ws, bulk.id, lists.id)
    yield lambda: feedback.merge_requests(ws, bulk.id, lists.id)
    yield lambda: feedback.split_request(ws, bulk.id)
    yield lambda: feedback.merge_requests(ws, bulk.id, lists.id)
    yield lambda: feedback.delete_request(ws, lists.id)
    yield lambda: feedback.delete_feedback(ws, item.id)
    opening = OpportunityKey(acme, "under_used", "calls")
    yield lambda: opportunities.put_off(ws, opening, "Calls", DAY, "later")
    yield lambda: opportunities.dismiss(ws, opening, "Calls", "no need")
    yield lambda: opportunities.reopen(ws, opening, "Calls")
    yield lambda: opportunities.take_up(ws, opening, Action(acme, "Show it", "Priya Nair", DAY))
    assert year_end.id is not None
    deleted = year_end.id
    yield lambda: calendar.delete_event(ws, deleted)
    yield lambda: contracts.delete_contract(ws, kept.id)
    yield lambda: actions.delete_action(ws, call.id)
    yield lambda: notes.delete_note(ws, written.id)
    yield lambda: check_ins.delete_check_in(ws, logged.id)
    yield lambda: people.delete_person(ws, cleo.id)


def test_a_morning_is_taken_back_step_by_step_and_done_again(book: Book) -> None:
    store = book.workspace.store
    states = [everything(store)]
    for act in a_morning(book):
        book.clock.pass_(minutes=1)
        before = everything(store)
        changes = act()
        after = everything(store)
        label = edits.history(book.workspace)[0].label
        assert changes.edit_id is not None, label
        edits.undo(book.workspace)
        assert everything(store) == before, label
        edits.redo(book.workspace)
        assert everything(store) == after, label
        states.append(after)
    for step in range(len(states) - 1, 0, -1):
        assert everything(store) == states[step]
        edits.undo(book.workspace)
    assert everything(store) == states[0]
    for state in states[1:]:
        edits.redo(book.workspace)
        assert everything(store) == state
    with store.write() as connection:
        assert missing_rows(connection) == 0


def test_everything_that_was_deleted_can_be_restored_in_any_order(book: Book) -> None:
    for act in a_morning(book):
        book.clock.pass_(minutes=1)
        act()
    for edit in reversed(edits.recently_deleted(book.workspace)):
        edits.restore(book.workspace, edit.id)
    assert edits.recently_deleted(book.workspace) == ()
    assert {one.person.name for one in people.people_at(book.workspace, book.acme)} >= {"Cleo Dunn"}
    assert [one.name for one in pods.pod_book(book.workspace).pods] == ["South"]
    assert [one.name for one in contracts.contract_book(book.workspace, book.acme).contracts] == ["Renewal"]
