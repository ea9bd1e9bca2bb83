"""Pictures of what explains the pages: the panel, the guide, and the five steps of the tour."""

from __future__ import annotations

from dataclasses import replace

from convergedesk.desktop.help.tour_steps import STEPS, Sights
from convergedesk.desktop.picture_stage import Stage


def explaining(stage: Stage) -> None:
    """What a page means, and the guide."""
    desk = stage.desk(stage.snapshot)
    desk.help.explain()
    stage.shoot("explained", desk.window)
    desk.help.explain()
    desk.help.open_guide("first-steps")
    stage.shoot("guide", desk.window)
    stage.put_away(desk.window)


def tour(stage: Stage) -> None:
    """Every step, and the first where there is nothing to show yet."""
    desk = stage.desk(stage.snapshot)
    desk.help.take_tour()
    for number in range(len(STEPS)):
        stage.settle()
        shown = desk.help.tour
        if shown is None:
            break
        shown.look()
        stage.shoot(f"tour-{number + 1}", desk.window)
        shown.next()
    stage.put_away(desk.window)
    empty = stage.desk(replace(stage.snapshot, rows=(), pods=()))
    empty.help.begin_tour(Sights())
    if empty.help.tour is not None:
        empty.help.tour.give_up_looking()
    stage.shoot("tour-empty", empty.window)
    stage.put_away(empty.window)
