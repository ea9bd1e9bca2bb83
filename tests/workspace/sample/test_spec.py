from datetime import date
from typing import Any

import pytest

from convergedesk.domain.errors import UsageError
from convergedesk.workspace.sample.spec import LAST_DAY, SampleSpec


def test_today_is_the_day_after_the_last_day_of_usage() -> None:
    assert SampleSpec().today == date(2026, 12, 10)


def test_the_window_ends_on_the_last_day() -> None:
    spec = SampleSpec(days=30)
    assert (LAST_DAY - spec.first_day).days == 29


def test_tickets_follow_the_accounts_unless_stated() -> None:
    assert SampleSpec(accounts=20).ticket_count == 2 * SampleSpec().ticket_count
    assert SampleSpec(accounts=20, tickets=5).ticket_count == 5


@pytest.mark.parametrize(
    "sizes", [{"accounts": 0}, {"meters": 21}, {"meters": 0}, {"days": 0}, {"tickets": -1}, {"seed": -1}]
)
def test_impossible_sizes_are_refused_in_a_sentence_that_names_the_flag(sizes: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as refused:
        SampleSpec(**sizes)
    assert f"--{next(iter(sizes))}" in str(refused.value)


def test_streams_depend_on_the_seed_and_the_path_alone() -> None:
    first = SampleSpec().stream("usage", "marlowe").integers(0, 2**60, 4).tolist()
    assert (
        first == SampleSpec(accounts=300, days=90).stream("usage", "marlowe").integers(0, 2**60, 4).tolist()
    )
    assert first != SampleSpec(seed=8).stream("usage", "marlowe").integers(0, 2**60, 4).tolist()
    assert first != SampleSpec().stream("usage", "kestrel").integers(0, 2**60, 4).tolist()
