"""The five steps of the tour: where each goes, what it points at, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from convergedesk.desktop.navigator import HOME

if TYPE_CHECKING:
    from convergedesk.desktop.navigator import Navigator
    from convergedesk.desktop.shell.window import MainWindow
    from convergedesk.domain.kinds import AccountId
    from convergedesk.domain.tickets import TicketId


class Sights(NamedTuple):
    """What there is to show in this workspace.

    Attributes:
        account_id: An account with usage and tickets, or None where there is no account.
        ticket_id: A ticket of it, or None.
    """

    account_id: AccountId | None = None
    ticket_id: TicketId | None = None


class Step(NamedTuple):
    """One step.

    Attributes:
        title: What it shows, in a few words.
        text: What it is good for.
        without: What is said where there is nothing to point at yet.
        go: Goes to the page; False where there is no such page yet.
        find: What is pointed at, or None while it is not there.
    """

    title: str
    text: str
    without: str
    go: Callable[[Navigator, Sights], bool]
    find: Callable[[MainWindow], QWidget | None]


def _go_home(navigator: Navigator, _sights: Sights) -> bool:
    navigator.open_home()
    return True


def _stay(_navigator: Navigator, _sights: Sights) -> bool:
    return True


def _go_account(navigator: Navigator, sights: Sights) -> bool:
    if sights.account_id is None:
        return False
    navigator.open_account(sights.account_id, "overview")
    return True


def _go_ticket(navigator: Navigator, sights: Sights) -> bool:
    if sights.ticket_id is None:
        return False
    navigator.open_ticket(sights.ticket_id)
    return True


def _needs(window: MainWindow) -> QWidget | None:
    from convergedesk.desktop.widgets.side_columns import SideColumns

    columns = window.pages.findChildren(SideColumns)
    beside = [one.tab if one.narrow else one.side for one in columns if one.isVisible()]
    home = window.pages.current_spec is not None and window.pages.current_spec.key == HOME
    return next((one for one in beside if home and one.isVisible()), None)


def _search(window: MainWindow) -> QWidget | None:
    from convergedesk.desktop.palette.button import PaletteButton

    return _shown(window, PaletteButton)


def _chart(window: MainWindow) -> QWidget | None:
    from convergedesk.desktop.pages.account.usage_card import UsageCard

    return _shown(window.pages, UsageCard)


def _effect(window: MainWindow) -> QWidget | None:
    from convergedesk.desktop.pages.ticket.effect_strip import EffectStrip

    return _shown(window.pages, EffectStrip)


def _check_in(window: MainWindow) -> QWidget | None:
    from convergedesk.desktop.pages.account.head import AccountHead
    from convergedesk.desktop.widgets.button import Button

    head = _shown(window.pages, AccountHead)
    buttons = [] if head is None else head.findChildren(Button)
    return next((one for one in buttons if one.isVisible() and one.text() == "Log a check-in"), None)


def _shown(parent: QWidget, kind: type[QWidget]) -> QWidget | None:
    return next((one for one in parent.findChildren(kind) if one.isVisible()), None)


STEPS = (
    Step(
        "Begin with what needs you",
        (
            "Home lists the accounts with a reason to look at them. Read the reason first; the button "
            "beside it leads to where something can be done."
        ),
        "Once you have imported accounts, Home lists those with a reason to look at them.",
        _go_home,
        _needs,
    ),
    Step(
        "Find anything with Ctrl K",
        (
            "Accounts, people, tickets with their messages, goals and notes come up as you type. Begin "
            "with > for commands, # for tickets, @ for people."
        ),
        "Ctrl K finds accounts, people, tickets, goals and notes as you type.",
        _stay,
        _search,
    ),
    Step(
        "See what an account uses",
        (
            "The line is usage, the band is what was expected, and the marks beneath are tickets. Arrow "
            "keys move along the days, + and − come closer."
        ),
        (
            "Every account has a chart of its usage with its tickets on the same time line. Yours will be "
            "here once usage has been imported."
        ),
        _go_account,
        _chart,
    ),
    Step(
        "See what a ticket did",
        (
            "A ticket says what it did to usage, how sure that is, and when value was restored. Every "
            "figure opens what stands behind it."
        ),
        "Every ticket says what it did to usage, how sure that is, and when value was restored.",
        _go_ticket,
        _effect,
    ),
    Step(
        "Write down what was said",
        (
            "Ctrl L logs a check-in from anywhere: who, when, what was said and the next step. It saves "
            "itself, and Ctrl Z takes back whatever you did last."
        ),
        "Ctrl L logs a check-in with a customer from anywhere, and Ctrl Z takes back whatever you did last.",
        _go_account,
        _check_in,
    ),
)
