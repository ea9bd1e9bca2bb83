from dataclasses import replace
from datetime import date

from convergedesk.desktop.pages.account.ticket_costs import cost_total, ticket_costs
from convergedesk.domain.episode_cost import EpisodeCost
from convergedesk.domain.money import Money, MoneyRange
from convergedesk.domain.tickets import TicketId
from tests.desktop.account_book import tickets
from tests.desktop.account_figures_book import money_range

COST = EpisodeCost(
    ticket_ids=(TicketId(21), TicketId(11)),
    onset_on=date(2026, 10, 21),
    restored_on=date(2026, 10, 27),
    through=date(2026, 11, 10),
    parts=(),
    value=money_range(277_000),
    prepaid=True,
    delay_days=1.0,
    excess_cost=None,
    sla_credit=None,
    sla_words="no term was missed",
    caution="",
)


def test_tickets_that_overlap_share_one_cost_that_counts_once() -> None:
    found = ticket_costs((COST,), tickets())
    assert {one.words for one in found.values()} == {"€2,770"}
    assert set(found) == {TicketId(21), TicketId(11)}
    total = cost_total(list(found.values()))
    assert (total.words, total.context) == ("€2,770", "likely €2,216 to €3,324, prepaid, 1 dip")
    assert total.why is not None
    assert total.why.title == "Estimated value delayed"
    assert "nothing is lost" in total.why.caution


def test_each_cost_explains_itself() -> None:
    found = ticket_costs((COST,), tickets())
    assert found[TicketId(21)].why().figure_id == "ticket:48213:cost"


def test_what_was_not_prepaid_is_value_and_without_a_price_there_is_none() -> None:
    paid = cost_total(list(ticket_costs((replace(COST, prepaid=False),), tickets()).values()))
    assert paid.why is not None
    assert paid.why.title == "Estimated value"
    assert ticket_costs((replace(COST, value=None),), tickets()) == {}
    assert cost_total([]).words == "–"


def test_several_currencies_are_not_added() -> None:
    dollars = replace(
        COST,
        ticket_ids=(TicketId(31),),
        value=MoneyRange(Money(100, "USD"), Money(90, "USD"), Money(110, "USD")),
    )
    total = cost_total(list(ticket_costs((COST, dollars), tickets()).values()))
    assert (total.words, total.context) == ("–", "in several currencies")
