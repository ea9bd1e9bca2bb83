"""Only what is a PDF or a picture by name and by content is kept as a signed copy."""

import pytest

from convergedesk.domain.documents import LARGEST, document_of
from convergedesk.domain.errors import SourceError


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("signed.exe", b"%PDF-1.7"),
        ("signed", b"%PDF-1.7"),
        (".pdf", b"%PDF-1.7"),
        ("signed.pdf.desktop", b"%PDF-1.7"),
        ("signed.pdf", b"MZ\x90"),
        ("signed.pdf", b""),
        ("signed.png", b"%PDF-1.7"),
        ("signed.pdf", b"%PDF-" + bytes(LARGEST)),
    ],
)
def test_what_is_not_a_scan_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(SourceError):
        document_of(name, content)


def test_the_same_content_has_the_same_name_whatever_the_file_was_called() -> None:
    one, other = document_of("A3.PDF", b"%PDF-1.7 x"), document_of("copy of A3.pdf", b"%PDF-1.7 x")
    assert one == other
    assert one.media_type == "application/pdf"
