"""The guide's pages as they ship with the program, read without a connection."""

from __future__ import annotations

import re
from pathlib import Path

import convergedesk

# A picture is of no use where it cannot be shown: the program carries the guide's text alone.
_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\s*$\n?", re.MULTILINE)
# What lies outside the guide, such as a decision's paper, is named and not led to.
_OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./[^)]*\)")
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


def guide_folder() -> Path:
    """Where the pages are: in the package, or beside the sources that it runs from."""
    package = Path(convergedesk.__file__).parent
    shipped = package / "guide"
    return shipped if shipped.is_dir() else package.parents[1] / "docs" / "guide"


def guide_pages() -> tuple[str, ...]:
    """The names of all pages."""
    return tuple(sorted(path.stem for path in guide_folder().glob("*.md")))


def read_guide(name: str) -> str:
    """A page as Markdown, without its pictures and without links to what does not ship with it.

    Raises:
        FileNotFoundError: There is no such page.
    """
    text = (guide_folder() / f"{name}.md").read_text(encoding="utf-8")
    return _OUTSIDE.sub(r"\1", _PICTURE.sub("", text))


def title_of(markdown: str) -> str:
    """The page's first heading."""
    found = _HEADING.search(markdown)
    return found.group(1) if found else "Guide"


def without_title(markdown: str) -> str:
    """The page below its first heading, which a dialog shows as its own title."""
    return _HEADING.sub("", markdown, count=1).lstrip()
