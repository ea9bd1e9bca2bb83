"""Rows of frozen objects as a table model."""

from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel


class Row(NamedTuple):
    key: int
    name: str
    figure: float | None


ROWS = (Row(1, "Kestrel", 3.0), Row(2, "Aurelia", None), Row(3, "Marlowe", 12.0), Row(4, "Fernhill", -1.0))


def build(*, delegate_sort: bool = False) -> RowsModel[Row]:
    model = RowsModel[Row](
        (
            Column(key="name", title="Account", text=lambda row: row.name, sort_key=lambda row: row.name),
            Column(
                key="figure",
                title="Usage",
                text=lambda row: "–" if row.figure is None else f"{row.figure:g}",
                align="right",
                sort_key=lambda row: row.figure,
                tooltip=lambda row: f"{row.name} as of today",
                header_tooltip="Last 7 days",
            ),
            Column(key="note", title="Note", text=lambda _row: "", sortable=True),
        ),
        id_of=lambda row: row.key,
        delegate_sort=delegate_sort,
    )
    model.set_rows(ROWS)
    return model


def names(model: RowsModel[Row]) -> list[str]:
    return [row.name for row in model.rows]


def test_it_is_a_well_behaved_model(qtbot: QtBot) -> None:
    model = build()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.sort_by("figure", descending=True)
    model.set_filter(lambda row: row.key > 1)
    model.append_rows((Row(5, "Ostara", 1.0),))
    assert model.rowCount() == 4


@pytest.mark.parametrize(
    ("descending", "order"),
    [
        (False, ["Fernhill", "Kestrel", "Marlowe", "Aurelia"]),
        (True, ["Marlowe", "Kestrel", "Fernhill", "Aurelia"]),
    ],
)
def test_what_is_unknown_sorts_last_both_ways(qtbot: QtBot, descending: bool, order: list[str]) -> None:
    model = build()
    model.sort_by("figure", descending=descending)
    assert names(model) == order


def test_equal_rows_keep_their_order(qtbot: QtBot) -> None:
    model = build()
    model.set_rows([Row(n, name, 1.0) for n, name in enumerate(("c", "a", "b"))])
    model.sort_by("figure", descending=False)
    assert names(model) == ["c", "a", "b"]


def test_a_filter_holds_for_later_rows_and_can_be_taken_away(qtbot: QtBot) -> None:
    model = build()
    model.set_filter(lambda row: row.figure is not None and row.figure > 0)
    assert names(model) == ["Kestrel", "Marlowe"]
    model.append_rows((Row(6, "Solvane", 4.0), Row(7, "Quarry", -4.0)))
    assert names(model) == ["Kestrel", "Marlowe", "Solvane"]
    assert model.total == 6
    model.set_filter(None)
    assert model.rowCount() == 6


def test_rows_are_found_by_id_after_sorting(qtbot: QtBot) -> None:
    model = build()
    model.sort_by("name", descending=False)
    position = model.position_of(3)
    assert position is not None
    assert model.id_at(position) == 3
    assert model.position_of(99) is None


def test_delegated_sorting_asks_and_changes_nothing(qtbot: QtBot) -> None:
    model = build(delegate_sort=True)
    with qtbot.waitSignal(model.sort_requested) as asked:
        model.sort_by("note", descending=True)
    assert asked.args == ["note", True]
    assert model.sort_state == (2, True)
    assert names(model) == [row.name for row in ROWS]


def test_a_column_without_a_key_is_sortable_only_by_whoever_reads_the_rows(qtbot: QtBot) -> None:
    assert not build().is_sortable(2)
    assert build(delegate_sort=True).is_sortable(2)


def test_cells_speak(qtbot: QtBot) -> None:
    model = build()
    index = model.index(0, 1)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "3"
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == "Kestrel as of today"
    model.sort_by("figure", descending=True)
    head = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert head == "Usage, sorted downwards"
    assert model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "Last 7 days"
