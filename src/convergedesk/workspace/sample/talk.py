"""The shape of a conversation: what may be said, and in which place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """The sentences of one kind of conversation; slots in braces are filled ticket by ticket.

    Attributes:
        openings: The customer's first message.
        replies: How the first answer begins.
        promises: How it goes on.
        questions: What the agent asks, each with answers that fit it.
        nudges: What the customer writes in between; may be empty.
        notes: Internal notes.
        returns: What the customer writes when it was closed too early; may be empty.
        solutions: What the closing message says.
        thanks: What the customer answers to that.
    """

    openings: tuple[str, ...]
    replies: tuple[str, ...]
    promises: tuple[str, ...]
    questions: tuple[tuple[str, tuple[str, ...]], ...]
    nudges: tuple[str, ...]
    notes: tuple[str, ...]
    returns: tuple[str, ...]
    solutions: tuple[str, ...]
    thanks: tuple[str, ...]
