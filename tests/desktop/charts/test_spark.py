"""A sparkline shows every reported day, also one that stands alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from convergedesk.desktop.charts.spark import Spark, paint_spark
from convergedesk.desktop.theme import Theme, color


def inked(spark: Spark, *, below: int = 34) -> set[int]:
    """The columns of pixels that carry more than the ground, in the rows above `below`."""
    image = QImage(180, 34, QImage.Format.Format_RGB32)
    image.fill(color("surface"))
    painter = QPainter(image)
    paint_spark(painter, QRectF(0, 0, 180, 34), spark)
    painter.end()
    ground = color("surface").rgb()
    return {x for x in range(180) for y in range(below) if image.pixel(x, y) != ground}


def test_days_that_stand_alone_are_sticks_on_a_common_ground(light: Theme) -> None:
    values: list[float | None] = [None] * 90
    values[0], values[45], values[89] = 10.0, 5.0, 10.0
    assert set(range(5, 170)) <= inked(Spark(values))
    tall = inked(Spark(values), below=12)
    assert any(x < 6 for x in tall)
    assert any(x > 172 for x in tall)
    assert not any(10 < x < 170 for x in tall)
    assert any(84 < x < 96 for x in inked(Spark(values), below=20))


def test_a_lone_day_beside_a_line_is_a_dot(light: Theme) -> None:
    columns = inked(Spark([1.0] * 30 + [None] * 30 + [1.0] + [None] * 29))
    assert any(118 < x < 124 for x in columns)


def test_a_line_runs_between_neighbours_and_stops_at_a_gap(light: Theme) -> None:
    values = [1.0] * 30 + [None] * 30 + [1.0] * 30
    columns = inked(Spark(values))
    assert set(range(5, 55)) <= columns
    assert not columns & set(range(64, 116))


def test_nothing_reported_paints_nothing(light: Theme) -> None:
    assert inked(Spark([None] * 90)) == set()


def test_what_is_no_number_is_a_gap(light: Theme) -> None:
    values = [1.0] * 30 + [float("nan"), float("inf")] + [None] * 28 + [2.0] * 30
    columns = inked(Spark(values))
    assert set(range(5, 50)) <= columns
    assert not columns & set(range(66, 112))


def test_a_range_that_is_no_number_is_left_out(light: Theme) -> None:
    values = [1.0] * 90
    assert inked(Spark(values, low=[float("nan")] * 90, high=[2.0] * 90)) == inked(Spark(values))
