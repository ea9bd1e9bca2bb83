"""Frozen dataclasses as JSON and back: what is computed once and kept, read by its type."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from convergedesk.domain.money import Money

T = TypeVar("T")
_Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]


def to_text(value: object, kind: Any) -> str:
    """The value as JSON; a float that is no number becomes null.

    Args:
        value: A value of that type.
        kind: A dataclass, or a tuple of one, or either or None.

    Raises:
        TypeError: When the type holds something that has no form here.
    """
    return json.dumps(_codec(kind)[0](value), allow_nan=False, separators=(",", ":"))


def from_text(text: str, kind: Callable[..., T]) -> T:
    """The value that `to_text` wrote."""
    return _codec(kind)[1](json.loads(text))


def tuple_from_text(text: str, kind: Callable[..., T]) -> tuple[T, ...]:
    """The tuple of such values that `to_text` wrote."""
    read = _codec(kind)[1]
    return tuple(read(one) for one in json.loads(text))


@cache
def _codec(kind: Any) -> _Codec:
    """How values of a type are written and read."""
    if kind is Money:
        return lambda m: (m.minor_units, m.currency), lambda raw: Money(raw[0], raw[1])
    if is_dataclass(kind):
        return _record(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        (known,) = (one for one in inner if one is not NoneType)
        write, read = _codec(known)
        return (
            lambda value: None if value is None else write(value),
            lambda raw: None if raw is None else read(raw),
        )
    if origin is tuple:
        write, read = _codec(inner[0])
        return lambda values: [write(one) for one in values], lambda raw: tuple(read(one) for one in raw)
    return _plain(getattr(kind, "__supertype__", kind))


def _plain(kind: Any) -> _Codec:
    if kind in (date, datetime):
        return lambda value: value.isoformat(), kind.fromisoformat
    if kind is float:
        return lambda value: float(value) if math.isfinite(value) else None, _number
    if kind in (int, str, bool):
        return kind, kind
    raise TypeError(f"{kind} is not kept as JSON")


def _number(raw: float | None) -> float:
    return math.nan if raw is None else float(raw)


def _record(kind: Any) -> _Codec:
    hints: Mapping[str, Any] = get_type_hints(kind)
    parts = [(field.name, *_codec(hints[field.name])) for field in fields(kind)]

    def write(value: Any) -> list[Any]:
        return [to_raw(getattr(value, name)) for name, to_raw, _ in parts]

    def read(raw: list[Any]) -> Any:
        return kind(*(from_raw(one) for (_, _, from_raw), one in zip(parts, raw, strict=True)))

    return write, read
