"""The rows of Home, made of what the file keeps of each account."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from convergedesk.domain.briefs import account_brief
from convergedesk.domain.kinds import AccountId, Lifecycle, PodId
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import CommitmentUse, PortfolioRow, Spark
from convergedesk.store.first_care import Care
from convergedesk.store.instants import first_of_month, from_microseconds

ACCOUNTS = """
SELECT a.id, a.name, a.tier, a.industry, a.country, a.owner, a.success_manager, a.lifecycle, a.parent_id,
    a.renews_on, a.gone_since, s.spark, s.spark_last_day, s.spark_unit, s.spark_meters, s.usage_28,
    s.usage_previous_28, s.tick_days, s.open_tickets, s.open_high, s.oldest_high_opened_at,
    s.billed_last_month_minor, s.billed_month, s.billed_currency, s.mrr_minor, s.mrr_currency,
    s.commitment_minor, s.commitment_used_minor, s.commitment_currency, s.commitment_starts_on,
    s.commitment_ends_on, s.goals_open, s.goals_overdue, b.brief, a.name_key
FROM accounts a LEFT JOIN account_summaries s ON s.account_id = a.id
LEFT JOIN account_briefs b ON b.account_id = a.id
WHERE a.merged_into_id IS NULL
"""


class Tree:
    """Which account is a site of which."""

    def __init__(self, parents: dict[int, int | None]) -> None:
        self._parents = parents
        self._children: dict[int, list[int]] = {}
        for account_id, parent_id in parents.items():
            if parent_id is not None:
                self._children.setdefault(parent_id, []).append(account_id)

    def __len__(self) -> int:
        return len(self._parents)

    def __iter__(self) -> Iterator[int]:
        return iter(self._parents)

    def __contains__(self, account_id: object) -> bool:
        return account_id in self._parents

    def sites(self, account_id: int) -> int:
        """How many accounts are its sites, directly or not."""
        return len(self.below(account_id)) - 1 if account_id in self._children else 0

    def highest(self, account_ids: set[int]) -> list[int]:
        """Those of the accounts that are no site of another one among them."""
        return [one for one in account_ids if self._parents.get(one) not in account_ids]

    def above(self, account_id: int) -> list[int]:
        """The account and those that it is a site of, the topmost last; empty for a hidden one."""
        chain: list[int] = []
        current: int | None = account_id
        while current in self._parents and current not in chain:
            chain.append(current)
            current = self._parents[current]
        return chain

    def below(self, account_id: int) -> list[int]:
        """The account and all its sites; empty for a hidden one."""
        found = [account_id] if account_id in self._parents else []
        if account_id in self._children:
            for one in found:
                found.extend(child for child in self._children.get(one, ()) if child not in found)
        return found


class KnownRows:
    """The rows of the last reading: an edit changes one account, and the others need not be made again."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._rows: dict[int, tuple[Hashable, PortfolioRow]] = {}

    def row(
        self, kept: Any, tree: Tree, pods: Collection[int], contact: int | None, care: Care
    ) -> PortfolioRow:
        """The account's row: the known one where everything that it is made of is the same."""
        account = kept[0]
        beside = (
            tree.sites(account),
            tuple(sorted(pods)),
            contact,
            care.lost.get(account),
            care.reached.get(account),
            care.put_off.get(account),
        )
        made_of = (kept, beside)
        known = self._rows.get(account)
        if known is not None and known[0] == made_of:
            return known[1]
        row = row_of(kept, tree, pods, contact, care)
        self._rows[account] = (made_of, row)
        return row

    def keep_only(self, accounts: Collection[int]) -> None:
        """Forget accounts that are no more."""
        for account in [one for one in self._rows if one not in accounts]:
            del self._rows[account]


# Terms and data end on few different days.
@lru_cache(maxsize=4096)
def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _money(minor_units: int | None, currency: str | None) -> Money | None:
    return None if minor_units is None or currency is None else Money(minor_units, currency)


def row_of(row: Any, tree: Tree, pods: Collection[int], contact: int | None, care: Care) -> PortfolioRow:
    """An account's row.

    Args:
        row: As `ACCOUNTS` gives it.
        tree: Which account is a site of which.
        pods: The pods that it belongs to.
        contact: When somebody was last in touch, as kept, or None.
        care: What people know of it.
    """
    (
        account_id, name, tier, industry, country, owner, success_manager, lifecycle, parent_id,
        renews_on, gone_since, spark, spark_last_day, spark_unit, spark_meters, usage_28,
        usage_previous_28, tick_days, open_tickets, open_high, oldest_high,
        billed, billed_month, billed_currency, mrr, mrr_currency, *commitment, goals_open,
        goals_overdue, brief, _name_key,
    ) = row  # fmt: skip
    return PortfolioRow(
        account_id=AccountId(account_id),
        name=name,
        tier=tier,
        industry=industry,
        country=country,
        owner=owner,
        success_manager=success_manager,
        lifecycle=Lifecycle(lifecycle),
        parent_id=None if parent_id is None else AccountId(parent_id),
        sites=tree.sites(account_id),
        spark=Spark(
            last_day=_day(spark_last_day),
            values=spark or (),
            unit=spark_unit or "",
            meters=spark_meters or 0,
            ticks=tick_days or (),
        ),
        usage_28=usage_28,
        usage_previous_28=usage_previous_28,
        billed_month=None if billed_month is None else first_of_month(billed_month),
        billed=_money(billed, billed_currency),
        mrr=_money(mrr, mrr_currency),
        commitment=_commitment(commitment),
        open_tickets=open_tickets or 0,
        open_high=open_high or 0,
        oldest_high_opened_at=None if oldest_high is None else from_microseconds(oldest_high),
        goals_open=goals_open or 0,
        goals_overdue=goals_overdue or 0,
        renews_on=_day(renews_on),
        last_contact_on=None if contact is None else from_microseconds(contact).date(),
        pod_ids=tuple(map(PodId, sorted(pods))) if pods else (),
        gone_since=None if gone_since is None else from_microseconds(gone_since),
        brief=None if brief is None else account_brief(brief),
        lost=care.lost.get(account_id),
        reached=care.reached.get(account_id, ()),
        put_off=care.put_off.get(account_id),
    )


def _commitment(columns: list[Any]) -> CommitmentUse | None:
    minor_units, used, currency, starts_on, ends_on = columns
    if minor_units is None:
        return None
    return CommitmentUse(
        Money(minor_units, currency),
        Money(used or 0, currency),
        date.fromisoformat(starts_on),
        date.fromisoformat(ends_on),
    )
