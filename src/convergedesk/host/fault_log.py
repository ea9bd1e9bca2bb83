"""Where unexpected faults are written down, so that a person sees a sentence and not a trace."""

from __future__ import annotations

import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from convergedesk import __version__

_NAME = "faults.log"
_MOST_BYTES = 1_000_000


def write_fault(folder: Path, error: BaseException) -> Path | None:
    """Append what happened to the log of faults.

    Returns:
        The log, or None where it cannot be written either.
    """
    path = folder / _NAME
    head = f"{datetime.now(UTC).isoformat()} ConvergeDesk {__version__}, Python {platform.python_version()}"
    text = "".join(traceback.format_exception(error))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _MOST_BYTES:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{head}\n{text}\n")
    except OSError:
        return None
    return path
