"""Plain words about passphrases."""

from __future__ import annotations

import pytest

from convergedesk.desktop.passphrase import Strength, judge


@pytest.mark.parametrize(
    ("passphrase", "strength"),
    [
        ("", Strength.TOO_SHORT),
        ("seven77", Strength.TOO_SHORT),
        ("password1", Strength.WEAK),
        ("aaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefgh12345678", Strength.WEAK),
        ("horse horse horse horse", Strength.WEAK),
        ("kv9#Lm2q", Strength.FAIR),
        ("orbit candle walnut tractor", Strength.GOOD),
        ("kv9#Lm2qTz!8Wb", Strength.GOOD),
    ],
)
def test_strength_follows_how_hard_it_is_to_guess(passphrase: str, strength: Strength) -> None:
    assert judge(passphrase).strength is strength


def test_a_short_one_says_how_much_is_missing_and_is_refused() -> None:
    assert judge("seven77").sentence == "1 more character needed."
    assert not judge("seven77").acceptable
    assert judge("password1").acceptable
