"""Usage with a column for each month, day or meter, and usage that is known by the month only."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from convergedesk.domain.records import EntityKind
from convergedesk.domain.usage import Granularity
from convergedesk.sources.casting.dates import Moment, parse_moment
from convergedesk.sources.files.catalogue import FieldType, entities, normal_heading
from convergedesk.sources.files.mapping import Certainty, ColumnMapping, FileMapping
from convergedesk.sources.files.matching import EXACT, Match
from convergedesk.sources.files.profile import Profile
from convergedesk.sources.files.tables import Table

_LEAST_PERIODS = 2
_NO_METERS = frozenset(
    ["id", "year", "month", "day", "week", "quarter", "hour", "row", "line", "index", "version", "rank"]
)
_NEVER_SUMMED = (
    "id",
    "rate",
    "percent",
    "pct",
    "ratio",
    "score",
    "price",
    "cost",
    "amount",
    "revenue",
    "mrr",
    "arr",
)
_MONTH_WORDS = frozenset(
    ["month", "monat", "mois", "billing month", "usage month", "period month", "year month"]
)


@dataclass(frozen=True, slots=True)
class QuantityColumns:
    """Which columns hold quantities.

    Attributes:
        matches: The fields of all columns, quantities included.
        periods: Column to period ('2026-01', or a day), where columns are months or days.
        meters: Column to meter, where columns are meters.
        meter: The meter of everything, where no column names one.
        weight: How much this speaks for the table being usage.
    """

    matches: dict[str, Match]
    periods: Mapping[str, str]
    meters: Mapping[str, str]
    meter: str | None
    weight: float

    def applied(self, mapped: FileMapping) -> FileMapping:
        """The mapping with periods, meters and the constant meter filled in."""

        def filled(column: ColumnMapping) -> ColumnMapping:
            if column.column in self.periods:
                period = self.periods[column.column]
                return replace(column, period=period, certainty=Certainty.SURE, remark=f"usage of {period}")
            if column.column in self.meters:
                return replace(column, meter=self.meters[column.column], remark="a meter of its own")
            return column

        constants = (("meter", self.meter),) if self.meter is not None else ()
        return replace(
            mapped, columns=tuple(filled(column) for column in mapped.columns), constants=constants
        )


def _period(heading: str) -> str | None:
    moment = parse_moment(heading)
    if moment is None or moment.at.tzinfo is not None or moment.has_time or heading.strip().isdigit():
        return None
    return moment.at.strftime("%Y-%m" if moment.month_only else "%Y-%m-%d")


def quantity_columns(
    table: Table, columns: tuple[Profile, ...], matches: Mapping[str, Match]
) -> QuantityColumns:
    """Find the quantities of a table that is, or might be, usage."""
    quantity = next(field for field in entities()[EntityKind.USAGE].fields if field.key == "quantity")
    found = dict(matches)
    mapped = {match.field.key for match in matches.values()}
    periods = {
        profile.column.name: period
        for profile in columns
        if (period := _period(profile.column.name))
        and (profile.share(FieldType.NUMBER) >= 0.5 or not profile.values)
    }
    if len(periods) >= _LEAST_PERIODS:
        for name, match in list(found.items()):
            if match.field.key == "quantity":
                del found[name]
        found |= {name: Match(quantity, EXACT, heading=True, fit=1.0) for name in periods}
        return QuantityColumns(found, periods, {}, _file_meter(table) if "meter" not in mapped else None, 4.0)
    meters: dict[str, str] = {}
    if "quantity" not in mapped and "meter" not in mapped and "day" in mapped:
        free = [
            p for p in columns if p.column.name not in found and p.numeric and _could_be_meter(p.column.name)
        ]
        meters = {profile.column.name: profile.column.name for profile in free}
        found |= {name: Match(quantity, EXACT, heading=False, fit=1.0) for name in meters}
    needs_meter = "meter" not in mapped and not meters
    named = {match.field.key for match in found.values()}
    who = named & {"account_id", "account_name", "account_domain", "subscription_id"}
    weight = 1.0 if meters and who else 0.0
    return QuantityColumns(found, {}, meters, _file_meter(table) if needs_meter else None, weight)


def _could_be_meter(heading: str) -> bool:
    words = normal_heading(heading).split()
    return bool(words) and not set(words) & _NO_METERS and words[-1] not in _NEVER_SUMMED


def _file_meter(table: Table) -> str:
    stem = PurePosixPath(table.name.partition("#")[0]).stem
    return (
        normal_heading(table.sheet if table.sheet and "#" in table.name else stem).replace(" ", "_")
        or "usage"
    )


def day_or_month_usage(columns: tuple[Profile, ...], mapped: FileMapping) -> Granularity:
    """Months where the periods are months, or where every day is the first (or last) of a month.

    A month's figure that stands on its first day must not pass for that day's usage.
    """
    periods = [column.period for column in mapped.columns if column.period]
    if periods:
        firsts = all(len(period) == 7 or period.endswith("-01") for period in periods)
        return Granularity.MONTH if firsts else Granularity.DAY
    named = mapped.columns_of("day")
    profile = next((p for p in columns if named and p.column.name == named[0].column), None)
    if profile is None:
        return Granularity.DAY
    read = [(value, parse_moment(value, mapped.date_order)) for value in profile.values]
    moments = [moment for _, moment in read if moment is not None]
    if not moments:
        return Granularity.DAY
    if all(moment.month_only for moment in moments):
        return Granularity.MONTH
    says_month = normal_heading(profile.column.name) in _MONTH_WORDS
    bounds = len({moment.at.date() for moment in moments}) >= (1 if says_month else 2)
    if bounds and (all(_starts(moment) for moment in moments) or all(_ends(moment) for moment in moments)):
        return Granularity.MONTH
    return Granularity.DAY


def _starts(moment: Moment) -> bool:
    return not (moment.at.hour or moment.at.minute) and moment.at.day == 1


def _ends(moment: Moment) -> bool:
    return not moment.has_time and moment.at.day == monthrange(moment.at.year, moment.at.month)[1]
