"""How well a passphrase protects, in plain words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

MINIMUM = 8
_GUESSES_A_SECOND = 2e4  # SQLCipher's 256,000 rounds of PBKDF2-HMAC-SHA512 on a strong graphics card
# fmt: off
_COMMON = frozenset((
    "password", "passwort", "motdepasse", "contraseña", "qwerty", "qwertz", "azerty", "letmein",
    "welcome", "admin", "iloveyou", "dragon", "monkey", "football", "baseball", "sunshine", "princess",
    "master", "shadow", "superman", "trustno1", "secret", "convergedesk", "customer", "success",
    "changeme", "default",
))
# fmt: on
_YEAR_SECONDS = 365.25 * 24 * 3600


class Strength(IntEnum):
    """How well it protects."""

    TOO_SHORT = 0
    WEAK = 1
    FAIR = 2
    GOOD = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """A passphrase's strength with its sentence."""

    strength: Strength
    sentence: str

    @property
    def acceptable(self) -> bool:
        """True where it may be used; a weak one may, with the warning on screen."""
        return self.strength > Strength.TOO_SHORT


def judge(passphrase: str) -> Judgement:
    """Estimate how long guessing takes somebody who has the file."""
    if not passphrase:
        return Judgement(Strength.TOO_SHORT, f"At least {MINIMUM} characters. Four unrelated words are good.")
    if len(passphrase) < MINIMUM:
        missing = MINIMUM - len(passphrase)
        return Judgement(Strength.TOO_SHORT, f"{missing} more character{'' if missing == 1 else 's'} needed.")
    seconds = 2 ** (_bits(passphrase) - 1) / _GUESSES_A_SECOND
    if seconds < _YEAR_SECONDS:
        return Judgement(
            Strength.WEAK, "Weak: could be guessed by someone who has the file. Add a word or two."
        )
    if seconds < 1000 * _YEAR_SECONDS:
        return Judgement(Strength.FAIR, "Fair: guessing it would take years. One more word makes it good.")
    return Judgement(Strength.GOOD, "Good: not practical to guess.")


def _bits(passphrase: str) -> float:
    folded = passphrase.lower()
    words = [word for word in folded.split() if len(word) > 2]
    if len(words) > 2:
        # Whole words are guessed as words: about 2^13 of them are in common use.
        return 13.0 * len(set(words))
    for word in _COMMON:
        folded = folded.replace(word, "\0")
    steps = [abs(ord(b) - ord(a)) for a, b in pairwise(folded)]
    surprising = 1 + sum(1 for step in steps if step > 1)
    return surprising * math.log2(_alphabet(passphrase))


def _alphabet(passphrase: str) -> int:
    size = 0
    size += 26 if any(c.islower() for c in passphrase) else 0
    size += 26 if any(c.isupper() for c in passphrase) else 0
    size += 10 if any(c.isdigit() for c in passphrase) else 0
    size += 32 if any(not c.isalnum() for c in passphrase) else 0
    return max(size, 10)
