"""Pictures from outside: read as hostile, kept as a fresh picture that we encoded ourselves.

What was pasted or dropped is decoded within bounds and encoded anew, so that neither a crafted file nor
where and with which camera a photograph was taken gets into the workspace.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from convergedesk.domain.engagement import Picture
from convergedesk.domain.errors import ConvergeDeskError

MAX_BYTES: Final = 10 * 1024 * 1024
_FORMATS: Final = frozenset({"png", "jpeg", "jpg", "gif", "bmp", "webp"})
_LONGEST_SIDE: Final = 2400
_MOST_PIXELS: Final = 60_000_000
_DECODING_MIB: Final = 256
_JPEG_FROM: Final = 400_000
_JPEG_QUALITY: Final = 88


class PictureError(ConvergeDeskError):
    """What was pasted or dropped is no picture that a note can show."""


def read_picture_file(path: Path) -> Picture:
    """The picture in a file.

    Raises:
        PictureError: It cannot be read, is too large, or is no picture.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise PictureError(f"“{path.name}” cannot be read.", details=str(error)) from error
    return read_picture(content)


def read_picture(content: bytes) -> Picture:
    """The picture in encoded bytes, encoded anew.

    Raises:
        PictureError: It is too large, or no picture.
    """
    if len(content) > MAX_BYTES:
        raise PictureError(
            "This picture is larger than 10 MB.", fix="Save it smaller, or cut out the part that matters."
        )
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_DECODING_MIB)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if bytes(reader.format().data()).decode("ascii", "replace") not in _FORMATS or not size.isValid():
        raise PictureError("This is not a picture that a note can show.", fix="Use PNG or JPEG.")
    if size.width() * size.height() > _MOST_PIXELS:
        raise PictureError(
            f"This picture has {size.width():,} × {size.height():,} points, which is too many."
        )
    if max(size.width(), size.height()) > _LONGEST_SIDE:
        reader.setScaledSize(size.scaled(_LONGEST_SIDE, _LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise PictureError("This picture is damaged and cannot be shown.", details=reader.errorString())
    return encode(image)


def encode(image: QImage) -> Picture:
    """An image as it is kept: PNG, or JPEG for a large photograph.

    Raises:
        PictureError: It is empty, or too large even so.
    """
    if image.isNull():
        raise PictureError("There is no picture on the clipboard any more.", fix="Copy it again.")
    if max(image.width(), image.height()) > _LONGEST_SIDE:
        image = image.scaled(
            QSize(_LONGEST_SIDE, _LONGEST_SIDE),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    opaque = not image.hasAlphaChannel()
    # A fresh image: texts and colour profiles of the old one stay behind.
    kind = QImage.Format.Format_RGB888 if opaque else QImage.Format.Format_RGBA8888
    plain = image.convertToFormat(kind)
    for key in plain.textKeys():
        plain.setText(key, "")
    media_type, content = "image/png", _saved(plain, b"png", -1)
    if opaque and len(content) > _JPEG_FROM:
        smaller = _saved(plain, b"jpg", _JPEG_QUALITY)
        if len(smaller) < len(content):
            media_type, content = "image/jpeg", smaller
    if len(content) > MAX_BYTES:
        raise PictureError("This picture is larger than 10 MB.", fix="Cut out the part that matters.")
    return Picture(sha256(content).hexdigest(), media_type, plain.width(), plain.height(), content)


def decode(picture: Picture) -> QImage:
    """A kept picture; null where it is damaged."""
    return QImage.fromData(QByteArray(picture.content))


def _saved(image: QImage, kind: bytes, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(quality)
    writer.write(image)
    return bytes(buffer.data().data())
