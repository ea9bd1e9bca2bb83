"""The one exception of these scripts, and how it reaches the person at the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class SetUpError(Exception):
    """Something about this machine that stands in the way; the text says what, and what to do."""


def exit_status(main: Callable[[], int]) -> int:
    """Runs `main`; a problem becomes its own sentence and exit status 1, never a traceback."""
    try:
        return main()
    except SetUpError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return 130
