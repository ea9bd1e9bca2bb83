from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.sources.casting.dates import (
    DateOrder,
    OrderFit,
    order_fit,
    parse_moment,
    to_day,
    to_instant,
)

DMY, MDY = DateOrder.DMY, DateOrder.MDY


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-04-03", "2026-04-03T00:00:00"),
        ("2026/4/3", "2026-04-03T00:00:00"),
        ("20260403", "2026-04-03T00:00:00"),
        ("3.4.2026", "2026-04-03T00:00:00"),
        ("03.04.26", "2026-04-03T00:00:00"),
        ("3 Apr 2026", "2026-04-03T00:00:00"),
        ("03-Apr-26", "2026-04-03T00:00:00"),
        ("April 3rd, 2026", "2026-04-03T00:00:00"),
        ("Fri, 3 Apr 2026", "2026-04-03T00:00:00"),
        ("3. März 2026", "2026-03-03T00:00:00"),
        ("46115", "2026-04-03T00:00:00"),
        ("46115.5", "2026-04-03T12:00:00"),
        ("2026-04-03 08:12", "2026-04-03T08:12:00"),
        ("2026-04-03T08:12:30.250", "2026-04-03T08:12:30.250000"),
        ("Apr 3, 2026 8:12 PM", "2026-04-03T20:12:00"),
        ("Apr 3, 2026 12:05 AM", "2026-04-03T00:05:00"),
        ("2026-04-03T08:12:00Z", "2026-04-03T08:12:00+00:00"),
        ("2026-04-03 08:12:00 UTC", "2026-04-03T08:12:00+00:00"),
        ("2026-04-03T08:12:00+02:00", "2026-04-03T08:12:00+02:00"),
        (
            "2026-04-03T08:12:00-0330",
            "2026-04-03T08:12:00-03:30",
        ),
        ("1775203920", "2026-04-03T08:12:00+00:00"),
        ("1775203920000", "2026-04-03T08:12:00+00:00"),
    ],
)
def test_dates_that_need_no_order(text: str, at: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert moment.at.isoformat() == at
    assert order_fit(text) is OrderFit.ANY


@pytest.mark.parametrize(
    "text", ["2026-03", "03/2026", "Mar 2026", "March-2026", "202603", "2026M03", "Mar-26", "März 2026"]
)
def test_months_are_known_as_months(text: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert moment.month_only
    assert moment.at.isoformat() == "2026-03-01T00:00:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "31/31/2026",
        "2026-02-30",
        "2026-13-01",
        "12:30",
        "99999",
        "7",
        "0024-01-05",
        "2026-04-03 25:00",
        "Foo 2026",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_moment(text, DMY) is None
    assert order_fit(text) is OrderFit.NONE


def test_an_open_order_is_never_guessed() -> None:
    assert parse_moment("03/04/2026") is None
    moments = [parse_moment("03/04/2026", order) for order in (DMY, MDY)]
    assert [moment and moment.at.isoformat() for moment in moments] == [
        "2026-04-03T00:00:00",
        "2026-03-04T00:00:00",
    ]


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("03/04/2026", OrderFit.EITHER),
        ("03-04-26 08:12", OrderFit.EITHER),
        ("13/04/2026", OrderFit.DMY_ONLY),
        ("04/13/2026", OrderFit.MDY_ONLY),
        ("05/05/2026", OrderFit.ANY),
        ("13.04.2026", OrderFit.ANY),
    ],
)
def test_which_orders_a_date_fits(text: str, fit: OrderFit) -> None:
    assert order_fit(text) is fit


def test_a_time_without_a_zone_is_one_of_the_files_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    naive, aware = parse_moment("2026-07-01 00:30"), parse_moment("2026-07-01T00:30:00Z")
    assert naive is not None
    assert aware is not None
    assert to_instant(naive, berlin).isoformat() == "2026-06-30T22:30:00+00:00"
    assert to_day(naive, berlin) == date(2026, 7, 1)
    assert to_instant(aware, berlin).isoformat() == "2026-07-01T00:30:00+00:00"
    late = parse_moment("2026-06-30T22:30:00Z")
    assert late is not None
    assert to_day(late, berlin) == date(2026, 7, 1)


@given(day=st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_usual_form_of_a_day_is_that_day(day: date) -> None:
    forms = [
        (day.isoformat(), None),
        (f"{day:%d/%m/%Y}", DMY),
        (f"{day:%m/%d/%Y}", MDY),
        (f"{day:%d.%m.%Y}", None),
        (f"{day.day} {day:%B} {day.year}", None),
        (f"{day:%b} {day.day}, {day.year}", None),
        (f"{day:%Y%m%d}", None),
    ]
    for text, order in forms:
        moment = parse_moment(text, order)
        assert moment is not None, text
        assert moment.at.date() == day


@given(text=st.text(max_size=30))
def test_no_text_is_an_error(text: str) -> None:
    for order in (None, DMY, MDY):
        moment = parse_moment(text, order)
        if moment is not None:
            to_instant(moment, ZoneInfo("America/New_York"))
    order_fit(text)
