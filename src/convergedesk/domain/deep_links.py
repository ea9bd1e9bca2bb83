"""Addresses that open the program at a place: 'convergedesk://ticket/48213'.

They come from outside, as a macro in the support desk writes them, so nothing in them is trusted: one kind,
one name, no more. Plain Python, since the program starts with one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote, unquote

from convergedesk.domain.errors import ConvergeDeskError

SCHEME = "convergedesk"
LONGEST = 1_000
"""Longer addresses are none of ours."""
_LONGEST_NAME = 200


class PlaceKind(StrEnum):
    """What an address leads to."""

    TICKET = "ticket"
    ACCOUNT = "account"
    REVIEW = "review"


class DeepLink(NamedTuple):
    """Where an address leads: the number of a ticket, the name of an account, the id of a review."""

    kind: PlaceKind
    name: str

    @property
    def address(self) -> str:
        """The address itself."""
        return f"{SCHEME}://{self.kind.value}/{quote(self.name, safe='')}"


class BadLinkError(ConvergeDeskError):
    """An address that leads nowhere."""


_FIX = (
    "Addresses look like convergedesk://ticket/48213, convergedesk://account/Marlowe%20Freight "
    "or convergedesk://review/12."
)


def is_link(text: str) -> bool:
    """True for what means to be an address of ours, whether it leads anywhere or not."""
    return text[: len(SCHEME) + 1].casefold() == f"{SCHEME}:"


def parse_link(text: str) -> DeepLink:
    """The place that an address leads to.

    Raises:
        BadLinkError: It leads nowhere; the sentence says why.
    """
    if len(text) > LONGEST:
        raise BadLinkError(f"This link is too long: {len(text):,} characters.", fix=_FIX)
    address = text.strip()
    if not is_link(address):
        raise BadLinkError("This link is not one of ConvergeDesk's.", fix=_FIX)
    rest = address[len(SCHEME) + 1 :]
    if not rest.startswith("//"):
        raise BadLinkError("This link is not complete.", fix=_FIX)
    word, _, name = rest[2:].partition("/")
    # Some systems add a slash at the end.
    name = name.removesuffix("/")
    try:
        kind = PlaceKind(word.casefold())
    except ValueError:
        raise BadLinkError("This link leads to nothing that ConvergeDesk has.", fix=_FIX) from None
    if any(mark in name for mark in "/\\?#"):
        raise BadLinkError("This link says more than one name.", fix=_FIX)
    return DeepLink(kind, _name(name))


def _name(quoted: str) -> str:
    try:
        name = unquote(quoted, errors="strict").strip()
    except UnicodeDecodeError:
        raise BadLinkError("The name in this link cannot be read.", fix=_FIX) from None
    if not name:
        raise BadLinkError("This link names nothing.", fix=_FIX)
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise BadLinkError("The name in this link cannot be one.", fix=_FIX)
    return name
