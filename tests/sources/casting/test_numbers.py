from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.sources.casting.numbers import (
    DecimalStyle,
    currency_in,
    evidence_of,
    is_absent,
    parse_decimal,
)

POINT, COMMA = DecimalStyle.POINT, DecimalStyle.COMMA


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1’234", "1234"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234", "1234"),
        ("12,34,567.5", "1234567.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        (".5", "0.5"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("12-", "-12"),
        ("(12.50)", "-12.50"),
        ("($12.50)", "-12.50"),
        ("$-3.10", "-3.10"),
        ("€ 12,50", "12.50"),
        ("12 EUR", "12"),
        ("USD 1,000.00", "1000.00"),
        ("45 %", "45"),
        ("1.5e3", "1500"),
        ("+7", "7"),
    ],
)
def test_numbers_that_can_be_read_in_one_way_only(text: str, value: str) -> None:
    assert parse_decimal(text, POINT) == Decimal(value)
    assert parse_decimal(text, COMMA) == Decimal(value)


@pytest.mark.parametrize(("text", "point", "comma"), [("1,234", "1234", "1.234"), ("1.234", "1.234", "1234")])
def test_what_could_be_either_follows_its_column(text: str, point: str, comma: str) -> None:
    assert parse_decimal(text, POINT) == Decimal(point)
    assert parse_decimal(text, COMMA) == Decimal(comma)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1,2,3",
        "1.2.3",
        "--5",
        "12 kg",
        "1e999",
        "9" * 16,
        "9" * 400,
        "∞",
        "nan",
        "(",
        "%",
        "€",
        "1,23.4,5",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert parse_decimal(text, POINT) is None
    assert parse_decimal(text, COMMA) is None


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["1,234", "12.5"], POINT),
        (["1.234", "12,5"], COMMA),
        (["1.234,56"], COMMA),
        (["1,234", "5,678"], None),
        (["7", "8"], None),
        (["1 234,5", "7"], COMMA),
    ],
)
def test_the_style_of_a_column(texts: list[str], style: DecimalStyle | None) -> None:
    assert evidence_of(texts).style is style


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("€ 5", "EUR"),
        ("5 €", "EUR"),
        ("$5", "USD"),
        ("A$5", "AUD"),
        ("5 CHF", "CHF"),
        ("5", None),
        ("ABC 5", None),
        ("zł 5", "PLN"),
    ],
)
def test_the_currency_that_an_amount_states(text: str, code: str | None) -> None:
    assert currency_in(text) == code


def test_what_programs_write_for_nothing() -> None:
    assert all(is_absent(text) for text in ("", "  ", "-", "N/A", "null", "None", "NaN"))
    assert not any(is_absent(text) for text in ("0", "no", "n", "x"))


@given(value=st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_both_styles_read_what_they_write(value: Decimal) -> None:
    english = f"{value:,.2f}"
    german = english.replace(",", "_").replace(".", ",").replace("_", ".")
    assert parse_decimal(english, POINT) == value
    assert parse_decimal(german, COMMA) == value


@given(text=st.text(max_size=40))
def test_no_text_is_an_error(text: str) -> None:
    for style in DecimalStyle:
        value = parse_decimal(text, style)
        assert value is None or abs(value) < 10**15
    evidence_of([text])
    currency_in(text)
