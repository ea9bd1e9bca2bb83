"""One measured figure and the limit that it is held to."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """What one benchmark measured.

    Attributes:
        name: What was measured, as a reader who has not seen the code would say it.
        value: The measured value, in `unit`.
        unit: Its unit: `ms`, `rows/s`, `×`, `%`, `MiB`.
        limit: What the value is held to, in the same unit; None for a figure that is only shown beside
            another, such as a peer's.
        kind: `ratio` for a figure relative to another on the same machine, `time` for an absolute one,
            which is true of this machine alone.
        lower_is_better: Whether `limit` is an upper or a lower bound.
        note: What the reader needs to judge it: sizes, what it is relative to.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    kind: Literal["ratio", "time"] = "time"
    lower_is_better: bool = True
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the limit is kept; a figure without one always holds."""
        if self.limit is None:
            return True
        return self.value <= self.limit if self.lower_is_better else self.value >= self.limit
