"""All decisions of a sample workspace in one place: accounts, pods, incidents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from convergedesk.workspace.sample.catalogue import PRODUCTS
from convergedesk.workspace.sample.mishaps import with_mishaps
from convergedesk.workspace.sample.others import other_plans, scaled_meter
from convergedesk.workspace.sample.pilots import pilot_plans
from convergedesk.workspace.sample.plan import AccountPlan
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.sample.team import PodPlan, pods_of
from convergedesk.workspace.sample.usage import UsageBlock, account_usage

_LONG = "Verwaltungs- und Beteiligungsgesellschaft für Nordrhein-Westfalen mbH & Co. Kommanditgesellschaft"


@dataclass(frozen=True)
class World:
    """What the sample is about, before any record is written.

    Attributes:
        spec: Size and seed.
        pods: The vendor's pods, the pilot first.
        accounts: Customers in their order; sites hang below them.
    """

    spec: SampleSpec
    pods: tuple[PodPlan, ...]
    accounts: tuple[AccountPlan, ...]

    @cached_property
    def sites(self) -> tuple[AccountPlan, ...]:
        """Every account and every site, parents first."""
        return tuple(site for account in self.accounts for site in account.all_sites)

    @cached_property
    def usage(self) -> dict[str, UsageBlock]:
        """Usage by the key of the account or site; drawn once."""
        return {site.key: account_usage(site, self.spec) for site in self.sites}

    def blocks(self, account: AccountPlan) -> tuple[UsageBlock, ...]:
        """The usage of an account and of its sites."""
        return tuple(self.usage[site.key] for site in account.all_sites)


def build_world(spec: SampleSpec) -> World:
    """Decide everything for a spec; the same spec gives an equal world."""
    pods = pods_of(spec)
    plans = (*pilot_plans()[: spec.accounts], *other_plans(spec, pods))
    return World(spec, pods, tuple(_finished(spec, plan) for plan in plans))


def _finished(spec: SampleSpec, plan: AccountPlan) -> AccountPlan:
    sized = _named(spec, _sized(spec, plan))
    sites = tuple(with_mishaps(spec, _named(spec, _sized(spec, site))) for site in sized.sites)
    return with_mishaps(spec, replace(sized, sites=sites))


def _named(spec: SampleSpec, plan: AccountPlan) -> AccountPlan:
    if not spec.long_names:
        return plan
    return replace(plan, name=f"{plan.name} {_LONG}")


def _sized(spec: SampleSpec, plan: AccountPlan) -> AccountPlan:
    """Cut or fill the meters to the number asked for; a parent with sites keeps its own."""
    if spec.meters is None or plan.sites:
        return plan
    stream = spec.stream("more meters", plan.key)
    volume = next((m.level for m in plan.meters if m.key == "events_delivered"), 300_000.0)
    growth = float(np.mean([meter.growth for meter in plan.meters]))
    have = {meter.key for meter in plan.meters}
    more = [scaled_meter(stream, key, volume, growth) for key in PRODUCTS if key not in have]
    return replace(plan, meters=(*plan.meters, *more)[: spec.meters])
