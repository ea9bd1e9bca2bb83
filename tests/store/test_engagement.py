"""Contacts, notes, actions and the calendar."""

from datetime import date, timedelta

import pytest

from convergedesk.domain.audience import Audience
from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind
from convergedesk.domain.engagement import Action, CheckIn, ContactChannel, Note
from convergedesk.domain.errors import NotFoundError
from convergedesk.store import calendar, engagement
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add_account


def test_contacts_come_back_newest_first(store: Store) -> None:
    account = add_account(store, "Acme")
    older = CheckIn(account, NOW - timedelta(days=3), ContactChannel.EMAIL, "Amira", (), "Asked")
    newer = CheckIn(account, NOW, ContactChannel.CALL, "Amira", ("Ada", "Özlem"), "Talked", "Send figures")
    for check_in in (older, newer):
        engagement.add_check_in(store, check_in, now=NOW)
    assert engagement.check_ins_of(store, [account]) == (newer, older)


def test_a_note_is_internal_unless_shared(store: Store) -> None:
    account = add_account(store, "Acme")
    notes = (
        Note(account, NOW, "Amira", "They like it", Audience.SHARED),
        Note(account, NOW - timedelta(1), "Ben", "Budget is tight"),
    )
    for note in notes:
        engagement.add_note(store, note, now=NOW)
    assert engagement.notes_of(store, [account]) == notes


def test_an_action_is_done_and_open_again(store: Store) -> None:
    account = add_account(store, "Acme")
    action = Action(account, "Send figures", "Amira", date(2026, 3, 20))
    action_id = engagement.add_action(store, action, now=NOW)
    engagement.complete_action(store, action_id, date(2026, 3, 12), now=NOW)
    assert [one.done_on for one in engagement.actions_of(store, [account])] == [date(2026, 3, 12)]
    engagement.complete_action(store, action_id, None, now=NOW)
    assert engagement.actions_of(store, [account]) == (action,)
    with pytest.raises(NotFoundError):
        engagement.complete_action(store, action_id + 1, None, now=NOW)


def test_events_concern_an_account_its_country_or_everybody(store: Store) -> None:
    acme = add_account(store, "Acme", country="DE")
    other = add_account(store, "Other", country="FR")
    add_account(store, "Nowhere")
    days = (date(2026, 5, 1), date(2026, 5, 1))
    for title, whose, country in (
        ("everybody", None, None),
        ("Germany", None, "DE"),
        ("France", None, "FR"),
        ("Acme", acme, None),
        ("Other", other, None),
    ):
        calendar.add(store, CalendarEvent(CalendarEventKind.HOLIDAY, title, *days, whose, country), now=NOW)
    assert [event.title for event in calendar.of_accounts(store, [acme])] == ["everybody", "Germany", "Acme"]
    assert [event.title for event in calendar.of_accounts(store, [other])] == ["everybody", "France", "Other"]


def test_an_event_is_removed(store: Store) -> None:
    account = add_account(store, "Acme")
    event = CalendarEvent(CalendarEventKind.RELEASE, "2.0", date(2026, 5, 1), date(2026, 5, 3), account)
    event_id = calendar.add(store, event, now=NOW)
    assert calendar.of_accounts(store, [account]) == (event,)
    calendar.remove(store, event_id)
    assert calendar.of_accounts(store, [account]) == ()
