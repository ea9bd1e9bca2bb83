"""Mapped files as streams of pages that can go on after any page."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from convergedesk.domain.accounts import Lifecycle
from convergedesk.domain.errors import NotFoundError, SourceError
from convergedesk.domain.records import AccountRecord, EntityKind, RecordPage, TicketRecord
from convergedesk.domain.tickets import TicketStatus
from convergedesk.sources.files import ColumnMapping, Duplicates, FileSource, guess, open_files
from convergedesk.sources.protocol import Source, source_factories, source_factory
from tests.sources.files.around import every_row_answered, of, opened, pages, rejects


def ticket_rows(count: int) -> str:
    rows = (f"{n},A-{n % 9},2026-01-{n % 28 + 1:02}\n" if n % 10 else "ragged\n" for n in range(count))
    return "ticket_id,account_id,created_at\n" + "".join(rows)


def numbers_and_lines(found: list[RecordPage]) -> list[tuple[list[str], list[int]]]:
    """Ticket numbers and reject lines of each page."""
    return [
        (
            [one.number for one in page.records if isinstance(one, TicketRecord)],
            [one.line for one in page.rejects],
        )
        for page in found
    ]


def test_a_killed_import_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("convergedesk.sources.files.read_records.ROWS_A_PAGE", 50)
    with opened(tmp_path, tickets__csv=ticket_rows(333)) as files:
        mapping = guess(files)
        whole = pages(files, mapping)
        assert len(whole) == 7
        assert [page.last for page in whole] == [False] * 6 + [True]
        assert sum(page.rows for page in whole) == 333
    for place, page in enumerate(whole):
        # Another process, another scratch folder: only the cursor is left.
        with open_files([tmp_path]) as files:
            rest = list(FileSource(files, guess(files)).read("tickets.csv", page.cursor))
            assert numbers_and_lines(rest)[: len(whole) - place - 1] == numbers_and_lines(whole[place + 1 :])
            assert sum(other.rows for other in rest) == sum(other.rows for other in whole[place + 1 :])


def test_a_file_that_has_changed_begins_anew(tmp_path: Path) -> None:
    with opened(tmp_path, tickets__csv=ticket_rows(20)) as files:
        cursor = pages(files)[-1].cursor
        assert sum(page.rows for page in FileSource(files, guess(files)).read("tickets.csv", cursor)) == 0
    with opened(tmp_path, tickets__csv=ticket_rows(30)) as files:
        assert sum(page.rows for page in FileSource(files, guess(files)).read("tickets.csv", cursor)) == 30


def test_streams_come_in_the_order_in_which_they_refer_to_each_other(tmp_path: Path) -> None:
    contents = {
        "usage__csv": "account_id,meter,date,quantity\nA-1,x,2026-01-01,1\nA-1,y,2026-01-01,1\n",
        "tickets__csv": "ticket_id,account_id,created_at\n1,A-1,2026-01-01\n",
        "accounts__csv": "account_id,account_name\nA-1,One\n",
        "tickets_new__csv": "ticket_id,account_id,created_at\n1,A-1,2026-01-02\n",
    }
    with opened(tmp_path, **contents):
        pass
    os.utime(tmp_path / "tickets.csv", (1_700_000_000, 1_700_000_000))
    os.utime(tmp_path / "tickets_new.csv", (1_800_000_000, 1_800_000_000))
    with open_files([tmp_path]) as files:
        source: Source = FileSource(files, guess(files))
        assert source.name == "files"
        assert [stream.name for stream in source.streams()] == [
            "accounts.csv",
            "tickets_new.csv",
            "tickets.csv",
            "usage.csv",
        ]
        assert all(check.readable for check in source.check())


def test_a_key_that_stands_twice_is_taken_once(tmp_path: Path) -> None:
    rows = "1,A-1,2026-01-01,old\n2,A-1,2026-01-01,x\n1,A-1,2026-01-02,new\n"
    text = "ticket_id,account_id,created_at,subject\n" + rows
    with opened(tmp_path, tickets__csv=text) as files:
        mapping = guess(files)
        assert [record.title for record in of(TicketRecord, files, mapping)] == [
            "old",
            "x",
        ]
        (refused,) = rejects(files, mapping)
        assert (refused.line, refused.code) == (4, "duplicate")
        assert refused.reason == "“1” stands in line 2 too, and that row was taken."
        last = mapping.change("tickets.csv", lambda file: replace(file, duplicates=Duplicates.LAST))
        assert [record.title for record in of(TicketRecord, files, last)] == [
            "x",
            "new",
        ]


def test_what_the_file_has_a_column_for_is_stated(tmp_path: Path) -> None:
    text = "account_id,account_name,is_trial,zendesk_org_id\nA-1,One,true,7\nA-2,Two,,8\n"
    with opened(tmp_path, accounts__csv=text) as files:
        (page,) = pages(files)
        assert page.stated == frozenset(["external_id", "name", "lifecycle", "references"])
        first, second = page.records
        assert isinstance(first, AccountRecord)
        assert isinstance(second, AccountRecord)
        assert (first.lifecycle, second.lifecycle) == (Lifecycle.TRIAL, None)
        assert first.references[0].external_id == "7"


def test_rejects_name_the_cell_and_keep_the_row(tmp_path: Path) -> None:
    text = (
        "ticket_id,account_id,created_at,priority,satisfaction_score\n"
        "1,A-1,yesterday,high,5\n2,A-1,2026-01-01,weird,5\n3,A-1,2026-01-01,high,9\n"
        ",A-1,2026-01-01,high,5\n5,,2026-01-01,high,5\n6,A-1,2026-01-01,high,5\n"
        "7,A-1,2026-01-01,low,4\n8,A-1,2026-01-01,low,4\n9,A-1,2026-01-01,low,4\n"
    )
    with opened(tmp_path, tickets__csv=text) as files:
        assert [(reject.line, reject.code, reject.reason) for reject in rejects(files)] == [
            (2, "bad_date", "The date “yesterday” in “created_at” cannot be read."),
            (3, "bad_value", "“weird” in “priority” is no priority that is known."),
            (4, "bad_value", "“9” in “satisfaction_score” is no rating from 1 to 5."),
            (5, "missing", "The row has no ticket number."),
            (6, "missing", "The row names no account."),
        ]
        assert rejects(files)[0].raw == "1,A-1,yesterday,high,5"
        every_row_answered(files)


def test_words_of_ones_own_can_be_given_a_meaning(tmp_path: Path) -> None:
    text = "ticket_id,account_id,created_at,priority\n1,A-1,2026-01-01,Sev-A\n2,A-1,2026-01-01,low\n"
    with opened(tmp_path, tickets__csv=text) as files:
        sev_a = ColumnMapping("priority", "priority", words=(("sev-a", "urgent"),))
        mapping = guess(files).change(
            "tickets.csv", lambda file: replace(file, columns=(*file.columns[:-1], sev_a))
        )
        assert [str(record.priority) for record in of(TicketRecord, files, mapping)] == ["4", "1"]


def test_durations_follow_their_unit(tmp_path: Path) -> None:
    rows = "1,A-1,2026-01-01,1.5\n2,A-1,2026-01-01,02:15:00\n"
    text = "ticket_id,account_id,created_at,first_response_time_hours\n" + rows
    with opened(tmp_path, tickets__csv=text) as files:
        found = of(TicketRecord, files)
        assert [record.first_response_minutes for record in found] == [90, 135]
        assert [record.status for record in found] == [TicketStatus.OPEN, TicketStatus.OPEN]


def test_a_stream_that_is_not_there(tmp_path: Path) -> None:
    with opened(tmp_path, accounts__csv="account_id,account_name\nA-1,One\n") as files:
        with pytest.raises(NotFoundError):
            next(FileSource(files, guess(files)).read("other.csv"))
        assert [stream.entity for stream in FileSource(files, guess(files)).streams()] == [
            EntityKind.ACCOUNTS
        ]


def test_other_sources_come_in_through_entry_points() -> None:
    assert isinstance(source_factories(), dict)
    with pytest.raises(SourceError, match="No source “nowhere”"):
        source_factory("nowhere")
