from datetime import timedelta

from convergedesk.desktop.portfolio.views import VIEWS, view_of
from convergedesk.domain.accounts import Lifecycle
from convergedesk.domain.portfolio import PortfolioRow
from tests.desktop.book import TODAY, kestrel, quarry, row, tindle


def names(key: str, *rows: PortfolioRow) -> list[str]:
    return [one.name for one in rows if view_of(key).holds(one, TODAY)]


def test_every_view_holds_the_accounts_that_its_rule_names() -> None:
    rows = (tindle(), kestrel(), quarry(), row())
    assert names("high_open", *rows) == ["Kestrel Payments"]
    assert names("usage_down", *rows) == ["Tindle Learning"]
    assert names("off_pace", *rows) == ["Tindle Learning"]
    assert names("renews", *rows) == ["Tindle Learning"]
    assert names("overdue", *rows) == ["Kestrel Payments"]
    assert len(names("all", *rows)) == 4


def test_a_renewal_counts_from_today_to_120_days_ahead() -> None:
    on_day = [row(renews_on=TODAY + timedelta(days=n), name=str(n)) for n in (-1, 0, 120, 121)]
    assert names("renews", *on_day) == ["0", "120"]


def test_a_customer_who_left_is_in_no_call_to_act() -> None:
    gone = row(lifecycle=Lifecycle.CHURNED, usage_28=None, renews_on=TODAY)
    assert not names("no_usage", gone)
    assert not names("renews", gone)
    assert names("no_usage", row(usage_28=None)) == ["Quiet Ltd"]


def test_an_unknown_view_is_all_accounts() -> None:
    assert view_of("gone with an older version") is VIEWS[0]
