"""A font that makes every text 40 % longer and accents its letters, to try the screens with.

A translation lengthens text, and a page must bear it. Most text here is painted, measured and shortened by
our own code, beside what Qt's labels, menus and tooltips show. What all of it goes through is the font: so
the lengthening is done there. The letters A to Z are drawn with the accented glyphs that the font holds,
and every advance is 40 % wider. Names and figures from the data are lengthened with the rest.

The strings themselves stay as they are: what a screen reader is told and what a test looks for do not change.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

LENGTHENED = 1.4
# As long as 'Roboto', so that the font's own name can be written over in place.
PSEUDO_FAMILY = "Pseudo"
_FAMILY = "Roboto"
_PLAIN = "acdeghijklnorstuwyzACDEGHIJKLNORSTUWYZ"
_ACCENTED = "åçđéĝĥîĵķļñöŕšţûŵýžÅÇĐÉĜĤÎĴĶĻÑÖŔŠŢÛŴÝŽ"
_DIRECTORY = 12
_RECORD = struct.Struct(">4sLLL")
_GROUP = struct.Struct(">LLL")
_SUBTABLE = struct.Struct(">HHLLL")
_ENCODING = struct.Struct(">HHHHL")
_WIDEST = 0xFFFF


def pseudo_font(font: bytes) -> bytes:
    """A TrueType font under another family name, with accented letters and wider advances.

    Args:
        font: A font of the Roboto family, with a character map of format 12.

    Raises:
        ValueError: It has no such map.
    """
    data = bytearray(font)
    tables = _tables(data)
    _widen(data, tables)
    name, length = tables[b"name"]
    renamed = bytes(data[name : name + length]).replace(
        _FAMILY.encode("utf-16-be"), PSEUDO_FAMILY.encode("utf-16-be")
    )
    data[name : name + length] = renamed
    glyphs = _glyphs(data, tables[b"cmap"][0])
    for plain, accented in zip(_PLAIN, _ACCENTED, strict=True):
        if ord(accented) in glyphs:
            glyphs[ord(plain)] = glyphs[ord(accented)]
    _replace(data, b"cmap", _character_map(glyphs))
    return bytes(data)


def _tables(data: bytearray) -> dict[bytes, tuple[int, int]]:
    """Offset and length of every table."""
    (count,) = struct.unpack_from(">H", data, 4)
    records = (_RECORD.unpack_from(data, _DIRECTORY + _RECORD.size * number) for number in range(count))
    return {tag: (offset, length) for tag, _, offset, length in records}


def _widen(data: bytearray, tables: Mapping[bytes, tuple[int, int]]) -> None:
    (metrics,) = struct.unpack_from(">H", data, tables[b"hhea"][0] + 34)
    for number in range(metrics):
        at = tables[b"hmtx"][0] + 4 * number
        (advance,) = struct.unpack_from(">H", data, at)
        struct.pack_into(">H", data, at, min(_WIDEST, round(advance * LENGTHENED)))


def _glyphs(data: bytearray, cmap: int) -> dict[int, int]:
    """The number of the glyph of every character."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">L", data, cmap + 8 + 8 * number)
        kind, _, _, _, groups = _SUBTABLE.unpack_from(data, cmap + offset)
        if kind == 12:
            found = (
                _GROUP.unpack_from(data, cmap + offset + _SUBTABLE.size + _GROUP.size * group)
                for group in range(groups)
            )
            return {
                first + step: glyph + step for first, last, glyph in found for step in range(last - first + 1)
            }
    raise ValueError("the font has no character map of format 12")


def _character_map(glyphs: Mapping[int, int]) -> bytes:
    """A map of one subtable, a group for each character."""
    groups = b"".join(_GROUP.pack(character, character, glyph) for character, glyph in sorted(glyphs.items()))
    head = _SUBTABLE.pack(12, 0, _SUBTABLE.size + len(groups), 0, len(glyphs))
    return _ENCODING.pack(0, 1, 3, 10, _ENCODING.size) + head + groups


def _replace(data: bytearray, wanted: bytes, table: bytes) -> None:
    """Put a table at the end of the font and point the directory there."""
    data.extend(b"\0" * (-len(data) % 4))
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        at = _DIRECTORY + _RECORD.size * number
        tag, checksum, _, _ = _RECORD.unpack_from(data, at)
        if tag == wanted:
            _RECORD.pack_into(data, at, tag, checksum, len(data), len(table))
    data.extend(table)
