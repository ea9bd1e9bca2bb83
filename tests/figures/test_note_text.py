"""A note's Markdown as plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.figures.note_text import plain_text


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("# Review\n\nThey **like** it, _really_.", "Review They like it, really."),
        ("- first\n- [x] second\n1. third\n> said", "first second third said"),
        ("see [the plan](https://example.com/a_b) and ![chart](picture:abc)", "see the plan and chart"),
        ("a_b_c and 2 * 3 * 4 stay", "a_b_c and 2 * 3 * 4 stay"),
        ("`code` and ~~gone~~", "code and gone"),
        ("", ""),
    ],
)
def test_marks_go_and_words_stay(markdown: str, words: str) -> None:
    assert plain_text(markdown) == words


@given(st.text(alphabet="*_~`[]()!#> -\nab", max_size=200))
def test_any_text_comes_out_on_one_line(markdown: str) -> None:
    assert "\n" not in plain_text(markdown)
