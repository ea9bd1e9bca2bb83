"""`convergedesk alerts`, as a process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import good, run


@pytest.fixture(scope="module")
def pilots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("alerts") / "sample.converge"
    good("sample", "--workspace", path)
    return path


def test_it_lists_what_needs_attention_with_its_reasons(pilots: Path) -> None:
    told = good("alerts", "--workspace", pilots, "--json").json
    silent = next(one for one in told["alerts"] if one["kind"] == "silent_dip")
    assert silent["account"] == "Tindle Learning"
    assert silent["figures"]["estimate"] < -0.2
    assert silent["because"]
    assert silent["why"]["formula"]
    assert silent["why"]["interval"]
    assert told["last_look"]["accounts"] > 0
    text = good("alerts", "--workspace", pilots, "--no-refresh").out
    assert f"Tindle Learning: {silent['sentence']}" in text


def test_one_account_and_one_state(pilots: Path) -> None:
    told = good("alerts", "--workspace", pilots, "--account", "Kestrel", "--json").json
    assert {one["account"] for one in told["alerts"]} == {"Kestrel Payments"}
    assert good("alerts", "--workspace", pilots, "--state", "snoozed", "--json").json["alerts"] == []


def test_the_rules_and_what_one_would_have_raised(pilots: Path) -> None:
    rules = good("alerts", "--workspace", pilots, "--rules", "--json").json["rules"]
    assert {rule["kind"] for rule in rules} >= {"silent_dip", "commitment", "review_due"}
    told = good("alerts", "--workspace", pilots, "--preview", "silent_dip", "--json").json["preview"]
    assert any(one["account_name"] == "Tindle Learning" for one in told["fired"])
    assert told["approximations"]
    text = good("alerts", "--workspace", pilots, "--preview", "silent_dip").out
    assert "Would have been raised" in text


def test_a_kind_that_nobody_knows_is_refused(pilots: Path) -> None:
    done = run("alerts", "--workspace", pilots, "--preview", "moon")
    assert done.code == 2
    assert "silent_dip" in done.err


def test_rules_travel_in_a_file(pilots: Path, tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    good("alerts", "--workspace", pilots, "--export-rules", file)
    file.write_text(
        file.read_text().replace('"share": 80', "").replace('"enabled": true', '"enabled": false')
    )
    told = good("alerts", "--workspace", pilots, "--import-rules", file, "--json").json
    rules = good("alerts", "--workspace", pilots, "--rules", "--json").json["rules"]
    assert told["rules"] == len(rules)
    assert not any(rule["enabled"] for rule in rules)
    good("undo", "--workspace", pilots)
    rules = good("alerts", "--workspace", pilots, "--rules", "--json").json["rules"]
    assert all(rule["enabled"] for rule in rules)


def test_a_file_of_rules_that_is_none_is_refused(pilots: Path, tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    file.write_text("rules")
    assert "holds no alert rules" in run("alerts", "--workspace", pilots, "--import-rules", file).err
    assert run("alerts", "--workspace", pilots, "--import-rules", tmp_path / "none.json").code == 2
