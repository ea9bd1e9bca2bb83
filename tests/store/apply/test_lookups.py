from convergedesk.domain.accounts import SystemKind
from convergedesk.store.apply.lookups import Lookups, screen_name
from convergedesk.store.engine import Store


def test_meter_of_one_name_is_shared_between_systems(store: Store):
    with store.write() as connection:
        lookups = Lookups("files", 1)
        usage = lookups.meter(connection, SystemKind.USAGE, "events_delivered")
        assert lookups.meter(connection, SystemKind.BILLING, "Events delivered") == usage
        assert lookups.meter(connection, SystemKind.USAGE, "seats") != usage
        assert Lookups("files", 1).meter(connection, SystemKind.USAGE, "events_delivered") == usage
        names = connection.exec_driver_sql("SELECT key, name FROM meters ORDER BY id").all()
    assert [tuple(row) for row in names] == [("events_delivered", "Events delivered"), ("seats", "Seats")]


def test_feature_is_created_once_and_blank_is_none(store: Store):
    with store.write() as connection:
        lookups = Lookups("files", 1)
        first = lookups.feature(connection, "Bulk export")
        assert lookups.feature(connection, " bulk-export ") == first
        assert lookups.feature(connection, "  ") is None
        assert lookups.feature(connection, None) is None


def test_names_for_the_screen_keep_what_somebody_wrote():
    assert screen_name("feature_20") == "Feature 20"
    assert screen_name("API calls") == "API calls"
    assert screen_name("GB-months") == "GB-months"
