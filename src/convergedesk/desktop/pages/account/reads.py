"""What the Account page reads: in one go what it shows at first, and apart what only one tab shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from convergedesk.desktop.pages.account.adoption_view import AdoptionView
    from convergedesk.desktop.pages.account.commitment_path import Course
    from convergedesk.desktop.pages.account.study import AccountStudy
    from convergedesk.desktop.pages.account.usage_story import PreparedUsage
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.tickets import Ticket
    from convergedesk.figures.account import (
        AccountHeader,
        BillingView,
        GoalView,
        TimelineEntry,
    )
    from convergedesk.figures.retained import RetentionFigure
    from convergedesk.figures.under_use_book import UnderUseBook
    from convergedesk.workspace.session import Workspace


@dataclass(frozen=True, slots=True)
class AccountData:
    """One account as its overview shows it, read at one time.

    Attributes:
        header: The head.
        usage: All usage, with what the chart shows of it at first.
        tickets: Every ticket, newest first.
        goals: Every goal with its standing.
    """

    header: AccountHeader
    usage: PreparedUsage
    tickets: tuple[Ticket, ...]
    goals: tuple[GoalView, ...]


@dataclass(frozen=True, slots=True)
class AccountBilling:
    """What the Billing tab shows.

    Attributes:
        view: What was billed, and against what.
        retention: Net and gross revenue retention by basis.
    """

    view: BillingView
    retention: tuple[RetentionFigure, ...]


class AccountReads(Protocol):
    """Where the page's data comes from. Called in jobs only.

    Attributes:
        with_sites: True rolls an account's sites up into its figures.
    """

    with_sites: bool

    def account(self, account_id: AccountId) -> AccountData:
        """What the page shows at first. Raises NotFoundError where the account is gone."""
        ...

    def study(self, data: AccountData) -> AccountStudy:
        """What was found of the account: read after its data is on screen."""
        ...

    def courses(self, account_id: AccountId) -> tuple[Course, ...]:
        """The ways of the running commitments: read after the study, since they take longest."""
        ...

    def billing(self, account_id: AccountId) -> AccountBilling:
        """What the Billing tab shows."""
        ...

    def adoption(self, account_id: AccountId) -> AdoptionView:
        """How the account uses what it has; beside accounts of its tier where those were read already."""
        ...

    def compared(self, account_id: AccountId) -> AdoptionView:
        """The same beside accounts of its tier, which is to read all of them."""
        ...

    def forget(self) -> None:
        """What was read of other accounts is out of date."""
        ...

    def timeline(self, account_id: AccountId) -> tuple[TimelineEntry, ...]:
        """What happened at the account, newest first."""
        ...


class WorkspaceReads:
    """Reads from the open workspace."""

    def __init__(self, workspace: Callable[[], Workspace]) -> None:
        """`workspace` is asked in the job, since the first time it opens the file."""
        self._workspace = workspace
        self._book: UnderUseBook | None = None
        self.with_sites = True

    def account(self, account_id: AccountId) -> AccountData:
        """See `AccountReads`."""
        # The use cases load numpy and SQLAlchemy, which the first paint does without.
        from convergedesk.desktop.clock_words import zone_of
        from convergedesk.desktop.pages.account.usage_story import prepared
        from convergedesk.workspace.accounts import AccountReading

        with AccountReading.of(self._workspace(), account_id, with_sites=self.with_sites) as reading:
            header = reading.header()
            goals = reading.goals()
            return AccountData(
                header=header,
                usage=prepared(reading.usage(), goals, zone_of(header.account.time_zone)),
                tickets=reading.tickets,
                goals=goals,
            )

    def study(self, data: AccountData) -> AccountStudy:
        """See `AccountReads`."""
        from convergedesk.desktop.pages.account.study import studied
        from convergedesk.desktop.pages.account.ticket_costs import ticket_costs
        from convergedesk.figures.figure_ids import account_part
        from convergedesk.workspace.account_figures import account_figures, health_history
        from convergedesk.workspace.insights import account_insights

        workspace, account_id = self._workspace(), data.header.account.id
        insights = account_insights(workspace, account_id)
        study = studied(data.usage, insights, rolled_up=self.with_sites or not data.header.sites)
        figures = account_figures(workspace, account_id)
        return replace(
            study,
            costs=ticket_costs(() if figures is None else figures.costs, data.tickets),
            figures=figures,
            history=health_history(workspace, account_id),
            part=account_part(account_id, data.header.account.name),
        )

    def courses(self, account_id: AccountId) -> tuple[Course, ...]:
        """See `AccountReads`."""
        from convergedesk.workspace.account_figures import burn_downs

        return burn_downs(self._workspace(), account_id)

    def billing(self, account_id: AccountId) -> AccountBilling:
        """See `AccountReads`."""
        from convergedesk.workspace import accounts
        from convergedesk.workspace.account_figures import retention_of

        workspace = self._workspace()
        view = accounts.account_billing(workspace, account_id, with_sites=self.with_sites)
        return AccountBilling(view, retention_of(workspace, [account_id]))

    def adoption(self, account_id: AccountId) -> AdoptionView:
        """See `AccountReads`."""
        from convergedesk.desktop.pages.account.adoption_view import adoption_view
        from convergedesk.workspace.account_figures import account_figures

        return adoption_view(account_figures(self._workspace(), account_id), self._book)

    def compared(self, account_id: AccountId) -> AdoptionView:
        """See `AccountReads`."""
        from convergedesk.workspace.account_figures import under_use

        if self._book is None:
            self._book = under_use(self._workspace())
        return self.adoption(account_id)

    def forget(self) -> None:
        """See `AccountReads`."""
        self._book = None

    def timeline(self, account_id: AccountId) -> tuple[TimelineEntry, ...]:
        """See `AccountReads`."""
        from convergedesk.workspace import accounts

        return accounts.account_timeline(self._workspace(), account_id, with_sites=self.with_sites)
