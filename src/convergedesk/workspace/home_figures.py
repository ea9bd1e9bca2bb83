"""What Home does and explains: 'not now' for a check-in, and the figures by their ids."""

from __future__ import annotations

from datetime import timedelta

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.kinds import PodId
from convergedesk.figures.home.care import (
    check_ins_figure,
    restored_figure,
    tickets_figure,
    why_account_needs,
)
from convergedesk.figures.home.figure import Book, HomeFigure, book_of
from convergedesk.figures.home.money import money_figure
from convergedesk.figures.home.usage import usage_figure, why_week
from convergedesk.figures.need import need_of, needs, week_of
from convergedesk.figures.why import Why
from convergedesk.store import accounts, check_ins_put_off
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.explain import account_of
from convergedesk.workspace.portfolio import home
from convergedesk.workspace.session import Workspace

PUT_OFF_FOR = timedelta(days=7)


def put_off_check_in(workspace: Workspace, account_id: AccountId, *, need: int) -> Changes:
    """Ask no more for a check-in with an account for a week, unless its need grows.

    Args:
        workspace: The workspace.
        account_id: The account.
        need: Its points of need now.

    Raises:
        NotFoundError: The account is gone.
    """
    name = accounts.get(workspace.store, account_id).name
    until = workspace.today + PUT_OFF_FOR
    with workspace.edit(f"Put off the check-in with {name} for a week", account_id=account_id) as edit:
        check_ins_put_off.put_off(
            workspace.store,
            account_id,
            until=until,
            need=need,
            author=workspace.author,
            now=workspace.clock.now(),
        )
    return Changes(frozenset({account_id}), frozenset({Kind.ENGAGEMENT}), edit_id=edit.id)


def explain_home(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """What stands behind a figure of Home; None where the parts name none.

    Raises:
        NotFoundError: It is not measured; the sentence says why.
    """
    if not 1 <= len(parts) <= 2:
        return None
    what, of = parts[0], parts[1] if len(parts) == 2 else ""
    if of and what in ("need", "week"):
        return _of_account(workspace, what, of)
    pod = _pod(of)
    if of and pod is None:
        return None
    book = book_of(home(workspace), pod)
    figure = next((one for one in home_figures(book) if one.key == what), None)
    if figure is None:
        return None
    if figure.why is None:
        raise NotFoundError(f"“{figure.label}” is not measured: {figure.note}.")
    return figure.why()


def home_figures(book: Book) -> tuple[HomeFigure, ...]:
    """The strip of Home, from left to right."""
    found = needs(book.rows, book.snapshot.today, falls_up_to=book.falls_up_to)
    return (
        usage_figure(book),
        money_figure(book),
        restored_figure(book),
        tickets_figure(book),
        check_ins_figure(book, found),
    )


def _of_account(workspace: Workspace, what: str, part: str) -> Why | None:
    account_id = account_of(workspace, part)
    book = book_of(home(workspace))
    today = book.snapshot.today
    row = next((one for one in book.snapshot.rows if one.account_id == account_id), None)
    if row is None:
        return None
    if what == "need":
        return why_account_needs(book, row, need_of(row, today, falls_up_to=book.falls_up_to))
    week = week_of(row, today)
    if week is None:
        reason = "not computed yet" if row.brief is None else "no usage in the last 14 days"
        raise NotFoundError(f"The last 7 days of {row.name} are not measured: {reason}.")
    return why_week(row, week)


def _pod(part: str) -> PodId | None:
    number = part.removeprefix("pod-")
    return PodId(int(number)) if number.isdecimal() and part.startswith("pod-") else None
