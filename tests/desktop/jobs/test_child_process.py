"""Child processes: their messages, their end, and killing them."""

import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from convergedesk.desktop.jobs.child_process import ChildProcess, ChildResult

PYTHON = (sys.executable, "-u", "-c")


@pytest.fixture
def child(qtbot: QtBot) -> Iterator[ChildProcess]:
    process = ChildProcess(PYTHON)
    yield process
    assert process.shutdown()


def result_of(end: SignalBlocker) -> ChildResult:
    assert end.args is not None
    return end.args[0]


def run(child: ChildProcess, qtbot: QtBot, code: str, secret: bytes | None = None) -> ChildResult:
    with qtbot.waitSignal(child.finished, timeout=20_000) as end:
        child.start([code], secret)
    return result_of(end)


def test_each_line_of_json_is_a_message_and_the_last_is_the_result(child: ChildProcess, qtbot: QtBot) -> None:
    said = []
    child.message.connect(said.append)
    code = "print('{\"rows\": 1}'); print('not json'); print('[1]'); print('{\"rows\": 2}', end='')"
    result = run(child, qtbot, code)
    assert said == [{"rows": 1}, {"rows": 2}]
    assert result == ChildResult(0, {"rows": 2}, "", False)


def test_large_integers_survive(child: ChildProcess, qtbot: QtBot) -> None:
    result = run(child, qtbot, "print('{\"rows\": 9007199254740993}')")
    assert result.last == {"rows": 9007199254740993}


def test_the_secret_goes_through_standard_input(child: ChildProcess, qtbot: QtBot) -> None:
    code = "import sys, json; print(json.dumps({'n': len(sys.stdin.read()), 'argv': sys.argv}))"
    result = run(child, qtbot, code, b"k" * 64)
    assert result.last == {"n": 64, "argv": ["-c"]}


def test_the_exit_code_and_the_errors_come_back(child: ChildProcess, qtbot: QtBot) -> None:
    result = run(child, qtbot, "import sys; sys.stderr.write('no room'); sys.exit(3)")
    assert result.exit_code == 3
    assert result.errors == "no room"
    assert not result.cancelled


def test_cancelling_kills(child: ChildProcess, qtbot: QtBot) -> None:
    with qtbot.waitSignal(child.message, timeout=20_000):
        child.start(["print('{}'); import threading; threading.Event().wait()"])
    with qtbot.waitSignal(child.finished, timeout=20_000) as end:
        child.cancel()
    assert result_of(end).cancelled
    assert result_of(end).exit_code == -1
    assert not child.running


def test_a_second_start_while_running_is_a_mistake_of_ours(child: ChildProcess, qtbot: QtBot) -> None:
    with qtbot.waitSignal(child.message, timeout=20_000):
        child.start(["print('{}'); import threading; threading.Event().wait()"])
    with pytest.raises(RuntimeError):
        child.start(["pass"])


def test_a_program_that_is_not_there_ends_at_once(qtbot: QtBot) -> None:
    child = ChildProcess(("/no/such/program",))
    with qtbot.waitSignal(child.finished) as end:
        child.start([])
    assert result_of(end).exit_code == -1
    assert result_of(end).errors


def test_the_same_object_runs_again(child: ChildProcess, qtbot: QtBot) -> None:
    assert run(child, qtbot, "print('{\"a\": 1}')").last == {"a": 1}
    assert run(child, qtbot, "pass").last is None
