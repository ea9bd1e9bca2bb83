"""Drafts outlive the program until they are dropped."""

from datetime import UTC, datetime
from pathlib import Path

from convergedesk.store import drafts
from convergedesk.store.engine import open_workspace
from convergedesk.store.keys import Key

NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)


def test_the_last_words_are_there_after_the_file_was_closed(path: Path, key: Key) -> None:
    with open_workspace(path, key) as store:
        drafts.keep(store, "goal:1", {"title": "Fas"}, now=NOW)
        drafts.keep(store, "goal:1", {"title": "Faster", "target": 4.5, "due": None}, now=NOW)
    with open_workspace(path, key) as store:
        assert drafts.find(store, "goal:1") == {"title": "Faster", "target": 4.5, "due": None}
        drafts.drop(store, "goal:1")
        assert drafts.find(store, "goal:1") is None
