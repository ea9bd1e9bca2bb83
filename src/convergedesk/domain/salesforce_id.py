"""Salesforce record ids: the 15-character form and its case-safe 18-character form are one id."""

from __future__ import annotations

import re

_FORM = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-5]{3})?")
_CHECK_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def _check_signs(stem: str) -> str:
    """The three signs that record which of the 15 characters are capitals, five by five."""
    return "".join(
        _CHECK_SIGNS[sum(1 << bit for bit, sign in enumerate(stem[start : start + 5]) if "A" <= sign <= "Z")]
        for start in (0, 5, 10)
    )


def is_salesforce_id(text: str) -> bool:
    """True for a record id of 15 characters, or of 18 whose check signs fit.

    A 15-character id is told from other codes by the reserved zeros that Salesforce puts
    behind the three-character key prefix and the pod (`001` + two + `0`).
    """
    if _FORM.fullmatch(text) is None:
        return False
    if len(text) == 18:
        return text[15:].upper() == _check_signs(text[:15])
    return text[5] == "0" and text[0] in "0a" and any(sign.isdigit() for sign in text[:3])


def normalise_salesforce_id(text: str) -> str:
    """The 18-character form of a Salesforce id; any other text unchanged."""
    if not is_salesforce_id(text):
        return text
    return text[:15] + _check_signs(text[:15])
