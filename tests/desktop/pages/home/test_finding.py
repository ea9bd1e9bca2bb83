from convergedesk.desktop.pages.home.calm import calm
from convergedesk.desktop.pages.home.finding import subtitle, title
from convergedesk.domain.portfolio import Spark
from tests.desktop.book import TODAY, commitment, kestrel, row, snapshot, tindle


def test_open_high_priority_tickets_come_first() -> None:
    assert title((tindle(), kestrel()), TODAY) == "2 high-priority tickets are open at 1 of 2 accounts"
    one = row(open_high=1, open_tickets=1)
    assert title((one,), TODAY) == "1 high-priority ticket is open at 1 account"


def test_then_falling_usage_then_goals_then_commitments() -> None:
    assert title((tindle(), row()), TODAY) == "Usage fell by 15\u202f% or more at 1 of 2 accounts"
    assert title((row(goals_overdue=2), row()), TODAY) == "2 goals past due at 1 of 2 accounts"
    assert (
        title((row(commitment=commitment(1)), row()), TODAY) == "Commitments are off pace at 1 of 2 accounts"
    )


def test_calm_is_said_too() -> None:
    assert title((row(), row()), TODAY) == "Nothing urgent at 2 accounts"
    assert title((), TODAY) == "No accounts yet"


def test_what_was_not_measured_is_not_said_to_be_well() -> None:
    silent = row(usage_28=None, usage_previous_28=None, commitment=None, goals_open=0)
    assert title((silent,), TODAY) == "1 account, nothing to compare yet"
    said = calm(snapshot(silent, freshness=()), (silent,))
    assert said.headline == "Nothing urgent in what is known"
    assert said.well == ""
    assert all(word in said.unknown for word in ("tickets", "usage", "commitments", "goals"))


def test_calm_over_everything_leaves_nothing_out() -> None:
    every = row(usage_28=10.0, usage_previous_28=10.0, commitment=commitment(548_000), goals_open=1)
    said = calm(snapshot(every), (every,))
    assert (said.headline, said.unknown) == ("Nothing urgent", "")
    assert said.well.startswith("No high-priority ticket is open")


def test_the_subtitle_says_up_to_when_usage_is_known() -> None:
    assert subtitle(snapshot()) == "Thursday 10 December · usage known up to 9 Dec"
    monthly = row(spark=Spark(None, (), "", 0))
    assert subtitle(snapshot(monthly)) == "Thursday 10 December"
