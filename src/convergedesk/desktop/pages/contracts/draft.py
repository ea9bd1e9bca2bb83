"""A contract's fields as JSON, so that what was typed and not yet saved outlives the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from convergedesk.desktop.pages.contracts.form import (
    CommitmentForm,
    ContractForm,
    IncludedForm,
    PriceForm,
    RampForm,
    SlaForm,
    TierForm,
)
from convergedesk.domain.billing import PriceModel


def to_draft(form: ContractForm) -> dict[str, object]:
    """The form as JSON can hold it."""
    return _plain(asdict(form))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def from_draft(body: Mapping[str, Any]) -> ContractForm | None:
    """The form again; None where the draft is of another version of the program."""
    try:
        return ContractForm(
            **{
                **body,
                "starts_on": _day(body["starts_on"]),
                "ends_on": _day(body["ends_on"]),
                "prices": tuple(_price(one) for one in body["prices"]),
                "entitlements": tuple(IncludedForm(**_dated(one)) for one in body["entitlements"]),
                "commitments": tuple(_commitment(one) for one in body["commitments"]),
                "sla_terms": tuple(SlaForm(**_dated(one)) for one in body["sla_terms"]),
            }
        )
    except (KeyError, TypeError, ValueError):
        return None


def _day(text: Any) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _dated(body: Mapping[str, Any]) -> dict[str, Any]:
    return {**body, "effective_from": _day(body["effective_from"])}


def _price(body: Mapping[str, Any]) -> PriceForm:
    tiers = tuple(TierForm(**one) for one in body["tiers"])
    return PriceForm(**{**_dated(body), "model": PriceModel(body["model"]), "tiers": tiers})


def _commitment(body: Mapping[str, Any]) -> CommitmentForm:
    return CommitmentForm(
        **{
            **body,
            "starts_on": _day(body["starts_on"]),
            "ends_on": _day(body["ends_on"]),
            "meter_ids": tuple(body["meter_ids"]),
            "ramps": tuple(RampForm(**_dated(one)) for one in body["ramps"]),
        }
    )
