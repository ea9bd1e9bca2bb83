"""Which column goes to which field, judged by headings and confirmed by values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from convergedesk.sources.casting.numbers import is_currency
from convergedesk.sources.files.catalogue import Entity, Field, FieldType, entities, normal_heading
from convergedesk.sources.files.profile import Profile

EXACT, GENERIC, PARTLY = 1.0, 0.75, 0.55
_STRICT = frozenset(
    [
        *(
            FieldType.DATE,
            FieldType.TIME,
            FieldType.NUMBER,
            FieldType.INTEGER,
            FieldType.MONEY,
            FieldType.MINUTES,
        ),
        *(FieldType.BOOLEAN, FieldType.CURRENCY, FieldType.EMAIL, FieldType.DOMAIN, FieldType.RATING),
        *(
            FieldType.PRIORITY,
            FieldType.STATUS,
            FieldType.TIME_ZONE,
            FieldType.CALENDAR_KIND,
            FieldType.PUBLIC,
            FieldType.CONTRACT_TERM,
            FieldType.PRICE_MODEL,
        ),
    ]
)
_UNIT_WORDS = {
    **dict.fromkeys(("hours", "hour", "hrs", "hr", "h"), "hours"),
    **dict.fromkeys(("minutes", "minute", "mins", "min"), "minutes"),
    **dict.fromkeys(("seconds", "second", "secs", "sec", "s"), "seconds"),
    **dict.fromkeys(("days", "day"), "days"),
    **dict.fromkeys(("ms", "msecs", "milliseconds", "millis"), "milliseconds"),
}
_MINOR_WORDS = frozenset(["cents", "pence", "minor"])
_TAIL_WORDS = frozenset(["utc", "gmt", "in", "id", "hrs", "cents"])


@dataclass(frozen=True, slots=True)
class Match:
    """A column sent to a field.

    Attributes:
        field: Which.
        score: 0 to 1, and above 1 where the values were found in another file.
        heading: True where the heading spoke for it.
        fit: Share of the values that can be read as the field's type.
    """

    field: Field
    score: float
    heading: bool
    fit: float


def heading_unit(heading: str) -> str | None:
    """The unit of time that a heading names, or 'minor' for cents, or None."""
    words = normal_heading(heading).split()
    if any(word in _MINOR_WORDS for word in words):
        return "minor"
    return next((_UNIT_WORDS[word] for word in reversed(words) if word in _UNIT_WORDS), None)


def heading_currency(heading: str) -> str | None:
    """The currency that a heading names, such as USD in 'refund_amount_usd' or 'Total (EUR)'."""
    codes = [word.upper() for word in re.split(r"[\W_]+", heading) if len(word) == 3]
    found = [code for code in codes if is_currency(code) and code not in {"ALL", "TRY", "TOP"}]
    if found:
        return found[-1]
    return next((code for sign, code in (("€", "EUR"), ("£", "GBP"), ("$", "USD")) if sign in heading), None)


@lru_cache(maxsize=20_000)
def _core(heading: str) -> str:
    """The heading without what only states a unit, a currency or a zone."""
    words = heading.split()
    while len(words) > 1 and (
        words[-1] in _TAIL_WORDS - {"id"} or words[-1] in _UNIT_WORDS or is_currency(words[-1].upper())
    ):
        words.pop()
    return " ".join(words)


def heading_score(heading: str, field: Field) -> float:
    """How much a heading (in normal form) speaks for a field, 0 to 1."""
    if heading in field.synonyms or heading in (normal_heading(field.key), normal_heading(field.label)):
        return EXACT
    core = _core(heading)
    if core != heading and core in field.synonyms:
        return EXACT - 0.02
    if heading in field.generic or core in field.generic:
        return GENERIC
    words = heading.split()
    for synonym in field.synonyms:
        parts = synonym.split()
        if len(parts) > 1 and len(words) <= len(parts) + 2 and all(part in words for part in parts):
            return PARTLY
        if len(synonym) > 5 and Levenshtein.normalized_similarity(heading, synonym, score_cutoff=0.88):
            return PARTLY
    return 0.0


def fit(profile: Profile, field: Field) -> float:
    """How well the values suit a field, 0 to 1; 0 where they rule it out."""
    if not profile.values:
        return 0.9
    share = profile.share(field.type)
    if field.type in _STRICT:
        if field.type in {FieldType.PRIORITY, FieldType.STATUS, FieldType.PUBLIC} and share >= 0.3:
            return max(share, 0.7)
        return share if share >= 0.6 else 0.0
    if field.type is FieldType.TEXT and profile.numeric and field.key.endswith(("name", "title", "reason")):
        return 0.4
    if (field.key == "account_name" and profile.looks_like_ids) or (
        field.key == "account_id" and not profile.looks_like_ids
    ):
        return 0.8
    return max(share, 0.5)


def match_columns(
    entity: Entity, columns: Sequence[Profile], boosts: Mapping[tuple[str, str], float]
) -> dict[str, Match]:
    """Send each column to the field that it suits best; no field is given twice.

    Args:
        entity: The kind of table.
        columns: Its columns.
        boosts: Scores of (column, field) pairs whose values were found in another file.
    """
    pairs: list[tuple[float, int, str, Match]] = []
    for profile in columns:
        heading = normal_heading(profile.column.name)
        for field in entity.fields:
            spoken = heading_score(heading, field)
            boost = boosts.get((profile.column.name, field.key), 0.0)
            if not spoken and not boost:
                continue
            suits = fit(profile, field)
            score = max(spoken * suits, boost)
            if score >= 0.3:
                match = Match(field, score, spoken > 0, suits)
                pairs.append((score, -profile.column.position, profile.column.name, match))
    pairs.sort(key=lambda pair: pair[:2], reverse=True)
    taken: dict[str, Match] = {}
    fields: set[str] = set()
    for _, _, name, match in pairs:
        if name not in taken and match.field.key not in fields:
            taken[name] = match
            fields.add(match.field.key)
    return taken


@lru_cache(maxsize=1)
def _kinds_by_heading() -> dict[str, int]:
    counts: dict[str, int] = {}
    for entity in entities().values():
        for heading in {synonym for field in entity.fields for synonym in field.synonyms}:
            counts[heading] = counts.get(heading, 0) + 1
    return counts


def entity_score(entity: Entity, name: str, matches: Mapping[str, Match]) -> float:
    """How much speaks for a table being of a kind: its headings, by how few kinds have them, and its name."""
    total = 0.0
    for column, match in matches.items():
        heading = normal_heading(column)
        rarity = _kinds_by_heading().get(heading) or _kinds_by_heading().get(_core(heading)) or 6
        own_key = match.field.type is FieldType.KEY and not match.field.key.startswith("account_")
        total += (
            min(match.score, 1.0)
            * (2.0 if own_key and match.score > GENERIC else 1.0)
            / min(rarity, 6) ** 0.7
        )
    mapped = {match.field.key for match in matches.values()}
    if not all(mapped & set(group) for group in entity.needs):
        total *= 0.3
    words = f" {normal_heading(name)} "
    spoken = [word for word in entity.file_words if f" {normal_heading(word)} " in words]
    if spoken:
        total += 1.2 + 0.8 * max(len(word.split()) for word in spoken)
    return total
