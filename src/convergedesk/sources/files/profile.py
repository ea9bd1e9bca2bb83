"""What the values of a column look like, judged by a sample of the whole table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from convergedesk.sources.casting.dates import OrderFit, order_fit
from convergedesk.sources.casting.numbers import DecimalStyle, is_absent, is_currency, parse_decimal
from convergedesk.sources.casting.places import parse_country, parse_domain, parse_time_zone
from convergedesk.sources.casting.words import (
    NOT_RATED,
    is_public,
    parse_boolean,
    parse_calendar_kind,
    parse_contract_term,
    parse_lifecycle,
    parse_price_model,
    parse_priority,
    parse_rating,
    parse_status,
)
from convergedesk.sources.files.catalogue import FieldType
from convergedesk.sources.files.scratch import Scratch
from convergedesk.sources.files.tables import Column, Table

_SAMPLED_ROWS = 4_000
_DISTINCT = 600
_EXACT_UP_TO = 300_000
_CUT = 300


def _is_number(text: str) -> bool:
    return parse_decimal(text, DecimalStyle.POINT) is not None


def _is_whole(text: str) -> bool:
    value = parse_decimal(text, DecimalStyle.POINT)
    return value is not None and value == value.to_integral_value()


def _is_duration(text: str) -> bool:
    parts = text.split(":")
    return _is_number(text) or (len(parts) in {2, 3} and all(part.strip().isdigit() for part in parts))


def _is_key(text: str) -> bool:
    return len(text) <= 80 and len(text.split()) <= 3 and "\n" not in text


_CHECKS: dict[FieldType, Callable[[str], bool]] = {
    FieldType.KEY: _is_key,
    FieldType.DATE: lambda text: order_fit(text) is not OrderFit.NONE,
    FieldType.TIME: lambda text: order_fit(text) is not OrderFit.NONE,
    FieldType.NUMBER: _is_number,
    FieldType.INTEGER: _is_whole,
    FieldType.MONEY: _is_number,
    FieldType.CURRENCY: lambda text: is_currency(text.strip().upper()),
    FieldType.BOOLEAN: lambda text: parse_boolean(text) is not None,
    FieldType.PUBLIC: lambda text: is_public(text) is not None,
    FieldType.PRIORITY: lambda text: parse_priority(text) is not None,
    FieldType.STATUS: lambda text: parse_status(text) is not None,
    FieldType.LIFECYCLE: lambda text: parse_lifecycle(text) is not None,
    FieldType.CALENDAR_KIND: lambda text: parse_calendar_kind(text) is not None,
    FieldType.CONTRACT_TERM: lambda text: parse_contract_term(text) is not None,
    FieldType.PRICE_MODEL: lambda text: parse_price_model(text) is not None,
    FieldType.RATING: lambda text: parse_rating(text) is not None or text.strip().lower() in NOT_RATED,
    FieldType.MINUTES: _is_duration,
    FieldType.COUNTRY: lambda text: parse_country(text) is not None,
    FieldType.TIME_ZONE: lambda text: parse_time_zone(text) is not None,
    FieldType.DOMAIN: lambda text: parse_domain(text) is not None,
    FieldType.EMAIL: lambda text: "@" in text and parse_domain(text) is not None,
}


@dataclass(slots=True)
class Profile:
    """A column's values.

    Attributes:
        column: Which.
        rows: Rows of the table.
        filled: How many of them are not empty.
        distinct: Different values; an estimate in very long tables.
        values: A sample of the different values, without empty ones.
        counts: How often each of them stands in the sample.
    """

    column: Column
    rows: int
    filled: int
    distinct: int
    values: tuple[str, ...]
    counts: tuple[int, ...]
    _shares: dict[FieldType, float] = field(default_factory=dict[FieldType, float])

    def share(self, kind: FieldType) -> float:
        """Share of the sampled cells that can be read as this, 0 to 1; 1 for text."""
        if kind is FieldType.TEXT:
            return 1.0
        if kind not in self._shares:
            self._shares[kind] = self._weighed(_CHECKS[kind])
        return self._shares[kind]

    def _weighed(self, check: Callable[[str], bool]) -> float:
        fitting = sum(count for value, count in zip(self.values, self.counts, strict=True) if check(value))
        return fitting / sum(self.counts) if self.values else 0.0

    @property
    def numeric(self) -> bool:
        """True where nearly everything is a number."""
        return bool(self.values) and self.share(FieldType.NUMBER) >= 0.95

    @property
    def dated(self) -> bool:
        """True where nearly everything is a date that is more than a bare number."""
        return not self.numeric and self.share(FieldType.DATE) >= 0.9

    @property
    def looks_like_ids(self) -> bool:
        """True where the values read as codes: one word each, most of them with a figure in it."""
        if not self.values:
            return False
        coded = sum(
            len(value.split()) == 1 and any(sign.isdigit() for sign in value) for value in self.values
        )
        return coded >= 0.9 * len(self.values)


def profiles(scratch: Scratch, table: Table) -> tuple[Profile, ...]:
    """Look at every column of a staged table."""
    if not table.columns:
        return ()
    exact = table.rows <= _EXACT_UP_TO
    counted = "count(DISTINCT {0})" if exact else "approx_count_distinct({0})"
    measures = ", ".join(f"count({c.staged}), {counted.format(c.staged)}" for c in table.columns)
    step = max(1, table.rows // _SAMPLED_ROWS)
    names = ", ".join(f"{column.staged}[:{_CUT}]" for column in table.columns)
    with scratch.connect() as connection:
        counted_rows = connection.execute(f"SELECT count(*), {measures} FROM {table.staged}").fetchall()
        sample = connection.execute(
            f"SELECT {names} FROM {table.staged} WHERE rowid < 500 OR rowid % {step} = 0 "
            f"LIMIT {_SAMPLED_ROWS + 500}"
        ).fetchall()
    counts = [int(count) for count in counted_rows[0]]
    found: list[Profile] = []
    for number, column in enumerate(table.columns):
        values: dict[str, int] = {}
        for row in sample:
            if row[number] is None or is_absent(text := str(row[number]).strip()):
                continue
            if text in values or len(values) < _DISTINCT:
                values[text] = values.get(text, 0) + 1
        filled, distinct = counts[1 + 2 * number], counts[2 + 2 * number]
        found.append(Profile(column, counts[0], filled, distinct, tuple(values), tuple(values.values())))
    return tuple(found)
