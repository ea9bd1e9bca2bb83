import pytest

from convergedesk.store.apply.rows import (
    Changes,
    Known,
    Prepared,
    UnsoundRowError,
    Value,
    columns_as_json,
    kept_positions,
    prepared_from_json,
    require_sound,
)
from convergedesk.store.apply.tickets import TICKETS


def values(**of: Value) -> tuple[Value, ...]:
    return tuple(of.get(column) for column in TICKETS.columns)


def changes(**known: Known) -> Changes:
    return Changes(TICKETS, "files", 1, 5, dict(known))


def test_empty_cell_counts_only_where_the_stream_has_the_column():
    full = values(title="Slow", assignee="Jo", escalated=1)
    former = Known(9, 1, "k", gone=False, edited=False, values=full)
    empty = Prepared("T", values(title="", assignee=None, escalated=0))
    for stated, expected in (
        (None, full),
        (frozenset({"assignee"}), values(title="Slow", assignee=None, escalated=1)),
        (frozenset(TICKETS.stated_by), empty.values),
    ):
        put = changes(T=former)
        put.put(empty, 1, "k", kept_positions(TICKETS, stated))
        assert put.known["T"].values == expected


def test_fate_tells_what_happened():
    row = Prepared("T", values(title="A"))
    put = changes()
    assert put.put(row, 1, "k", ()) == "new"
    assert put.put(row, 1, "k", ()) == "unchanged"
    assert put.put(Prepared("T", values(title="B")), 1, "k", ()) == "changed"
    assert put.put(Prepared("T", values(title="B")), 2, "k", ()) == "changed"


def test_row_that_was_gone_is_changed_by_coming_back():
    former = Known(9, 1, "k", gone=True, edited=False, values=values(title="A"))
    assert changes(T=former).put(Prepared("T", former.values), 1, "k", ()) == "changed"


def test_what_a_person_changed_stays():
    former = Known(9, 1, "k", gone=False, edited=True, values=values(title="Mine"))
    assert changes(T=former).put(Prepared("T", values(title="Theirs")), 1, "k", ()) == "unchanged"


@pytest.mark.parametrize("value", [2**63, -(2**64), float("nan"), float("inf"), "\ud800"])
def test_what_no_file_can_hold_is_refused(value: object):
    with pytest.raises(UnsoundRowError, match="title"):
        require_sound(("title",), (value,))


def test_row_that_waits_comes_back_as_it_was():
    row = Prepared("T", values(title="Ä", priority=3), (1, "EUR"))
    assert prepared_from_json(TICKETS, "T", columns_as_json(TICKETS, row)) == row
