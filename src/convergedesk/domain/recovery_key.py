"""The recovery key: the key of a file in letters that a person can copy from paper.

Four lines of fourteen letters and digits. Thirteen of a line carry the key, the last one
checks them, so that a slip of the pen is found and its line named. The alphabet is
Crockford's base 32: no I, L, O or U, and those that look alike are read alike.

The 65 bits of a line's 13 symbols carry 64 bits of the key after one leading zero bit.
"""

from __future__ import annotations

from convergedesk.domain.errors import ConvergeDeskError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OILU", "011V")
_KEY_BYTES = 32
_LINES = 4
_SYMBOLS = 13
_LINE = _SYMBOLS + 1
_BITS = 64
_FIELD = 0b100101
_GROUPS = (5, 5, 4)


class RecoveryKeyError(ConvergeDeskError):
    """What was typed is no recovery key; the sentence says where it goes wrong."""


def recovery_lines(key: bytes) -> tuple[str, ...]:
    """The four lines, each in three groups, such as 'ABCDE-FGHJK-MNPQ'.

    Args:
        key: The 32 bytes that open the file.
    """
    if len(key) != _KEY_BYTES:
        raise ValueError("a file's key has 32 bytes")
    part = _KEY_BYTES // _LINES
    return tuple(_line(int.from_bytes(key[n * part : (n + 1) * part])) for n in range(_LINES))


def read_recovery_key(text: str) -> bytes:
    """The key that was written down; spaces, dashes, line ends and case do not count.

    Raises:
        RecoveryKeyError: A letter is missing, too many, or wrong.
    """
    symbols = "".join(text.upper().translate(_ALIKE).replace("-", " ").split())
    strange = sorted({symbol for symbol in symbols if symbol not in _ALPHABET})
    if strange:
        raise RecoveryKeyError(
            f"A recovery key has only letters and digits; “{strange[0]}” is neither.", fix=_AGAIN
        )
    if len(symbols) != _LINES * _LINE:
        raise RecoveryKeyError(
            f"A recovery key has {_LINES * _LINE} letters and digits; these are {len(symbols)}.", fix=_AGAIN
        )
    key = b""
    for number in range(_LINES):
        values = [_ALPHABET.index(symbol) for symbol in symbols[number * _LINE : (number + 1) * _LINE]]
        whole = 0
        for value in values[:_SYMBOLS]:
            whole = whole << 5 | value
        if _check(values[:_SYMBOLS]) != values[_SYMBOLS] or whole >> _BITS:
            raise RecoveryKeyError(f"There is a slip in line {number + 1} of the recovery key.", fix=_AGAIN)
        key += whole.to_bytes(_BITS // 8)
    return key


_AGAIN = "Compare it with the sheet and type that part again."


def _line(number: int) -> str:
    values = [number >> 5 * (_SYMBOLS - 1 - place) & 31 for place in range(_SYMBOLS)]
    symbols = "".join(_ALPHABET[value] for value in (*values, _check(values)))
    groups: list[str] = []
    for length in _GROUPS:
        groups.append(symbols[:length])
        symbols = symbols[length:]
    return "-".join(groups)


def _check(values: list[int]) -> int:
    # Horner's rule at a primitive element of the field of 32: every place has a weight of its
    # own, so one wrong symbol, or two that changed places, always shows.
    total = 0
    for value in values:
        total = _times_alpha(total ^ value)
    return total


def _times_alpha(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD if doubled & 32 else doubled
