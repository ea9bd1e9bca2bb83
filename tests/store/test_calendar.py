"""Calendar entries of an account, a country or everybody."""

from dataclasses import replace
from datetime import date

import pytest

from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind
from convergedesk.domain.errors import NotFoundError
from convergedesk.store import calendar
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add_account


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
    assert len(calendar.list_events(store)) == 5


def test_an_event_is_changed_and_deleted(store: Store) -> None:
    account = add_account(store, "Acme")
    event = CalendarEvent(CalendarEventKind.RELEASE, "2.0", date(2026, 5, 1), date(2026, 5, 3), account)
    kept = replace(event, id=calendar.add(store, event, now=NOW))
    assert calendar.of_accounts(store, [account]) == (kept,)
    later = replace(kept, title="2.1", last_day=date(2026, 5, 9))
    calendar.replace(store, later, now=NOW)
    assert kept.id is not None
    assert calendar.get(store, kept.id) == later
    calendar.delete(store, kept.id, now=NOW)
    assert calendar.of_accounts(store, [account]) == ()
    with pytest.raises(NotFoundError):
        calendar.get(store, kept.id)
    with pytest.raises(NotFoundError):
        calendar.replace(store, later, now=NOW)
