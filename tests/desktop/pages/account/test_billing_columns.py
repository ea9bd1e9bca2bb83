from dataclasses import replace
from datetime import date

from convergedesk.desktop.pages.account.billing_columns import paid_by
from convergedesk.domain.billing import InvoiceState
from convergedesk.domain.money import Money
from tests.desktop.account_book import contract, invoice


def test_an_invoice_within_the_term_draws_on_the_commitment() -> None:
    assert paid_by(invoice(11, 100), (contract(),)) == "drawn from commitment"
    prepaid = replace(contract(), commitments=(replace(contract().commitments[0], prepaid=True),))
    assert paid_by(invoice(11, 100), (prepaid,)) == "drawn from credit"


def test_what_lies_outside_the_term_or_in_another_currency_is_paid_by_itself() -> None:
    before = invoice(2, 100, period_start=date(2026, 2, 1))
    assert paid_by(before, (contract(),)) == "by invoice"
    dollars = replace(invoice(11, 100), total=Money(100, "USD"))
    assert paid_by(dollars, (contract(),)) == "by invoice"
    assert paid_by(invoice(11, 100), ()) == "by invoice"


def test_a_credit_note_is_called_one() -> None:
    assert paid_by(invoice(11, -100, state=InvoiceState.CREDIT), (contract(),)) == "credit note"
