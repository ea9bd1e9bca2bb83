"""What a page is handed, with everything that it says kept for the test to look at."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from convergedesk.desktop.changes import ChangesBroadcast
from convergedesk.desktop.context import PageContext
from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.navigator import Navigator
from convergedesk.desktop.portfolio.feed import Portfolio
from convergedesk.domain.portfolio import HomeSnapshot
from convergedesk.workspace.session import Workspace
from tests.desktop.book import TODAY

W = TypeVar("W", bound=QWidget)


def _no_workspace() -> Workspace:
    raise AssertionError("this page was to read from what the test gave it")


@dataclass
class Around:
    """A page's context and what it said.

    Attributes:
        context: For the page.
        jobs: Its runner.
        said: (text, tone) of its notices.
    """

    context: PageContext
    jobs: InlineJobs
    said: list[tuple[str, str]] = field(default_factory=list)

    @property
    def navigator(self) -> Navigator:
        return self.context.navigator

    @property
    def portfolio(self) -> Portfolio:
        return self.context.portfolio


def around(
    first: HomeSnapshot | None,
    *,
    read: Callable[[], HomeSnapshot] | None = None,
    hold: bool = False,
) -> Around:
    """A context over one reading of the portfolio; `read` answers later ones."""
    jobs = InlineJobs(hold=hold)
    said: list[tuple[str, str]] = []

    def notify(text: str, undo: Callable[[], None] | None = None, tone: str = "good") -> None:
        said.append((text, tone))

    def again() -> HomeSnapshot:
        assert first is not None
        return first

    context = PageContext(
        workspace=_no_workspace,
        jobs=jobs,
        navigator=Navigator(),
        changes=ChangesBroadcast(),
        portfolio=Portfolio(jobs, read or again, first=first),
        notify=notify,
        today=lambda: TODAY,
    )
    return Around(context, jobs, said)


def texts(widget: QWidget, kind: type[QWidget]) -> list[str]:
    """The texts of all visible children of a kind."""
    found = widget.findChildren(kind)
    return [one.text() for one in found if one.isVisible()]  # pyright: ignore[reportAttributeAccessIssue]


def child(widget: QWidget, kind: type[W], text: str) -> W:
    """The visible child of a kind with that text."""
    return next(
        one
        for one in widget.findChildren(kind)
        if one.isVisible() and one.text() == text  # pyright: ignore[reportAttributeAccessIssue]
    )
