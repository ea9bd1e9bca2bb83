"""Money as whole minor units of one currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

# ISO 4217:2015 table A.1, those whose minor unit is not 2 (amendments up to 2025).
_EXPONENT = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV"), 0
    ),
    **dict.fromkeys(("XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
_CODE = re.compile(r"[A-Z]{3}")


def minor_digits(currency: str) -> int:
    """How many decimal digits the currency's minor unit has (EUR 2, JPY 0, KWD 3)."""
    return _EXPONENT.get(currency, 2)


def is_currency_code(text: str) -> bool:
    """True for three capital letters, the form of an ISO 4217 code."""
    return _CODE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of one currency.

    Attributes:
        minor_units: Whole minor units (cents for EUR); negative for credits.
        currency: ISO 4217 code, three capital letters.
    """

    minor_units: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> Money:
        """Money from an amount in major units, rounded half-even to the minor unit."""
        scaled = Decimal(amount).scaleb(minor_digits(currency))
        return cls(int(scaled.to_integral_value(ROUND_HALF_EVEN)), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor_units).scaleb(-minor_digits(self.currency))

    def __add__(self, other: Money) -> Money:
        """The sum. Raises ValueError across currencies: that needs a stated rate."""
        if other.currency != self.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency} without a rate")
        return Money(self.minor_units + other.minor_units, self.currency)

    def __neg__(self) -> Money:
        """The same amount with the opposite sign."""
        return Money(-self.minor_units, self.currency)


@dataclass(frozen=True, slots=True)
class MoneyRange:
    """An estimated amount with its limits, all in one currency.

    Attributes:
        middle: The estimate.
        low: Lower limit.
        high: Upper limit.
    """

    middle: Money
    low: Money
    high: Money
