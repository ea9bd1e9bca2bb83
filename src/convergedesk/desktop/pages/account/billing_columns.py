"""The columns of invoices and subscriptions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.phrases import long_month, near_day
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.table.cells import StatusCell, TextCell, TextLine
from convergedesk.domain.billing import Contract, Invoice, InvoiceState, Subscription
from convergedesk.figures.billing_view import runs_on
from convergedesk.figures.wording import day, money

_NOTHING = "–"
_QUIET = TextCell(Role.BODY, "text_2")
_STATES = {
    InvoiceState.DRAFT: ("Draft", "text_3", "note-pencil"),
    InvoiceState.OPEN: ("Open", "warning", "clock"),
    InvoiceState.PAID: ("Paid", "good", "check-circle"),
    InvoiceState.VOID: ("Void", "text_3", "x-circle"),
    InvoiceState.UNCOLLECTIBLE: ("Uncollectible", "critical", "warning-octagon"),
    InvoiceState.CREDIT: ("Credit note", "text_3", "receipt"),
}


def paid_by(invoice: Invoice, contracts: Sequence[Contract]) -> str:
    """Whether an invoice draws on a commitment: its term holds the day that the invoice begins with."""
    if invoice.state is InvoiceState.CREDIT:
        return "credit note"
    begins = invoice.period_start or invoice.issued_on
    terms = [
        term
        for contract in contracts
        for term in contract.commitments
        if term.amount.currency == invoice.total.currency and term.starts_on <= begins <= term.ends_on
    ]
    if not terms:
        return "by invoice"
    return "drawn from credit" if any(term.prepaid for term in terms) else "drawn from commitment"


def invoice_columns(
    today: Callable[[], date], contracts: Callable[[], Sequence[Contract]]
) -> tuple[Column[Invoice], ...]:
    """Number, what it is for, amount, what pays for it, and state; `contracts` are asked anew."""
    return (
        Column(
            key="number",
            title="Number",
            text=lambda i: i.number,
            sort_key=lambda i: i.number,
            width=130,
            min_width=90,
            stretch=1,
        ),
        Column(
            key="for",
            title="For",
            text=period_words,
            cell=_QUIET,
            sort_key=lambda i: i.period_start or i.issued_on,
            descending_first=True,
            width=170,
            min_width=120,
            stretch=2,
        ),
        Column(
            key="amount",
            title="Amount",
            text=lambda i: money(i.total),
            align="right",
            sort_key=lambda i: (i.total.currency, i.total.minor_units),
            descending_first=True,
            width=120,
            min_width=90,
        ),
        Column(
            key="paid",
            title="Paid by",
            text=lambda i: paid_by(i, contracts()),
            cell=_QUIET,
            sort_key=lambda i: paid_by(i, contracts()),
            width=166,
            min_width=110,
        ),
        Column(
            key="issued",
            title="Issued",
            text=lambda i: day(i.issued_on),
            value=lambda i: near_day(i.issued_on, today()),
            cell=_QUIET,
            align="right",
            sort_key=lambda i: i.issued_on,
            descending_first=True,
            width=110,
            min_width=90,
        ),
        Column(
            key="state",
            title="State",
            text=lambda i: _STATES[i.state][0],
            value=lambda i: TextLine(_STATES[i.state][0], Role.LABEL_MEDIUM, *_STATES[i.state][1:]),
            cell=StatusCell(),
            sort_key=lambda i: i.state.value,
            width=130,
            min_width=100,
            stretch=1,
        ),
    )


def subscription_columns(today: Callable[[], date]) -> tuple[Column[Subscription], ...]:
    """Plan, term, recurring revenue and whether it runs."""

    def state(one: Subscription) -> TextLine:
        if runs_on(one, today()):
            word = "Trial" if one.trial else "Running"
            return TextLine(word, Role.LABEL_MEDIUM, "good", "check-circle")
        if one.starts_on > today():
            return TextLine("Not begun", Role.LABEL_MEDIUM, "text_3", "hourglass-medium")
        return TextLine("Ended", Role.LABEL_MEDIUM, "text_3", "circle")

    def seats(one: Subscription) -> str:
        return _NOTHING if one.seats is None else f"{one.seats:,}"

    return (
        Column(
            key="plan",
            title="Plan",
            text=lambda s: s.plan or s.external_id,
            sort_key=lambda s: (s.plan or s.external_id).casefold(),
            width=130,
            min_width=90,
            stretch=1,
        ),
        Column(
            key="term",
            title="Term",
            text=lambda s: f"{day(s.starts_on)} to {day(s.ends_on) if s.ends_on else 'open end'}",
            cell=_QUIET,
            sort_key=lambda s: s.starts_on,
            descending_first=True,
            width=190,
            min_width=150,
            stretch=1,
        ),
        Column(
            key="seats",
            title="Seats",
            text=seats,
            cell=_QUIET,
            align="right",
            sort_key=lambda s: s.seats,
            descending_first=True,
            width=64,
            min_width=54,
        ),
        Column(
            key="mrr",
            title="A month",
            text=lambda s: _NOTHING if s.mrr is None else money(s.mrr),
            align="right",
            sort_key=lambda s: None if s.mrr is None else (s.mrr.currency, s.mrr.minor_units),
            descending_first=True,
            width=104,
            min_width=84,
        ),
        Column(
            key="state",
            title="State",
            text=lambda s: state(s).text,
            value=state,
            cell=StatusCell(),
            width=110,
            min_width=94,
        ),
    )


def period_words(invoice: Invoice) -> str:
    """'November 2026' for a whole month, otherwise the days billed; the issue day without a period."""
    start, end = invoice.period_start, invoice.period_end
    if invoice.state is InvoiceState.CREDIT and invoice.lines:
        return invoice.lines[0].description
    if start is None:
        return f"Issued {day(invoice.issued_on)}"
    whole = end is not None and start.day == 1 and start.month == end.month and (end - start).days >= 27
    if whole or end is None:
        return long_month(start)
    return f"{day(start)} to {day(end)}"
