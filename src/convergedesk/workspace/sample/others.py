"""Accounts beyond the pilot: drawn from the same rules, so that a large book looks alive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from convergedesk.domain.accounts import Lifecycle, PersonRole
from convergedesk.workspace.sample.catalogue import PRODUCTS
from convergedesk.workspace.sample.holidays import COUNTRIES
from convergedesk.workspace.sample.names import CompanyName, company_names, person_names
from convergedesk.workspace.sample.plan import AccountPlan, Churn, Incident, MeterPlan, PersonPlan, Terms
from convergedesk.workspace.sample.spec import LAST_DAY, SampleSpec
from convergedesk.workspace.sample.team import PILOT_ACCOUNTS, PodPlan, pod_of

_ZONES = {
    "AT": "Europe/Vienna", "BE": "Europe/Brussels", "DE": "Europe/Berlin", "DK": "Europe/Copenhagen",
    "ES": "Europe/Madrid", "FI": "Europe/Helsinki", "FR": "Europe/Paris", "GB": "Europe/London",
    "IE": "Europe/Dublin", "IT": "Europe/Rome", "NL": "Europe/Amsterdam", "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon", "SE": "Europe/Stockholm", "US": "America/New_York",
}  # fmt: skip
_CURRENCIES = {"GB": "GBP", "US": "USD"}
_WEIGHTS = {"DE": 5, "FR": 3, "NL": 3, "GB": 2, "ES": 2, "IT": 2, "US": 1}

_TITLES: dict[PersonRole, tuple[str, ...]] = {
    PersonRole.SPONSOR: (
        "Chief operating officer",
        "VP operations",
        "Director of technology",
        "Managing director",
    ),
    PersonRole.CHAMPION: ("Integration lead", "Platform owner", "Head of systems", "Data platform lead"),
    PersonRole.BUYER: ("Procurement lead", "Finance director", "Vendor manager"),
    PersonRole.USER: ("Integration engineer", "Systems analyst", "Operations analyst", "Support lead"),
}

_REASONS = (
    ("price", "The bill became hard to predict, and we could not explain it to finance."),
    ("missing_feature", "We needed retries per destination and could not wait another year."),
    ("competitor", "Our group has settled on one supplier for all brands."),
    ("low_use", "The project that we bought it for was stopped."),
    ("support", "Two long incidents in a quarter; the second cost us a customer of our own."),
    ("merger", "After the merger we use the other company's system."),
)

_ORDER = (
    "events_delivered", "api_calls", "storage_gb", "events_replayed", "active_seats", "events_routed",
    "rows_exported", "audit_records", "schema_checks", "sandbox_calls", "connections",
)  # fmt: skip


def other_plans(spec: SampleSpec, pods: tuple[PodPlan, ...]) -> tuple[AccountPlan, ...]:
    """The accounts beyond the pilot; each depends on the seed and its own number alone."""
    count = spec.accounts - PILOT_ACCOUNTS
    if count <= 0:
        return ()
    companies = company_names(spec.stream("companies"), count)
    return tuple(
        _plan(spec, PILOT_ACCOUNTS + i, company, pod_of(PILOT_ACCOUNTS + i, pods))
        for i, company in enumerate(companies)
    )


def _plan(spec: SampleSpec, number: int, company: CompanyName, pod: PodPlan) -> AccountPlan:
    stream = spec.stream("plan", company.key)
    weights = np.array([_WEIGHTS.get(country, 1) for country in COUNTRIES], dtype=float)
    country = COUNTRIES[int(stream.choice(len(COUNTRIES), p=weights / weights.sum()))]
    volume = float(np.exp(stream.normal(13.1, 0.9)))
    tier = "Strategic" if volume > 1_100_000 else "Growth" if volume > 380_000 else "Scale"
    signed = LAST_DAY - timedelta(days=int(stream.integers(400, 1_700)))
    plan = AccountPlan(
        company.key,
        number,
        company.name,
        company.domain,
        tier,
        company.industry,
        country,
        _ZONES[country],
        _CURRENCIES.get(country, "EUR"),
        pod.owners[int(stream.integers(len(pod.owners)))],
        pod.success_manager,
        pod.agents,
        meters=_meters(stream, volume),
        people=_people(stream),
        signed_up_on=signed.replace(day=1),
        seats=int(round(float(stream.uniform(20, 160)), -1)),
        tickets_a_week=float(stream.gamma(2.0, 0.3)) + 0.1,
    )
    return _with_terms(stream, _with_life(stream, plan), volume)


def _meters(stream: np.random.Generator, volume: float) -> tuple[MeterPlan, ...]:
    count = int(stream.integers(3, 7))
    growth = float(stream.normal(0.12, 0.16))
    return tuple(scaled_meter(stream, key, volume, growth) for key in _ORDER[:count])


def scaled_meter(stream: np.random.Generator, key: str, volume: float, growth: float) -> MeterPlan:
    """A meter in proportion to the events that the account delivers a day."""
    share = PRODUCTS[key].share * float(
        np.exp(stream.normal(0.0, 0.35 if key != "events_delivered" else 0.0))
    )
    stock = key in {"storage_gb", "active_seats", "connections"}
    level = share * (volume / 1e6) ** (0.7 if stock else 1.0) * (1.0 if stock else 1e6)
    noise = float(np.clip(stream.normal(0.024, 0.006), 0.012, 0.05))
    return MeterPlan(key, max(2.0, level), float(np.clip(growth + stream.normal(0, 0.05), -0.3, 0.9)), noise)


def _people(stream: np.random.Generator) -> tuple[PersonPlan, ...]:
    roles = (PersonRole.SPONSOR, PersonRole.CHAMPION, PersonRole.BUYER, PersonRole.USER, PersonRole.USER)
    names = person_names(stream, int(stream.integers(3, 6)))
    return tuple(
        PersonPlan(name, role, _TITLES[role][int(stream.integers(len(_TITLES[role])))])
        for name, role in zip(names, roles, strict=False)
    )


def _with_life(stream: np.random.Generator, plan: AccountPlan) -> AccountPlan:
    """Some accounts are new, some are on trial, some have left and one in five of those came back."""
    fate = float(stream.random())
    if fate < 0.06:
        began = LAST_DAY - timedelta(days=int(stream.integers(6, 27)))
        return replace(plan, first_day=began, signed_up_on=began,
                       lifecycle=Lifecycle.TRIAL if fate < 0.02 else Lifecycle.ACTIVE)  # fmt: skip
    if fate < 0.12:
        began = LAST_DAY - timedelta(days=int(stream.integers(60, 500)))
        return replace(plan, first_day=began, signed_up_on=began)
    if fate < 0.16:
        left = LAST_DAY - timedelta(days=int(stream.integers(20, 420)))
        reason, words = _REASONS[int(stream.integers(len(_REASONS)))]
        churn = Churn(left, reason, words, refund=int(stream.integers(0, 3)) * 500)
        return replace(
            plan,
            last_day=left,
            lifecycle=Lifecycle.CHURNED,
            churn=(churn,),
            quiet_from=left,
            incidents=_fading(stream, left),
        )
    if fate < 0.17:
        left = LAST_DAY - timedelta(days=int(stream.integers(380, 600)))
        reason, words = _REASONS[int(stream.integers(len(_REASONS)))]
        back = Churn(left + timedelta(days=90), "returned", "Back for a second project.", reactivation=True)
        away = tuple(left + timedelta(days=i + 1) for i in range(89))
        meters = tuple(replace(meter, gaps=away) for meter in plan.meters)
        return replace(plan, churn=(Churn(left, reason, words), back), meters=meters)
    return plan


def _fading(stream: np.random.Generator, left: date) -> tuple[Incident, ...]:
    """Most who leave use less and less before; some stop from one day to the next."""
    if stream.random() < 0.3:
        return ()
    days, rest = int(stream.integers(40, 110)), float(stream.uniform(0.15, 0.6))
    factors = tuple(1.0 - (1.0 - rest) * (day / days) ** 1.5 for day in range(days))
    return (Incident(left - timedelta(days=days - 1), factors),)


def _with_terms(stream: np.random.Generator, plan: AccountPlan, volume: float) -> AccountPlan:
    """Terms whose commitment was set from what the account was thought to use."""
    fee = {"Strategic": 9_000, "Growth": 4_000, "Scale": 1_200}[plan.tier]
    factor = round(float(stream.uniform(0.7, 1.0)), 2)
    a_year = 12 * (fee + volume * 30 * 0.0017 * factor)
    luck = float(np.clip(stream.normal(1.0, 0.13), 0.7, 1.4))
    committed = plan.lifecycle is not Lifecycle.TRIAL and (plan.tier != "Scale" or stream.random() < 0.5)
    start = _term_start(plan.signed_up_on or LAST_DAY)
    promise = round(a_year * luck / 12_000) * 12_000
    earlier = tuple(round(promise * 0.87**back / 12_000) * 12_000 for back in (1, 2))
    if plan.lifecycle is Lifecycle.CHURNED and plan.last_day is not None and plan.last_day < start:
        start = _last_term(start, plan.last_day)
    terms = Terms(
        start,
        (max(12_000, promise), *(max(12_000, amount) for amount in earlier)) if committed else (),
        prepaid=committed and stream.random() < 0.35,
        platform_fee=0 if plan.lifecycle is Lifecycle.TRIAL else fee,
        price_factor=factor,
        rollover_share=0.2 if stream.random() < 0.15 else 0.0,
    )
    return replace(plan, terms=terms)


def _term_start(signed: date) -> date:
    """The latest yearly return of the first day that is not in the future."""
    start = signed if (signed.month, signed.day) != (2, 29) else signed.replace(day=28)
    while start.replace(year=start.year + 1) <= LAST_DAY:
        start = start.replace(year=start.year + 1)
    return start


def _last_term(start: date, left: date) -> date:
    while start > left:
        start = start.replace(year=start.year - 1)
    return start
