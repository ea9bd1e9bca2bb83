"""Explanations of figures, and the ids by which they are found again."""

import json
from datetime import UTC, datetime

import pytest

from convergedesk.domain.freshness import Freshness, FreshnessState
from convergedesk.domain.kinds import SystemKind
from convergedesk.figures.figure_ids import account_part, figure_id, parts_of, slug
from convergedesk.figures.why import LeftOut, Link, LinkKind, Why, WhyRow, as_text, to_json, with_sources

AS_OF = datetime(2026, 12, 9, 23, 59, tzinfo=UTC)
FRESHNESS = (
    Freshness(SystemKind.CRM, AS_OF, AS_OF, FreshnessState.CURRENT),
    Freshness(SystemKind.SUPPORT, None, None, FreshnessState.NEVER),
    Freshness(SystemKind.USAGE, AS_OF, AS_OF, FreshnessState.LATE),
    Freshness(SystemKind.BILLING, AS_OF, AS_OF, FreshnessState.CURRENT),
)
WHY = Why(
    title="Usage against expected",
    definition="What was used.",
    formula="690 ÷ 1,000 − 1 = −31 %",
    rows=(("Observed", "690"),),
    figure="−31 %",
    figure_id="ticket:1:after7",
    excluded=(LeftOut("10 Dec", "usage is still arriving"),),
    behind=(WhyRow("#1 Late", "closed", Link(LinkKind.TICKET, 7), "opened 2 Dec"),),
    behind_of=3,
    uses=((SystemKind.USAGE, "for what was used"), (SystemKind.SUPPORT, "")),
)


def test_sources_say_how_far_they_reach_and_which_are_not_used() -> None:
    words = {one.system: one.words for one in with_sources(WHY, FRESHNESS).sources}
    assert words[SystemKind.USAGE] == "as of 9 Dec 2026 23:59 UTC, late, for what was used"
    assert words[SystemKind.SUPPORT] == "nothing imported yet"
    assert words[SystemKind.CRM] == words[SystemKind.BILLING] == "not used here"


def test_an_explanation_that_names_no_source_is_given_none() -> None:
    bare = Why("Title", "Definition.", "1 + 1 = 2")
    assert with_sources(bare, FRESHNESS) is bare


def test_the_text_holds_everything_that_the_dialog_shows() -> None:
    text = as_text(with_sources(WHY, FRESHNESS))
    for part in (
        "Usage against expected: −31 %",
        "690 ÷ 1,000 − 1 = −31 %",
        "Left out: 10 Dec (usage is still arriving)",
        "#1 Late: closed, opened 2 Dec",
        "and 2 more",
        "Usage: as of 9 Dec 2026 23:59 UTC",
        "Figure ticket:1:after7",
    ):
        assert part in text


def test_json_names_what_a_row_opens() -> None:
    told = json.loads(json.dumps(to_json(WHY)))
    assert told["rows"][0]["opens"] == {"kind": "ticket", "id": 7}
    assert told["rows_in_all"] == 3
    assert told["left_out"] == [{"what": "10 Dec", "reason": "usage is still arriving"}]
    assert told["terms"] == [{"name": "Observed", "value": "690"}]


@pytest.mark.parametrize("part", ["48213", "AB:12", "Größe & Söhne", "a/b%c", "../..", " x "])
def test_an_id_gives_its_parts_back(part: str) -> None:
    assert parts_of(figure_id("ticket", part, "after7")) == ("ticket", part, "after7")


def test_an_account_is_named_by_number_and_words() -> None:
    assert account_part(12, "Marlowe Freight") == "12-marlowe-freight"
    assert account_part(12, "東京") == "12"
    assert slug("Café Ångström (EU)") == "cafe-angstrom-eu"
