from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest

from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.pages.account.usage_story import TOTAL, key_of, prepared
from convergedesk.desktop.pages.account.usage_view_model import UsageViewModel
from convergedesk.domain.accounts import AccountId
from tests.desktop.account_book import CALLS, EVENTS, no_usage, usage

LAST = date(2026, 12, 9)


@pytest.fixture
def model() -> UsageViewModel:
    model = UsageViewModel(InlineJobs())
    model.show(prepared(usage(), (), UTC))
    return model


def test_an_account_opens_on_its_total_over_ninety_days(model: UsageViewModel) -> None:
    assert (model.choice, model.days) == (TOTAL, 90)
    assert (model.first_day, model.last_day) == (date(2026, 9, 11), LAST)


def test_periods_end_on_the_last_day_with_usage(model: UsageViewModel) -> None:
    model.choose_days(30)
    assert (model.first_day, model.last_day) == (date(2026, 11, 10), LAST)


def test_a_range_of_ones_own_must_run_forwards(model: UsageViewModel) -> None:
    assert not model.choose_range(LAST, date(2026, 12, 1))
    assert model.days == 90
    assert model.choose_range(date(2026, 5, 1), date(2026, 6, 1))
    assert (model.days, model.first_day) == (None, date(2026, 5, 1))


def test_panning_is_a_range_of_ones_own_and_survives_a_refresh(model: UsageViewModel) -> None:
    model.note_range(date(2026, 5, 1), date(2026, 6, 1))
    model.choose(key_of(EVENTS))
    model.show(prepared(usage(), (), UTC))
    assert model.days is None
    assert (model.first_day, model.last_day) == (date(2026, 5, 1), date(2026, 6, 1))
    assert model.choice == key_of(EVENTS)


def test_another_account_starts_afresh(model: UsageViewModel) -> None:
    model.choose(key_of(CALLS))
    model.choose_days(365)
    model.show(prepared(usage(account_id=AccountId(99)), (), UTC))
    assert (model.choice, model.days) == (TOTAL, 90)


def test_a_meter_that_is_gone_is_no_longer_chosen(model: UsageViewModel) -> None:
    model.choose(key_of(CALLS))
    whole = usage()
    model.show(prepared(replace(whole, meters=whole.meters[:1], total=None), (), UTC))
    assert model.choice == key_of(EVENTS)


def test_the_comparison_stays_on_from_meter_to_meter(model: UsageViewModel) -> None:
    model.set_compare(True)
    model.choose(key_of(EVENTS))
    assert model.story is not None
    assert model.story.comparison


def test_an_account_without_usage_has_nothing_to_choose() -> None:
    model = UsageViewModel(InlineJobs())
    model.show(prepared(no_usage(), (), UTC))
    assert model.story is None
    assert model.choices == ()
    model.choose_days(30)
    assert model.first_day is None


def test_the_export_holds_what_was_reported_beside_what_is_drawn(model: UsageViewModel) -> None:
    model.choose_range(date(2026, 12, 1), date(2026, 12, 2))
    model.set_compare(True)
    assert model.data_rows() == [
        ("period", "Total (events)", "Total (events, adjusted)", "Q3 2026, same days (events, adjusted)"),
        ("2026-12-01", "250", "250", "250"),
        ("2026-12-02", "250", "250", "250"),
    ]
    model.set_adjust(False)
    model.set_compare(False)
    assert model.data_rows()[0] == ("period", "Total (events)")


def test_exports_report_success_and_failure(model: UsageViewModel, tmp_path: Path) -> None:
    saved: list[Path] = []
    faults: list[Exception] = []
    model.saved.connect(saved.append)
    model.failed.connect(faults.append)
    model.save_data(tmp_path / "usage.csv", [("Day", "Total"), ("2026-12-09", "250")])
    model.save_picture(tmp_path / "usage.png", b"\x89PNG")
    model.save_picture(tmp_path / "gone" / "usage.png", b"\x89PNG")
    assert saved == [tmp_path / "usage.csv", tmp_path / "usage.png"]
    assert "could not be saved" in str(faults[0])
