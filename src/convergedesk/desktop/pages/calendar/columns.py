"""The columns of the list of entries."""

from __future__ import annotations

from collections.abc import Callable

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.pages.calendar.words import (
    KIND_ICONS,
    KIND_TONES,
    KIND_WORDS,
    days_words,
    length_words,
    whom_words,
)
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.table.cells import TextCell, TextLine
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.calendar import CalendarEvent


def event_columns(names: Callable[[], dict[AccountId, str]]) -> tuple[Column[CalendarEvent], ...]:
    """What, when, how long, for whom, and where it comes from."""
    return (
        Column(
            key="kind",
            title="Kind",
            text=lambda one: KIND_WORDS[one.kind],
            cell=TextCell(),
            value=lambda one: TextLine(
                KIND_WORDS[one.kind], Role.BODY, KIND_TONES[one.kind], KIND_ICONS[one.kind]
            ),
            sort_key=lambda one: KIND_WORDS[one.kind],
            sortable=True,
            width=150,
        ),
        Column(
            key="title",
            title="What",
            text=lambda one: one.title,
            cell=TextCell(Role.MEDIUM),
            sort_key=lambda one: one.title.casefold(),
            sortable=True,
            width=220,
            stretch=2,
        ),
        Column(
            key="days",
            title="Days",
            text=days_words,
            sort_key=lambda one: (one.first_day, one.last_day),
            sortable=True,
            width=170,
        ),
        Column(key="length", title="Length", text=length_words, align="right", width=80),
        Column(
            key="whom",
            title="Whom it concerns",
            text=lambda one: whom_words(one, names()),
            sort_key=lambda one: whom_words(one, names()).casefold(),
            sortable=True,
            width=200,
            stretch=1,
        ),
        Column(
            key="source",
            title="From",
            text=lambda one: "public holidays" if one.id is None else "this workspace",
            width=130,
        ),
    )
