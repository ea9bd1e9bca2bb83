"""The reporting currency, and the rates that somebody stated for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.money import Money
from convergedesk.domain.rates import Converted, ExchangeRate, convert
from convergedesk.store import accounts, info, rates
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace

_KINDS = frozenset({Kind.BILLING})


@dataclass(frozen=True, slots=True)
class RateBook:
    """What money is reported in.

    Attributes:
        currency: The reporting currency, or None: nothing is summed across currencies.
        rates: Every stated rate.
        today: The workspace's today.
    """

    currency: str | None
    rates: tuple[ExchangeRate, ...]
    today: date

    def total(self, amounts: Iterable[Money]) -> Converted | None:
        """The amounts in the reporting currency at today's rates; None where none was chosen."""
        return None if self.currency is None else convert(amounts, self.currency, self.rates, self.today)


def rate_book(workspace: Workspace) -> RateBook:
    """Read the reporting currency and its rates."""
    known = info.read_info(workspace.store)
    return RateBook(known.currency, rates.list_rates(workspace.store), workspace.today)


def state_rate(workspace: Workspace, rate: ExchangeRate) -> Changes:
    """Keep a rate; it replaces one of the same pair and day."""
    label = f"Stated the rate {rate.currency} to {rate.into_currency}"
    with workspace.edit(label) as edit:
        rates.state(workspace.store, rate, now=workspace.clock.now())
    return Changes(_everybody(workspace), _KINDS, edit_id=edit.id)


def forget_rate(workspace: Workspace, rate: ExchangeRate) -> Changes:
    """Take a rate back."""
    label = f"Deleted the rate {rate.currency} to {rate.into_currency}"
    with workspace.edit(label, deletes=True) as edit:
        rates.forget(workspace.store, rate.currency, rate.into_currency, rate.day)
    return Changes(_everybody(workspace), _KINDS, edit_id=edit.id)


def choose_reporting_currency(workspace: Workspace, currency: str | None) -> Changes:
    """Choose what sums over several currencies are shown in; None: nothing is summed across."""
    rates.set_reporting_currency(workspace.store, currency)
    return Changes(_everybody(workspace), _KINDS)


def _everybody(workspace: Workspace) -> frozenset[AccountId]:
    # Any account may be billed in several currencies.
    return frozenset(one.id for one in accounts.list_accounts(workspace.store))
