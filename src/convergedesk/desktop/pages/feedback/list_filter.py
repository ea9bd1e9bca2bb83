"""Which of all feedback is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from convergedesk.domain.feedback import RequestStatus
from convergedesk.figures.feedback import FeedbackBook, FeedbackGroup


class Shown(Enum):
    """What kind of group the person looks at."""

    ALL = "all"
    REQUESTS = "requests"
    FEATURES = "features"
    WAITING = "waiting"


SHOWN_WORDS = {
    Shown.ALL: "Everything",
    Shown.REQUESTS: "Requests",
    Shown.FEATURES: "Features without a request",
    Shown.WAITING: "Without an answer",
}


@dataclass(frozen=True, slots=True)
class FeedbackFilter:
    """What is asked for.

    Attributes:
        text: Words that all occur in a title, a feature, an account's name or what was said.
        shown: What kind of group.
        status: What became of it; None for any.
        feature: Name of the feature; None for any, empty for none.
    """

    text: str = ""
    shown: Shown = Shown.ALL
    status: RequestStatus | None = None
    feature: str | None = None

    def passes(self, group: FeedbackGroup) -> bool:
        """Whether the group is asked for."""
        request = group.request
        if self.shown is Shown.FEATURES and request is not None:
            return False
        if self.shown is Shown.REQUESTS and request is None:
            return False
        if self.shown is Shown.WAITING and group.waits_since is None:
            return False
        if self.status is not None and (request is None or request.status is not self.status):
            return False
        named = "" if group.feature is None else group.feature.name
        return (self.feature is None or named == self.feature) and self._says(group)

    def _says(self, group: FeedbackGroup) -> bool:
        words = self.text.casefold().split()
        if not words:
            return True
        parts = [group.title, "" if group.feature is None else group.feature.name]
        parts += [asker.name for asker in group.askers]
        parts += [request.title for request in group.merged]
        parts += [f"{item.body} {item.author}" for item in group.items]
        told = " ".join(parts).casefold()
        return all(word in told for word in words)


def listed(book: FeedbackBook) -> tuple[FeedbackGroup, ...]:
    """The book's groups as rows: requests by revenue at stake, what is not sorted, then bare features."""
    requests = [group for group in book.groups if group.request is not None]
    features = [group for group in book.groups if group.request is None]
    unsorted = [FeedbackGroup("Not sorted yet", None, None, items=book.unsorted)] if book.unsorted else []
    return (*requests, *unsorted, *features)
