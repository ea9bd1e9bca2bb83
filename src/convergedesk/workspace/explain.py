"""Turns a figure's id into what stands behind it, the same for a dialog, for `--json` and for notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import NamedTuple

from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.freshness import Freshness
from convergedesk.domain.kinds import AccountId
from convergedesk.figures.figure_ids import LONGEST, parts_of, slug
from convergedesk.figures.why import Why, with_sources
from convergedesk.store import accounts as store_accounts
from convergedesk.store import freshness as store_freshness
from convergedesk.workspace.session import Workspace

Explainer = Callable[[Workspace, tuple[str, ...]], Why | None]


class FigureKind(NamedTuple):
    """A kind of figure.

    Attributes:
        pattern: How its ids look.
        meaning: What it is, in a few words.
        explain: Given the parts behind the kind; None where they name no figure.
    """

    pattern: str
    meaning: str
    explain: Explainer


def figure_kinds() -> dict[str, FigureKind]:
    """Every kind of figure that has ids, by its first word."""
    from convergedesk.workspace.figure_kinds import KINDS

    return dict(KINDS)


def explain(workspace: Workspace, figure_id: str) -> Why:
    """What stands behind a figure.

    Raises:
        NotFoundError: There is no such figure; the sentence says what an id looks like.
    """
    kinds = figure_kinds()
    kind, *parts = parts_of(figure_id) if len(figure_id) <= LONGEST else ("",)
    found = kinds.get(kind)
    if found is None:
        known = ", ".join(sorted(kinds))
        raise NotFoundError(f"No figure is called “{_short(figure_id)}”.", fix=f"Ids begin with: {known}.")
    why = found.explain(workspace, tuple(parts))
    if why is None:
        raise NotFoundError(f"No figure is called “{_short(figure_id)}”.", fix=_like(found))
    return with_sources(why, freshness(workspace))


def freshness(workspace: Workspace) -> tuple[Freshness, ...]:
    """How far each source's data reaches."""
    now = datetime.combine(workspace.today, time.max, UTC)
    return store_freshness.freshness_of(workspace.store, now=now)


def account_of(workspace: Workspace, part: str) -> AccountId:
    """The account that a part of an id means: '12-marlowe-freight', a name, or its slug.

    Raises:
        NotFoundError: There is none, or several are called so.
    """
    everyone = store_accounts.list_accounts(workspace.store)
    wanted = slug(part)
    named = [one.id for one in everyone if one.name.casefold() == part.casefold() or slug(one.name) == wanted]
    if wanted and len(named) == 1:
        return named[0]
    numbered = re.fullmatch(r"(\d{1,15})(?:-.*)?", part)
    if numbered is not None:
        number = int(numbered[1])
        if any(one.id == number for one in everyone):
            return AccountId(number)
    if len(named) > 1:
        ids = ", ".join(f"{number}-{wanted}" for number in named[:5])
        raise NotFoundError(f"Several accounts are called “{_short(part)}”.", fix=f"Say which: {ids}.")
    fix = "List them with: convergedesk accounts"
    raise NotFoundError(f"No account is called “{_short(part)}”.", fix=fix)


def _like(kind: FigureKind) -> str:
    return f"Such ids look like {kind.pattern}."


def _short(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in text[:60])
    return f"{shown}…" if len(text) > 60 else shown
