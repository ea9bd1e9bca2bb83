"""What a page means: one topic for each page and each tab."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Topic(NamedTuple):
    """The explanation of a page.

    Attributes:
        title: The page's name.
        explains: What it shows and what it is for, a paragraph each.
        terms: Names of `terms.TERMS` that stand on it.
        guide: The guide's page to read on in, such as 'goals'.
    """

    title: str
    explains: tuple[str, ...]
    terms: tuple[str, ...]
    guide: str


def tab_key(page: str, tab: str) -> str:
    """The key of a tab's topic."""
    return f"{page}/{tab}"


def topic_of(topics: Mapping[str, Topic], page: str, tab: str | None) -> Topic | None:
    """The topic of a tab, else that of its page, else None."""
    keys: Iterator[str] = iter([tab_key(page, tab), page] if tab is not None else [page])
    return next((topics[key] for key in keys if key in topics), None)
