"""Columns fill the room exactly and are never narrower than they may be."""

from hypothesis import given
from hypothesis import strategies as st

from convergedesk.desktop.widgets.table.widths import Wish, fitted_widths

wishes = st.lists(
    st.builds(
        lambda least, more, stretch: Wish(least + more, least, stretch),
        st.integers(10, 200),
        st.integers(0, 200),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=12,
)


@given(wishes, st.integers(0, 3000))
def test_the_room_is_filled_or_the_least_is_kept(columns: list[Wish], room: int) -> None:
    widths = fitted_widths(columns, room)
    least = sum(column.least for column in columns)
    assert sum(widths) == max(room, least)
    assert all(width >= column.least for width, column in zip(widths, columns, strict=True))


def test_spare_room_goes_to_columns_that_stretch() -> None:
    assert fitted_widths([Wish(100, 50, 2), Wish(100, 50, 0), Wish(100, 50, 1)], 360) == [140, 100, 120]


def test_without_a_stretching_column_the_first_takes_the_rest() -> None:
    assert fitted_widths([Wish(100, 50, 0), Wish(60, 50, 0)], 200) == [140, 60]


def test_missing_room_is_taken_from_stretching_columns_first() -> None:
    assert fitted_widths([Wish(100, 50, 1), Wish(100, 50, 0)], 160) == [60, 100]
    assert fitted_widths([Wish(100, 50, 1), Wish(100, 50, 0)], 120) == [50, 70]
