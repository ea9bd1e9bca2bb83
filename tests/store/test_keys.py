"""Keys: what SQLCipher itself makes of them, and what they never show."""

import hashlib
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from convergedesk.domain.errors import UsageError
from convergedesk.store.engine import create_workspace, open_workspace
from convergedesk.store.keys import Key, new_salt, salt_name, salt_of


def test_any_sqlcipher_tool_opens_the_file_with_the_same_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "book.converge"
    create_workspace(path, Key.passphrase("correct horse's battery"), name="Book").close()
    connection = dbapi2.connect(str(path))
    connection.execute("PRAGMA key = 'correct horse''s battery'")
    assert connection.execute("SELECT name FROM workspace_info").fetchall() == [("Book",)]
    connection.close()


def test_a_composed_and_a_decomposed_accent_are_the_same_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "book.converge"
    create_workspace(path, Key.passphrase("caf\u00e9"), name="Book").close()
    open_workspace(path, Key.passphrase("cafe\u0301")).close()


def test_the_file_begins_with_the_salt_that_was_chosen(tmp_path: Path) -> None:
    path, salt = tmp_path / "book.converge", new_salt()
    create_workspace(path, Key.random(), name="Book", salt=salt).close()
    assert salt_of(path) == salt
    assert salt_name(salt).endswith(salt.hex())


def test_a_raw_key_goes_through_text_and_back() -> None:
    key = Key.random()
    assert Key.from_text(key.text()) == key
    assert Key.random() != key


@pytest.mark.parametrize("text", ["", "00ff", "z" * 64, "00" * 33])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"32 bytes|hexadecimal"):
        Key.from_text(text)


def test_an_empty_passphrase_is_refused_in_words() -> None:
    with pytest.raises(UsageError, match="empty"):
        Key.passphrase("")


def test_a_passphrase_has_no_text_that_could_be_kept() -> None:
    with pytest.raises(ValueError, match="never kept"):
        Key.passphrase("secret").text()


def test_nothing_secret_shows_when_a_key_is_printed() -> None:
    key = Key.passphrase("open sesame")
    derived = key.for_salt(bytes(16))
    shown = repr(key) + str(key) + repr(derived) + str(derived)
    assert "sesame" not in shown
    assert derived.key.hex() not in shown
    assert derived.key == hashlib.pbkdf2_hmac("sha512", b"open sesame", bytes(16), 256_000, 32)
