"""What stands behind the cost of an episode, in plain words."""

from __future__ import annotations

from convergedesk.domain.episode_cost import EpisodeCost
from convergedesk.domain.kinds import SystemKind
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.usage_view import plural
from convergedesk.figures.why import LeftOut, Step, Why, span_words
from convergedesk.figures.wording import count, day, money, number, short_money, short_number
from convergedesk.insights.ticket_cost import CATCH_UP_DAYS


def why_cost(cost: EpisodeCost, ticket_number: str = "") -> Why:
    """What stands behind the cost of an episode."""
    rows: list[tuple[str, str]] = []
    for one in cost.parts:
        unit = plural(one.unit)
        if one.lost_units > 0.0:
            rows.append((f"{one.name}, below expected", f"{number(round(one.lost_units))} {unit}"))
            rows.append(
                (
                    f"{one.name}, caught up in {count(CATCH_UP_DAYS, 'day')}",
                    f"−{number(round(one.caught_up_units))}",
                )
            )
            priced = "no price" if one.value is None else short_money(one.value.middle)
            rows.append((f"{one.name}, net", f"{number(round(one.net_units))} {unit}: {priced}"))
        elif one.excess_cost is not None and one.excess_units > 0.0:
            rows.append(
                (
                    f"{one.name}, above expected",
                    f"{number(round(one.excess_units))} {unit}: {money(one.excess_cost)}",
                )
            )
    if cost.delay_days is not None:
        rows.append(("Delays burn-down by", count(round(cost.delay_days), "day")))
    if cost.excess_cost is not None:
        rows.append(("At the customer's cost", money(cost.excess_cost)))
    rows.append(
        ("SLA credit, counted apart", cost.sla_words if cost.sla_credit is None else money(cost.sla_credit))
    )
    value = "not known" if cost.value is None else short_money(cost.value.middle)
    lost = sum(one.net_units for one in cost.parts)
    limits = ""
    span = span_words(cost.onset_on, cost.restored_on or cost.through)
    if cost.value is not None:
        limits = f"Likely {short_money(cost.value.low)} to {short_money(cost.value.high)} (80 %)."
    return Why(
        title="Estimated value of a ticket",
        definition=(
            "Units below expected from the onset of the dip to restored value, less those caught up in the "
            "14 days after (such as replays), at the contract's price for that volume. What an incident used "
            "on top is the customer's cost and never netted."
        ),
        formula="price(billed + below expected − caught up) − price(billed), meter by meter",
        window=f"{span}, catching up to {day(cost.through)}.",
        rows=tuple(rows),
        interval=f"{limits} They are as wide as earlier forecasts were wrong.".strip() if limits else "",
        caution=cost.caution,
        figure=value,
        figure_id=figure_id("ticket", ticket_number, "cost") if ticket_number else "",
        steps=(
            Step(short_number(lost), "net lost units, at the contract's price", "="),
            Step(value, "estimated"),
        )
        if len(cost.parts) == 1 and cost.value is not None
        else (),
        excluded=(
            LeftOut("Meters that stayed within what was expected", "their ups and downs may be chance"),
        ),
        uses=(
            (SystemKind.USAGE, ""),
            (SystemKind.BILLING, "for prices"),
            (SystemKind.SUPPORT, "for the tickets"),
        ),
    )
