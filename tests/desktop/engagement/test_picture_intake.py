"""Pictures from outside are read as hostile."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from convergedesk.desktop.engagement.picture_intake import (
    MAX_BYTES,
    PictureError,
    decode,
    encode,
    read_picture,
    read_picture_file,
)


def image(width: int, height: int, *, alpha: bool = False) -> QImage:
    made = QImage(width, height, QImage.Format.Format_ARGB32 if alpha else QImage.Format.Format_RGB32)
    made.fill(QColor(0, 128, 128, 100 if alpha else 255))
    return made


def encoded(made: QImage, kind: bytes, **texts: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    for key, text in texts.items():
        writer.setText(key, text)
    writer.write(made)
    return bytes(buffer.data().data())


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_that_claims(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", [b"png", b"jpg", b"bmp"])
def test_a_picture_is_encoded_anew_and_named_by_its_content(kind: bytes) -> None:
    picture = read_picture(encoded(image(60, 40), kind))
    assert (picture.width, picture.height) == (60, 40)
    assert picture.media_type in ("image/png", "image/jpeg")
    assert picture.digest == sha256(picture.content).hexdigest()
    assert decode(picture).size().toTuple() == (60, 40)


def test_what_a_file_says_beside_its_points_is_left_behind() -> None:
    content = encoded(image(20, 20), b"png", Author="Somebody", Location="48.1, 11.5")
    assert b"Somebody" in content
    assert b"Somebody" not in read_picture(content).content


def test_a_transparent_picture_stays_transparent() -> None:
    assert decode(encode(image(20, 20, alpha=True))).hasAlphaChannel()


def test_a_large_picture_is_made_smaller() -> None:
    picture = encode(image(5000, 1000))
    assert (picture.width, picture.height) == (2400, 480)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture at all",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a\xff\xff\xff\xff",
        encoded(image(60, 40), b"png")[:60],
        png_that_claims(60_000, 60_000),
        png_that_claims(0, 5),
    ],
)
def test_what_is_no_sound_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(PictureError) as refused:
        read_picture(content)
    assert refused.value.sentence


def test_more_than_ten_megabytes_are_not_even_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(PictureError, match="10 MB"):
        read_picture_file(path)


def test_a_file_that_is_gone_is_told() -> None:
    with pytest.raises(PictureError, match="cannot be read"):
        read_picture_file(Path("gone.png"))


@given(st.binary(max_size=400), st.integers(0, 300))
def test_broken_bytes_never_end_the_program(noise: bytes, at: int) -> None:
    sound = encoded(image(8, 8), b"png")
    try:
        read_picture(sound[:at] + noise + sound[at + len(noise) :])
    except PictureError:
        return
