"""Contacts, notes, actions and people as lines of the timeline."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from convergedesk.domain.accounts import AccountId, Person, PersonId, PersonRole
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import Action, ActionId, CheckIn, CheckInId, ContactChannel, Note, Pulse
from convergedesk.figures.account import TimelineEntry, TimelineKind
from convergedesk.figures.timeline import from_people, newest_first

NOW = datetime(2026, 12, 10, 12, tzinfo=UTC)
ACCOUNT = AccountId(1)


def lines(
    *,
    check_ins: tuple[CheckIn, ...] = (),
    notes: tuple[Note, ...] = (),
    actions: tuple[Action, ...] = (),
    persons: tuple[Person, ...] = (),
) -> tuple[TimelineEntry, ...]:
    return newest_first(from_people(ZoneInfo("Europe/Berlin"), check_ins, notes, (), actions, persons))


def test_a_contact_names_everybody_and_what_follows() -> None:
    held = CheckIn(
        ACCOUNT, NOW, ContactChannel.CALL, "Amira", ("Ada", "Bo"), "Talked.", "Send figures", id=CheckInId(3)
    )
    (line,) = lines(check_ins=(held,))
    assert (line.title, line.detail) == ("Amira: call with Ada, Bo", "Talked. Next: Send figures")
    assert (line.people, line.target_id, line.internal) == (("Amira", "Ada", "Bo"), 3, True)


def test_a_note_is_told_in_plain_words_with_its_pulse() -> None:
    body = "They **like** it ![chart](picture:abc)"
    shared = Note(ACCOUNT, NOW, "Amira", body, Audience.SHARED, Pulse.AT_RISK, "Sponsor left")
    (line,) = lines(notes=(shared,))
    assert line.title == "Note by Amira · pulse at risk"
    assert line.detail == "They like it chart Sponsor left"
    assert not line.internal


def test_an_action_stands_on_the_day_it_was_done_or_else_is_due() -> None:
    due, done = date(2026, 12, 8), date(2026, 12, 9)
    found = lines(
        actions=(
            Action(ACCOUNT, "Send figures", "Amira", due, done, id=ActionId(1)),
            Action(ACCOUNT, "Call again", "", due, id=ActionId(2)),
            Action(ACCOUNT, "Some day", "Amira", None),
        )
    )
    assert [(line.title, line.detail) for line in found] == [
        ("Action done: Amira", "Send figures"),
        ("Action due", "Call again"),
    ]
    assert found[0].at == datetime(2026, 12, 8, 23, tzinfo=UTC)


def test_leaving_the_company_is_an_event() -> None:
    ada = Person(
        PersonId(1), "Ada", ACCOUNT, PersonRole.CHAMPION, "Platform lead", left_on=date(2026, 11, 26)
    )
    (line,) = lines(persons=(ada,))
    assert (line.kind, line.title) == (TimelineKind.PERSON, "Ada left the company")
    assert line.detail == "Champion, Platform lead"
