"""What the Account page reads, in one go per page and per tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.tickets import Ticket
    from convergedesk.figures.account import (
        AccountHeader,
        AccountUsage,
        BillingView,
        GoalView,
        People,
        TimelineEntry,
    )
    from convergedesk.workspace.session import Workspace


@dataclass(frozen=True, slots=True)
class AccountData:
    """One account with everything but its timeline, read at one time."""

    header: AccountHeader
    usage: AccountUsage
    tickets: tuple[Ticket, ...]
    goals: tuple[GoalView, ...]
    billing: BillingView
    people: People


class AccountReads(Protocol):
    """Where the page's data comes from. Called in jobs only."""

    def account(self, account_id: AccountId) -> AccountData:
        """Everything but the timeline. Raises NotFoundError where the account is gone."""
        ...

    def timeline(self, account_id: AccountId) -> tuple[TimelineEntry, ...]:
        """What happened at the account, newest first."""
        ...


class WorkspaceReads:
    """Reads from the open workspace."""

    def __init__(self, workspace: Callable[[], Workspace]) -> None:
        """`workspace` is asked in the job, since the first time it opens the file."""
        self._workspace = workspace

    def account(self, account_id: AccountId) -> AccountData:
        """See `AccountReads`."""
        # The use cases load numpy and SQLAlchemy, which the first paint does without.
        from convergedesk.workspace.accounts import AccountReading

        reading = AccountReading(self._workspace(), account_id)
        return AccountData(
            header=reading.header(),
            usage=reading.usage(),
            tickets=reading.tickets,
            goals=reading.goals(),
            billing=reading.billing(),
            people=reading.people(),
        )

    def timeline(self, account_id: AccountId) -> tuple[TimelineEntry, ...]:
        """See `AccountReads`."""
        from convergedesk.workspace import accounts

        return accounts.account_timeline(self._workspace(), account_id)
