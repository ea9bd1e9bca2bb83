"""What is free goes back to the system where the system's library can do that."""

import sys
from pathlib import Path

import pytest

from convergedesk.host import memory

MIB = 2**20


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory is in use")
def test_small_pieces_that_were_freed_go_back():
    # Every second piece stays until the end, so that the library cannot shrink its heap by itself.
    pieces = [bytearray(60_000) for _ in range(2000)]
    kept = pieces[::50]
    del pieces
    before = resident()
    memory.give_back()
    assert resident() <= before
    assert len(kept) == 40


def test_without_the_library_nothing_happens(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memory, "_glibc", lambda: None)
    memory.share_arenas()
    memory.give_back()
