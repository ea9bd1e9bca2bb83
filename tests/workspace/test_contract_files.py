"""Contracts of files come in as one edit, and come out as they were."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from convergedesk.domain.errors import SourceError
from convergedesk.workspace import edits
from convergedesk.workspace.contract_files import contracts_text, example, import_contracts
from convergedesk.workspace.contracts import contract_book
from tests.store.rows import add_meter
from tests.workspace.book import Book, open_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        for name in ("API calls", "Active seats"):
            add_meter(opened.workspace.store, name)
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "contracts.csv"
    path.write_text(example().replace("Acme Robotics", "ACME"), "utf-8-sig")
    return path


def test_a_file_comes_in_once_and_goes_out_as_it_was(book: Book, file: Path) -> None:
    done = import_contracts(book.workspace, file)
    assert (done.added, done.changed, done.unchanged, done.rejects) == (2, 0, 0, ())
    base = next(one for one in contract_book(book.workspace, book.acme).contracts if one.amends_id is None)
    assert contracts_text(book.workspace) == example().replace("Acme Robotics", "Acme")
    assert contracts_text(book.workspace, book.site).count("\n") == 1
    again = import_contracts(book.workspace, file)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert again.changes.edit_id is None
    file.write_text(file.read_text("utf-8-sig").replace("0.0016", "0.0015"), "utf-8")
    third = import_contracts(book.workspace, file)
    assert (third.added, third.changed, third.unchanged) == (0, 1, 1)
    assert any(one.id == base.id for one in contract_book(book.workspace, book.acme).contracts)


def test_the_whole_import_is_one_step_of_undo(book: Book, file: Path) -> None:
    import_contracts(book.workspace, file)
    assert edits.undo(book.workspace) is not None
    assert contract_book(book.workspace, book.acme).contracts == ()


def test_an_amendment_of_what_is_not_there_is_named(book: Book, file: Path) -> None:
    lines = file.read_text("utf-8-sig").splitlines()
    kept = [lines[0], *(one for one in lines if "Amendment 1" in one)]
    file.write_text("\n".join(kept), "utf-8")
    done = import_contracts(book.workspace, file)
    assert done.added == 0
    assert "“Order form 2026”, which it amends, is not there." in [one.reason for one in done.rejects]


def test_a_file_that_is_no_text_is_refused(book: Book, tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(SourceError):
        import_contracts(book.workspace, odd)
    with pytest.raises(SourceError):
        import_contracts(book.workspace, tmp_path / "missing.csv")
