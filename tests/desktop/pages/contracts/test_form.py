"""What was typed is read as it was meant, or said to be wrong where it stands."""

import json
from dataclasses import replace

import pytest

from convergedesk.desktop.pages.contracts.draft import from_draft, to_draft
from convergedesk.desktop.pages.contracts.form import ContractForm, TierForm, form_of, read
from tests.desktop.pages.contracts.agreed import order_form


def test_opening_and_reading_a_contract_changes_nothing() -> None:
    assert read(form_of(order_form())).contract == order_form()


def with_tier(**changes: str) -> ContractForm:
    form = form_of(order_form())
    price = form.prices[0]
    tier = replace(price.tiers[0], **changes)
    return replace(form, prices=(replace(price, tiers=(tier, *price.tiers[1:])), *form.prices[1:]))


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        (replace(form_of(order_form()), name=" "), "name", "a name"),
        (replace(form_of(order_form()), currency="euro"), "currency", "three letters"),
        (replace(form_of(order_form()), starts_on=None), "starts_on", "a day"),
        (with_tier(unit_price=""), "prices.0.tiers.0.unit_price", "one unit costs"),
        (with_tier(unit_price="cheap"), "prices.0.tiers.0.unit_price", "“cheap” is not a number"),
        (with_tier(unit_price="-1"), "prices.0.tiers.0.unit_price", "below 0"),
        (with_tier(flat="1.005"), "prices.0.tiers.0.flat", "2 decimal places"),
        (
            replace(
                form_of(order_form()), sla_terms=(replace(form_of(order_form()).sla_terms[0], cap="120"),)
            ),
            "sla_terms.0.cap",
            "above 100",
        ),
        (
            replace(
                form_of(order_form()),
                sla_terms=(replace(form_of(order_form()).sla_terms[0], resolution="1.5"),),
            ),
            "sla_terms.0.resolution",
            "whole minutes",
        ),
    ],
)
def test_a_wrong_field_is_named(form: ContractForm, field: str, words: str) -> None:
    found = read(form)
    assert found.contract is None
    assert words in found.problems[field]


def test_yen_have_no_decimal_places() -> None:
    form = replace(with_tier(flat="10.5"), currency="JPY")
    assert "no decimal places" in read(form).problems["prices.0.tiers.0.flat"]


def test_sizes_of_packages_do_not_linger_in_other_models() -> None:
    form = form_of(order_form())
    tiers = (TierForm(unit_price="1", package="100"),)
    price = replace(form.prices[0], tiers=tiers)
    contract = read(replace(form, prices=(price,))).contract
    assert contract is not None
    assert contract.prices[0].tiers[0].package_size is None


def test_a_draft_comes_back_as_it_was_typed() -> None:
    form = replace(with_tier(unit_price="cheap"), starts_on=None)
    body = json.loads(json.dumps(to_draft(form)))
    assert from_draft(body) == form
    assert from_draft({}) is None
    assert from_draft({**body, "prices": [{"model": "other"}]}) is None
