from dataclasses import replace
from datetime import date

from convergedesk.desktop.pages.account.burn_down import burn_down
from convergedesk.domain.billing import InvoiceState
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import CommitmentUse
from convergedesk.figures.billing_view import commitment_use
from tests.desktop.account_book import TERM_END, TERM_START, contract, invoice
from tests.desktop.book import TODAY

USE = CommitmentUse(Money(1_000_000, "EUR"), Money(0, "EUR"), TERM_START, TERM_END)


def test_each_invoice_lowers_what_is_left_on_the_last_day_that_it_is_for() -> None:
    line = burn_down(USE, [invoice(5, 200_000), invoice(4, 100_000)], TODAY)
    assert line.points == (
        (TERM_START, 1_000_000),
        (date(2026, 4, 30), 900_000),
        (date(2026, 5, 31), 700_000),
    )
    assert line.left == Money(700_000, "EUR")


def test_two_invoices_for_one_month_are_one_step() -> None:
    line = burn_down(USE, [invoice(4, 100_000), replace(invoice(4, 50_000), number="B")], TODAY)
    assert line.points[1:] == ((date(2026, 4, 30), 850_000),)


def test_what_is_no_bill_or_not_within_the_term_draws_nothing() -> None:
    others = [
        invoice(3, 1),
        replace(invoice(5, 1), state=InvoiceState.DRAFT),
        replace(invoice(5, -1), state=InvoiceState.CREDIT),
        replace(invoice(5, 1), total=Money(1, "USD")),
    ]
    assert burn_down(USE, others, TODAY).points == ((TERM_START, 1_000_000),)


def test_the_line_ends_where_the_commitment_stands() -> None:
    invoices = [invoice(month, 11_500_000) for month in range(3, 12)]
    use = commitment_use((contract(),), invoices, TODAY)
    assert use is not None
    assert burn_down(use, invoices, TODAY).left == use.committed + -use.billed


def test_more_than_promised_is_negative() -> None:
    assert burn_down(USE, [invoice(4, 1_200_000)], TODAY).left == Money(-200_000, "EUR")
