from __future__ import annotations

import pytest

from convergedesk.domain.salesforce_id import is_salesforce_id, normalise_salesforce_id


@pytest.mark.parametrize(
    ("short", "long"), [("0015g00000AbCdE", "0015g00000AbCdEAAV"), ("001D000000IqhSL", "001D000000IqhSLIAZ")]
)
def test_both_forms_are_one_id(short: str, long: str) -> None:
    assert normalise_salesforce_id(short) == long
    assert normalise_salesforce_id(long) == long
    assert is_salesforce_id(short)
    assert is_salesforce_id(long)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A-1001",
        "0015g00000AbCdEAAA",
        "invoice20260001",
        "cus_Nff8s2xxxxx",
        "123456789012345",
        "ABCDEFGHIJKLMNO",
    ],
)
def test_other_codes_are_left_alone(text: str) -> None:
    assert normalise_salesforce_id(text) == text
    assert not is_salesforce_id(text)
