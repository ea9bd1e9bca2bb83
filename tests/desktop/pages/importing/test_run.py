"""The import as a process of its own: the program's real command line, and processes that misbehave."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.importing import words
from convergedesk.desktop.pages.importing.outcome import read_outcome
from convergedesk.desktop.pages.importing.page import own_command
from convergedesk.desktop.pages.importing.run import RunFailedError
from convergedesk.desktop.pages.importing.state import Step
from convergedesk.desktop.pages.importing.view_model import ImportViewModel
from convergedesk.domain.money import Money
from convergedesk.domain.tickets import TicketQuery
from convergedesk.workspace.changes import Changes
from convergedesk.workspace.tickets import tickets
from tests.desktop.pages.desk import MANY_TICKETS, Desk, open_desk
from tests.desktop.pages.importing.exports import N_ACCOUNTS, N_TICKETS, write_exports

ROWS = N_ACCOUNTS + N_TICKETS + 6
PATIENCE_MS = 60_000


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


def ready(desk: Desk, folder: Path, command: tuple[str, ...]) -> ImportViewModel:
    """A wizard with files read and questions answered, just before the totals are checked."""
    model = ImportViewModel(desk.context, command)
    model.add_paths([write_exports(folder / "exports")])
    for value in ("EUR", "dmy"):
        model.answer(model.state.blocking[0], value)
    assert model.state.blocking == ()
    return model


def script(text: str) -> tuple[str, ...]:
    """A process that does something else than importing."""
    return (sys.executable, "-c", f"import json, os, sys, time\nsys.stdin.readline()\n{text}\nsys.exit(0)")


def until_ended(qtbot: QtBot, model: ImportViewModel) -> None:
    qtbot.waitUntil(lambda: model.state.running is None, timeout=PATIENCE_MS)


def test_the_try_keeps_nothing_and_the_import_keeps_everything(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    published: list[Changes] = []
    desk.changes.published.connect(published.append)
    model = ready(desk, tmp_path, own_command())
    model.check_totals()
    assert model.state.running is not None
    until_ended(qtbot, model)
    trial = model.state.trial
    assert model.state.fault is None
    assert trial is not None
    assert model.state.step is Step.TOTALS
    assert (trial.rows, trial.new, trial.rejected, trial.waiting) == (ROWS, ROWS - 1, 1, 1)
    assert trial.totals.money == (("Invoices", Money(210_300, "EUR")),)
    assert trial.totals.priorities == (("Urgent", 3), ("High", 3), ("Normal", 3), ("Low", 3))
    assert tickets(desk.workspace, TicketQuery()).total == MANY_TICKETS + 3
    assert published == []
    model.start_import()
    until_ended(qtbot, model)
    assert model.state.fault is None
    assert model.state.result is not None
    assert model.state.result.imported == ROWS - 1
    assert words.title(model.state) == f"{ROWS - 1} rows are in, 1 rejected"
    assert tickets(desk.workspace, TicketQuery()).total == MANY_TICKETS + 3 + N_TICKETS - 1
    assert len(published) == 1
    model.shutdown()


def test_a_change_after_the_try_asks_for_another_try(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    tried = script('print(json.dumps({"summary": {"dry_run": True, "files": []}}))')
    model = ready(desk, tmp_path, tried)
    model.check_totals()
    until_ended(qtbot, model)
    assert model.can_go_to(Step.TOTALS)
    model.go_to(Step.COLUMNS)
    model.set_field("accounts.csv", "tier", None)
    assert model.state.trial is None
    assert not model.can_go_to(Step.TOTALS)
    model.shutdown()


def test_progress_carries_rows_and_a_fault_its_sentence(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    said = '{"error": {"sentence": "The disk is full.", "fix": "Make room."}}'
    command = script(
        'print(json.dumps({"done": 40, "total": 100, "message": "Reading tickets.csv"}), flush=True)\n'
        f"print('{said}', flush=True)\nsys.exit(4)"
    )
    model = ready(desk, tmp_path, command)
    seen: list[tuple[int, int | None]] = []
    model.changed.connect(lambda: seen.append(_progress(model)))
    model.check_totals()
    until_ended(qtbot, model)
    assert (40, 100) in seen
    assert isinstance(model.state.fault, RunFailedError)
    assert str(model.state.fault) == "The disk is full. Make room."
    assert model.state.step is Step.COLUMNS


def _progress(model: ImportViewModel) -> tuple[int, int | None]:
    running = model.state.running
    return (running.done, running.total) if running is not None else (-1, None)


def test_a_process_that_dies_is_told_in_plain_words(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    model = ready(desk, tmp_path, script('sys.stderr.write("Traceback: inner words")\nos._exit(9)'))
    model.check_totals()
    until_ended(qtbot, model)
    fault = model.state.fault
    assert isinstance(fault, RunFailedError)
    assert fault.sentence == "The import ended before it was done."
    assert "Traceback" not in str(fault)
    assert "inner words" in fault.details


def test_a_program_that_is_not_there_is_told(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    model = ready(desk, tmp_path, (str(tmp_path / "no-such-program"),))
    model.check_totals()
    until_ended(qtbot, model)
    assert isinstance(model.state.fault, RunFailedError)


def test_a_run_that_is_stopped_tells_what_it_kept(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    waits = (
        "import signal\n"
        'told = {"state": "cancelled", "files": [], "message": "Stopped.", "dry_run": False}\n'
        "def end(*_):\n"
        '    print(json.dumps({"summary": told}), flush=True)\n'
        "    os._exit(4)\n"
        "signal.signal(signal.SIGTERM, end)\n"
        'print(json.dumps({"done": 5, "total": 9, "message": "Saving"}), flush=True)\n'
        "signal.pause()"
    )
    model = ready(desk, tmp_path, script(waits))
    model._set(trial=read_outcome({"dry_run": True, "files": []}))
    model.start_import()
    qtbot.waitUntil(lambda: _progress(model) == (5, 9), timeout=PATIENCE_MS)
    model.stop_run()
    assert model.state.stopping
    until_ended(qtbot, model)
    assert model.state.result is not None
    assert model.state.result.cancelled
    assert words.title(model.state) == "Stopped: 0 rows kept"


def test_a_killed_import_says_how_far_it_came(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    waits = (
        'print(json.dumps({"done": 5, "total": 9, "message": "Saving"}), flush=True)\n'
        "import signal\nsignal.pause()"
    )
    model = ready(desk, tmp_path, script(waits))
    model._set(trial=read_outcome({"dry_run": True, "files": []}))
    model.start_import()
    qtbot.waitUntil(lambda: _progress(model) == (5, 9), timeout=PATIENCE_MS)
    model.stop_run()
    until_ended(qtbot, model)
    assert words.title(model.state) == "The import was stopped"
    assert words.stopped_sentence(model.state).startswith("It was stopped at about 5 of 9 rows.")
    model.start_over()
    assert model.state.paths == ()


def test_closing_the_program_ends_the_child_and_leaves_no_file(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    model = ready(desk, tmp_path, script("import signal\nsignal.pause()"))
    model.check_totals()
    assert any(scratch.glob("convergedesk-mapping-*"))
    model.shutdown()
    assert list(scratch.iterdir()) == []
