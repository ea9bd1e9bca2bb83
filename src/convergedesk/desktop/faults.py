"""Turns an exception into what stands on a page: plain words, and details for whoever can use them."""

from __future__ import annotations

import traceback

from convergedesk.desktop.widgets.states import ErrorState
from convergedesk.domain.errors import ConvergeDeskError


def details_of(error: BaseException) -> str:
    """Technical text for 'Copy details'; a fault's own where it has some."""
    if isinstance(error, ConvergeDeskError):
        return error.details or str(error)
    return "".join(traceback.format_exception(error))


def sentence_of(error: BaseException) -> str:
    """The person's sentence: a fault's own, and the same calm one for every bug."""
    if isinstance(error, ConvergeDeskError):
        return str(error)
    return "Something went wrong inside the program. Your data is safe; the details can be copied."


def error_state(failed: str, error: BaseException, *, fix: str = "Try again") -> ErrorState:
    """An `ErrorState` that says what failed, why, and offers one way on."""
    return ErrorState(failed, sentence_of(error), fix=fix, details=details_of(error))
