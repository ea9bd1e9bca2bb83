"""A text file as UTF-8 lines that end in LF, whatever its encoding and its newlines.

`survey` looks at every byte once and finds the encoding; `LineChunks` then hands out whole
lines. Both read in pieces, so that a file larger than memory is no matter.
"""

from __future__ import annotations

import codecs
import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

Watch = Callable[[int], None]
"""Told how many bytes of a file were read; raises CancelledError to stop."""

_PIECE = 4 * 1024 * 1024
LONGEST_LINE = 16 * 1024 * 1024
_KEPT_OF_LONG_LINE = 4_000
REPLACEMENT = "�".encode()
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MOST_DOUBTFUL_LINES = 2_000
# What charset-normalizer may answer: encodings that keep ASCII where it is, so that a
# delimiter is a delimiter.
_LEGACY = frozenset(
    [
        *(f"cp{number}" for number in (*range(1250, 1259), 437, 850, 852, 866, 874, 932, 949, 950)),
        *(f"iso8859_{part}" for part in (2, 5, 7, 8, 9, 15)),
        *("latin_1", "koi8_r", "koi8_u", "mac_roman", "mac_cyrillic", "mac_latin2"),
        *("shift_jis", "euc_jp", "euc_kr", "big5", "gb2312", "gbk", "gb18030"),
    ]
)


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over the bytes of a text file found.

    Attributes:
        encoding: Python's name; 'utf-8' also where single lines break it.
        bom: How many bytes of byte order mark to leave out.
        valid: True where every byte fits the encoding (known for UTF-8 only).
        nul: True where a NUL occurs (UTF-8 only).
        lf: Count of LF bytes.
        cr: Count of CR bytes.
        crlf: Count of CR LF pairs.
        packed: True for gzip.
    """

    encoding: str
    bom: int
    valid: bool
    nul: bool
    lf: int
    cr: int
    crlf: int
    packed: bool

    @property
    def plain(self) -> bool:
        """True where DuckDB can read the bytes as they lie: clean UTF-8 with one kind of newline."""
        uniform = self.cr == 0 or self.cr == self.crlf == self.lf
        return self.encoding == "utf-8" and self.valid and not self.nul and not self.packed and uniform

    @property
    def words(self) -> str:
        """The encoding for people; empty for UTF-8, which needs no mention."""
        if self.encoding == "utf-8":
            return ""
        if self.encoding.startswith("cp125"):
            return f"Windows-{self.encoding[2:]}"
        return self.encoding.replace("_", "-").upper()


def is_packed(path: Path) -> bool:
    """True for gzip."""
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def open_bytes(path: Path) -> BinaryIO:
    """The file's bytes, unpacked where it is gzip."""
    return cast(BinaryIO, gzip.open(path, "rb")) if is_packed(path) else path.open("rb")


def _sixteen_bit(head: bytes) -> str | None:
    """UTF-16 without a byte order mark shows as a NUL in nearly every second place."""
    half = len(head) // 2
    if half < 8:
        return None
    even, odd = head[0 : 2 * half : 2].count(0), head[1 : 2 * half : 2].count(0)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _legacy_encoding(doubtful: list[bytes]) -> str:
    import charset_normalizer

    text = b"\n".join(doubtful)
    best = charset_normalizer.from_bytes(text).best()
    if best is None or best.encoding not in _LEGACY:
        return "cp1252"
    # Neighbouring code pages often read a text alike; then the usual one is named.
    alike = text.decode(best.encoding, "replace") == text.decode("cp1252", "replace")
    return "cp1252" if alike else best.encoding


def unwatched(read: int) -> None:
    """A Watch that nobody looks at."""


def survey(path: Path, encoding: str | None = None, watch: Watch = unwatched) -> Survey:
    """Look at every byte once and find out how the text is written.

    Args:
        path: A text file, or a gzip of one.
        encoding: The person's word for it; None to find out.
        watch: Told nothing but that reading goes on, so that it can stop it.

    Raises:
        OSError: The file cannot be read, or is a damaged gzip (also EOFError, zlib.error).
    """
    packed = is_packed(path)
    with open_bytes(path) as file:
        head = file.read(65_536)
        bom, name = next(((len(mark), name) for mark, name in _BOMS if head.startswith(mark)), (0, None))
        if encoding is not None and not (name and name.startswith(encoding.lower())):
            name = encoding
        name = name or _sixteen_bit(head)
        if name is not None and name.lower().replace("_", "-") not in {"utf-8", "utf8"}:
            return Survey(name, bom, valid=False, nul=False, lf=0, cr=0, crlf=0, packed=packed)
        decoder = codecs.getincrementaldecoder("utf-8")()
        lf = cr = crlf = 0
        nul = False
        doubtful: list[bytes] = []
        intact, broken, valid = 0, 0, True
        piece, before, first = head[bom:], b"", True
        while piece:
            lf += piece.count(b"\n")
            found_cr = piece.count(b"\r")
            if found_cr or before == b"\r":
                cr += found_cr
                crlf += (before + piece).count(b"\r\n")
            before = piece[-1:]
            nul = nul or b"\0" in piece
            following = file.read(_PIECE)
            watch(0)
            try:
                decoder.decode(piece, final=not following)
                intact += not piece.isascii()
            except UnicodeDecodeError:
                decoder.reset()
                valid = False
                lines = piece.splitlines()[0 if first else 1 : None if not following else -1]
                found_intact, found_broken = _doubtful_lines(lines, doubtful)
                intact, broken = intact + found_intact, broken + found_broken
            piece, first = following, False
    if encoding is None and broken and (intact < 3 * broken) and doubtful:
        name, bom = _legacy_encoding(doubtful), 0
    else:
        name = "utf-8"
    return Survey(name, bom, valid=valid, nul=nul, lf=lf, cr=cr, crlf=crlf, packed=packed)


def _doubtful_lines(lines: list[bytes], kept: list[bytes]) -> tuple[int, int]:
    """How many lines with signs beyond ASCII are intact UTF-8 and how many are not; some are kept."""
    intact = broken = 0
    for line in lines:
        if line.isascii():
            continue
        try:
            line.decode()
            intact += 1
        except UnicodeDecodeError:
            broken += 1
            if len(kept) < _MOST_DOUBTFUL_LINES:
                kept.append(line[:_KEPT_OF_LONG_LINE])
    return intact, broken


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some whole lines.

    Attributes:
        data: UTF-8 where the text is sound; each line ends in LF.
        too_long: True where this is the beginning of one line longer than LONGEST_LINE.
        final: True where nothing that follows belongs to its last record.
    """

    data: bytes
    too_long: bool = False
    final: bool = False


class LineChunks:
    """Whole lines of a text file in pieces of some megabytes.

    Signs that do not fit a legacy encoding come out as U+FFFD; broken UTF-8 comes out as it
    is, for the reader to find. `again` puts lines back in front of what follows.
    """

    def __init__(self, path: Path, found: Survey, *, piece: int = _PIECE, watch: Watch = unwatched) -> None:
        """Read `path` as `found` says, `piece` bytes at a time, and tell `watch`."""
        self._watch = watch
        self._path = path
        self._found = found
        self._piece = piece
        self._back = b""
        self.transcoded = found.encoding != "utf-8"

    def again(self, data: bytes) -> None:
        """Put whole lines back: the next chunk begins with them."""
        self._back = data

    def _pieces(self) -> Iterator[bytes]:
        read = 0
        with open_bytes(self._path) as file:
            file.read(self._found.bom)
            while piece := file.read(self._piece):
                read += len(piece)
                self._watch(read)
                yield piece

    def _decoded(self) -> Iterator[bytes]:
        if not self.transcoded:
            yield from self._pieces()
            return
        decoder = codecs.getincrementaldecoder(self._found.encoding)(errors="replace")
        for piece in self._pieces():
            yield decoder.decode(piece).encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")

    def _with_line_feeds(self) -> Iterator[bytes]:
        held = b""
        for piece in self._decoded():
            text = held + piece
            held = b""
            if text.endswith(b"\r"):
                text, held = text[:-1], b"\r"
            if b"\r" in text:
                text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            yield text
        if held:
            yield b"\n"

    def __iter__(self) -> Iterator[Chunk]:
        """The chunks in order; the last one is final, and is empty for an empty file."""
        carry: list[bytes] = []
        carried = 0
        skipping = False
        for text in self._with_line_feeds():
            piece = text
            if skipping:
                end = piece.find(b"\n")
                if end < 0:
                    continue
                piece, skipping = piece[end + 1 :], False
            cut = piece.rfind(b"\n") + 1
            if cut:
                carry.append(piece[:cut])
                yield Chunk(self._take_back() + b"".join(carry))
                carry, carried = [], 0
            if cut < len(piece):
                carry.append(piece[cut:])
                carried += len(piece) - cut
            if carried > LONGEST_LINE:
                if self._back:
                    yield Chunk(self._take_back(), final=True)
                yield Chunk(b"".join(carry)[:_KEPT_OF_LONG_LINE] + b"\n", too_long=True)
                carry, carried, skipping = [], 0, True
        rest = b"".join(carry)
        yield Chunk(self._take_back() + (rest + b"\n" if rest else b""), final=True)

    def _take_back(self) -> bytes:
        back, self._back = self._back, b""
        return back
