"""One cell as a typed value, or the reason why not, in words that the person understands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from convergedesk.domain.money import Money
from convergedesk.domain.salesforce_id import normalise_salesforce_id
from convergedesk.sources.casting.dates import (
    DateOrder,
    OrderFit,
    order_fit,
    parse_moment,
    to_day,
    to_instant,
)
from convergedesk.sources.casting.numbers import currency_in, is_absent, is_currency, parse_decimal
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
from convergedesk.sources.files.catalogue import Field, FieldType
from convergedesk.sources.files.mapping import ColumnMapping, FileMapping

_SHOWN = 60
_REMEMBERED = 20_000
_EMPTY_TEXTS = frozenset(["", "null", "(null)", "\\n", "n/a", "#n/a"])
_MINUTES_IN = {
    "milliseconds": Decimal(1) / 60_000,
    "seconds": Decimal(1) / 60,
    "minutes": Decimal(1),
    "hours": Decimal(60),
    "days": Decimal(1_440),
}
_CLOCK = re.compile(r"(?:(\d+)\s*d(?:ays?)?,?\s*)?(\d+):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?")


class Unreadable(Exception):  # noqa: N818 - it is no fault of the program
    """A cell that cannot be read.

    Attributes:
        code: As in Reject.
        reason: A plain sentence.
    """

    def __init__(self, code: str, reason: str) -> None:
        """Keep both."""
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Amount:
    """Money as a cell states it.

    Attributes:
        number: As written, in major units or, where `minor`, in minor ones.
        currency: That the cell or its heading states, or None.
        minor: True for cents.
    """

    number: Decimal
    currency: str | None
    minor: bool

    def money(self, row_currency: str | None) -> Money:
        """As money, in the currency that it states itself or else in that of its row.

        Raises:
            Unreadable: Nobody states a currency.
        """
        currency = self.currency or row_currency
        if currency is None:
            raise Unreadable("missing", "The row states an amount without a currency.")
        return Money(int(self.number), currency) if self.minor else Money.of(self.number, currency)


CellReader = Callable[[str], object]


def _shown(text: str) -> str:
    cut = " ".join(text.split())
    return f"“{cut[:_SHOWN]}…”" if len(cut) > _SHOWN else f"“{cut}”"


def cell_reader(mapping: FileMapping, column: ColumnMapping, field: Field) -> CellReader:
    """What turns a cell of this column into a value of this field; None for an empty cell.

    The reader raises Unreadable.
    """
    if field.type is FieldType.TEXT:
        return _read_text
    read = _typed(mapping, column, field)
    words = {word.strip().lower(): meaning for word, meaning in column.words}
    known: dict[str, object] = {}

    def reader(text: str) -> object:
        if text in known:
            return known[text]
        stripped = text.strip()
        if words:
            stripped = words.get(stripped.lower(), stripped)
        value = None if is_absent(stripped) else read(stripped)
        if len(known) < _REMEMBERED:
            known[text] = value
        return value

    return reader


def _read_text(text: str) -> str | None:
    stripped = text.strip()
    return None if stripped.lower() in _EMPTY_TEXTS else stripped


def _typed(mapping: FileMapping, column: ColumnMapping, field: Field) -> CellReader:
    name = f"“{column.column}”"

    def known_word(parse: Callable[[str], object], what: str) -> CellReader:
        def read(text: str) -> object:
            value = parse(text)
            if value is None:
                raise Unreadable("bad_value", f"{_shown(text)} in {name} is {what} that is known.")
            return value

        return read

    readers: Mapping[FieldType, Callable[[], CellReader]] = {
        FieldType.KEY: lambda: normalise_salesforce_id,
        FieldType.DATE: lambda: _date_reader(mapping, name, days=True),
        FieldType.TIME: lambda: _date_reader(mapping, name, days=False),
        FieldType.NUMBER: lambda: _number_reader(mapping, name),
        FieldType.INTEGER: lambda: _whole_reader(mapping, name),
        FieldType.MONEY: lambda: _money_reader(mapping, column, name),
        FieldType.MINUTES: lambda: _minutes_reader(mapping, column, name),
        FieldType.CURRENCY: lambda: known_word(_currency, "no currency"),
        FieldType.BOOLEAN: lambda: known_word(parse_boolean, "neither a yes nor a no"),
        FieldType.PUBLIC: lambda: known_word(is_public, "no kind of message"),
        FieldType.PRIORITY: lambda: known_word(
            lambda text: parse_priority(text, one_is_highest=mapping.one_is_highest), "no priority"
        ),
        FieldType.STATUS: lambda: known_word(parse_status, "no status"),
        FieldType.LIFECYCLE: lambda: known_word(parse_lifecycle, "no stage"),
        FieldType.CALENDAR_KIND: lambda: known_word(parse_calendar_kind, "no kind of calendar event"),
        FieldType.CONTRACT_TERM: lambda: known_word(parse_contract_term, "no term of a contract"),
        FieldType.PRICE_MODEL: lambda: known_word(parse_price_model, "no way of pricing"),
        FieldType.RATING: lambda: _rating_reader(name),
        # A country or zone that is not known is no reason to lose an account.
        FieldType.COUNTRY: lambda: parse_country,
        FieldType.TIME_ZONE: lambda: parse_time_zone,
        FieldType.DOMAIN: lambda: str.strip,
        FieldType.EMAIL: lambda: _email,
    }
    return readers[field.type]()


def _currency(text: str) -> str | None:
    code = text.upper()
    return code if is_currency(code) else currency_in(text)


def _email(text: str) -> str | None:
    return text.lower() if "@" in text and parse_domain(text) else None


def _date_reader(mapping: FileMapping, name: str, *, days: bool) -> CellReader:
    zone = ZoneInfo(mapping.time_zone)
    order = mapping.date_order

    def read(text: str) -> object:
        moment = parse_moment(text, order)
        if moment is None:
            raise Unreadable("bad_date", _bad_date(text, name, order))
        return to_day(moment, zone) if days else to_instant(moment, zone)

    return read


def _bad_date(text: str, name: str, order: DateOrder | None) -> str:
    fits = order_fit(text)
    if order is DateOrder.DMY and fits is OrderFit.MDY_ONLY:
        return f"The date {_shown(text)} in {name} fits only month first, and this file puts the day first."
    if order is DateOrder.MDY and fits is OrderFit.DMY_ONLY:
        return f"The date {_shown(text)} in {name} fits only day first, and this file puts the month first."
    return f"The date {_shown(text)} in {name} cannot be read."


def _number_reader(mapping: FileMapping, name: str) -> Callable[[str], Decimal]:
    def read(text: str) -> Decimal:
        value = parse_decimal(text, mapping.decimals)
        if value is None:
            raise Unreadable("bad_number", f"The number {_shown(text)} in {name} cannot be read.")
        return value

    return read


def _whole_reader(mapping: FileMapping, name: str) -> CellReader:
    number = _number_reader(mapping, name)

    def read(text: str) -> int:
        value = number(text)
        if value != value.to_integral_value():
            raise Unreadable("bad_number", f"{_shown(text)} in {name} is no whole number.")
        return int(value)

    return read


def _money_reader(mapping: FileMapping, column: ColumnMapping, name: str) -> CellReader:
    number = _number_reader(mapping, name)

    def read(text: str) -> Amount:
        return Amount(number(text), currency_in(text) or column.currency, column.unit == "minor")

    return read


def _minutes_reader(mapping: FileMapping, column: ColumnMapping, name: str) -> CellReader:
    number = _number_reader(mapping, name)
    scale = _MINUTES_IN.get(column.unit or "minutes", Decimal(1))

    def read(text: str) -> int:
        clock = _CLOCK.fullmatch(text)
        if clock is not None:
            days, hours, minutes, seconds = (int(part or 0) for part in clock.groups())
            span = timedelta(
                days=min(days, 9_999), hours=min(hours, 99_999), minutes=minutes, seconds=seconds
            )
            return round(span.total_seconds() / 60)
        value = number(text) * scale
        if value < 0:
            raise Unreadable("bad_number", f"The duration {_shown(text)} in {name} is negative.")
        return round(value)

    return read


def _rating_reader(name: str) -> CellReader:
    def read(text: str) -> int | None:
        if text.lower() in NOT_RATED:
            return None
        value = parse_rating(text)
        if value is None:
            raise Unreadable("bad_value", f"{_shown(text)} in {name} is no rating from 1 to 5.")
        return value

    return read
