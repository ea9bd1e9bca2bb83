from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.desktop.amounts import amount_text, parse_amount, round_text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("75 M", "75000000"),
        ("1.5k", "1500"),
        ("20M", "20000000"),
        ("1,234,567.8", "1234567.8"),
        ("1.234,5", "1234.5"),
        ("98,5", "98.5"),
        ("12,345", "12345"),
        ("0,125", "0.125"),
        ("\N{MINUS SIGN}3 %", "-3"),
        ("€1,260,000", "1260000"),
        (".5", "0.5"),
    ],
)
def test_a_typed_number_is_read_exactly(text: str, value: str) -> None:
    assert parse_amount(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "M", "abc", "1.2.3", "1-2", "--1"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_amount(text) is None


@given(st.decimals("-1000000000", "1000000000", places=9))
def test_opening_and_reading_changes_nothing(value: Decimal) -> None:
    assert parse_amount(amount_text(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [("20000000", "20 M"), ("150000", "150k"), ("1234", "1,234"), ("71033486", "71,033,486")],
)
def test_limits_are_said_short_only_where_nothing_is_lost(value: str, text: str) -> None:
    assert round_text(Decimal(value)).replace("\u202f", " ") == text
