"""Fields of subscriptions, contracts, invoices and churn."""

from __future__ import annotations

from collections.abc import Mapping

from convergedesk.domain.records import EntityKind
from convergedesk.sources.files.catalogue import Field, FieldType
from convergedesk.sources.files.fields_account_key import ACCOUNT_EMAIL, BY_ACCOUNT

_CURRENCY = Field(
    "currency", "Currency", FieldType.CURRENCY, "Three letters; asked for once where a file states none.", "EUR",
    synonyms=("currency", "currency code", "billing currency", "currencyisocode", "presentment currency"),
)  # fmt: skip
_BILLED_TO = (*BY_ACCOUNT, ACCOUNT_EMAIL)

_SUBSCRIPTIONS = (
    Field("external_id", "Subscription id", FieldType.ID, "Usage may refer to it.", "S-1001", required=True,
          synonyms=("subscription id", "subscriptionid", "subscription", "sub id", "id", "subscription number")),
    *_BILLED_TO,
    Field("starts_on", "First day", FieldType.DAY, "The first day.", "2026-04-01", required=True,
          synonyms=("start date", "starts on", "start", "started at", "subscription start", "current period start",
                    "activated at", "created", "begin date", "valid from")),
    Field("ends_on", "Last day", FieldType.DAY, "The last day; empty while it runs.", "",
          synonyms=("end date", "ends on", "end", "ended at", "cancelled at", "canceled at", "cancel at",
                    "subscription end", "termination date", "valid to", "expires")),
    Field("plan", "Plan", FieldType.TEXT, "Name of the plan.", "Pro",
          synonyms=("plan", "plan name", "plan tier", "product", "product name", "price", "tier", "sku")),
    Field("mrr", "Monthly recurring revenue", FieldType.MONEY, "What it brings a month.", "2786.00",
          synonyms=("mrr", "mrr amount", "monthly recurring revenue", "monthly amount", "monthly fee", "monthly price",
                    "amount per month")),
    Field("arr", "Yearly recurring revenue", FieldType.MONEY, "Used, divided by twelve, where no monthly figure stands.", "",
          synonyms=("arr", "arr amount", "annual recurring revenue", "annual amount", "yearly amount", "acv")),
    _CURRENCY,
    Field("seats", "Seats", FieldType.WHOLE, "Licensed seats.", "14",
          synonyms=("seats", "quantity", "licenses", "licences", "users", "seat count")),
    Field("billing_period", "Billed", FieldType.TEXT, "Such as monthly or annual.", "monthly",
          synonyms=("billing frequency", "billing period", "billing interval", "interval", "billing cycle", "term")),
    Field("trial", "Is a trial", FieldType.FLAG, "Yes while nothing is owed.", "no",
          synonyms=("is trial", "trial", "trialing", "on trial")),
    Field("auto_renews", "Renews by itself", FieldType.FLAG, "Yes where it goes on without a signature.", "yes",
          synonyms=("auto renew flag", "auto renew", "auto renews", "autorenew", "auto renewal", "renews automatically")),
)  # fmt: skip

_CONTRACTS = (
    Field("external_id", "Contract id", FieldType.ID, "The contract's id.", "K-2026-7",
          synonyms=("contract id", "contract number", "contract", "order form", "opportunity id", "id", "agreement id")),
    *_BILLED_TO,
    Field("name", "Name", FieldType.TEXT, "Such as Order form 2026.", "Order form 2026",
          synonyms=("contract name", "name", "title", "opportunity name", "agreement", "deal name", "description")),
    Field("starts_on", "First day", FieldType.DAY, "The first day.", "2026-04-01", required=True,
          synonyms=("start date", "starts on", "start", "contract start", "contract start date", "effective date",
                    "term start", "valid from")),
    Field("ends_on", "Last day", FieldType.DAY, "The last day; empty where no end was agreed.", "2027-03-31",
          synonyms=("end date", "ends on", "end", "contract end", "contract end date", "term end", "expiration date",
                    "valid to")),
    Field("commitment", "Commitment", FieldType.MONEY, "What the customer promised to spend within the term.", "1260000",
          synonyms=("commitment", "commitment amount", "committed amount", "commit", "total contract value", "tcv",
                    "contract value", "amount", "committed spend")),
    _CURRENCY,
    Field("prepaid", "Prepaid", FieldType.FLAG, "Yes where it was paid before use.", "no",
          synonyms=("prepaid", "is prepaid", "prepaid credit", "drawdown")),
)  # fmt: skip

_INVOICES = (
    Field("number", "Invoice number", FieldType.ID, "As printed.", "INV-2611-044", required=True,
          synonyms=("invoice number", "invoice no", "invoice id", "invoice", "number", "invoice #", "document number", "id")),
    *_BILLED_TO,
    Field("issued_on", "Issued on", FieldType.DAY, "The day of issue.", "2026-12-03", required=True,
          synonyms=("issued on", "invoice date", "issue date", "issued", "date", "created", "created at", "billing date",
                    "finalized at", "posted date", "document date")),
    Field("total", "Total", FieldType.MONEY, "The whole amount; negative for credit notes.", "118500.00", required=True,
          synonyms=("total", "invoice total", "amount", "total amount", "amount due", "grand total", "net amount",
                    "amount invoiced", "billed amount", "subtotal")),
    _CURRENCY,
    Field("state", "State", FieldType.CHOICE, "Where the invoice stands.", "paid",
          choices=("draft", "open", "paid", "void", "uncollectible", "credit"),
          synonyms=("state", "status", "invoice status", "payment status")),
    Field("period_start", "Billed from", FieldType.DAY, "The first day billed.", "2026-11-01",
          synonyms=("period start", "billed from", "service period start", "from", "billing period start", "start date")),
    Field("period_end", "Billed to", FieldType.DAY, "The last day billed.", "2026-11-30",
          synonyms=("period end", "billed to", "service period end", "to", "billing period end", "end date")),
)  # fmt: skip

_LINES = (
    Field("invoice_number", "Invoice number", FieldType.ID, "The invoice that the line belongs to.", "INV-2611-044",
          required=True,
          synonyms=("invoice number", "invoice no", "invoice id", "invoice", "document number")),
    Field("position", "Position", FieldType.WHOLE, "Place within the invoice.", "1",
          synonyms=("position", "line", "line number", "line no", "line item number", "pos", "item")),
    *_BILLED_TO,
    Field("description", "Description", FieldType.TEXT, "As printed.", "Events delivered, November 2026",
          synonyms=("description", "line description", "line item", "item description", "product", "name")),
    Field("amount", "Amount", FieldType.MONEY, "Net of credits on the same line.", "100000.00", required=True,
          synonyms=("amount", "line amount", "line total", "net amount", "total", "price", "line item amount")),
    _CURRENCY,
    Field("meter", "Meter", FieldType.TEXT, "What was counted; empty for fees.", "events_delivered",
          synonyms=("meter", "metric", "meter name", "usage type", "sku", "feature", "billable metric")),
    Field("quantity", "Quantity", FieldType.NUMBER, "Units billed.", "69300000",
          synonyms=("quantity", "units", "qty", "usage", "billed units")),
    Field("issued_on", "Invoice date", FieldType.DAY, "The invoice's day, where its head is in no file.", "",
          synonyms=("invoice date", "issued on", "issue date", "date")),
    Field("period_start", "Billed from", FieldType.DAY, "The first day billed.", "2026-11-01",
          synonyms=("period start", "billed from", "service period start", "from", "line period start")),
    Field("period_end", "Billed to", FieldType.DAY, "The last day billed.", "2026-11-30",
          synonyms=("period end", "billed to", "service period end", "to", "line period end")),
)  # fmt: skip

_CHURN = (
    Field("external_id", "Event id", FieldType.ID, "The event's id.", "C-1",
          synonyms=("churn event id", "churn id", "event id", "id", "cancellation id")),
    *BY_ACCOUNT,
    Field("day", "Day", FieldType.DAY, "When the customer left or came back.", "2026-06-30", required=True,
          synonyms=("churn date", "churned on", "cancellation date", "cancelled on", "date", "lost date", "day",
                    "left on", "closed lost date")),
    Field("reason", "Reason", FieldType.TEXT, "The reason code.", "pricing",
          synonyms=("reason code", "reason", "churn reason", "cancellation reason", "lost reason")),
    Field("refund", "Refund", FieldType.MONEY, "Money that was returned.", "",
          synonyms=("refund amount", "refund", "credit amount", "amount refunded", "refund amount usd")),
    _CURRENCY,
    Field("reactivation", "Came back", FieldType.FLAG, "Yes where the customer had left before and returned.", "no",
          synonyms=("is reactivation", "reactivation", "reactivated", "returned", "win back")),
    Field("feedback", "Feedback", FieldType.TEXT, "In the customer's words.", "Too expensive at our volume",
          synonyms=("feedback text", "feedback", "comment", "comments", "notes", "customer feedback")),
)  # fmt: skip

FIELDS: Mapping[EntityKind, tuple[Field, ...]] = {
    EntityKind.SUBSCRIPTIONS: _SUBSCRIPTIONS,
    EntityKind.CONTRACTS: _CONTRACTS,
    EntityKind.INVOICES: _INVOICES,
    EntityKind.INVOICE_LINES: _LINES,
    EntityKind.CHURN_EVENTS: _CHURN,
}
