"""What the sample's CRM knows: accounts with their sites, people, days that matter, departures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from convergedesk.domain.accounts import ExternalReference, SystemKind
from convergedesk.domain.calendar import CalendarEventKind
from convergedesk.domain.money import Money
from convergedesk.domain.records import (
    AccountKey,
    AccountRecord,
    CalendarEventRecord,
    ChurnRecord,
    Origin,
    PersonRecord,
)
from convergedesk.workspace.sample.holidays import holidays
from convergedesk.workspace.sample.names import email, slug
from convergedesk.workspace.sample.plan import AccountPlan, years_before
from convergedesk.workspace.sample.rhythms import OUTAGES
from convergedesk.workspace.sample.spec import LAST_DAY
from convergedesk.workspace.sample.world import World

SOURCE = "sample"

_RELEASES = ((2, "1"), (5, "2"), (8, "3"), (11, "4"))
_FREEZES = (
    ("fernhill", "No changes in the peak season", date(2025, 11, 17), date(2025, 12, 27)),
    ("fernhill", "No changes in the peak season", date(2026, 11, 16), date(2026, 12, 27)),
    ("kestrel", "No changes over the year end", date(2025, 12, 15), date(2026, 1, 6)),
    ("kestrel", "No changes over the year end", date(2026, 12, 14), date(2027, 1, 6)),
    ("brightwater", "Ward systems are upgraded", date(2026, 4, 11), date(2026, 4, 19)),
)


def account_records(world: World) -> Iterator[AccountRecord]:
    """Parents before their sites, each with its ids in the other three systems."""
    line = 1
    for account in world.accounts:
        for site in account.all_sites:
            line += 1
            yield AccountRecord(
                Origin(line),
                site.crm_id,
                site.name,
                domain=site.domain,
                parent=None if site is account else AccountKey(external_id=account.crm_id),
                references=tuple(_references(site)),
                tier=site.tier,
                industry=site.industry,
                country=site.country,
                time_zone=site.time_zone,
                currency=site.currency,
                lifecycle=site.lifecycle,
                owner=site.owner,
                success_manager=site.success_manager,
                signed_up_on=site.signed_up_on,
                renews_on=_renewal(site),
                seats=site.seats,
            )


def _references(site: AccountPlan) -> Iterator[ExternalReference]:
    keys = (
        (SystemKind.SUPPORT, site.support_key),
        (SystemKind.USAGE, site.usage_key),
        (SystemKind.BILLING, site.billing_key),
    )
    for system, key in keys:
        if key.external_id is not None:
            yield ExternalReference(system, SOURCE, key.external_id)


def _renewal(site: AccountPlan) -> date | None:
    if site.terms is None or site.last_day is not None:
        return None
    ends_on = site.terms.ends_on
    return ends_on if ends_on > LAST_DAY else years_before(ends_on, -1)


def person_records(world: World) -> Iterator[PersonRecord]:
    """Everybody at the customers."""
    line = 1
    for site in world.sites:
        for person in site.people:
            line += 1
            yield PersonRecord(
                Origin(line),
                f"P-{site.key}-{slug(person.name)}",
                AccountKey(external_id=site.crm_id),
                person.name,
                role=person.role.value,
                title=person.title,
                email=email(person.name, site.domain),
                left_on=person.left_on,
            )


def churn_records(world: World) -> Iterator[ChurnRecord]:
    """Who left, why, and who came back."""
    line = 1
    for account in world.accounts:
        for place, churn in enumerate(account.churn):
            if churn.day < world.spec.first_day:
                continue
            line += 1
            yield ChurnRecord(
                Origin(line),
                f"CH-{account.key}-{place + 1}",
                AccountKey(external_id=account.crm_id),
                churn.day,
                reason=churn.reason,
                refund=Money.of(churn.refund, account.currency) if churn.refund else None,
                reactivation=churn.reactivation,
                feedback=churn.feedback,
            )


def calendar_records(world: World) -> Iterator[CalendarEventRecord]:
    """Holidays of the customers' countries, our releases and outages, customers' freezes."""
    for line, (kind, title, first, last, account, country) in enumerate(
        sorted(_events(world), key=_order), start=2
    ):
        name = slug(f"{title} {account or country or ''} {first}")
        yield CalendarEventRecord(
            Origin(line),
            f"EV-{name}",
            kind,
            title,
            first,
            last,
            account=AccountKey(external_id=account) if account else None,
            country=country,
        )


_Event = tuple[CalendarEventKind, str, date, date, str | None, str | None]


def _order(event: _Event) -> tuple[date, str, str]:
    return event[2], event[1], event[5] or ""


def _events(world: World) -> Iterator[_Event]:
    first, last = world.spec.first_day, LAST_DAY + timedelta(days=60)
    years = range(first.year, last.year + 1)
    for country in sorted({site.country for site in world.sites}):
        for year in years:
            for day, name in holidays(country, year).items():
                if first <= day <= last:
                    yield CalendarEventKind.HOLIDAY, name, day, day, None, country
    for year in years:
        for month, number in _RELEASES:
            day = date(year, month, 1) + timedelta(days=(1 - date(year, month, 1).weekday()) % 7 + 7)
            if first <= day <= LAST_DAY:
                yield CalendarEventKind.RELEASE, f"Version {year % 100}.{number}", day, day, None, None
    for day, title, _ in OUTAGES:
        if day >= first:
            yield CalendarEventKind.OUTAGE, title, day, day, None, None
    by_key = {account.key: account for account in world.accounts}
    for key, title, start, end in _FREEZES:
        if key in by_key and end >= first:
            yield CalendarEventKind.FREEZE, title, start, end, by_key[key].crm_id, None
