from datetime import UTC, datetime

import pytest

from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.usage import Aggregation, Meter, MeterId
from convergedesk.store import meters
from convergedesk.store.engine import Store
from convergedesk.store.usage import meters as all_meters
from tests.store.rows import add_meter

NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)


def test_a_meter_takes_its_description_and_keeps_its_key(store: Store) -> None:
    meter_id = add_meter(store, "storage_gb")
    (before,) = all_meters(store)
    described = Meter(meter_id, "another", "Storage", "GB", Aggregation.MAX, absent_is_zero=True)
    meters.describe(store, described, now=NOW)
    assert all_meters(store) == (
        Meter(meter_id, before.key, "Storage", "GB", Aggregation.MAX, absent_is_zero=True),
    )


def test_other_meters_stay_as_they_are(store: Store) -> None:
    first, second = add_meter(store, "api_calls"), add_meter(store, "seats")
    before = {meter.id: meter for meter in all_meters(store)}
    meters.describe(store, Meter(first, "api_calls", "API calls", "call"), now=NOW)
    after = {meter.id: meter for meter in all_meters(store)}
    assert after[second] == before[second]
    assert after[first].name == "API calls"


def test_a_meter_that_is_gone_is_a_plain_sentence(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no longer in the workspace"):
        meters.describe(store, Meter(MeterId(99), "x", "X"), now=NOW)
