"""Puts feedback together: items with their request, requests with what is at stake, features beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from convergedesk.domain.accounts import Account, AccountId, Lifecycle
from convergedesk.domain.episodes import EpisodeId
from convergedesk.domain.feedback import Feedback, Request, RequestId, RequestStatus
from convergedesk.domain.money import Money
from convergedesk.domain.rates import convert
from convergedesk.domain.usage import Feature, FeatureId, MeterId
from convergedesk.figures.feedback import (
    RENEWS_WITHIN,
    Asker,
    FeedbackBook,
    FeedbackFacts,
    FeedbackGroup,
    LostUsage,
    TaggedUse,
    billed_period,
    root_of,
)
from convergedesk.figures.money_sums import range_sums, sums
from convergedesk.store.tagged import TaggedEffect, TaggedTickets


def feedback_book(facts: FeedbackFacts, among: Collection[AccountId] | None = None) -> FeedbackBook:
    """Puts feedback together.

    Args:
        facts: What was read.
        among: The accounts to look at, such as a pod's; None for all. Sites count with their account.
    """
    heads = _heads(facts.accounts)
    wanted = set(heads.values()) if among is None else {heads[one] for one in among if one in heads}
    book = _Books(facts, heads, wanted)
    requests = {one.id: one for one in facts.requests}
    by_request: defaultdict[RequestId, list[Feedback]] = defaultdict(list)
    unsorted: list[Feedback] = []
    for item in facts.items:
        if heads.get(item.account_id) not in wanted:
            continue
        root = None if item.request_id is None else root_of(item.request_id, requests)
        if root is None:
            unsorted.append(item)
        else:
            by_request[root].append(item)
    merged: defaultdict[RequestId, list[Request]] = defaultdict(list)
    for one in facts.requests:
        root = root_of(one.id, requests)
        if root is not None and root != one.id:
            merged[root].append(one)
    roots = [one for one in facts.requests if root_of(one.id, requests) == one.id]
    groups = [
        book.request_group(one, by_request[one.id], merged[one.id])
        for one in roots
        # A request that only other pods' customers made says nothing here; a new one without words does.
        if by_request[one.id] or not any(_asks(item, one.id, requests) for item in facts.items)
    ]
    asked = {one.feature.id for one in facts.requests if one.feature is not None}
    groups += [
        book.feature_group(feature)
        for feature in facts.features
        if feature.id not in asked and book.is_tagged(feature.id)
    ]
    first, last = billed_period(facts.today)
    blocks = _by_weight(groups)
    groups.sort(key=lambda group: _rank(group, blocks))
    every = [amount for group in groups for amount in group.billed]
    converted = None if facts.reporting is None else convert(every, facts.reporting, facts.rates, facts.today)
    apart = len({amount.currency for amount in every}) > 1 and (converted is None or converted.total is None)
    return FeedbackBook(
        groups=tuple(groups),
        unsorted=tuple(unsorted),
        first_day=first,
        last_day=last,
        reporting=facts.reporting,
        converted=converted if converted is not None and converted.rates else None,
        mixed=tuple(sorted({amount.currency for amount in every})) if apart else (),
        with_billing=bool(facts.billed),
        names={one.id: one.name for one in facts.accounts},
        heads=heads,
    )


class _Stake(NamedTuple):
    billed: tuple[Money, ...]
    renewing: tuple[Money, ...]
    one: Money | None


class _Books:
    """What the groups of one book share."""

    def __init__(
        self, facts: FeedbackFacts, heads: Mapping[AccountId, AccountId], wanted: Collection[AccountId]
    ) -> None:
        self._facts = facts
        self._heads = heads
        self._accounts = {one.id: one for one in facts.accounts}
        self._meters = {one.id: one for one in facts.meters}
        self._billed: defaultdict[AccountId, list[Money]] = defaultdict(list)
        for one in facts.billed:
            if one.account_id in heads:
                self._billed[heads[one.account_id]].append(one.total)
        self._tickets: defaultdict[FeatureId, list[TaggedTickets]] = defaultdict(list)
        for tagged in facts.tickets:
            if heads.get(tagged.account_id) in wanted:
                self._tickets[tagged.feature_id].append(tagged)
        self._costs = [cost for account, costs in facts.costs.items() if account in wanted for cost in costs]
        self._effects: defaultdict[FeatureId, list[TaggedEffect]] = defaultdict(list)
        for effect in facts.effects:
            # An account's episodes hold its sites' tickets too, so those of sites would count twice.
            if effect.account_id in wanted:
                self._effects[effect.feature_id].append(effect)

    def is_tagged(self, feature_id: FeatureId) -> bool:
        return bool(self._tickets[feature_id])

    def request_group(
        self, request: Request, items: Sequence[Feedback], merged: Sequence[Request]
    ) -> FeedbackGroup:
        features = {one.feature.id for one in (request, *merged) if one.feature is not None}
        feature = request.feature or next((one.feature for one in merged if one.feature is not None), None)
        askers = self._askers(items, features, by_tickets=False)
        stake = self._stake(askers)
        waits = min((item.given_at.date() for item in items), default=None)
        return FeedbackGroup(
            title=request.title,
            request=request,
            feature=feature,
            merged=tuple(merged),
            items=tuple(items),
            askers=tuple(askers),
            billed=stake.billed,
            renewing=stake.renewing,
            stake=stake.one,
            use=self._use(features),
            waits_since=waits if request.status is RequestStatus.OPEN and not request.answer else None,
        )

    def feature_group(self, feature: Feature) -> FeedbackGroup:
        askers = self._askers((), {feature.id}, by_tickets=True)
        stake = self._stake(askers)
        return FeedbackGroup(
            title=feature.name,
            request=None,
            feature=feature,
            askers=tuple(askers),
            billed=stake.billed,
            renewing=stake.renewing,
            stake=stake.one,
            use=self._use({feature.id}),
        )

    def _askers(
        self, items: Sequence[Feedback], features: Collection[FeatureId], *, by_tickets: bool
    ) -> list[Asker]:
        said: defaultdict[AccountId, int] = defaultdict(int)
        for item in items:
            said[self._heads[item.account_id]] += 1
        tickets: defaultdict[AccountId, int] = defaultdict(int)
        for feature in features:
            for tagged in self._tickets[feature]:
                tickets[self._heads[tagged.account_id]] += tagged.tickets
        asking = {*said, *tickets} if by_tickets else set(said)
        found = [self._asker(one, said[one], tickets[one]) for one in asking]
        found.sort(key=_by_billed)
        return found

    def _asker(self, account_id: AccountId, items: int, tickets: int) -> Asker:
        account = self._accounts[account_id]
        left = account.lifecycle is Lifecycle.CHURNED or account.gone_since is not None
        billed = () if left else sums(self._billed[account_id])
        return Asker(account_id, account.name, items, tickets, billed, account.renews_on, left)

    def _stake(self, askers: Sequence[Asker]) -> _Stake:
        facts = self._facts
        billed = sums(amount for one in askers for amount in one.billed)
        soon = facts.today + RENEWS_WITHIN
        renewing = sums(
            amount
            for one in askers
            if one.renews_on is not None and facts.today <= one.renews_on <= soon
            for amount in one.billed
        )
        stake = billed[0] if len(billed) == 1 else None
        if billed and facts.reporting is not None:
            total = convert(billed, facts.reporting, facts.rates, facts.today).total
            stake = total or stake
        return _Stake(billed, renewing, stake)

    def _use(self, features: Collection[FeatureId]) -> TaggedUse:
        tagged = [one for feature in features for one in self._tickets[feature]]
        effects = [one for feature in features for one in self._effects[feature]]
        mine = {ticket for one in tagged for ticket in one.ticket_ids}
        costs = [cost for cost in self._costs if mine.intersection(cost.ticket_ids)]
        episodes = {one.episode_id for one in effects}
        fell = {one.episode_id for one in effects if one.meter_id is None and one.verdict == "down"}
        return TaggedUse(
            tickets=sum(one.tickets for one in tagged),
            high=sum(one.high for one in tagged),
            open=sum(one.open for one in tagged),
            episodes=len(episodes),
            confirmed=len(fell),
            lost=self._lost(effects, fell),
            value=range_sums(cost.value for cost in costs if cost.value is not None),
            prepaid=any(cost.prepaid for cost in costs),
            ticket_ids=tuple(ticket for one in tagged for ticket in one.ticket_ids),
        )

    def _lost(self, effects: Sequence[TaggedEffect], fell: Collection[EpisodeId]) -> tuple[LostUsage, ...]:
        # An episode with several tickets of the feature comes once for each.
        by_meter: dict[tuple[EpisodeId, MeterId], float] = {}
        for one in effects:
            down = one.episode_id in fell and one.verdict == "down"
            if down and one.meter_id is not None and one.expected is not None:
                by_meter[one.episode_id, one.meter_id] = one.expected - (one.observed or 0.0)
        units: defaultdict[MeterId, float] = defaultdict(float)
        times: defaultdict[MeterId, int] = defaultdict(int)
        for (_, meter), lost_units in by_meter.items():
            units[meter] += lost_units
            times[meter] += 1
        lost = [
            LostUsage(self._meters[meter], amount, times[meter])
            for meter, amount in units.items()
            if meter in self._meters
        ]
        lost.sort(key=lambda one: (-one.episodes, -one.units))
        return tuple(lost)


def _by_billed(asker: Asker) -> tuple[bool, float, str]:
    largest = float(asker.billed[0].amount) if asker.billed else 0.0
    return asker.left, -largest, asker.name.casefold()


def _asks(item: Feedback, root: RequestId, requests: Mapping[RequestId, Request]) -> bool:
    return item.request_id is not None and root_of(item.request_id, requests) == root


def _heads(accounts: Iterable[Account]) -> dict[AccountId, AccountId]:
    """Every account with the topmost one above it."""
    parents = {one.id: one.parent_id for one in accounts}
    heads: dict[AccountId, AccountId] = {}
    for account in parents:
        head, seen = account, {account}
        while (above := parents.get(head)) is not None and above in parents and above not in seen:
            head = above
            seen.add(above)
        heads[account] = head
    return heads


def _by_weight(groups: Iterable[FeedbackGroup]) -> dict[str, int]:
    """Currencies by how much of them is at stake: amounts of one are ranked among themselves."""
    weights = sums(
        amount for group in groups for amount in (group.billed if group.stake is None else (group.stake,))
    )
    return {amount.currency: place for place, amount in enumerate(weights)}


def _rank(group: FeedbackGroup, blocks: Mapping[str, int]) -> tuple[int, float, int, int, str]:
    stake = group.stake or (group.billed[0] if group.billed else None)
    place = len(blocks) if stake is None else blocks.get(stake.currency, len(blocks))
    return (
        place,
        -float(stake.amount) if stake is not None else 0.0,
        -group.votes,
        -group.use.tickets,
        group.title.casefold(),
    )
