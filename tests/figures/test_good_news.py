from datetime import timedelta

from convergedesk.domain.briefs import Outlook, ValueRestored
from convergedesk.domain.portfolio import PortfolioRow, ReachedGoal
from convergedesk.figures.good_news import NewsKind, good_news
from tests.desktop.book import TODAY, brief, health, row, week


def kinds(one: PortfolioRow) -> list[NewsKind]:
    return [news.kind for news in good_news((one,), TODAY)]


def restored(days_ago: int, days: int = 3) -> ValueRestored:
    on = TODAY - timedelta(days=days_ago)
    return ValueRestored(590, "48590", on - timedelta(days=days), on, days)


def test_value_restored_lately_is_news_with_words_for_the_customer() -> None:
    (news,) = good_news((row(brief=brief(restored=restored(3))),), TODAY)
    assert news.sentence == "Value restored 3 days after #48590 was opened."
    assert news.say.startswith("Since 7 Dec your usage has been back where we would expect it")
    assert (news.tab, news.ticket_id) == ("tickets", 590)


def test_what_is_long_over_or_took_very_long_is_no_news() -> None:
    assert kinds(row(brief=brief(restored=restored(22)))) == []
    assert kinds(row(brief=brief(restored=restored(3, days=320)))) == []


def test_a_goal_reached_early_says_so() -> None:
    goal = ReachedGoal(1, "Orders without a person", TODAY - timedelta(days=2), TODAY + timedelta(days=30))
    (news,) = good_news((row(reached=(goal,)),), TODAY)
    assert news.sentence == "Goal reached on 8 Dec: “Orders without a person”, 32 days early."


def test_usage_above_expected_is_news_unless_it_runs_past_the_commitment() -> None:
    more = brief(week=week(0.12, 0.06, 0.18))
    assert kinds(row(brief=more)) == [NewsKind.USAGE]
    term = (TODAY - timedelta(days=250), TODAY + timedelta(days=114))
    ahead = Outlook("EUR", 100, 90, *term, 1.3, TODAY + timedelta(days=9), None, None, None, 30)
    assert kinds(row(brief=more._replace(outlook=ahead))) == []
    assert kinds(row(brief=brief(week=week(0.12, -0.06, 0.3)))) == []


def test_health_that_came_back_is_for_the_team_alone() -> None:
    (news,) = good_news((row(brief=brief(health=health(80.0, 66.0))),), TODAY)
    assert (news.kind, news.say) == (NewsKind.HEALTH, "")
    assert kinds(row(brief=brief(health=health(88.0, 76.0)))) == []


def test_the_newest_comes_first() -> None:
    rows = (
        row(1, "Older", brief=brief(restored=restored(9))),
        row(2, "Newer", brief=brief(restored=restored(2))),
    )
    assert [news.name for news in good_news(rows, TODAY)] == ["Newer", "Older"]
