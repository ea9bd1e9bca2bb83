"""Ids of figures: stable, readable, and the same wherever a figure is shown.

An id is words joined by colons, the first of which names the kind: 'ticket:48213:after7',
'health:12-marlowe-freight'. `workspace.explain` turns one into its explanation.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

LONGEST = 200
"""Longer texts are no ids of ours."""
_SAFE = "-_.~@="


def figure_id(kind: str, *parts: str | int) -> str:
    """An id of a kind and what it speaks of; parts may hold any character."""
    return ":".join([kind, *(quote(str(part), safe=_SAFE) for part in parts)])


def parts_of(text: str) -> tuple[str, ...]:
    """The words of an id, the kind first."""
    return tuple(unquote(part) for part in text.strip().split(":"))


def account_part(account_id: int, name: str) -> str:
    """How an id names an account: '12-marlowe-freight'."""
    words = slug(name)
    return f"{account_id}-{words}" if words else str(account_id)


def slug(name: str) -> str:
    """'marlowe-freight' of 'Marlowe Freight'; empty where a name has no Latin letters or digits."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
