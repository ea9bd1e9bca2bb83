"""A process that has loaded the program already and runs each command in a copy of itself.

The copies are processes like any other: their own memory, environment and streams. Only the second that
Python takes to load the libraries is spent once.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

ROOMS = ("domain", "host", "store", "figures", "sources", "sync", "workspace", "cli")


class WarmProgram:
    """Starts such a process when the first command comes; ends it with the tests."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def run(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        streams: Sequence[IO[bytes]],
    ) -> int:
        """Run one command; its standard input, output and error are the files given."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.cli.warm"],
                cwd=Path(__file__).parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            atexit.register(self._end)
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        names = [stream.name for stream in streams]
        json.dump({"words": list(words), "environment": dict(environment), "streams": names}, process.stdin)
        process.stdin.write("\n")
        process.stdin.flush()
        return int(process.stdout.readline())

    def _end(self) -> None:
        if self._process is not None:
            self._process.communicate()


def _load() -> None:
    import convergedesk

    for room in ROOMS:
        for path in convergedesk.__path__:
            for module in pkgutil.walk_packages([f"{path}/{room}"], f"convergedesk.{room}."):
                if ".versions." not in module.name:
                    importlib.import_module(module.name)


def _be(order: Mapping[str, object]) -> int:
    """In the copy: become the command."""
    words, environment, streams = order["words"], order["environment"], order["streams"]
    assert isinstance(words, list)
    assert isinstance(environment, dict)
    assert isinstance(streams, list)
    os.environ.clear()
    os.environ.update(environment)
    for number, (name, flags) in enumerate(
        zip(streams, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)
    ):
        opened = os.open(name, flags)
        os.dup2(opened, number)
        os.close(opened)
    from convergedesk.__main__ import main

    try:
        return main(words)
    except SystemExit as ended:
        return int(ended.code or 0)


def _serve() -> None:
    _load()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 70
            try:
                code = _be(json.loads(line))
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
