"""What a goal's form accepts, and how it says what is wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.desktop.pages.goals.form import GoalForm, ProgressForm, exact, parse_number
from convergedesk.domain.goals import MeterMeasure
from convergedesk.domain.usage import MeterId

GOOD = GoalForm(title="Fewer re-sends", start="340", target="80", current="210")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("98.5", 98.5),
        ("98,5", 98.5),
        ("98.5 %", 98.5),
        ("1,234", 1234),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1 234,5", 1234.5),
        ("0,125", 0.125),
        ("\N{MINUS SIGN}3", -3),
        (".5", 0.5),
        ("", None),
        ("a lot", None),
        ("1.2.3", None),
        ("12e3", None),
        ("nan", None),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, value: float | None) -> None:
    assert parse_number(text) == value


@given(st.floats(allow_nan=False, allow_infinity=False, width=64))
def test_opening_and_saving_a_form_changes_no_digit(value: float) -> None:
    assert parse_number(exact(value)) == value


def test_a_complete_form_becomes_a_draft() -> None:
    draft = GOOD.draft()
    assert (draft.start, draft.target, draft.current) == (340, 80, 210)
    assert draft.meter_id is None
    assert draft.measure is None


def test_a_linked_meter_brings_the_value_itself() -> None:
    draft = replace(GOOD, current="not read", meter_id=MeterId(4)).draft()
    assert draft.current is None
    assert draft.measure is MeterMeasure.DAILY_MEAN_28


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        (replace(GOOD, title="  "), "title", "Say what the customer wants to reach."),
        (replace(GOOD, start=""), "start", "Say what the value was when the goal was agreed."),
        (replace(GOOD, target="much"), "target", "“much” is not a number."),
        (replace(GOOD, target="340.0"), "target", "Start and target are both 340, so there is no way to go."),
        (replace(GOOD, current="some"), "current", "“some” is not a number."),
        (
            replace(GOOD, agreed_on=date(2026, 10, 1), due_on=date(2026, 9, 30)),
            "due_on",
            "The due day must come after 1 Oct 2026, when it was agreed.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(form: GoalForm, field: str, sentence: str) -> None:
    assert form.problems() == {field: sentence}
    with pytest.raises(ValueError, match=re.escape(sentence)):
        form.draft()


def test_progress_needs_a_value_a_person_and_a_day_that_has_come() -> None:
    today = date(2026, 12, 10)
    empty = ProgressForm(date(2026, 12, 11))
    assert set(empty.problems(today)) == {"value", "reported_by", "day"}
    assert ProgressForm(today, "210", "Dana Whitlock").problems(today) == {}
