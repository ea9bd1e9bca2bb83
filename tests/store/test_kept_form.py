"""What is kept as JSON comes back as it was."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import pytest

from convergedesk.domain.money import Money, MoneyRange
from convergedesk.domain.usage import MeterId
from convergedesk.store.kept_form import from_text, to_text, tuple_from_text


@dataclass(frozen=True, slots=True)
class Part:
    meter_id: MeterId
    share: float
    amount: Money | None


@dataclass(frozen=True, slots=True)
class Whole:
    day: date | None
    named: bool
    range: MoneyRange
    parts: tuple[Part, ...]


EURO = Money(125, "EUR")


def test_everything_comes_back() -> None:
    whole = Whole(
        date(2024, 2, 29),
        True,
        MoneyRange(EURO, Money(-3, "EUR"), Money(10**15, "EUR")),
        (Part(MeterId(4), 0.1 + 0.2, EURO), Part(MeterId(5), 1.0, None)),
    )
    assert from_text(to_text(whole, Whole), Whole) == whole
    assert tuple_from_text(to_text((whole, whole), tuple[Whole, ...]), Whole) == (whole, whole)


def test_what_is_no_number_is_null_and_no_number_again() -> None:
    text = to_text(Part(MeterId(1), math.inf, None), Part)
    assert "null" in text
    assert math.isnan(from_text(text, Part).share)


def test_a_type_without_a_form_is_refused() -> None:
    with pytest.raises(TypeError, match="not kept"):
        to_text({}, dict)
