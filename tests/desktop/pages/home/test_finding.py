from convergedesk.desktop.pages.home.calm import calm
from convergedesk.desktop.pages.home.finding import subtitle, title
from convergedesk.domain.portfolio import Spark
from convergedesk.figures.home.figure import book_of
from tests.desktop.book import brief, commitment, row, snapshot


def test_the_title_counts_who_needs_a_check_in() -> None:
    book = book_of(snapshot(row(1), row(2)))
    assert title(book, 1) == "1 of 2 accounts needs a check-in"
    assert title(book, 2) == "2 accounts need a check-in"
    assert title(book_of(snapshot(row(1))), 1) == "1 account needs a check-in"


def test_calm_is_said_too() -> None:
    assert title(book_of(snapshot(row(1), row(2))), 0) == "Nothing urgent at 2 accounts"
    assert title(book_of(snapshot(row(1, gone_since=snapshot().freshness[0].as_of))), 0) == "No accounts yet"


def test_what_was_not_measured_is_not_said_to_be_well() -> None:
    silent = row(usage_28=None, usage_previous_28=None, commitment=None, goals_open=0)
    assert title(book_of(snapshot(silent)), 0) == "1 account, nothing to compare yet"
    said = calm(snapshot(silent, freshness=()), (silent,))
    assert said.headline == "Nobody needs a check-in, by what is known"
    assert said.well == ""
    assert all(word in said.unknown for word in ("tickets", "usage", "commitments", "goals"))


def test_calm_over_everything_leaves_nothing_out() -> None:
    every = row(brief=brief(), commitment=commitment(548_000), goals_open=1)
    said = calm(snapshot(every), (every,))
    assert (said.headline, said.unknown) == ("Nobody needs a check-in", "")
    assert said.well.startswith("No high-priority ticket waits too long")


def test_the_subtitle_says_up_to_when_usage_is_known() -> None:
    assert subtitle(snapshot(), computing=False) == "Thursday 10 December · usage known up to 9 Dec"
    monthly = row(spark=Spark(None, (), "", 0))
    assert subtitle(snapshot(monthly), computing=False) == "Thursday 10 December"


def test_the_subtitle_says_what_was_not_computed_yet() -> None:
    assert subtitle(snapshot(not_computed=3), computing=True).endswith("health not computed yet")
    assert subtitle(snapshot(not_computed=1), computing=True).endswith("not computed yet for 1")
