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


def test_the_subtitle_says_up_to_when_usage_is_known() -> None:
    assert subtitle(snapshot()) == "Thursday 10 December · usage known up to 9 Dec"
    monthly = row(spark=Spark(None, (), "", 0))
    assert subtitle(snapshot(monthly)) == "Thursday 10 December"
