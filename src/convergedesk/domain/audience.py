"""Who may see a piece of content, expressed as a type.

`Internal[T]` and `Shared[T]` are different types on purpose: a function that builds
something for a customer takes `Shared[T]` and a type checker refuses the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Audience(StrEnum):
    """Who may see something. Everything starts internal unless the customer owns it."""

    INTERNAL = "internal"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Internal(Generic[T]):
    """Content that never leaves the company."""

    value: T


@dataclass(frozen=True, slots=True)
class Shared(Generic[T]):
    """Content that the customer may see."""

    value: T
