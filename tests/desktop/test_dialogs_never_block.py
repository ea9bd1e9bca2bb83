"""A dialog lies over the window; imports, readings and what the clock does go on beneath it."""

import ast
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.jobs import JobContext, Jobs
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.dialog import Dialog, confirmation

# What starts a loop of its own and leaves everything else waiting until it is answered.
_NESTED = {"exec", "exec_", "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory",
           "getText", "getItem", "getInt", "question", "warning", "critical", "information"}  # fmt: skip
_DIALOGS = {"QMessageBox", "QInputDialog", "QFileDialog", "QColorDialog", "QDialog", "Dialog", "dialog"}


def test_no_dialog_runs_a_loop_of_its_own() -> None:
    found: list[str] = []
    # Pictures are made without a person who could be kept waiting.
    alone = {"picture_stage.py"}
    for path in sorted(Path(str(files("convergedesk.desktop"))).rglob("*.py")):
        if path.name in alone:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value)
                nested = node.func.attr in {"exec", "exec_"} and owner != "app"
                asked = node.func.attr in _NESTED and owner.split(".")[-1] in _DIALOGS
                if nested or asked:
                    found.append(f"{path.name}:{node.lineno} {owner}.{node.func.attr}")
    assert found == []


def test_jobs_and_timers_go_on_while_dialogs_lie_over_the_window(qtbot: QtBot, light: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    jobs = Jobs()
    dialog = Dialog(window, "Discard?")
    dialog.open()
    question = confirmation(dialog, "Sure?", "It has not been saved.", "Discard", destructive=True)
    question.open()
    done: list[int] = []
    progress: list[int] = []
    ticks: list[int] = []
    timer = QTimer(window, interval=1)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()

    def work(context: JobContext) -> int:
        context.progress(1, 2, "half")
        return 42

    jobs.submit(work, write=True, on_done=done.append, on_progress=lambda one: progress.append(one.done))
    jobs.submit(work, on_done=done.append)
    qtbot.waitUntil(lambda: len(done) == 2 and len(ticks) > 2)
    assert done == [42, 42]
    assert progress
    assert dialog.isVisible()
    assert question.isVisible()
    timer.stop()
    assert jobs.shutdown()
