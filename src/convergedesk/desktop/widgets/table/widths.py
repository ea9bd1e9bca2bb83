"""How wide the columns of a table are in the room that there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Wish(NamedTuple):
    """What a column would like.

    Attributes:
        width: Its natural width.
        least: What it needs to be of use.
        stretch: Its share of what is left over.
    """

    width: int
    least: int
    stretch: int


def fitted_widths(wishes: Sequence[Wish], room: int) -> list[int]:
    """Widths that fill the room exactly, or the least widths where even those do not fit.

    Left-over room goes to columns that stretch, in proportion; where none does, to the first, so
    that figures stay together. Missing room is taken from the same columns first, then from all.
    """
    widths = [wish.width for wish in wishes]
    spare = room - sum(widths)
    if spare >= 0:
        shares = [wish.stretch for wish in wishes]
        if not any(shares):
            shares[0] = 1
        return _spread(widths, shares, spare)
    for group in (lambda wish: wish.stretch > 0, lambda _wish: True):
        slack = [
            max(0, width - wish.least) if group(wish) else 0
            for width, wish in zip(widths, wishes, strict=True)
        ]
        taken = min(-spare, sum(slack))
        if taken:
            widths = _spread(widths, slack, -taken)
            spare += taken
    return widths


def _spread(widths: list[int], shares: Sequence[int], amount: int) -> list[int]:
    """Add an amount to the widths in proportion to the shares, to the pixel."""
    total = sum(shares)
    result = []
    given = seen = 0
    for width, share in zip(widths, shares, strict=True):
        seen += share
        upto = round(amount * seen / total)
        result.append(width + upto - given)
        given = upto
    return result
