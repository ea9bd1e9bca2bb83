"""People, check-ins, notes and actions: every edit is one step of 'Undo', and reads include the sites."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from convergedesk.domain.accounts import AccountId, Person, PersonId, PersonRole
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import Action, CheckIn, ContactChannel, Note, Picture, Pulse
from convergedesk.domain.errors import NotFoundError
from convergedesk.workspace import actions, check_ins, notes, people
from convergedesk.workspace.changes import Kind
from convergedesk.workspace.edits import history, recently_deleted, restore, undo
from convergedesk.workspace.session import Workspace
from tests.workspace.book import START, Book, open_book

TODAY = START.date()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def labels(workspace: Workspace) -> list[str]:
    return [edit.label for edit in history(workspace) if not edit.undone]


def names_at(book: Book) -> list[str]:
    return [view.person.name for view in people.people_at(book.workspace, book.acme)]


def contact(book: Book, *names: str, account: AccountId | None = None) -> CheckIn:
    return CheckIn(
        account or book.acme, START - timedelta(hours=2), ContactChannel.CALL, "Amira Haddad", names, "Talked"
    )


def test_a_person_is_added_changed_and_taken_back(book: Book) -> None:
    zoe = Person(PersonId(0), "Zoe Park", book.acme, PersonRole.SPONSOR, "CFO", "Zoe@Acme.example")
    changes = people.add_person(book.workspace, zoe)
    assert changes.accounts == {book.acme}
    assert changes.kinds == {Kind.PEOPLE}
    kept = people.people_at(book.workspace, book.acme)[0].person
    assert kept == replace(zoe, id=kept.id, email="zoe@acme.example")
    people.mark_left(book.workspace, kept.id, TODAY)
    people.edit_person(book.workspace, replace(kept, role=PersonRole.BUYER, left_on=TODAY))
    assert labels(book.workspace) == [
        "Made Zoe Park buyer",
        "Noted that Zoe Park left on 10 Dec 2026",
        "Added Zoe Park",
    ]
    for _ in range(2):
        undo(book.workspace)
    assert people.people_at(book.workspace, book.acme)[0].person == kept
    undo(book.workspace)
    assert names_at(book) == ["Ada Byron", "Bo Diaz"]


def test_a_deleted_person_is_restored(book: Book) -> None:
    (ada, _) = people.people_at(book.workspace, book.acme)
    people.delete_person(book.workspace, ada.person.id)
    assert names_at(book) == ["Bo Diaz"]
    (deleted,) = recently_deleted(book.workspace)
    assert deleted.label == "Deleted Ada Byron"
    restore(book.workspace, deleted.id)
    assert names_at(book) == ["Ada Byron", "Bo Diaz"]


def test_the_form_offers_who_is_still_there_and_who_logs_it(book: Book) -> None:
    (ada, bo) = people.people_at(book.workspace, book.acme)
    people.mark_left(book.workspace, ada.person.id, TODAY)
    choices = check_ins.check_in_choices(book.workspace, book.acme)
    assert [person.id for person in choices.persons] == [bo.person.id]
    assert (choices.account_name, choices.time_zone, choices.author) == (
        "Acme",
        "Europe/Berlin",
        "Amira Haddad",
    )
    assert choices.ours == ("Amira Haddad", "Priya Nair")
    book.workspace.author = "Priya Nair"
    assert check_ins.check_in_choices(book.workspace, book.acme).author == "Priya Nair"


def test_a_check_in_is_one_step_with_newcomers_and_what_follows(book: Book) -> None:
    follow_up = Action(book.acme, "Send figures", "Priya Nair", TODAY + timedelta(4))
    changes = check_ins.log_check_in(
        book.workspace,
        contact(book, "Ada Byron", "Zoe Park"),
        newcomers=["Zoe Park"],
        follow_up=follow_up,
    )
    assert changes.kinds == {Kind.ENGAGEMENT, Kind.PEOPLE}
    (logged,) = check_ins.check_ins(book.workspace, book.acme)
    by_name = {view.person.name: view for view in people.people_at(book.workspace, book.acme)}
    assert logged.attendee_ids == (by_name["Ada Byron"].person.id, by_name["Zoe Park"].person.id)
    last = by_name["Ada Byron"].last_contact
    assert last is not None
    assert (last.at, last.channel) == (logged.held_at, ContactChannel.CALL)
    (action,) = actions.account_actions(book.workspace, book.acme)
    assert action.check_in_id == logged.id
    assert labels(book.workspace) == ["Logged a check-in with Acme"]
    undo(book.workspace)
    assert check_ins.check_ins(book.workspace, book.acme) == ()
    assert actions.account_actions(book.workspace, book.acme) == ()
    assert names_at(book) == ["Ada Byron", "Bo Diaz"]


def test_a_site_shows_in_its_parent_and_a_deleted_check_in_does_not(book: Book) -> None:
    check_ins.log_check_in(book.workspace, contact(book, account=book.site))
    (logged,) = check_ins.check_ins(book.workspace, book.acme)
    check_ins.edit_check_in(book.workspace, replace(logged, summary="Talked at length"))
    (changed,) = check_ins.check_ins(book.workspace, book.acme)
    assert changed.summary == "Talked at length"
    check_ins.delete_check_in(book.workspace, logged.id)
    assert check_ins.check_ins(book.workspace, book.acme) == ()
    with pytest.raises(NotFoundError):
        check_ins.delete_check_in(book.workspace, logged.id)
    undo(book.workspace)
    assert check_ins.check_ins(book.workspace, book.acme) == (changed,)


def test_writing_a_note_is_one_step_however_often_it_is_kept(book: Book) -> None:
    note = Note(book.acme, START, "Amira", "")
    for body in ("They", "They like", "They like **it**"):
        book.clock.pass_(seconds=2)
        note = notes.write_note(book.workspace, replace(note, body=body)).note
    assert [one.body for one in notes.notes(book.workspace, book.acme)] == ["They like **it**"]
    assert labels(book.workspace) == ["Wrote the note “They like it”"]
    book.clock.pass_(minutes=5)
    notes.write_note(book.workspace, replace(note, body="They like **it** a lot"))
    undo(book.workspace)
    assert [one.body for one in notes.notes(book.workspace, book.acme)] == ["They like **it**"]
    undo(book.workspace)
    assert notes.notes(book.workspace, book.acme) == ()


def test_sharing_and_judging_are_steps_of_their_own(book: Book) -> None:
    note = notes.write_note(book.workspace, Note(book.acme, START, "Amira", "They like it")).note
    note = notes.write_note(book.workspace, replace(note, audience=Audience.SHARED)).note
    note = notes.write_note(
        book.workspace, replace(note, pulse=Pulse.AT_RISK, pulse_reason="Sponsor left")
    ).note
    assert labels(book.workspace)[:2] == [
        "Judged the relationship as at risk",
        "Shared the note “They like it”",
    ]
    undo(book.workspace)
    (found,) = notes.notes(book.workspace, book.acme)
    assert (found.pulse, found.audience) == (None, Audience.SHARED)
    undo(book.workspace)
    assert notes.notes(book.workspace, book.acme)[0].audience is Audience.INTERNAL


def test_the_latest_pulse_comes_first(book: Book) -> None:
    for days, pulse in ((9, Pulse.GOOD), (2, Pulse.AT_RISK), (5, None)):
        written = START - timedelta(days)
        notes.write_note(book.workspace, Note(book.acme, written, "Amira", "Met", pulse=pulse))
    history_ = notes.pulse_history(notes.notes(book.workspace, book.acme))
    assert [note.pulse for note in history_] == [Pulse.AT_RISK, Pulse.GOOD]


def test_a_deleted_note_comes_back_with_its_pictures(book: Book) -> None:
    picture = Picture("a" * 64, "image/png", 2, 2, b"\x89PNG")
    notes.keep_picture(book.workspace, picture)
    note = Note(book.acme, START, "Amira", f"![chart](picture:{'a' * 64})")
    note = notes.write_note(book.workspace, note).note
    notes.delete_note(book.workspace, note.id)
    assert recently_deleted(book.workspace)[0].label == "Deleted the note “chart”"
    with pytest.raises(NotFoundError):
        notes.write_note(book.workspace, replace(note, body="too late"))
    undo(book.workspace)
    (back,) = notes.notes(book.workspace, book.acme)
    assert notes.pictures_in(book.workspace, [back.body]) == (picture,)


def test_actions_are_listed_overdue_first_and_done_last(book: Book) -> None:
    for title, due_on, account in (
        ("undated", None, book.acme),
        ("late", TODAY - timedelta(3), book.site),
        ("next", TODAY + timedelta(3), book.acme),
    ):
        actions.add_action(book.workspace, Action(account, title, "Priya Nair", due_on))
    late = actions.account_actions(book.workspace, book.acme)[0]
    assert [one.title for one in actions.account_actions(book.workspace, book.acme)] == [
        "late",
        "next",
        "undated",
    ]
    actions.complete_action(book.workspace, late.id, done=True)
    assert [one.action.title for one in actions.all_actions(book.workspace)] == ["next", "undated", "late"]
    assert labels(book.workspace)[0] == "Marked “late” as done"
    actions.complete_action(book.workspace, late.id, done=False)
    assert actions.all_actions(book.workspace)[0].account_name == "Acme Lisbon"
    actions.edit_action(book.workspace, replace(late, due_on=date(2026, 12, 24), owner="Amira Haddad"))
    actions.delete_action(book.workspace, late.id)
    assert [one.title for one in actions.account_actions(book.workspace, book.acme)] == ["next", "undated"]
    undo(book.workspace)
    undo(book.workspace)
    assert actions.account_actions(book.workspace, book.acme)[0] == late
