"""A note's Markdown as plain words, and the words of a pulse."""

from __future__ import annotations

import re
from typing import Final

from convergedesk.domain.engagement import Pulse

PULSE_WORDS: Final = {Pulse.GOOD: "Good", Pulse.UNSURE: "Unsure", Pulse.AT_RISK: "At risk"}
"""How a pulse is called on every screen and in every export."""

_PICTURE = re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_LINE_MARKS = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,9}[.)][ \t]+)", re.MULTILINE
)
_STRONG = re.compile(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<!\w)([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?!\w)")


def plain_text(markdown: str) -> str:
    """The words on one line, without Markdown's marks; a picture is told by its words."""
    text = _PICTURE.sub(r"\1", markdown)
    text = _LINK.sub(r"\1", text)
    text = _LINE_MARKS.sub("", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\2", text)
    return " ".join(text.split())
