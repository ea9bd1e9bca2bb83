"""What is typed about a contact, read and checked."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.desktop.engagement.check_in_form import CheckInForm, form_of, from_draft, parse_time
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.engagement import ContactChannel

TODAY = date(2026, 12, 10)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SOUND = CheckInForm(("Dana",), TODAY, "14:30", ContactChannel.MEETING, "Talked", "Send it", author="Amira")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("14:30", time(14, 30)),
        (" 9.05 ", time(9, 5)),
        ("0945", time(9, 45)),
        ("9", time(9)),
        ("2:10 pm", time(14, 10)),
        ("12 am", time(0)),
        ("12pm", time(12)),
        ("24:00", None),
        ("9:75", None),
        ("13 pm", None),
        ("noon", None),
        ("", None),
    ],
)
def test_a_time_as_people_write_it(text: str, read: time | None) -> None:
    assert parse_time(text) == read


@given(st.text(max_size=12))
def test_any_text_is_a_time_or_none(text: str) -> None:
    parse_time(text)


def test_the_day_and_time_are_the_customers() -> None:
    check_in = SOUND.check_in(AccountId(1), AMSTERDAM)
    assert check_in.held_at == datetime(2026, 12, 10, 13, 30, tzinfo=UTC)
    assert form_of(check_in, AMSTERDAM) == SOUND


def test_what_is_wrong_is_said_by_field() -> None:
    problems = CheckInForm(day=date(2026, 12, 11), time="soon", as_action=True).problems(TODAY)
    assert set(problems) == {"summary", "day", "time", "next_step"}
    assert SOUND.problems(TODAY) == {}


def test_a_draft_comes_back_as_it_was() -> None:
    form = CheckInForm(("Dana", "new one"), TODAY, "9", ContactChannel.CHAT, "so", "on", True, "Priya", TODAY)
    assert from_draft(form.to_draft(), CheckInForm()) == form


@pytest.mark.parametrize(
    "kept", [{}, {"names": 3, "day": "never", "channel": "pigeon", "summary": 1}, {"day": 5, "due_on": []}]
)
def test_a_draft_that_cannot_be_read_leaves_the_form_blank(kept: dict[str, object]) -> None:
    assert from_draft(kept, SOUND) == SOUND
