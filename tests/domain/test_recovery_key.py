"""The recovery key: written, read back, and every slip noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.domain.recovery_key import RecoveryKeyError, read_recovery_key, recovery_lines

KEY = bytes(range(7, 39))
keys = st.binary(min_size=32, max_size=32)


@given(keys)
def test_what_was_written_is_read_back(key: bytes) -> None:
    lines = recovery_lines(key)
    assert [len(line) for line in lines] == [16, 16, 16, 16]
    assert read_recovery_key("\n".join(lines)) == key


def test_how_it_is_typed_does_not_matter() -> None:
    text = "".join(recovery_lines(KEY)).replace("-", "").lower()
    spread = " ".join(text[n : n + 3] for n in range(0, len(text), 3))
    assert read_recovery_key(spread.replace("0", "o").replace("1", "l")) == KEY


@given(keys, st.integers(0, 3), st.integers(0, 13), st.integers(1, 31))
def test_a_wrong_letter_is_noticed_and_its_line_named(key: bytes, line: int, place: int, by: int) -> None:
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    lines = [text.replace("-", "") for text in recovery_lines(key)]
    wrong = alphabet[(alphabet.index(lines[line][place]) + by) % 32]
    lines[line] = lines[line][:place] + wrong + lines[line][place + 1 :]
    with pytest.raises(RecoveryKeyError, match=f"line {line + 1} "):
        read_recovery_key("".join(lines))


@given(keys, st.integers(0, 3), st.integers(0, 12), st.integers(1, 13))
def test_two_letters_that_changed_places_are_noticed(key: bytes, line: int, place: int, by: int) -> None:
    lines = [list(text.replace("-", "")) for text in recovery_lines(key)]
    other = min(place + by, 13)
    symbols = lines[line]
    before = list(symbols)
    symbols[place], symbols[other] = symbols[other], symbols[place]
    text = "".join("".join(one) for one in lines)
    if symbols == before:
        assert read_recovery_key(text) == key
    else:
        with pytest.raises(RecoveryKeyError):
            read_recovery_key(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "these are 0"),
        ("ABC", "has 56 letters and digits; these are 3"),
        ("A" * 57, "these are 57"),
        ("?" * 56, "“[?]” is neither"),
        ("Z" * 56, "slip in line 1"),
    ],
)
def test_what_is_no_recovery_key_is_refused_in_plain_words(text: str, said: str) -> None:
    with pytest.raises(RecoveryKeyError, match=said):
        read_recovery_key(text)
