"""The wizard on real files: questions, matches, and a workspace that stays as it is until the import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from convergedesk.desktop.pages.importing import words
from convergedesk.desktop.pages.importing.analysis import Analysis
from convergedesk.desktop.pages.importing.reading_dialog import Reading
from convergedesk.desktop.pages.importing.state import Step, WizardState
from convergedesk.desktop.pages.importing.view_model import ImportViewModel
from convergedesk.domain.errors import ConvergeDeskError, SourceError
from convergedesk.domain.protocols import NeverCancelled, no_progress
from convergedesk.domain.records import EntityKind
from convergedesk.domain.tickets import TicketQuery
from convergedesk.sources.casting.numbers import DecimalStyle
from convergedesk.sources.files import Duplicates, FileSet, Mapping, Question, QuestionKind, ReadOptions
from convergedesk.workspace.tickets import tickets
from tests.desktop.pages.desk import MANY_TICKETS, Desk, open_desk
from tests.desktop.pages.importing.exports import (
    ACCOUNTS,
    INVOICES,
    N_ACCOUNTS,
    N_TICKETS,
    TICKETS,
    write_exports,
)

NEVER = ("a command that is never started",)


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_exports(tmp_path / "exports")


@pytest.fixture
def model(desk: Desk) -> Iterator[ImportViewModel]:
    model = ImportViewModel(desk.context, NEVER)
    yield model
    model.shutdown()


def question(state: WizardState, kind: QuestionKind) -> Question:
    return next(one for one in state.open_questions if one.kind is kind)


def field_of(state: WizardState, table: str, column: str) -> str | None:
    mapping = state.mapping_of(table)
    assert mapping is not None
    return next(one.field for one in mapping.columns if one.column == column)


def test_a_folder_is_read_and_every_file_is_told(model: ImportViewModel, folder: Path) -> None:
    model.add_paths([folder])
    state = model.state
    assert {table.name: table.rows for table in state.tables} == {
        ACCOUNTS: N_ACCOUNTS,
        TICKETS: N_TICKETS,
        INVOICES: 6,
    }
    assert state.findings is not None
    assert [(one.name, one.reason) for one in state.findings.skipped] == [("readme.txt", "no table in it")]
    assert [one.entity for one in state.taken] == [
        EntityKind.ACCOUNTS,
        EntityKind.INVOICES,
        EntityKind.TICKETS,
    ]
    assert words.title(state) == "2 questions before 18 rows can come in"


def test_files_that_come_later_join_those_that_are_listed(model: ImportViewModel, folder: Path) -> None:
    model.add_paths([folder / ACCOUNTS])
    model.set_field(ACCOUNTS, "tier", None)
    model.add_paths([folder / TICKETS])
    assert [table.name for table in model.state.tables] == [ACCOUNTS, TICKETS]
    assert field_of(model.state, ACCOUNTS, "tier") is None
    model.add_paths([folder / TICKETS])
    assert len(model.state.tables) == 2


def test_answers_open_the_way_and_can_be_taken_back(model: ImportViewModel, folder: Path) -> None:
    model.add_paths([folder])
    model.select(TICKETS)
    assert model.state.preview is not None
    assert model.state.preview.accepted == 0
    model.answer(question(model.state, QuestionKind.DATE_ORDER), "dmy")
    assert model.state.preview.accepted == N_TICKETS
    model.answer(question(model.state, QuestionKind.CURRENCY), "EUR")
    assert model.state.blocking == ()
    assert words.title(model.state) == "3 files to import"
    model.ask_again(TICKETS)
    assert [one.kind for one in model.state.blocking] == [QuestionKind.DATE_ORDER]


def test_times_without_a_zone_are_taken_as_somebody_says(model: ImportViewModel, tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text(
        "ticket id,account,created at,closed at\n"
        "1,Marlowe Freight,2026-07-01 08:12:00,2026-07-02T10:00:00Z\n"
        "2,Marlowe Freight,2026-07-03 09:30:00,2026-07-04T10:00:00Z\n"
    )
    model.add_paths([path])
    table, mapping = model.state.current, model.state.mapping_of("tickets.csv")
    assert table is not None
    assert mapping is not None
    assert words.naive_times(table, mapping) == ("created at",)
    model.set_time_zone("tickets.csv", "America/New_York")
    changed = model.state.mapping_of("tickets.csv")
    assert changed is not None
    assert changed.time_zone == "America/New_York"


def test_closing_while_a_job_reads_leaves_the_folder_to_that_job(
    desk: Desk, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    analysis = Analysis(lambda: desk.workspace)
    analysis.read([folder], no_progress, NeverCancelled())

    def close_meanwhile(_files: FileSet, mapping: Mapping) -> Mapping:
        analysis.close()
        assert any(scratch.iterdir())
        return mapping

    analysis.change(close_meanwhile)
    assert list(scratch.iterdir()) == []
    with pytest.raises(SourceError):
        analysis.preview(ACCOUNTS)


def test_a_question_of_a_skipped_file_blocks_nothing(model: ImportViewModel, folder: Path) -> None:
    model.add_paths([folder])
    model.set_entity(INVOICES, None)
    assert [one.table for one in model.state.blocking] == [TICKETS]
    assert words.table_sign(model.state, INVOICES).text == "not imported"


def test_two_quick_changes_of_one_column_end_with_the_last(
    qapp: QApplication, tmp_path: Path, folder: Path
) -> None:
    held = open_desk(tmp_path, hold=True)
    model = ImportViewModel(held.context, NEVER)
    model.add_paths([folder])
    held.jobs.run_all()
    model.set_field(ACCOUNTS, "tier", "industry")
    model.set_field(ACCOUNTS, "tier", None)
    assert model.state.working
    assert len(held.jobs.pending) == 1
    held.jobs.run_all()
    assert not model.state.working
    assert field_of(model.state, ACCOUNTS, "tier") is None
    model.shutdown()
    held.workspace.close()


def test_a_column_that_goes_elsewhere_is_previewed_there(model: ImportViewModel, folder: Path) -> None:
    model.add_paths([folder])
    model.select(ACCOUNTS)
    model.set_field(ACCOUNTS, "tier", "industry")
    assert model.state.preview is not None
    assert "Industry" in [field.label for field in model.state.preview.fields]


def test_a_file_is_read_in_another_way_on_request(model: ImportViewModel, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Report of today\naccount_id;company\nA-1;Marlowe\nA-2;Kestrel\n")
    model.add_paths([path])
    reading = Reading(
        ReadOptions(delimiter=";", header_line=2), DecimalStyle.COMMA, "Europe/Berlin", Duplicates.LAST
    )
    model.reread("odd.csv", reading)
    assert model.state.fault is None
    mapping = model.state.mapping_of("odd.csv")
    assert mapping is not None
    assert (mapping.decimals, mapping.time_zone, mapping.duplicates) == (
        DecimalStyle.COMMA,
        "Europe/Berlin",
        Duplicates.LAST,
    )
    assert [column.name for column in model.state.tables[0].columns] == ["account_id", "company"]


def test_matches_are_saved_and_used_again(
    model: ImportViewModel, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    said: list[str] = []
    model.saved.connect(said.append)
    model.add_paths([folder])
    model.set_field(ACCOUNTS, "tier", None)
    template = tmp_path / "matches.toml"
    model.save_template(template)
    assert said == ["Matches saved as “matches.toml”"]
    model.start_over()
    assert model.state == WizardState()
    model.add_paths([folder])
    assert field_of(model.state, ACCOUNTS, "tier") == "tier"
    model.load_template(template)
    assert field_of(model.state, ACCOUNTS, "tier") is None


def test_a_broken_template_is_told_and_changes_nothing(
    model: ImportViewModel, folder: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("files = [")
    model.add_paths([folder])
    before = model.state.findings
    model.load_template(broken)
    assert isinstance(model.state.fault, ConvergeDeskError)
    assert model.state.findings == before


def test_a_path_that_is_gone_is_told_and_what_was_read_stays(
    model: ImportViewModel, folder: Path, tmp_path: Path
) -> None:
    model.add_paths([folder])
    model.add_paths([tmp_path / "gone.csv"])
    assert isinstance(model.state.fault, ConvergeDeskError)
    assert model.state.paths == (folder,)
    assert len(model.state.tables) == 3
    model.go_to(Step.FILES)
    assert model.state.fault is None


def test_reading_can_be_stopped(qapp: QApplication, tmp_path: Path, folder: Path) -> None:
    held = open_desk(tmp_path, hold=True)
    model = ImportViewModel(held.context, NEVER)
    model.add_paths([folder])
    assert model.state.reading is not None
    model.stop_reading()
    held.jobs.run_all()
    assert model.state.reading is None
    assert model.state.paths == ()
    assert model.state.findings is None
    model.shutdown()
    held.workspace.close()


def test_steps_open_one_after_another(model: ImportViewModel, folder: Path) -> None:
    assert not model.can_go_to(Step.COLUMNS)
    model.add_paths([folder])
    assert model.can_go_to(Step.COLUMNS)
    assert not model.can_go_to(Step.TOTALS)
    assert not model.can_go_to(Step.IMPORT)
    model.check_totals()
    assert model.state.running is None, "an open question blocks the try"


def test_example_files_are_written_where_wanted(model: ImportViewModel, tmp_path: Path) -> None:
    said: list[str] = []
    model.saved.connect(said.append)
    place = tmp_path / "examples"
    place.mkdir()
    model.save_examples(place)
    assert any(place.glob("*.csv"))
    assert said[0].endswith("saved in “examples”")


def test_nothing_is_saved_by_looking(model: ImportViewModel, desk: Desk, folder: Path) -> None:
    model.add_paths([folder])
    model.answer(question(model.state, QuestionKind.DATE_ORDER), "dmy")
    model.start_over()
    assert tickets(desk.workspace, TicketQuery()).total == MANY_TICKETS + 3
