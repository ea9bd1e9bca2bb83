import sys
from pathlib import Path

import pytest

from convergedesk.desktop.main import given_key, own_command
from convergedesk.domain.errors import UsageError
from convergedesk.store.keys import Key
from tests.desktop.workspace_files import WORDS


def test_the_first_line_of_a_passphrase_file_is_the_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text(f"\ufeff{WORDS}\r\nnot this\n", encoding="utf-8")
    assert given_key(path, {}) == Key.passphrase(WORDS)


def test_the_environment_can_hold_the_passphrase_and_a_file_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("from the file")
    environ = {"CONVERGEDESK_PASSPHRASE": WORDS}
    assert given_key(None, environ) == Key.passphrase(WORDS)
    assert given_key(path, environ) == Key.passphrase("from the file")
    assert given_key(None, {}) is None
    assert given_key(None, {"CONVERGEDESK_PASSPHRASE": ""}) is None


def test_a_passphrase_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        given_key(tmp_path / "gone.txt", {})
    assert "cannot be read" in caught.value.sentence


def test_the_program_can_start_itself_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_command() == (sys.executable, "-m", "convergedesk")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == (sys.executable,)
