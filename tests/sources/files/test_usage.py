"""Usage: every shape of file comes out as one figure for each account, meter and day."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from convergedesk.domain.records import EntityKind
from convergedesk.domain.usage import Granularity
from convergedesk.sources.files import Answers, Combine, FileSource, Mapping, guess
from convergedesk.sources.files import usage_relation as relation
from tests.sources.files.around import every_row_answered, only, opened, pages, rejects, usage_entries

EPOCH = date(1970, 1, 1)


def day(text: str) -> int:
    return (date.fromisoformat(text) - EPOCH).days


def test_events_are_counted_by_day(tmp_path: Path) -> None:
    text = (
        "event,account_id,timestamp\n"
        "login,A-1,2026-04-01T10:00:00Z\n"
        "login,A-1,2026-04-01T23:59:59Z\n"
        "login,A-2,2026-04-01T10:00:00Z\n"
        "export,A-1,2026-04-02T00:00:00Z\n"
    )
    with opened(tmp_path, events__csv=text) as files:
        assert usage_entries(files) == [
            ("A-1", "export", day("2026-04-02"), 1.0),
            ("A-1", "login", day("2026-04-01"), 2.0),
            ("A-2", "login", day("2026-04-01"), 1.0),
        ]
        (page,) = pages(files)
        assert page.usage is not None
        assert page.usage.rows.tolist() == [1, 2, 1]
        assert page.usage.lines.tolist() == [5, 2, 4]


def test_the_day_of_an_event_is_one_of_the_files_zone(tmp_path: Path) -> None:
    times = ("2026-06-30T22:30:00Z", "2026-07-01 23:30:00", "1782858600")
    text = "account_id,event,timestamp\n" + "".join(f"A-1,x,{time}\n" for time in times)
    with opened(tmp_path, events__csv=text) as files:
        mapping = guess(files, Answers(time_zone="Europe/Berlin"))
        days = [entry[2] for entry in usage_entries(files, mapping)]
        assert days == [day("2026-07-01")]


def test_the_same_rows_in_any_order_and_twice_are_added(tmp_path: Path) -> None:
    rows = [f"A-{n % 3},m{n % 2},2026-01-{n % 5 + 1:02},{n}.25" for n in range(200)]
    random.Random(5).shuffle(rows)
    with opened(tmp_path, usage__csv="account_id,meter,date,quantity\n" + "\n".join(rows) + "\n") as files:
        found = usage_entries(files)
        assert len(found) == len({entry[:3] for entry in found}) == 30
        assert sum(entry[3] for entry in found) == sum(n + 0.25 for n in range(200))
        assert found == sorted(found)


@pytest.mark.parametrize("combine", list(Combine))
def test_arrays_and_the_database_give_the_same(
    tmp_path: Path, combine: Combine, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(3)
    rows = [
        f"A-{rng.randrange(20)},m{rng.randrange(4)},2026-01-{rng.randrange(1, 9):02},{rng.random() * 1e6:.3f}"
        for _ in range(5_000)
    ]
    with opened(tmp_path, usage__csv="account_id,meter,date,quantity\n" + "\n".join(rows) + "\n") as files:
        mapping = guess(files)
        mapping = mapping.change("usage.csv", lambda file: replace(file, combine=combine))
        in_arrays = pages(files, mapping)
        monkeypatch.setattr("convergedesk.sources.files.read_usage.IN_MEMORY", 0)
        in_database = pages(files, mapping)
        for first, second in zip(in_arrays, in_database, strict=True):
            assert first.usage is not None
            assert second.usage is not None
            assert first.usage.accounts == second.usage.accounts
            for name in ("account_codes", "meter_codes", "days", "quantities", "lines", "rows"):
                np.testing.assert_array_equal(getattr(first.usage, name), getattr(second.usage, name))


TEXTS = """
2026-04-03 | 2026-4-3 | 2026/04/03 | 2026-04-03T08:12:00Z | 2026-04-03 23:59 | 2026-04-03T23:59:59.123456Z
2026-04-03T22:30:00+00:00 | 2026-04-03T22:30:00-05:00 | 2026-04-03T22:30:00+0200 | 2026-04-03 22:30:00+02
2026-13-01 | 2026-02-30 | 0024-01-05 | epoch | infinity | 2026-04-03x | 2026-04-03T25:00 | 3 Apr 2026 | 46115
1775203920 | 20260403 | 2026.04.03 | 2026-04 | | 2026-04-03T08:12:00 Europe/Berlin | 2026-04-03T08:12:60Z
""".replace("\n", "|").split("|")
NUMBERS = """
1 | 1.5 | 1,5 | 1.234 | 1,234 | 1,234.5 | 1.234,5 | -3 | (3) | € 5 | 1e3 | nan | inf | 1_000 | abc |
0.5 | 0,5 | 1 000 | 12345678901234567 | .5 | 5. | - | n/a | 007 | 1'000.5
123456789012345 | 0.1234567890123456789
""".replace("\n", "|").split("|")


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York"])
def test_duckdb_reads_days_and_numbers_as_python_does(
    tmp_path: Path, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f'A-{n},m,"{text}","{NUMBERS[n % len(NUMBERS)]}"' for n, text in enumerate(TEXTS * len(NUMBERS))]
    text = "account_id,meter,timestamp,quantity\n" + "\n".join(rows) + "\n"
    with opened(tmp_path, usage__csv=text) as files:
        mapping = guess(files, Answers(time_zone=zone))
        monkeypatch.setattr(relation, "_READ_IN_PYTHON", 10**9)
        by_python, refused = usage_entries(files, mapping), rejects(files, mapping)
        monkeypatch.setattr(relation, "_READ_IN_PYTHON", -1)
        by_duckdb, refused_too = usage_entries(files, mapping), rejects(files, mapping)
        assert by_python
        assert by_duckdb == by_python
        assert refused_too == refused


def test_a_column_for_each_month_keeps_its_rows(tmp_path: Path) -> None:
    text = "Customer,Jan 2026,Feb 2026\nOne,100,200\nTwo,,7\nThree,,\nFour,1,oops\n"
    with opened(tmp_path, calls__csv=text) as files:
        assert usage_entries(files) == [
            ("One", "calls", day("2026-01-01"), 100.0),
            ("One", "calls", day("2026-02-01"), 200.0),
            ("Two", "calls", day("2026-02-01"), 7.0),
        ]
        found = pages(files)
        assert found[0].usage is not None
        assert found[0].usage.granularity is Granularity.MONTH
        assert found[0].usage.rows.tolist() == [1, 0, 1]
        assert [(reject.line, reject.code) for reject in rejects(files)] == [
            (4, "missing"),
            (5, "bad_number"),
        ]
        every_row_answered(files)


def test_a_column_for_each_meter(tmp_path: Path) -> None:
    text = "account_id,date,api_calls,storage_gb\nA-1,2026-01-01,10,1.5\nA-1,2026-01-02,-,1.6\n"
    with opened(tmp_path, usage__csv=text) as files:
        assert usage_entries(files) == [
            ("A-1", "api_calls", day("2026-01-01"), 10.0),
            ("A-1", "storage_gb", day("2026-01-01"), 1.5),
            ("A-1", "storage_gb", day("2026-01-02"), 1.6),
        ]
        every_row_answered(files)


def test_an_event_that_was_sent_twice_counts_once(tmp_path: Path) -> None:
    text = (
        "event_id,account_id,event,timestamp\ne1,A-1,x,2026-01-01\ne1,A-1,x,2026-01-01\ne2,A-1,x,2026-01-01\n"
    )
    with opened(tmp_path, events__csv=text) as files:
        assert usage_entries(files) == [("A-1", "x", day("2026-01-01"), 2.0)]
        assert [(reject.line, reject.code) for reject in rejects(files)] == [(3, "duplicate")]


def test_rejects_say_what_is_wrong(tmp_path: Path) -> None:
    text = (
        "account_id,meter,date,quantity\nA-1,x,2026-01-01,5\n,x,2026-01-01,5\nA-1,,2026-01-01,5\n"
        "A-1,x,31/31/2026,5\nA-1,x,,5\nA-1,x,2026-01-01,five\nA-1,x,2026-01-01,\nragged\nA-1,x,2026-01-02,5\n"
    )
    with opened(tmp_path, usage__csv=text) as files:
        assert [(reject.line, reject.code, reject.reason) for reject in rejects(files)] == [
            (3, "missing", "The row names no account."),
            (4, "missing", "The row names no meter."),
            (5, "bad_date", "The date “31/31/2026” in “date” cannot be read."),
            (6, "missing", "The row has no day."),
            (7, "bad_number", "The number “five” in “quantity” cannot be read."),
            (8, "missing", "The row has no quantity."),
            (9, "ragged", "The row has 1 cells where the table has 4 columns."),
        ]
        every_row_answered(files)


def test_pages_end_where_a_meter_ends_and_go_on_after_any_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("convergedesk.sources.files.read_usage.ENTRIES_A_PAGE", 100)
    monkeypatch.setattr("convergedesk.sources.files.read_usage.REJECTS_A_PAGE", 3)
    days = [(date(2026, 1, 1) + timedelta(n)).isoformat() for n in range(40)]
    rows = [f"A-{a},m{m},{d},1" for a in range(5) for m in range(3) for d in days]
    rows += ["A-1,m,nothing,1"] * 7
    with opened(tmp_path, usage__csv="account_id,meter,date,quantity\n" + "\n".join(rows) + "\n") as files:
        mapping = guess(files)
        whole = pages(files, mapping)
        assert [len(page.usage.days) for page in whole if page.usage] == [80] * 7 + [40]
        assert [len(page.rejects) for page in whole if not page.usage] == [3, 3, 1]
        assert sum(page.rows for page in whole) == only(files).rows
        for place, page in enumerate(whole[:-1]):
            rest = list(FileSource(files, mapping).read("usage.csv", page.cursor))
            assert [other.cursor for other in rest] == [other.cursor for other in whole[place + 1 :]]
            assert sum(other.rows for other in rest) == sum(other.rows for other in whole[place + 1 :])


def test_accounts_that_are_written_in_two_ways_are_one_key(tmp_path: Path) -> None:
    ids = ("0015g00000AbCdE", " 0015g00000AbCdEAAV ")
    text = "account_id,meter,date,quantity\n" + "".join(f"{text},x,2026-01-01,1.5\n" for text in ids)
    with opened(tmp_path, usage__csv=text) as files:
        assert usage_entries(files) == [("0015g00000AbCdEAAV", "x", day("2026-01-01"), 3.0)]


def test_a_time_without_a_zone_keeps_its_day_whatever_the_zone(tmp_path: Path) -> None:
    at = datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    with opened(tmp_path, usage__csv=f"account_id,meter,timestamp\nA-1,x,{at:%Y-%m-%d %H:%M}\n") as files:
        mapping: Mapping = guess(files, Answers(time_zone="Europe/Berlin"))
        assert mapping.files[0].entity is EntityKind.USAGE
        assert [entry[2] for entry in usage_entries(files, mapping)] == [day("2026-03-29")]
