"""Signed copies of contracts: taken into the encrypted workspace, and read again."""

from __future__ import annotations

from pathlib import Path

from convergedesk.domain.billing import SignedCopy
from convergedesk.domain.documents import LARGEST, document_of
from convergedesk.domain.errors import SourceError
from convergedesk.store import documents
from convergedesk.workspace.session import Workspace


def keep_copy(workspace: Workspace, path: Path) -> SignedCopy:
    """Take a file into the workspace; the file itself stays where it is.

    A contract names it once it is saved with it; a copy that nothing names is dropped a month later.

    Raises:
        SourceError: It cannot be read, is too large, or is neither a PDF nor a picture.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise SourceError(
            f"“{path.name}” cannot be read.", fix="Look whether it is still there.", details=str(error)
        ) from error
    document = document_of(path.name, content)
    documents.keep(workspace.store, document, now=workspace.clock.now())
    return SignedCopy(document.digest, path.name)


def read_copy(workspace: Workspace, copy: SignedCopy) -> bytes:
    """The bytes of a signed copy. Raises NotFoundError."""
    return documents.get(workspace.store, copy.digest).content
