"""Results as one JSON object or as plain, aligned text."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, TextIO, cast

from convergedesk.domain.money import Money


def plain(value: object) -> Any:
    """A value as JSON knows it.

    Dataclasses and named tuples become objects, enums their value, days and instants ISO 8601, money an
    object with its exact amount as text, NaN null.
    """
    if isinstance(value, Money):
        return {"amount": str(value.amount), "currency": value.currency, "minor_units": value.minor_units}
    if isinstance(value, Enum):
        return value.name.lower() if isinstance(value.value, int) else value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    names: tuple[str, ...] = getattr(value, "_fields", ())
    if names:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value)
        return {str(plain(key)): plain(item) for key, item in pairs.items()}
    if isinstance(value, float):
        return None if math.isnan(value) or math.isinf(value) else value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | Path):
        return str(value)
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, Iterable):
        return [plain(item) for item in cast("Iterable[object]", value)]
    raise TypeError(f"no JSON form for {type(value).__name__}")


def write_json(out: TextIO, value: object) -> None:
    """One JSON object, on a line of its own."""
    json.dump(plain(value), out, ensure_ascii=False, allow_nan=False)
    out.write("\n")


def write_table(
    out: TextIO, head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Iterable[int] = ()
) -> None:
    """Columns as wide as their widest cell; those in `right` are right-aligned."""
    flush_right = set(right)
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, *rows):
        cells = [
            cell.rjust(widths[i]) if i in flush_right else cell.ljust(widths[i]) for i, cell in enumerate(row)
        ]
        out.write("  ".join(cells).rstrip() + "\n")
