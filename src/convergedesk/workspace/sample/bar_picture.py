"""A small picture of bars, as somebody would paste one into a note; the same bytes everywhere."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from hashlib import sha256

from convergedesk.domain.engagement import Picture

_WIDTH, _HEIGHT = 480, 180
_MARGIN, _GAP = 16, 12
_GROUND, _BAR, _LAST, _LINE = range(4)
_PALETTE = bytes((255, 255, 255, 143, 162, 255, 47, 79, 208, 207, 206, 198))


def bar_picture(values: Sequence[float]) -> Picture:
    """The values as bars from zero, the last one darker."""
    wide = (_WIDTH - 2 * _MARGIN + _GAP) // len(values) - _GAP
    room = _HEIGHT - 2 * _MARGIN
    tops = [_HEIGHT - _MARGIN - round(room * value / max(values)) for value in values]
    rows = b"".join(b"\0" + _packed(_row(y, tops, wide)) for y in range(_HEIGHT))
    head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 2, 3, 0, 0, 0)
    # Stored, not compressed: how a library compresses may change with its version.
    body = zlib.compress(rows, 0)
    chunks = ((b"IHDR", head), (b"PLTE", _PALETTE), (b"IDAT", body), (b"IEND", b""))
    content = b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)
    return Picture(sha256(content).hexdigest(), "image/png", _WIDTH, _HEIGHT, content)


def _row(y: int, tops: Sequence[int], wide: int) -> list[int]:
    floor = _HEIGHT - _MARGIN
    row = [_GROUND] * _WIDTH
    if y == floor:
        row[_MARGIN : _WIDTH - _MARGIN] = [_LINE] * (_WIDTH - 2 * _MARGIN)
    for number, top in enumerate(tops):
        if top <= y < floor:
            left = _MARGIN + number * (wide + _GAP)
            row[left : left + wide] = [_LAST if number == len(tops) - 1 else _BAR] * wide
    return row


def _packed(row: Sequence[int]) -> bytes:
    return bytes(
        row[at] << 6 | row[at + 1] << 4 | row[at + 2] << 2 | row[at + 3] for at in range(0, _WIDTH, 4)
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
