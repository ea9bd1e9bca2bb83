"""Trying the screens with longer or larger text, and from right to left, before anybody translates them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    from convergedesk.desktop.theme.current import Theme

# A choice of those who build the program, not of those who use it: it stands in no menu.
VARIABLE = "CONVERGEDESK_TEXT_TRIAL"


class TextTrial(NamedTuple):
    """What to try.

    Attributes:
        pseudo: Text that is 40 % longer, with accents.
        right_to_left: Laid out from right to left.
        scale: The size of text; 1.0 is 100 %.
    """

    pseudo: bool = False
    right_to_left: bool = False
    scale: float = 1.0


USUAL = TextTrial()


def trial_of(environ: Mapping[str, str]) -> TextTrial:
    """What the environment asks for: any of 'pseudo' and 'right-to-left', in any order."""
    words = environ.get(VARIABLE, "")
    return TextTrial("pseudo" in words, "right-to-left" in words)


def begin_trial(app: QApplication, theme: Theme, trial: TextTrial) -> QObject | None:
    """Show text so from now on; returns what mirrors the layout, where it is mirrored."""
    if trial.pseudo:
        theme.set_pseudo(pseudo=True)
    if trial.scale != 1.0:
        theme.set_text_scale(trial.scale)
    if trial.right_to_left:
        from convergedesk.desktop.theme.direction import mirror

        return mirror(app)
    return None


@contextmanager
def trying(app: QApplication, theme: Theme, trial: TextTrial) -> Iterator[None]:
    """Show text so for a while."""
    scale = theme.text_scale
    mirrored = begin_trial(app, theme, trial)
    try:
        yield
    finally:
        if mirrored is not None:
            from convergedesk.desktop.theme.direction import unmirror

            unmirror(app, mirrored)
        theme.set_text_scale(scale)
        if trial.pseudo:
            theme.set_pseudo(pseudo=False)
