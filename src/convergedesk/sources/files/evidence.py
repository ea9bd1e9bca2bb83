"""What the values say where a reading is open: the order of dates, the decimal sign, the currency."""

from __future__ import annotations

from collections.abc import Sequence

from convergedesk.sources.casting.dates import OrderFit, order_fit
from convergedesk.sources.casting.numbers import (
    DecimalStyle,
    NumberEvidence,
    currency_in,
    evidence_of,
    is_currency,
)
from convergedesk.sources.files.catalogue import FieldType
from convergedesk.sources.files.mapping import ColumnMapping, DateEvidence, FileMapping
from convergedesk.sources.files.profile import Profile
from convergedesk.sources.files.scratch import Scratch
from convergedesk.sources.files.tables import Table, TableKind

_OPEN = (OrderFit.EITHER, OrderFit.DMY_ONLY, OrderFit.MDY_ONLY)
# Day and month of a date that ends with the year; dots always put the day first.
_NUMERIC_DATE = r"^\s*(\d{1,2})([-/])\s?(\d{1,2})[-/]\s?(?:\d{4}|\d{2})(?:\D.*)?$"
_NUMBERS = frozenset([FieldType.NUMBER, FieldType.MONEY, FieldType.INTEGER, FieldType.MINUTES])


def date_evidence(scratch: Scratch, table: Table, dated: Sequence[Profile]) -> DateEvidence | None:
    """What the whole table says about the order of its numeric dates; None where none has an order to choose.

    Args:
        scratch: Where the table is staged.
        table: The table.
        dated: The columns that are imported as dates or times.
    """
    open_columns = [
        profile for profile in dated if any(order_fit(value) in _OPEN for value in profile.values)
    ]
    if not open_columns:
        return None
    parts = ", ".join(
        f"TRY_CAST(regexp_extract({p.column.staged}, '{_NUMERIC_DATE}', 1) AS INTEGER) AS a{n}, "
        f"TRY_CAST(regexp_extract({p.column.staged}, '{_NUMERIC_DATE}', 3) AS INTEGER) AS b{n}"
        for n, p in enumerate(open_columns)
    )
    numbers = range(len(open_columns))
    day_first = " OR ".join(f"coalesce(a{n} > 12 AND b{n} <= 12, false)" for n in numbers)
    month_first = " OR ".join(f"coalesce(b{n} > 12 AND a{n} <= 12, false)" for n in numbers)
    either = " OR ".join(f"coalesce(a{n} <= 12 AND b{n} <= 12 AND a{n} <> b{n}, false)" for n in numbers)
    with scratch.connect() as connection:
        counts = connection.execute(
            f"SELECT count(*) FILTER ({day_first}), count(*) FILTER ({month_first}), "
            f"count(*) FILTER (({either}) AND NOT ({day_first}) AND NOT ({month_first})) "
            f"FROM (SELECT {parts} FROM {table.staged})"
        ).fetchall()[0]
    values = [value for profile in open_columns for value in profile.values]
    example = next(value for kind in _OPEN for value in values if order_fit(value) is kind)
    names = tuple(profile.column.name for profile in open_columns)
    return DateEvidence(names, int(counts[0]), int(counts[1]), int(counts[2]), example)


def decimal_style(
    table: Table, columns: Sequence[tuple[ColumnMapping, FieldType]], found: Sequence[Profile]
) -> DecimalStyle:
    """How the numbers of a table are read that could be read in two ways."""
    by_name = {profile.column.name: profile for profile in found}
    total = NumberEvidence()
    for mapped, kind in columns:
        if kind in _NUMBERS and mapped.column in by_name:
            total += evidence_of(by_name[mapped.column].values)
    if total.style is not None:
        return total.style
    # Only '1.234' or '1,234' was seen. Semicolons as delimiters go with decimal commas, and
    # then a point groups thousands.
    semicolons = table.kind is TableKind.DELIMITED and "semicolons" in table.reading
    return DecimalStyle.COMMA if semicolons and total.lone_point else DecimalStyle.POINT


def stated_currencies(
    mapping: FileMapping, money: Sequence[ColumnMapping], found: Sequence[Profile]
) -> dict[str, str]:
    """The currencies that a file states for its money, each with where it does."""
    by_name = {profile.column.name: profile for profile in found}
    stated: dict[str, str] = {}
    for column in mapping.columns_of("currency"):
        for value in by_name[column.column].values:
            if is_currency(value.strip().upper()):
                stated.setdefault(value.strip().upper(), column.column)
    for column in money:
        if column.currency:
            stated.setdefault(column.currency, column.column)
        for value in by_name[column.column].values:
            if code := currency_in(value):
                stated.setdefault(code, column.column)
    return stated


def money_states_currency(
    mapping: FileMapping, money: Sequence[ColumnMapping], found: Sequence[Profile]
) -> bool:
    """True where every amount of the file comes with its currency."""
    if mapping.has("currency"):
        return True
    by_name = {profile.column.name: profile for profile in found}
    return all(
        column.currency or all(currency_in(value) for value in by_name[column.column].values)
        for column in money
    )
