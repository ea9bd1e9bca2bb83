"""The command line refuses what it does not understand, in a sentence and with code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from convergedesk.cli.parser import build_parser
from convergedesk.domain.errors import UsageError


def test_no_command_means_the_windows() -> None:
    arguments = build_parser().parse_args(["--workspace", "w.converge"])
    assert arguments.command is None
    assert arguments.workspace == Path("w.converge")


@pytest.mark.parametrize("words", [["--workspace", "w", "accounts"], ["accounts", "--workspace", "w"]])
def test_the_workspace_may_be_named_before_or_behind_the_command(words: list[str]) -> None:
    assert build_parser().parse_args(words).workspace == Path("w")


@pytest.mark.parametrize(
    "words",
    [
        ["dance"],
        ["sample", "--accounts", "none"],
        ["sample", "--accounts", "0"],
        ["account"],
        ["pictures", "--out", "x", "--size", "big"],
        ["pictures", "--out", "x", "--size", "10x10"],
        ["pictures", "--out", "x", "--theme", "sepia"],
        ["restore"],
        ["import", "--date-order", "ymd", "x"],
    ],
)
def test_misuse_is_a_sentence_with_a_way_out(words: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        build_parser().parse_args(words)
    assert caught.value.sentence.endswith(".")
    assert "--help" in caught.value.fix


def test_sizes_of_windows_are_read() -> None:
    arguments = build_parser().parse_args(["pictures", "--out", "x", "--size", "1280x720"])
    assert arguments.size == (1280, 720)
