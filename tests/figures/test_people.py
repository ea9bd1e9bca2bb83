"""Who was last in touch when, and whose role nobody fills."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from convergedesk.domain.accounts import AccountId, Person, PersonId, PersonRole
from convergedesk.domain.engagement import CheckIn, ContactChannel, LastContact, TicketContact
from convergedesk.domain.tickets import TicketId
from convergedesk.figures.people import lost_roles, with_last_contact

NOW = datetime(2026, 12, 10, 12, tzinfo=UTC)
TODAY = NOW.date()
ADA = Person(PersonId(1), "Ada Byron", AccountId(1), PersonRole.CHAMPION, email="ada@acme.example")
BO = Person(PersonId(2), "Bo Diaz", AccountId(1), PersonRole.USER)


def check_in(days_ago: int, names: tuple[str, ...], ids: tuple[PersonId, ...] = ()) -> CheckIn:
    held = NOW - timedelta(days_ago)
    return CheckIn(AccountId(1), held, ContactChannel.CALL, "Amira", names, "Talked", attendee_ids=ids)


def ticket(days_ago: int, who: str, *, wrote: bool = False) -> TicketContact:
    return TicketContact(who, NOW - timedelta(days_ago), TicketId(7), "4711", wrote)


def last(
    *facts: CheckIn | TicketContact, persons: tuple[Person, ...] = (ADA, BO)
) -> list[LastContact | None]:
    contacts = [fact for fact in facts if isinstance(fact, CheckIn)]
    tickets = [fact for fact in facts if isinstance(fact, TicketContact)]
    return [view.last_contact for view in with_last_contact(persons, contacts, tickets)]


def test_the_latest_of_all_counts_and_says_what_it_was() -> None:
    called = LastContact(NOW - timedelta(5), channel=ContactChannel.CALL)
    wrote = LastContact(NOW - timedelta(2), ticket_id=TicketId(7), number="4711", wrote=True)
    assert last(check_in(5, ("ada byron",)), ticket(9, "Ada Byron")) == [called, None]
    assert last(check_in(5, ("Ada Byron",)), ticket(2, "ADA@acme.example", wrote=True)) == [wrote, None]


def test_a_person_who_was_renamed_is_known_by_identity() -> None:
    assert last(check_in(5, ("Ada Lovelace",), (ADA.id,)))[0] is not None


def test_a_name_that_two_share_is_nobodys() -> None:
    twin = replace(BO, name="Ada  byron")
    assert last(ticket(2, "Ada Byron"), persons=(ADA, twin)) == [None, None]
    assert last(ticket(2, "ada@acme.example"), persons=(ADA, twin))[0] is not None


def test_a_role_is_lost_until_somebody_takes_it() -> None:
    left = replace(ADA, left_on=TODAY - timedelta(14))
    assert lost_roles((left, BO), TODAY) == (left,)
    assert lost_roles((left, replace(BO, role=PersonRole.CHAMPION)), TODAY) == ()
    assert lost_roles((replace(ADA, left_on=TODAY + timedelta(1)),), TODAY) == ()
    assert lost_roles((replace(BO, left_on=date(2026, 1, 1)),), TODAY) == ()
