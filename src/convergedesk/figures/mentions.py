"""Who a text mentions with '@', and by which day it asks something of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "|".join(f"{name}[a-z]*" for name in _MONTHS)
_DAY = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?P<day>\d{{1,2}})\.?\s+(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:,?\s+(?P<year2>\d{{4}}))?"
    rf"|(?P<weekday>{'|'.join(_DAYS)})"
    r"|(?P<near>today|tomorrow))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_LEAD_IN = re.compile(r"^[\s,:;–—-]+|[\s,:;–—-]+$")
_BY = re.compile(r"\s*\b(?:by|until|till|before|on|for|this|next|due)?\s*$", re.IGNORECASE)
_HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named with '@'.

    Attributes:
        name: As in the list of people.
        start: Where the '@' stands, in characters.
        end: Behind the name.
        day: The day that the same sentence names, or None.
        request: What the sentence says beside the name and the day.
    """

    name: str
    start: int
    end: int
    day: date | None
    request: str


def mentions(text: str, names: Iterable[str], today: date) -> tuple[Mention, ...]:
    """Every mention of one of `names`, in order. The longest name that fits counts."""
    known = sorted({" ".join(name.split()) for name in names if name.strip()}, key=len, reverse=True)
    return tuple(_found(text, known, today))


def _found(text: str, names: list[str], today: date) -> Iterator[Mention]:
    folded = text.casefold()
    # Folding may lengthen a text ('ß'); then places would be off, so letters are compared as they are.
    plain = folded if len(folded) == len(text) else text
    for at in (match.start() for match in re.finditer("@", text)):
        if at and (text[at - 1].isalnum() or text[at - 1] in "._-"):
            continue
        name = next((one for one in names if _stands_at(plain, at + 1, one)), None)
        if name is None:
            continue
        end = at + 1 + len(name)
        first, last = _sentence(text, at, end)
        sentence = text[first:last]
        named = _DAY.search(sentence)
        day = None if named is None else _day_of(named, today)
        yield Mention(name, at, end, day, _request(sentence, at - first, end - first, named if day else None))


def _stands_at(text: str, at: int, name: str) -> bool:
    end = at + len(name)
    return text[at:end] in (name, name.casefold()) and not text[end : end + 1].isalnum()


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = [match.end() for match in _SENTENCE_END.finditer(text, 0, start)]
    after = _SENTENCE_END.search(text, end)
    return (before[-1] if before else 0), (after.start() if after else len(text))


def _request(sentence: str, start: int, end: int, named: re.Match[str] | None) -> str:
    spans = [(start, end)]
    if named is not None:
        lead = _BY.search(sentence, 0, named.start())
        spans.append((lead.start() if lead else named.start(), named.end()))
    kept, at = "", 0
    for first, last in sorted(spans):
        kept += sentence[at : max(at, first)] + " "
        at = max(at, last)
    kept += sentence[at:]
    words = _LEAD_IN.sub("", " ".join(kept.split()).lstrip("#>*-[] "))
    return words[:1].upper() + words[1:]


def _day_of(match: re.Match[str], today: date) -> date | None:
    parts = match.groupdict()
    if parts["near"]:
        return today + timedelta(days=int(parts["near"].casefold() == "tomorrow"))
    if parts["weekday"]:
        ahead = (_DAYS.index(parts["weekday"].casefold()) - today.weekday()) % 7
        return today + timedelta(days=ahead or 7)
    try:
        if parts["iso"]:
            return date.fromisoformat(parts["iso"])
        month = _MONTHS.index((parts["month"] or parts["month2"])[:3].casefold()) + 1
        number, year = int(parts["day"] or parts["day2"]), parts["year"] or parts["year2"]
        found = date(int(year or today.year), month, number)
        # In December 'by 10 Jan' means the coming one.
        return found.replace(year=today.year + 1) if not year and today - found > _HALF_A_YEAR else found
    except ValueError:
        return None
