"""JSON holds every value of the domain exactly, and tables line up."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from convergedesk.cli.output import plain, write_json, write_table
from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.money import Money
from convergedesk.domain.tickets import Priority


@dataclass(frozen=True)
class Sheet:
    name: str
    fee: Money


def test_values_of_the_domain_have_a_json_form() -> None:
    assert plain(Sheet("A", Money(1234, "EUR"))) == {
        "name": "A",
        "fee": {"amount": "12.34", "currency": "EUR", "minor_units": 1234},
    }
    assert plain(Priority.HIGH) == "high"
    assert plain({SystemKind.CRM: (1, 2)}) == {"crm": [1, 2]}
    assert plain(date(2026, 12, 10)) == "2026-12-10"
    assert plain(datetime(2026, 12, 10, 8, 12, tzinfo=UTC)) == "2026-12-10T08:12:00+00:00"
    assert plain(Decimal("0.10")) == "0.10"
    assert plain(float("nan")) is None
    assert plain(Path("a") / "b") == str(Path("a") / "b")
    assert plain(True) is True


def test_what_has_no_json_form_is_a_bug_and_not_a_guess() -> None:
    with pytest.raises(TypeError, match="object"):
        plain(object())


def test_one_object_on_one_line() -> None:
    out = io.StringIO()
    write_json(out, {"name": "Größe", "open": 3})
    assert out.getvalue().count("\n") == 1
    assert json.loads(out.getvalue()) == {"name": "Größe", "open": 3}


def test_columns_line_up_and_figures_end_together() -> None:
    out = io.StringIO()
    write_table(out, ("Account", "Open"), [("Marlowe", "3"), ("Quarry Robotics", "12")], right=(1,))
    assert out.getvalue().splitlines() == [
        "Account          Open",
        "Marlowe             3",
        "Quarry Robotics    12",
    ]


def test_an_empty_table_is_its_head() -> None:
    out = io.StringIO()
    write_table(out, ("Account", "Open"), [])
    assert out.getvalue() == "Account  Open\n"
