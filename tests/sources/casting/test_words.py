from __future__ import annotations

import pytest

from convergedesk.domain.accounts import Lifecycle
from convergedesk.domain.calendar import CalendarEventKind
from convergedesk.domain.tickets import Priority, TicketStatus
from convergedesk.sources.casting.places import company_domain, parse_country, parse_domain, parse_time_zone
from convergedesk.sources.casting.words import (
    is_customer,
    is_public,
    parse_boolean,
    parse_calendar_kind,
    parse_lifecycle,
    parse_priority,
    parse_rating,
    parse_status,
)


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("urgent", Priority.URGENT),
        ("P1", Priority.URGENT),
        ("critical", Priority.URGENT),
        ("1", Priority.URGENT),
        ("1 - Critical", Priority.URGENT),
        ("Sev 2", Priority.HIGH),
        ("2", Priority.HIGH),
        ("High Priority", Priority.HIGH),
        ("3", Priority.NORMAL),
        ("Medium", Priority.NORMAL),
        ("4", Priority.LOW),
        ("P5", Priority.LOW),
        ("niedrig", Priority.LOW),
        ("Question", None),
        ("9", None),
    ],
)
def test_priorities(text: str, rank: Priority | None) -> None:
    assert parse_priority(text) is rank


def test_priorities_that_count_upwards() -> None:
    assert parse_priority("4", one_is_highest=False) is Priority.URGENT
    assert parse_priority("1", one_is_highest=False) is Priority.LOW


def test_yes_and_no_in_several_languages() -> None:
    assert all(parse_boolean(text) is True for text in ("True", "yes", "Ja", "1", "x", "oui"))
    assert all(parse_boolean(text) is False for text in ("false", "No", "nein", "0", "non"))
    assert parse_boolean("perhaps") is None


def test_states_of_tickets_and_accounts() -> None:
    assert parse_status("On-hold") is TicketStatus.PENDING
    assert parse_status("Solved") is TicketStatus.CLOSED
    assert parse_status("in_progress") is TicketStatus.OPEN
    assert parse_status("who knows") is None
    assert parse_lifecycle("Former customer") is Lifecycle.CHURNED
    assert parse_lifecycle("Customer") is Lifecycle.ACTIVE
    assert parse_calendar_kind("Public Holiday") is CalendarEventKind.HOLIDAY


def test_satisfaction() -> None:
    assert parse_rating("5.0") == 5
    assert parse_rating("4 / 5") == 4
    assert parse_rating("Bad") == 1
    assert parse_rating("6") is None


def test_who_wrote_and_who_may_read() -> None:
    assert is_customer("end-user") is True
    assert is_customer("Agent") is False
    assert is_customer("COO") is None
    assert is_public("Internal note") is False
    assert is_public("public") is True


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://www.Northgate.example/about?x=1", "northgate.example"),
        ("mira@northgate.example", "northgate.example"),
        ("northgate.co.uk", "northgate.co.uk"),
        ("northgate.example:8080", "northgate.example"),
        ("northgate", None),
        ("", None),
    ],
)
def test_web_domains(text: str, domain: str | None) -> None:
    assert parse_domain(text) == domain


def test_a_free_mail_address_names_no_company() -> None:
    assert company_domain("someone@gmail.com") is None
    assert company_domain("mira@northgate.example") == "northgate.example"


def test_countries_and_zones() -> None:
    assert [parse_country(text) for text in ("UK", "Germany", "usa", "at", "Atlantis")] == [
        "GB",
        "DE",
        "US",
        "AT",
        None,
    ]
    assert parse_time_zone("europe/berlin") == "Europe/Berlin"
    assert parse_time_zone("Middle Earth") is None
