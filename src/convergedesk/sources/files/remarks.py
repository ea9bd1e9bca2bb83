"""The few words beside a column that say why it goes where it goes."""

from __future__ import annotations

from convergedesk.sources.casting.dates import OrderFit, order_fit
from convergedesk.sources.casting.numbers import currency_in
from convergedesk.sources.files.catalogue import FieldType
from convergedesk.sources.files.matching import Match, heading_currency
from convergedesk.sources.files.profile import Profile
from convergedesk.sources.files.references import Overlap

_FEW = 12
_OWN_KEYS = frozenset(["external_id", "number", "event_id"])


def _key_words(profile: Profile) -> str:
    twice = profile.filled - profile.distinct
    return "unique" if twice <= 0 else f"{twice:,} repeated"


def remark_for(profile: Profile, match: Match, overlap: Overlap | None) -> str:
    """What to show beside a column that goes to a field."""
    kind = match.field.type
    if not profile.values:
        return "empty"
    if overlap is not None:
        return overlap.words
    unread = [value for value in profile.values if value and profile.share(kind) < 1.0]
    if kind in {FieldType.DATE, FieldType.TIME} and any(
        order_fit(value) is OrderFit.EITHER for value in profile.values
    ):
        return "which comes first?"
    if kind is FieldType.PRIORITY and all(value.strip().isdigit() for value in profile.values):
        return "1 and 2 count as high"
    if kind is FieldType.MONEY:
        stated = heading_currency(profile.column.name) or next(
            (code for value in profile.values if (code := currency_in(value))), None
        )
        if stated:
            return f"in {stated}"
    if kind is FieldType.KEY and match.field.key in _OWN_KEYS:
        return _key_words(profile)
    if not match.heading:
        return "guessed from values"
    if unread and match.fit < 1.0:
        few = max(1, round((1 - match.fit) * len(profile.values)))
        return (
            f"{few} of {len(profile.values)} values cannot be read"
            if len(profile.values) > _FEW
            else "some cannot be read"
        )
    return "" if match.score >= 0.7 else "guessed from the heading"
