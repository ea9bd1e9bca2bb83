"""The calendar: public holidays, releases, customers' freezes, outages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from convergedesk.domain.accounts import Account, AccountId
from convergedesk.domain.calendar import CalendarEvent, CalendarEventId, CalendarEventKind
from convergedesk.store import accounts, calendar, info
from convergedesk.sync.holidays import public_holidays
from convergedesk.sync.holidays import regions as _regions
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace

_KINDS = frozenset({Kind.CALENDAR, Kind.USAGE})


@dataclass(frozen=True, slots=True)
class CalendarBook:
    """A year of the calendar.

    Attributes:
        year: Calendar year.
        events: Everything in that year by first day: kept entries and public holidays of the
            customers' countries.
        accounts: Accounts by name, for saying whose freeze it is.
        countries: Countries of the accounts with how many are there, most first.
        fiscal_month: First month of the vendor's fiscal year.
        today: The workspace's today.
    """

    year: int
    events: tuple[CalendarEvent, ...]
    accounts: tuple[Account, ...]
    countries: tuple[tuple[str, int], ...]
    fiscal_month: int
    today: date


def calendar_book(workspace: Workspace, year: int) -> CalendarBook:
    """Read a year of the calendar."""
    everyone = accounts.list_accounts(workspace.store)
    places = {(one.country, one.region) for one in everyone if one.country}
    kept = [
        one
        for one in calendar.list_events(workspace.store)
        if one.first_day <= date(year, 12, 31) and one.last_day >= date(year, 1, 1)
    ]
    counts: dict[str, int] = {}
    for one in everyone:
        if one.country:
            counts[one.country] = counts.get(one.country, 0) + 1
    return CalendarBook(
        year=year,
        events=with_holidays(kept, sorted((c, r or "") for c, r in places if c), [year]),
        accounts=everyone,
        countries=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
        fiscal_month=info.read_info(workspace.store).fiscal_month,
        today=workspace.today,
    )


def with_holidays(
    kept: Sequence[CalendarEvent], places: Iterable[tuple[str, str]], years: Iterable[int]
) -> tuple[CalendarEvent, ...]:
    """Kept entries and the public holidays of places, by day; a holiday that is kept counts once.

    Args:
        kept: Entries of the workspace.
        places: (country, region or empty).
        years: Calendar years.
    """
    wanted = list(years)
    taken = {(one.first_day, one.country) for one in kept if one.kind is CalendarEventKind.HOLIDAY}
    found = list(kept)
    for country, region in places:
        for one in public_holidays(country, region or None, wanted):
            if (one.first_day, country) not in taken:
                taken.add((one.first_day, country))
                found.append(one)
    return tuple(sorted(found, key=lambda one: (one.first_day, one.title)))


def regions(country: str) -> tuple[str, ...]:
    """The parts of a country with holidays of their own."""
    return _regions(country)


def add_event(workspace: Workspace, event: CalendarEvent) -> Changes:
    """Keep a new entry."""
    with workspace.edit(f"Added “{event.title}” to the calendar", account_id=event.account_id) as edit:
        calendar.add(workspace.store, event, now=workspace.clock.now())
    return _changed(workspace, event, edit.id)


def change_event(workspace: Workspace, event: CalendarEvent) -> Changes:
    """Put an edited entry in place. Raises NotFoundError where it was deleted meanwhile."""
    label = f"Changed “{event.title}” in the calendar"
    with workspace.edit(label, account_id=event.account_id) as edit:
        calendar.replace(workspace.store, event, now=workspace.clock.now())
    return _changed(workspace, event, edit.id)


def delete_event(workspace: Workspace, event_id: CalendarEventId) -> Changes:
    """Delete an entry. Raises NotFoundError."""
    with workspace.edit(deletes=True) as edit:
        event = calendar.get(workspace.store, event_id)
        edit.label, edit.account_id = f"Deleted “{event.title}” from the calendar", event.account_id
        calendar.delete(workspace.store, event_id, now=workspace.clock.now())
    return _changed(workspace, event, edit.id)


def set_account_calendar(
    workspace: Workspace,
    account_id: AccountId,
    *,
    fiscal_month: int | None,
    country: str | None,
    region: str | None,
) -> Changes:
    """Say when a customer's fiscal year begins and whose holidays it keeps. Raises NotFoundError."""
    name = accounts.get(workspace.store, account_id).name
    with workspace.edit(f"Changed the year and holidays of {name}", account_id=account_id) as edit:
        accounts.set_calendar(
            workspace.store,
            account_id,
            fiscal_month=fiscal_month,
            country=country,
            region=region,
            now=workspace.clock.now(),
        )
    kinds = frozenset({Kind.ACCOUNTS, Kind.CALENDAR, Kind.USAGE})
    return Changes(frozenset({account_id}), kinds, edit_id=edit.id)


def _changed(workspace: Workspace, event: CalendarEvent, edit_id: object) -> Changes:
    touched = (
        frozenset({event.account_id})
        if event.account_id is not None
        else frozenset(one.id for one in accounts.list_accounts(workspace.store))
    )
    return Changes(touched, _KINDS, edit_id=edit_id)  # pyright: ignore[reportArgumentType]
