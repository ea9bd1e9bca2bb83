"""Free memory goes back to the system, which glibc keeps for the thread that had it.

A look at the whole book in a thread of its own leaves tens of megabytes behind that the program may
never need again. Elsewhere than on glibc both functions do nothing: the system's own ways suffice.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_M_ARENA_MAX = -8
_ARENAS = 2


def share_arenas() -> None:
    """Let all threads take their memory from two places, so that one reuses what another gave up."""
    if (library := _glibc()) is not None:
        library.mallopt(_M_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Return what is free; takes milliseconds, so it is done after long work and off the GUI thread."""
    if (library := _glibc()) is not None:
        library.malloc_trim(0)


@cache
def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
