"""Numbers as people write them, in whichever country.

'1,234' is a thousand here and little more than one there. A text that can be read in one
way only is read in that way; the others follow their column, whose style its own values
decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from convergedesk.domain.money import is_currency_code

ABSENT = frozenset(
    ["", "-", "–", "—", "n/a", "na", "#n/a", "null", "none", "nil", "nan", "(null)", "(blank)", "\\n", "?"]
)
_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
    "₪": "ILS",
    "zł": "PLN",
}
# '$' alone is read as the US dollar; the others put a letter before it.
_DOLLARS = {
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "S$": "SGD",
    "HK$": "HKD",
    "R$": "BRL",
    "$": "USD",
}
_CURRENCIES = frozenset(
    re.findall(
        "[A-Z]{3}",
        "AED AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KRW "
        "KWD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD "
        "VND ZAR ",
    )
)
_MONEY_MARK = re.compile(
    r"(?:[A-Z]{1,2})?\$|[€£¥₹₩₽₺₪]|zł|(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])|(?<=\d)\s*(?i:eur|usd|gbp|chf)$"
)
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_GROUPED = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?")
_LARGEST = Decimal(10) ** 15
_LONGEST = 40


class DecimalStyle(StrEnum):
    """Which sign stands before the decimals."""

    POINT = "point"
    COMMA = "comma"


@dataclass(frozen=True, slots=True)
class NumberEvidence:
    """What the numbers of a column say about their style.

    Attributes:
        point: Can be read with a decimal point only.
        comma: Can be read with a decimal comma only.
        lone_point: '1.234', which could be either.
        lone_comma: '1,234', which could be either.
    """

    point: int = 0
    comma: int = 0
    lone_point: int = 0
    lone_comma: int = 0

    def __add__(self, other: NumberEvidence) -> NumberEvidence:
        """Both together."""
        return NumberEvidence(
            self.point + other.point,
            self.comma + other.comma,
            self.lone_point + other.lone_point,
            self.lone_comma + other.lone_comma,
        )

    @property
    def style(self) -> DecimalStyle | None:
        """The style that the values decide, or None where nothing speaks for the comma or the point."""
        if self.comma != self.point:
            return DecimalStyle.COMMA if self.comma > self.point else DecimalStyle.POINT
        return None


def is_absent(text: str) -> bool:
    """True for an empty cell and for what programs write in its place."""
    return text.strip().lower() in ABSENT


def currency_in(text: str) -> str | None:
    """The currency that a text states by sign or code, such as '€ 12' or '12 CHF'."""
    found = _MONEY_MARK.search(text.strip())
    if found is None:
        return None
    mark = found.group().strip()
    code = _DOLLARS.get(mark) or _SIGNS.get(mark) or mark.upper()
    return code if is_currency(code) else None


def is_currency(text: str) -> bool:
    """True for the ISO 4217 code of a currency that is in business use."""
    return is_currency_code(text) and text in _CURRENCIES


def _bare(text: str) -> tuple[str, bool] | None:
    """The digits and signs of a number, and whether it is negative."""
    if len(text) > _LONGEST:
        return None
    body = _SPACES.sub(" ", text.strip()).replace("\u2212", "-")
    negative = False
    if body.startswith("(") and body.endswith(")"):
        body, negative = body[1:-1].strip(), True
    body = _MONEY_MARK.sub("", body).strip().removesuffix("%").strip()
    if body.startswith(("-", "+")):
        negative, body = negative != body.startswith("-"), body[1:].strip()
    elif body.endswith("-"):
        negative, body = not negative, body[:-1].strip()
    body = _MONEY_MARK.sub("", body).strip()
    return (body, negative) if body and body[0] in "0123456789.," else None


def _readings(body: str) -> tuple[str | None, str | None]:
    """The body as Python writes numbers, read with a decimal point and with a decimal comma."""
    if re.fullmatch(r"\d+", body):
        return body, body
    if re.fullmatch(r"\d+(?:\.\d+)?[eE][+-]?\d{1,2}", body):
        return body, None
    if _GROUPED.fullmatch(body):
        plain = re.sub(r"[ '’]", "", body)
        return None if "," in plain else plain, None if "." in plain else plain.replace(",", ".")
    point = comma = None
    if re.fullmatch(r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+)(?:\.\d*)?|\.\d+", body):
        point = body.replace(",", "").rstrip(".")
    if re.fullmatch(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d*)?|,\d+", body):
        comma = body.replace(".", "").replace(",", ".").rstrip(".")
    if body.startswith(("0.", "0,")) and body.count(body[1]) == 1:
        # A zero does not lead a group of thousands.
        return (point, None) if body[1] == "." else (None, comma)
    return point, comma


def evidence_of(texts: Iterable[str]) -> NumberEvidence:
    """What some numbers say about the style of their column."""
    counts = [0, 0, 0, 0]
    for text in texts:
        bare = _bare(text)
        if bare is None:
            continue
        point, comma = _readings(bare[0])
        if point == comma:
            continue
        if point is None or comma is None:
            counts[0 if comma is None else 1] += 1
        else:
            counts[2 if "." in bare[0] else 3] += 1
    return NumberEvidence(*counts)


def parse_decimal(text: str, style: DecimalStyle) -> Decimal | None:
    """The number, or None where the text is none or is beyond a million billion.

    Args:
        text: Such as '1.234,56', "1'234.56", '(12.50)', '€ 1 234', '45 %' (which is 45) or '12-'.
        style: How to read what can be read in both ways.
    """
    bare = _bare(text)
    if bare is None:
        return None
    point, comma = _readings(bare[0])
    plain = (point or comma) if style is DecimalStyle.POINT else (comma or point)
    if plain is None:
        return None
    value = Decimal(plain)
    if value >= _LARGEST:
        return None
    return -value if bare[1] else value
