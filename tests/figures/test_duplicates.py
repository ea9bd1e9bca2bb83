"""Which requests are offered for merging, and which are left alone."""

from __future__ import annotations

from datetime import date

import pytest

from convergedesk.domain.feedback import Request, RequestId, RequestStatus
from convergedesk.domain.usage import Feature, FeatureId
from convergedesk.figures.duplicates import likely_duplicates, likely_request

RETRIES = Feature(FeatureId(1), "retries", "Retries")


def request(number: int, title: str, **values: object) -> Request:
    made = Request(title, RequestStatus.OPEN, date(2026, 1, 1), id=RequestId(number), uid=f"uid{number}")
    for name, value in values.items():
        object.__setattr__(made, name, value)
    return made


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Retry policy per destination", "Per-destination retry policies"),
        ("Warn before the commitment runs out", "A warning before our commitment runs out"),
        ("Audit log to security tools", "Send the audit logs to our security tools"),
    ],
)
def test_the_same_wish_in_other_words_is_offered(one: str, other: str) -> None:
    (pair,) = likely_duplicates([request(1, one), request(2, other)])
    assert {pair.request.title, pair.other.title} == {one, other}
    assert pair.shared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Export invoices", "Export audit records"),
        ("Sandbox per site", "Seats per site"),
        ("Retry policy per destination", "Bulk user import"),
        ("Add support for more of the same", "Please let us set an option"),
    ],
)
def test_wishes_that_only_sound_alike_are_not(one: str, other: str) -> None:
    assert likely_duplicates([request(1, one), request(2, other)]) == ()


def test_about_the_same_feature_less_likeness_suffices() -> None:
    titles = ("Retry policy per destination", "Own retry policy and back-off for a destination")
    apart = [request(number, title) for number, title in enumerate(titles, 1)]
    together = [request(number, title, feature=RETRIES) for number, title in enumerate(titles, 1)]
    assert likely_duplicates(apart) == ()
    assert len(likely_duplicates(together)) == 1


def test_requests_told_apart_or_merged_are_not_offered_again() -> None:
    one, other = request(1, "Bulk import of users"), request(2, "Bulk user import")
    assert likely_duplicates([one, other])
    assert likely_duplicates([one, request(2, "Bulk user import", distinct_from=("uid1",))]) == ()
    merged = request(2, "Bulk user import", merged_into_id=RequestId(1))
    assert likely_duplicates([one, merged]) == ()
    assert likely_duplicates([merged, request(3, "Bulk import of users")])


def test_words_of_a_customer_lead_to_a_request() -> None:
    retry, bulk = request(1, "Retry policy per destination"), request(2, "Bulk user import")
    said = "We would need to set the retry policy for each destination, the bank is slower than the rest."
    assert likely_request(said, [bulk, retry]) == retry
    assert likely_request("Thanks, all is well.", [bulk, retry]) is None
