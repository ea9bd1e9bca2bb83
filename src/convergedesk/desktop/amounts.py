"""Exact numbers as people type them, and back: '75 M', '1,234.5', '0.0016'."""

from __future__ import annotations

import re
from decimal import Decimal

from convergedesk.figures.wording import MINUS, NARROW_SPACE

_SPACES = re.compile(r"[\s\u00a0\u202f]")
_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)")
_SUFFIXES = {"k": 3, "m": 6, "b": 9}


def parse_amount(text: str) -> Decimal | None:
    """A typed number, exact, or None where it is none.

    Thousands may be set apart by commas or spaces, 'k', 'M' and 'B' stand for thousands, millions
    and billions, and a lone comma that is not before exactly three digits is the decimal sign.
    A percent or currency sign is ignored.
    """
    plain = _SPACES.sub("", text).replace(MINUS, "-").strip("%€$£¥")
    power = _SUFFIXES.get(plain[-1:].lower(), 0)
    if power:
        plain = plain[:-1]
    if plain.rfind(",") > plain.rfind("."):
        head, _, tail = plain.rpartition(",")
        thousands = len(tail) == 3 and "." not in head and head.strip("-") not in {"", "0"}
        plain = head.replace(",", "") + tail if thousands else f"{head.replace('.', '')}.{tail}"
    else:
        plain = plain.replace(",", "")
    return Decimal(plain).scaleb(power) if _NUMBER.fullmatch(plain) else None


def amount_text(value: Decimal | None) -> str:
    """A number with all its digits, thousands set apart; empty for None."""
    if value is None:
        return ""
    text = f"{abs(value):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if value < 0 else text


def round_text(value: Decimal) -> str:
    """A limit as a person says it: '20 M', '150k', '12,345'."""
    for power, suffix in ((9, "B"), (6, "M"), (3, "k")):
        scaled = value.scaleb(-power)
        if abs(scaled) >= 1 and scaled == round(scaled, 2) and (power > 3 or scaled >= 10):
            return f"{amount_text(scaled)}{'' if suffix == 'k' else NARROW_SPACE}{suffix}"
    return amount_text(value)
