"""Contracts into a CSV file and back: nothing is lost, and what is wrong is named with its line."""

import csv
import io
from dataclasses import replace

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import ContractId
from convergedesk.domain.usage import MeterId
from convergedesk.sources.contract_terms import COLUMNS, example, write_terms
from convergedesk.sources.contract_terms_reading import ReadTerms, read_terms

ACCOUNTS = {"Acme Robotics": AccountId(1)}
METERS = {"API calls": MeterId(1), "Active seats": MeterId(2)}


def read(text: str) -> ReadTerms:
    return read_terms(text, ACCOUNTS.get, METERS.get)


def test_what_is_written_is_read_back() -> None:
    found = read(example())
    assert found.rejects == ()
    assert [(one.contract.name, one.amends) for one in found.contracts] == [
        ("Order form 2026", None),
        ("Amendment 1", "Order form 2026"),
    ]
    again = [
        replace(one.contract, id=ContractId(number), amends_id=ContractId(1) if one.amends else None)
        for number, one in enumerate(found.contracts, 1)
    ]
    names = ({v: k for k, v in ACCOUNTS.items()}, {v: k for k, v in METERS.items()})
    assert write_terms(again, *names) == example()


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_separators_and_orders_of_columns_are_read(delimiter: str) -> None:
    target = io.StringIO()
    rows = [list(reversed(row)) for row in csv.reader(example().splitlines())]
    csv.writer(target, delimiter=delimiter).writerows(rows)
    assert read("\ufeff" + target.getvalue()).contracts == read(example()).contracts


def line(**cells: str) -> str:
    return ",".join(cells.get(name.replace("from", "from_"), cells.get(name, "")) for name in COLUMNS)


HEAD = ",".join(COLUMNS)
SOUND = line(account="Acme Robotics", contract="Form", term="contract", from_="2026-01-01", currency="EUR")


def term(name: str, **cells: str) -> str:
    return line(account="Acme Robotics", contract="Form", term=name, **{"from_": "2026-01-01", **cells})


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (term("prices"), "no term"),
        (term("price", meter="Storage", unit_price="1"), "No meter is called “Storage”"),
        (term("price", meter="API calls", unit_price="cheap"), "not a number"),
        (term("price", meter="API calls", unit_price="-1"), "cannot be"),
        (term("price", meter="API calls", unit_price="1", model="tiered"), "no model"),
        (term("price", meter="API calls", unit_price="1", fee="0.001"), "more decimal places"),
        (term("included", meter="API calls", quantity="1", from_="soon"), "no day"),
        (term("commitment", amount="10", to="2026-12-31", prepaid="maybe"), "neither yes nor no"),
        (term("commitment", amount="10", to="2026-12-31", rollover_percent="120"), "above 100"),
        (term("commitment", amount="10", to="2026-12-31", overage_percent="1001"), "above 1000"),
        (term("service", resolution_minutes="1.5"), "no whole number"),
        (term("step", amount="10"), "needs its commitment"),
        (term("service", priority="asap"), "no priority"),
        (term("contract", currency="EUR"), "stated twice"),
    ],
)
def test_a_row_that_cannot_be_read_keeps_its_contract_out(row: str, words: str) -> None:
    found = read(f"{HEAD}\n{SOUND}\n{row}")
    assert found.contracts == ()
    assert any(reject.line == 3 and words in reject.reason for reject in found.rejects)
    assert any("left as it is" in reject.reason for reject in found.rejects)


def test_an_unknown_account_currency_or_column_is_said() -> None:
    assert "No account" in read(f"{HEAD}\n{SOUND.replace('Acme Robotics', 'Nobody')}").rejects[0].reason
    assert "no time zone" in read(f"{HEAD}\n{SOUND}Mars/Olympus").rejects[0].reason
    assert "no currency" in read(f"{HEAD}\n{SOUND.replace('EUR', 'euro')}").rejects[0].reason
    assert "account, contract" in read("a,b\n1,2").rejects[0].reason
    assert "must come first" in read(f"{HEAD}\n{term('service')}").rejects[0].reason


def test_other_contracts_come_in_beside_a_broken_one() -> None:
    broken = line(account="Nobody", contract="Other", term="contract", from_="2026-01-01", currency="EUR")
    found = read(f"{HEAD}\n{SOUND}\n{broken}")
    assert [one.contract.name for one in found.contracts] == ["Form"]
