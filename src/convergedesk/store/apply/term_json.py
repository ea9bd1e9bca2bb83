"""Contract terms that wait for their account, as JSON and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from convergedesk.domain.billing import PriceModel
from convergedesk.domain.origins import AccountKey, Origin
from convergedesk.domain.term_records import ContractTerm, ContractTermRecord

_OF_THE_ROW = ("origin", "account")
_DAYS = ("day", "until")
_NUMBERS = (
    "up_to", "unit_price", "fee", "package_size", "quantity", "amount", "rollover_percent",
    "credit_percent", "cap_percent", "overage_percent",
)  # fmt: skip
_READ: dict[str, Callable[[Any], object]] = {
    **dict.fromkeys(_DAYS, date.fromisoformat),
    **dict.fromkeys(_NUMBERS, Decimal),
    "term": ContractTerm,
    "model": PriceModel,
    "meters": tuple,
}


def record_to_json(record: ContractTermRecord) -> str:
    """What a row states, without where it stood and whose it is."""
    values = {
        field.name: value
        for field in fields(record)
        if field.name not in _OF_THE_ROW and (value := getattr(record, field.name)) is not None
    }
    return json.dumps(values, ensure_ascii=False, default=str)


def record_from_json(text: str, line: int) -> ContractTermRecord:
    """The row again."""
    values: dict[str, Any] = json.loads(text)
    read: dict[str, Any] = {
        name: _READ[name](value) if name in _READ else value for name, value in values.items()
    }
    return ContractTermRecord(origin=Origin(line), account=AccountKey(), **read)
