"""Fields of tickets, their messages, and usage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from convergedesk.domain.records import EntityKind
from convergedesk.sources.files.catalogue import Field, FieldType
from convergedesk.sources.files.fields_account_key import ACCOUNT_EMAIL, BY_ACCOUNT

NUMBER = Field(
    "number", "Ticket number", FieldType.ID, "The number that the support desk shows.", "48213", required=True,
    synonyms=("ticket number", "ticket id", "ticket no", "ticket #", "ticketid", "ticket", "case number", "case no",
              "case id", "case", "conversation id", "number", "id", "request id", "issue key", "key", "#"),
)  # fmt: skip

_TICKETS = (
    NUMBER,
    *BY_ACCOUNT,
    replace(ACCOUNT_EMAIL, label="Requester's e-mail"),
    Field("opened_at", "Opened on", FieldType.INSTANT, "When it was opened.", "2026-10-21T08:12:00Z", required=True,
          synonyms=("opened at", "opened", "opened on", "open date", "created at", "created", "created on", "created date",
                    "create date", "submitted at", "submitted", "date created", "requested at", "reported at",
                    "conversation started at", "createdate", "date opened", "received")),
    Field("title", "Title", FieldType.TEXT, "The subject line.", "Customs gateway deliveries time out",
          synonyms=("title", "subject", "summary", "ticket subject", "ticket name", "conversation subject", "short description",
                    "issue")),
    Field("closed_at", "Closed on", FieldType.INSTANT, "The final resolution; empty while it is open.",
          "2026-10-23T16:40:00Z",
          synonyms=("closed at", "closed", "closed on", "closed date", "close date", "solved at", "solved", "resolved at",
                    "resolved", "resolved on", "resolution date", "completed at", "date closed", "date resolved",
                    "last closed at")),
    Field("priority", "Priority", FieldType.PRIORITY, "Low, normal, high or urgent.", "high",
          synonyms=("priority", "prio", "severity", "urgency", "sev", "hs_ticket_priority", "impact")),
    Field("status", "Status", FieldType.STATUS, "Open, pending, closed or deleted.", "closed",
          synonyms=("status", "ticket status", "state", "stage", "conversation state", "resolution status")),
    Field("first_response_minutes", "First response, minutes", FieldType.MINUTES,
          "Minutes to the first public answer; hours and seconds are told from the heading.", "22",
          synonyms=("first response time minutes", "first response minutes", "first reply time", "first response time",
                    "first reply time in minutes", "first reply minutes", "time to first response", "frt",
                    "first response time hours", "first response time seconds", "first reply time in minutes within business hours")),
    Field("satisfaction", "Satisfaction, 1 to 5", FieldType.WHOLE, "The customer's rating; empty where none was given.", "5",
          synonyms=("satisfaction", "satisfaction score", "csat", "csat score", "rating", "satisfaction rating",
                    "conversation rating", "customer satisfaction")),
    Field("escalated", "Escalated", FieldType.FLAG, "Yes where the desk marked it so.", "no",
          synonyms=("escalated", "escalation flag", "is escalated", "escalation")),
    Field("feature", "Feature", FieldType.TEXT, "The part of the product that it is about.", "Webhook delivery",
          synonyms=("feature", "product area", "component", "category", "topic", "area", "module", "product", "issue type",
                    "ticket type", "tag")),
    Field("requester", "Requester", FieldType.TEXT, "Who asked.", "Dana Whitlock",
          synonyms=("requester", "requester name", "reporter", "submitter", "contact name", "user name", "customer contact",
                    "created by", "from")),
    Field("assignee", "Assignee", FieldType.TEXT, "The agent.", "Jonas Weber",
          synonyms=("assignee", "assignee name", "agent", "agent name", "assigned to", "ticket owner", "owner", "teammate")),
    Field("url", "Address", FieldType.TEXT, "Where the ticket stands in the support desk.",
          "https://desk.example/tickets/48213", synonyms=("url", "link", "ticket url", "permalink", "web url")),
)  # fmt: skip

_MESSAGES = (
    Field("external_id", "Message id", FieldType.ID, "The message's id.", "M-1",
          synonyms=("message id", "comment id", "event id", "part id", "id", "uid")),
    replace(NUMBER, key="ticket_number", help="The number of the ticket that it belongs to."),
    Field("sent_at", "Sent at", FieldType.INSTANT, "When it was written.", "2026-10-21T08:12:00Z", required=True,
          synonyms=("sent at", "sent", "created at", "created", "timestamp", "time", "date", "posted at", "written at",
                    "comment date")),
    Field("author", "Author", FieldType.TEXT, "Who wrote it.", "Dana Whitlock", required=True,
          synonyms=("author", "author name", "from", "sender", "sender name", "user", "user name", "created by", "name")),
    Field("author_role", "Author's role", FieldType.TEXT, "Such as Support, or a job title.", "VP operations",
          synonyms=("author role", "role", "author type", "author title", "sender role")),
    Field("from_customer", "From the customer", FieldType.FLAG, "Yes where the customer wrote it.", "yes",
          synonyms=("from customer", "is customer", "inbound", "incoming", "end user", "from requester")),
    Field("body", "Text", FieldType.TEXT, "The message.", "Deliveries fail since this morning.", required=True,
          synonyms=("body", "text", "message", "comment", "content", "plain body", "description", "html body", "note")),
    Field("public", "Public", FieldType.FLAG, "Yes where the customer can read it; internal otherwise.", "yes",
          synonyms=("public", "is public", "visible to customer", "shared")),
    Field("internal", "Internal", FieldType.FLAG, "Yes for agents' notes; read where there is no 'Public'.", "",
          synonyms=("internal", "is internal", "private", "is private", "internal note")),
)  # fmt: skip

_USAGE = (
    *BY_ACCOUNT,
    Field("subscription_id", "Subscription id", FieldType.ID, "A subscription through which the account is found.", "",
          synonyms=("subscription id", "subscription", "subscriptionid", "sub id", "contract id", "plan id")),
    Field("day", "Day", FieldType.INSTANT, "The day, or the moment of an event; months as 2026-10.", "2026-10-21",
          required=True,
          synonyms=("day", "date", "usage date", "timestamp", "time", "event time", "event date", "period", "month",
                    "usage month", "windowstart", "window start", "created at", "occurred at", "start date", "bucket")),
    Field("meter", "Meter", FieldType.TEXT, "What is counted.", "events_delivered",
          synonyms=("meter", "metric", "meter name", "feature name", "feature", "event", "event name", "product", "sku",
                    "metric name", "usage type", "dimension", "meter slug", "item", "event type")),
    Field("quantity", "Quantity", FieldType.NUMBER, "How much; without it every row counts one.", "2310450",
          synonyms=("quantity", "usage count", "count", "value", "usage", "amount", "units", "total", "volume", "qty",
                    "events", "consumption", "sum", "metered quantity")),
)  # fmt: skip

FIELDS: Mapping[EntityKind, tuple[Field, ...]] = {
    EntityKind.TICKETS: _TICKETS,
    EntityKind.TICKET_MESSAGES: _MESSAGES,
    EntityKind.USAGE: _USAGE,
}
