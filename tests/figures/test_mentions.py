"""Who a text mentions, and by which day it asks something of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.figures.mentions import mentions

TODAY = date(2026, 12, 10)
NAMES = ("Priya Nair", "Priya Nairobi", "Jonas Weber", "Özlem Straße")


@pytest.mark.parametrize(
    ("text", "day", "request_words"),
    [
        ("@Priya Nair send them the patch by 11 Dec.", date(2026, 12, 11), "Send them the patch"),
        ("@priya nair: call Declan until Friday", date(2026, 12, 11), "Call Declan"),
        ("Could @Priya Nair test this before 2026-12-18? Thanks.", date(2026, 12, 18), "Could test this"),
        ("@Priya Nair tomorrow: ask for the logs", date(2026, 12, 11), "Ask for the logs"),
        ("@Priya Nair plan the review for Jan 15", date(2027, 1, 15), "Plan the review"),
        ("@Priya Nair check it on Thursday", date(2026, 12, 17), "Check it"),
        ("@Priya Nair the invoice of 30 Nov 2026 is wrong", date(2026, 11, 30), "The invoice of is wrong"),
        ("@Priya Nair knows more", None, "Knows more"),
        ("Said on 3 Dec. @Priya Nair knows more", None, "Knows more"),
        ("@Priya Nair see 31 Feb", None, "See 31 Feb"),
    ],
)
def test_a_mention_with_a_day(text: str, day: date | None, request_words: str) -> None:
    (found,) = mentions(text, NAMES, TODAY)
    assert (found.name, found.day, found.request) == ("Priya Nair", day, request_words)
    assert text[found.start : found.end].casefold() == "@priya nair"


def test_the_longest_name_counts_and_words_are_whole() -> None:
    assert [m.name for m in mentions("@Priya Nairobi and @Jonas Webers", NAMES, TODAY)] == ["Priya Nairobi"]


def test_an_address_is_no_mention() -> None:
    assert mentions("write to priya@Priya Nair or a.@Jonas Weber", NAMES, TODAY) == ()


def test_names_with_letters_that_fold_to_several_are_found() -> None:
    assert [m.name for m in mentions("Ask @Özlem Straße", NAMES, TODAY)] == ["Özlem Straße"]


@given(st.text(alphabet="@ PriyaNJonsWeb.\n0129-DecFridayßİ", max_size=60))
def test_any_text_is_read_and_places_hold_the_name(text: str) -> None:
    for found in mentions(text, NAMES, TODAY):
        assert text[found.start : found.end].casefold() == f"@{found.name}".casefold()
