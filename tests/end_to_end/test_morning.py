"""A success manager's morning: the real program on a real screen, moved by real keys and clicks.

Open, search, log a check-in, add a goal, move its target, undo, lock, unlock, find it again. Every step waits
for what it brings; `--morning-pictures DIR` keeps a picture of each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.morning_screen import Program, Screen, program, require, screen

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

PASSPHRASE = "correct horse"
CUSTOMER = "Marlowe Freight"
WISH = "Parcels booked without a call"
SAID = "They want to book parcels without calling us."
SETTINGS = {
    "you.name": "Amira Haddad",
    "you.offer_tour": False,
    "appearance.theme": "light",
    "appearance.reduced_motion": True,
    "security.lock_after_minutes": 0,
    "security.lock_on_sleep": False,
}


class Morning:
    """What she does, each with its picture."""

    def __init__(self, on: Screen, seen: Program, pictures: Path | None) -> None:
        self.on = on
        self.seen = seen
        self._pictures = pictures
        self._number = 0

    def picture(self, name: str) -> None:
        """Keep what is on screen, once it stands still."""
        self.seen.still()
        self._number += 1
        shown = self.on.picture()
        colours = {
            shown.pixel(x, y) for x in range(0, shown.width(), 16) for y in range(0, shown.height(), 16)
        }
        assert len(colours) > 5, f"nothing is on screen at “{name}”"
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            assert shown.save(str(self._pictures / f"{self._number:02}-{name}.png"))

    def click(self, **wanted: object) -> None:
        """Click something once it can be clicked."""
        found = self.seen.find(**wanted)
        self.on.click(found["x"], found["y"])

    def fill(self, name: str, words: str, **wanted: object) -> None:
        """Click into a field and write over what it holds."""
        self.click(name=f"^{name}", **wanted)
        self.seen.find(name=f"^{name}", focused=True, **wanted)
        self.on.press("ctrl+a")
        self.on.write(words)
        self.seen.find(name=f"^{name}", text=f"^{words}$", **wanted)

    def unlock(self) -> None:
        """Write the passphrase."""
        self.fill("Passphrase", PASSPHRASE)
        self.on.press("Return")
        self.seen.gone(name="^Passphrase")
        self.seen.find(kind="NavRail")
        self.on.give_keyboard("ConvergeDesk$")

    def search(self, words: str, hit: str, name: str) -> None:
        """Look something up and open it."""
        self.on.press("ctrl+k")
        self.seen.find(name="^Search or run", kind="QLineEdit", focused=True)
        self.on.write(words)
        self.seen.find(kind="row", name="^Results$", text=hit)
        self.picture(name)
        self.on.press("Return")
        self.seen.gone(name="^Search or run", kind="QLineEdit")


@pytest.fixture
def book(home: Path, tmp_path: Path) -> Path:
    settings = home / "config" / "ConvergeDesk" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(SETTINGS))
    path = tmp_path / "book.converge"
    told("sample", path, "--accounts", "4", "--meters", "2", "--days", "150", "--tickets", "40")
    return path


def told(command: str, path: Path, *words: str) -> Any:
    """What the command line says of the file."""
    done = subprocess.run(
        [sys.executable, "-m", "convergedesk", command, *words, "--workspace", str(path), "--json"],
        env={**os.environ, "CONVERGEDESK_PASSPHRASE": PASSPHRASE},
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.fixture
def morning(book: Path, home: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Morning]:
    require()
    folder = request.config.getoption("--morning-pictures")
    with screen(tmp_path) as on, program(on, book, tmp_path) as seen:
        one = Morning(on, seen, None if folder is None else Path(folder))
        try:
            yield one
        finally:
            faults = home / "state" / "ConvergeDesk" / "log" / "faults.log"
            assert not faults.exists(), faults.read_text()[-3_000:]
    assert (tmp_path / "stderr.txt").read_text() == ""


def test_a_morning_from_the_passphrase_to_finding_it_all_again(morning: Morning, book: Path) -> None:
    on, seen = morning.on, morning.seen
    seen.find(name="^Passphrase")
    morning.picture("locked-file")
    morning.unlock()
    seen.find(kind="row", text=CUSTOMER)
    morning.picture("home")

    morning.search("marl", CUSTOMER, "search")
    seen.find(kind="ElidedLabel", text=f"^{CUSTOMER}$")
    seen.find(kind="tab", text="^Goals")
    morning.picture("account")

    on.press("ctrl+l")
    morning.fill("What was said", SAID)
    morning.fill("Next step", "Send the booking guide")
    morning.picture("check-in")
    on.press("ctrl+Return")
    seen.gone(kind="CheckInDialog")
    morning.click(kind="tab", text="^Notes")
    seen.find(text=SAID)
    morning.picture("check-in-logged")

    morning.click(kind="tab", text="^Goals")
    morning.click(kind="Button", text="^Add goal$")
    morning.fill("What the customer wants", WISH)
    morning.fill("Start", "10")
    morning.fill("Target", "60")
    morning.fill("Unit", "a day")
    morning.picture("goal")
    on.press("ctrl+Return")
    seen.gone(kind="GoalDialog")
    seen.find(kind="GoalRow", name=WISH)
    morning.picture("goal-added")

    morning.click(name=f"^More for {WISH}$")
    morning.click(kind="action", text="^Open$")
    morning.fill("Target", "90")
    seen.find(text="^Saved on this laptop")
    morning.picture("target-moved")
    on.press("Escape")
    seen.gone(name="^What the customer wants")
    seen.find(text="^target 90")

    on.press("ctrl+z")
    seen.find(text="^target 60")
    morning.picture("undone")

    on.press("ctrl+shift+l")
    seen.find(text="is locked$")
    shown = json.dumps(seen.everything())
    assert CUSTOMER not in shown
    assert WISH not in shown
    morning.picture("locked")
    morning.unlock()
    seen.find(kind="GoalRow", name=WISH)
    morning.picture("unlocked")

    morning.search("parcels booked", WISH, "found-again")
    seen.find(name="^Target", text="^60$")
    morning.picture("goal-again")
    on.press("Escape")
    seen.gone(name="^Target")

    morning.search("without calling", "book parcels without calling", "found-check-in")
    seen.find(text=SAID)
    morning.picture("check-in-again")

    seen.process.terminate()
    seen.process.wait(60)
    (goal,) = [one for one in told("goals", book)["goals"] if one["view"]["goal"]["title"] == WISH]
    assert goal["view"]["goal"]["target"] == 60
    kinds = {group["kind"] for group in told("search", book, "calling")["groups"]}
    assert "check_in" in kinds
