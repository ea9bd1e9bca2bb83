"""A screen, a keyboard and a mouse: an X server without a monitor, and xdotool at its controls."""

from __future__ import annotations

import json
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

WIDTH, HEIGHT = 1440, 900
PATIENCE_S = 60
_XWD_HEAD = 25
_NEEDED = {"Xvfb": "xvfb", "xdotool": "xdotool"}


def require() -> None:
    """Skip the test where a program of the system is missing."""
    missing = [package for program, package in _NEEDED.items() if shutil.which(program) is None]
    if missing:
        pytest.skip(f"needs {' and '.join(missing)} (Debian packages)")


class Screen:
    """What is on it, as pixels; and the hands that press keys and click."""

    def __init__(self, display: str, frame: Path) -> None:
        self.environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self._frame = frame

    def press(self, *keys: str) -> None:
        """Press keys one after the other, such as 'ctrl+k' or 'Return'."""
        self._do("key", *keys)

    def write(self, text: str) -> None:
        """Type words."""
        self._do("type", "--delay", "8", text)

    def click(self, x: int, y: int) -> None:
        """Click with the left button."""
        self._do("mousemove", "--sync", str(x), str(y))
        self._do("click", "1")

    def give_keyboard(self, title: str) -> None:
        """Do what a window manager does with a window that has just come: give it the keyboard."""
        self._do("search", "--sync", "--onlyvisible", "--name", title, "windowfocus", "--sync")

    def picture(self) -> QImage:
        """The screen as it is now, from the server's own memory."""
        data = self._frame.read_bytes()
        head = struct.unpack(f">{_XWD_HEAD}I", data[: 4 * _XWD_HEAD])
        size, width, height, line, colors = head[0], head[4], head[5], head[12], head[19]
        start = size + 12 * colors
        pixels = data[start : start + line * height]
        return QImage(pixels, width, height, line, QImage.Format.Format_RGB32).copy()

    def _do(self, *words: str) -> None:
        subprocess.run(
            ["xdotool", *words], env=self.environment, check=True, capture_output=True, timeout=PATIENCE_S
        )


@contextmanager
def screen(folder: Path) -> Generator[Screen]:
    """An X server of the test's own."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp",
         "-fbdir", str(folder)],
        pass_fds=(writer,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    try:
        with os.fdopen(reader) as numbers:
            number = numbers.readline().strip()
        assert number, "Xvfb did not start"
        yield Screen(f":{number}", folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait()


class Program:
    """The program as a process, and what the one at its side says of the screen."""

    def __init__(self, process: subprocess.Popen[bytes], name: str) -> None:
        self.process = process
        self._name = name
        self._link: socket.socket | None = None
        self._lines: Any = None

    def find(self, **wanted: object) -> dict[str, Any]:
        """Wait until something that fits stands on screen; says where. Texts are regular expressions."""
        return self._ask("find", wanted)

    def gone(self, **wanted: object) -> None:
        """Wait until nothing that fits stands on screen."""
        self._ask("gone", wanted)

    def still(self) -> None:
        """Wait until the screen has stood still for a moment."""
        self._ask("still", {})

    def everything(self) -> list[dict[str, Any]]:
        """All that stands on screen."""
        return self._ask("everything", {})

    def close(self) -> None:
        """Ask nothing more."""
        if self._link is not None:
            self._lines.close()
            self._link.close()
            self._link = None

    def _ask(self, ask: str, wanted: dict[str, object]) -> Any:
        link = self._connected()
        link.sendall(json.dumps({"ask": ask, "of": wanted}).encode() + b"\n")
        try:
            line = self._lines.readline()
        except TimeoutError:
            line = b""
        if not line:
            self.close()
            shown = sorted(
                {f"{n['kind']}: {n['name']} · {n['text']}"[:90] for n in self._ask("everything", {})}
            )
            raise AssertionError(
                f"{ask} {wanted}: not within {PATIENCE_S} s. On screen:\n" + "\n".join(shown)
            )
        return json.loads(line)

    def _connected(self) -> socket.socket:
        if self._link is None:
            self._link = socket.socket(socket.AF_UNIX)
            self._link.settimeout(PATIENCE_S)
            self._link.connect(self._name)
            self._lines = self._link.makefile("rb")
        return self._link


@contextmanager
def program(on: Screen, workspace: Path, folder: Path) -> Generator[Program]:
    """The program on a screen, ended with the test."""
    name = str(folder / "told")
    script = Path(__file__).with_name("told_program.py")
    with (folder / "stderr.txt").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", str(script), name, "--workspace", str(workspace)],
            env={**on.environment, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=folder,
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"listening\n", "the program ended"
            seen = Program(process, name)
            yield seen
            seen.close()
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
