"""How the calendar says what an entry is, whom it concerns and when it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind
from convergedesk.figures.wording import count, day, short_day

HOLIDAY, RELEASE = CalendarEventKind.HOLIDAY, CalendarEventKind.RELEASE
FREEZE, OUTAGE = CalendarEventKind.FREEZE, CalendarEventKind.OUTAGE
KIND_WORDS = {HOLIDAY: "Holiday", RELEASE: "Release", FREEZE: "Customer freeze", OUTAGE: "Outage"}
KIND_ICONS = {HOLIDAY: "sun", RELEASE: "package", FREEZE: "snowflake", OUTAGE: "warning-octagon"}
KIND_TONES = {HOLIDAY: "text_2", RELEASE: "accent_text", FREEZE: "warning", OUTAGE: "critical"}


def days_words(event: CalendarEvent) -> str:
    """'1 May', '20 Nov to 31 Dec', with the year where it is not one year."""
    if event.first_day == event.last_day:
        return short_day(event.first_day)
    if event.first_day.year == event.last_day.year:
        return f"{short_day(event.first_day)} to {short_day(event.last_day)}"
    return f"{day(event.first_day)} to {day(event.last_day)}"


def length_words(event: CalendarEvent) -> str:
    """'1 day', '42 days'."""
    return count((event.last_day - event.first_day).days + 1, "day")


def whom_words(event: CalendarEvent, names: Mapping[AccountId, str]) -> str:
    """Whom it concerns: an account, a country's accounts, or everybody."""
    if event.account_id is not None:
        return names.get(event.account_id, "An account that is gone")
    return f"Accounts in {event.country}" if event.country else "Everybody"


def year_title(year: int, events: Sequence[CalendarEvent]) -> str:
    """'2026: 31 holidays, 6 releases, 2 freezes, 1 outage'."""
    words = {HOLIDAY: "holiday", RELEASE: "release", FREEZE: "freeze", OUTAGE: "outage"}
    counted = [(sum(one.kind is kind for one in events), word) for kind, word in words.items()]
    parts = [count(number, word) for number, word in counted if number]
    return f"{year}: {', '.join(parts)}" if parts else f"{year}: nothing in the calendar"
