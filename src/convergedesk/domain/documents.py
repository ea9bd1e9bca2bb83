"""Files that are kept inside the workspace: which may be, and how their content is named."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from convergedesk.domain.errors import SourceError

LARGEST: Final = 25 * 1024 * 1024

# By suffix: the media type, and how a file of that kind begins. None of them is run when it is opened.
_KINDS: Final = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".tif": ("image/tiff", (b"II*\x00", b"MM\x00*")),
    ".tiff": ("image/tiff", (b"II*\x00", b"MM\x00*")),
}
SUFFIXES: Final = tuple(_KINDS)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as the workspace keeps it.

    Attributes:
        digest: SHA-256 of the content, in hexadecimal.
        media_type: Such as 'application/pdf'.
        content: The bytes.
    """

    digest: str
    media_type: str
    content: bytes


def suffix_of(name: str) -> str:
    """The suffix of a file's name in small letters, with its dot; empty where it has none."""
    stem, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot and stem else ""


def document_of(name: str, content: bytes) -> Document:
    """A file as a document.

    Raises:
        SourceError: It is empty, too large, of another kind, or not what its name says.
    """
    kind = _KINDS.get(suffix_of(name))
    if kind is None:
        raise SourceError(
            f"“{name}” is neither a PDF nor a picture of a scan.",
            fix="Save the signed copy as PDF, PNG, JPEG or TIFF.",
        )
    if len(content) > LARGEST:
        raise SourceError(
            f"“{name}” is larger than {LARGEST // 1024**2} MB.", fix="Scan it at a lower resolution."
        )
    media_type, beginnings = kind
    if not content.startswith(beginnings):
        raise SourceError(
            f"“{name}” is not what its name says.", fix="Open it where it came from and save it as PDF."
        )
    return Document(hashlib.sha256(content).hexdigest(), media_type, content)
