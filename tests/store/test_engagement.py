"""Contacts, notes and actions."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from convergedesk.domain.accounts import PersonRole
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import Action, CheckIn, ContactChannel, Note, Pulse
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.search import SearchKind
from convergedesk.store import engagement, people
from convergedesk.store.engine import Store
from convergedesk.store.search import search
from tests.store.rows import NOW, add_account


def test_contacts_come_back_newest_first(store: Store) -> None:
    account = add_account(store, "Acme")
    older = CheckIn(account, NOW - timedelta(days=3), ContactChannel.EMAIL, "Amira", (), "Asked")
    newer = CheckIn(account, NOW, ContactChannel.CALL, "Amira", ("Ada", "Özlem"), "Talked", "Send figures")
    kept = [replace(one, id=engagement.add_check_in(store, one, now=NOW)) for one in (older, newer)]
    assert engagement.check_ins_of(store, [account]) == tuple(reversed(kept))
    assert engagement.get_check_in(store, kept[0].id) == kept[0]


def test_a_contact_knows_its_persons_after_they_were_renamed(store: Store) -> None:
    account = add_account(store, "Acme")
    ada = people.add_person(store, "Ada", PersonRole.USER, now=NOW, account_id=account)
    check_in = CheckIn(account, NOW, ContactChannel.CALL, "Amira", ("Ada", "a guest"), "Talked", "", (ada,))
    engagement.add_check_in(store, check_in, now=NOW)
    people.edit_person(store, replace(people.get(store, ada), name="Ada Byron"), now=NOW)
    (found,) = engagement.check_ins_of(store, [account])
    assert found.attendee_ids == (ada,)
    assert found.attendees == ("Ada", "a guest")


def test_a_contact_is_edited_and_deleted(store: Store) -> None:
    account = add_account(store, "Acme")
    check_in = CheckIn(account, NOW, ContactChannel.CALL, "Amira", (), "Talked")
    kept = replace(check_in, id=engagement.add_check_in(store, check_in, now=NOW), summary="Talked at length")
    engagement.edit_check_in(store, kept, now=NOW)
    assert engagement.check_ins_of(store, [account]) == (kept,)
    engagement.delete_check_in(store, kept.id, now=NOW)
    assert engagement.check_ins_of(store, [account]) == ()
    with pytest.raises(NotFoundError, match="check-in"):
        engagement.edit_check_in(store, kept, now=NOW)


def test_a_note_is_internal_unless_shared(store: Store) -> None:
    account = add_account(store, "Acme")
    notes = (
        Note(account, NOW, "Amira", "They like it", Audience.SHARED, updated_at=NOW),
        Note(account, NOW - timedelta(1), "Ben", "Budget is tight", updated_at=NOW),
    )
    kept = tuple(replace(note, id=engagement.add_note(store, note, now=NOW)) for note in notes)
    assert engagement.notes_of(store, [account]) == kept
    assert [note.audience for note in kept] == [Audience.SHARED, Audience.INTERNAL]


def test_a_note_carries_a_pulse_with_its_reason(store: Store) -> None:
    account = add_account(store, "Acme")
    note_id = engagement.add_note(store, Note(account, NOW, "Amira", "Met them"), now=NOW)
    judged = replace(engagement.get_note(store, note_id), pulse=Pulse.AT_RISK, pulse_reason="Sponsor left")
    engagement.edit_note(store, judged, now=NOW)
    assert engagement.get_note(store, note_id) == judged
    engagement.delete_note(store, note_id, now=NOW)
    with pytest.raises(NotFoundError, match="note"):
        engagement.get_note(store, note_id)


def test_an_action_is_done_and_open_again(store: Store) -> None:
    account = add_account(store, "Acme")
    action = Action(account, "Send figures", "Amira", date(2026, 3, 20))
    action = replace(action, id=engagement.add_action(store, action, now=NOW))
    engagement.complete_action(store, action.id, date(2026, 3, 12), now=NOW)
    assert [one.done_on for one in engagement.actions_of(store, [account])] == [date(2026, 3, 12)]
    engagement.complete_action(store, action.id, None, now=NOW)
    assert engagement.actions_of(store, [account]) == (action,)
    engagement.delete_action(store, action.id, now=NOW)
    with pytest.raises(NotFoundError, match="action"):
        engagement.complete_action(store, action.id, None, now=NOW)


def test_actions_of_all_accounts_come_by_due_day_and_old_done_ones_not_at_all(store: Store) -> None:
    acme, other = add_account(store, "Acme"), add_account(store, "Other")
    today = date(2026, 3, 10)
    for account, title, due_on, done_on in (
        (acme, "undated", None, None),
        (other, "late", today - timedelta(3), None),
        (acme, "next", today + timedelta(3), None),
        (acme, "done lately", today, today - timedelta(1)),
        (acme, "done long ago", today, today - timedelta(30)),
    ):
        engagement.add_action(store, Action(account, title, "Amira", due_on, done_on), now=NOW)
    found = engagement.all_actions(store, done_since=today - timedelta(14))
    assert [(one.action.title, one.account_name) for one in found] == [
        ("late", "Other"),
        ("next", "Acme"),
        ("undated", "Acme"),
        ("done lately", "Acme"),
    ]


def test_an_action_is_overdue_from_the_day_after(store: Store) -> None:
    today = date(2026, 3, 10)
    action = Action(add_account(store, "Acme"), "Send", "Amira", today)
    assert [action.days_overdue(today + timedelta(days)) for days in (-1, 0, 1, 4)] == [0, 0, 1, 4]
    assert replace(action, done_on=today).days_overdue(today + timedelta(4)) == 0
    assert replace(action, due_on=None).days_overdue(today) == 0


def test_a_note_is_found_by_its_text_its_mentions_and_why_it_judged_so(store: Store) -> None:
    account = add_account(store, "Acme")
    body = f"Ask @Priya Nair\n\n![chart of June](picture:{'a' * 64})"
    note = Note(account, NOW, "Amira", body, pulse=Pulse.AT_RISK, pulse_reason="their sponsor resigned")
    note_id = engagement.add_note(store, note, now=NOW)
    for text in ("priya", "chart", "resigned", "Amira"):
        (hit,) = search(store, text).hits
        assert (hit.kind, hit.id) == (SearchKind.NOTE, note_id)
        assert "picture:" not in hit.title.text
    engagement.edit_note(store, replace(note, id=note_id, pulse_reason=""), now=NOW)
    assert search(store, "resigned").hits == ()


def test_what_was_deleted_is_not_found(store: Store) -> None:
    account = add_account(store, "Acme")
    ada = people.add_person(store, "Ada Lovelace", PersonRole.USER, now=NOW, account_id=account)
    check_in = CheckIn(account, NOW, ContactChannel.CALL, "Amira", ("Ada Lovelace",), "Talked")
    check_in_id = engagement.add_check_in(store, check_in, now=NOW)
    assert {hit.kind for hit in search(store, "lovelace").hits} == {SearchKind.PERSON, SearchKind.CHECK_IN}
    people.delete_person(store, ada, now=NOW)
    engagement.delete_check_in(store, check_in_id, now=NOW)
    assert search(store, "lovelace").hits == ()
