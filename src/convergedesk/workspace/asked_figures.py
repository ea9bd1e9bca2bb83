"""What stands behind the figures of feedback and of opportunities, by their ids."""

from __future__ import annotations

from convergedesk.figures.why import Why
from convergedesk.workspace.session import Workspace


def explain_feedback(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """The stake, the votes or the lost usage of 'request:12' or 'feature:3'; None for no such figure."""
    from convergedesk.figures.feedback_words import why_lost, why_stake, why_votes
    from convergedesk.workspace.feedback import feedback_book

    if len(parts) != 3 or not parts[1].isdecimal() or parts[2] not in ("stake", "votes", "lost"):
        return None
    book = feedback_book(workspace)
    key = (parts[0], int(parts[1]))
    group = next((one for one in book.groups if one.key == key), None)
    if group is None:
        return None
    if parts[2] == "votes":
        return why_votes(group)
    return why_stake(group, book) if parts[2] == "stake" else why_lost(group, book)


def explain_opportunity(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """The value of one opening: account, kind and subject; None for no such figure."""
    from convergedesk.workspace.explain import account_of
    from convergedesk.workspace.opportunities import opportunity_book

    if len(parts) not in (2, 3):
        return None
    account, subject = account_of(workspace, parts[0]), parts[2] if len(parts) == 3 else ""
    rows = opportunity_book(workspace, [account]).rows
    wanted = (account, parts[1], subject)
    return next((row.opening.why for row in rows if row.opening.identity == wanted), None)


def explain_opportunities(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """What all open openings come to; None for any other part."""
    from convergedesk.figures.reach import why_reach
    from convergedesk.workspace.opportunities import opportunity_book

    if parts != ("reach",):
        return None
    book = opportunity_book(workspace)
    return why_reach(book.reach, book.as_of)
