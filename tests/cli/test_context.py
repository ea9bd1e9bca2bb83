"""`explain`, `ticket` and `metrics` on the command line, as processes."""

from pathlib import Path

import pytest

from tests.cli.program import good, run


@pytest.fixture
def number(sample: Path) -> str:
    told = good("metrics", "--workspace", sample, "--json").json
    tickets = [one["ticket"] for one in told["effects"]]
    assert tickets
    return str(tickets[0])


def test_a_ticket_comes_with_its_whole_context(sample: Path, number: str) -> None:
    told = good("ticket", number, "--workspace", sample, "--json").json
    assert told["ticket"]["number"] == number
    assert {"trying_to", "blocks", "flags", "usage_now", "spend", "cost", "suggestions", "past"} <= {*told}
    assert [one["id"] for one in told["figures"]]


def test_every_figure_of_the_ticket_is_explained_by_its_id(sample: Path, number: str) -> None:
    told = good("ticket", number, "--workspace", sample, "--json").json
    for figure in told["figures"]:
        again = good("explain", figure["id"], "--workspace", sample, "--json").json
        assert (again["formula"], again["window"], again["rows"]) == (
            figure["formula"],
            figure["window"],
            figure["rows"],
        )
        assert len(again["sources"]) == 4


def test_metrics_explain_themselves_in_their_json(sample: Path) -> None:
    told = good("metrics", "--workspace", sample, "--high", "--json").json
    assert {*told["why"]} == {"first-response", "csat", "volume", "ttvr", "closing", "effects", "together"}
    why = told["why"]["volume"]
    assert good("explain", why["id"], "--workspace", sample, "--json").json["formula"] == why["formula"]


def test_a_period_that_ends_before_it_begins_is_wrong_usage(sample: Path) -> None:
    done = run("metrics", "--workspace", sample, "--from", "2026-12-01", "--to", "2026-11-01")
    assert done.code == 2
    assert "ends before it begins" in done.err


def test_without_an_id_the_kinds_are_listed_and_no_workspace_is_needed() -> None:
    told = good("explain", "--json").json
    assert "ticket:NUMBER:after7" in {one["id"] for one in told["figures"]}


def test_what_is_no_figure_ends_with_a_sentence(sample: Path) -> None:
    done = run("explain", "nothing:at:all", "--workspace", sample)
    assert done.code == 4
    assert "No figure is called" in done.err
