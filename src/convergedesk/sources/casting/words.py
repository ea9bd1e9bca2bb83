"""The words in which other systems state what we keep as a code."""

from __future__ import annotations

import re

from convergedesk.domain.accounts import Lifecycle
from convergedesk.domain.billing import PriceModel
from convergedesk.domain.calendar import CalendarEventKind
from convergedesk.domain.term_records import ContractTerm
from convergedesk.domain.tickets import Priority, TicketStatus

_TRUE = frozenset(
    ["true", "t", "yes", "y", "1", "1.0", "on", "x", "ja", "j", "oui", "si", "sí", "✓", "✔", "wahr", "vrai"]
)
_FALSE = frozenset(["false", "f", "no", "n", "0", "0.0", "off", "nein", "non", "falsch", "faux", "✗"])
_PRIORITY = {
    Priority.URGENT: (
        "urgent",
        "critical",
        "crit",
        "blocker",
        "highest",
        "emergency",
        "immediate",
        "showstopper",
        "p0",
        "sev0",
        "dringend",
        "kritisch",
    ),
    Priority.HIGH: ("high", "major", "important", "hoch"),
    Priority.NORMAL: ("normal", "medium", "med", "moderate", "default", "standard", "mittel", "average"),
    Priority.LOW: ("low", "lowest", "minor", "trivial", "niedrig", "gering"),
}
_PRIORITY_WORDS = {word: rank for rank, words in _PRIORITY.items() for word in words}
_TERM = {
    ContractTerm.CONTRACT: ("contract", "agreement", "order form", "amendment", "head", "vertrag"),
    ContractTerm.PRICE: ("price", "tier", "price tier", "rate", "preis"),
    ContractTerm.INCLUDED: ("included", "entitlement", "allowance", "free units", "inklusive"),
    ContractTerm.COMMITMENT: ("commitment", "commit", "minimum", "prepaid credit", "credit"),
    ContractTerm.STEP: ("step", "ramp", "ramp step"),
    ContractTerm.SERVICE: ("service", "sla", "service level", "service promise"),
}
_TERM_WORDS = {word: term for term, words in _TERM.items() for word in words}
_MODEL = {
    PriceModel.GRADUATED: ("graduated", "tiered", "progressive", "marginal", "gestaffelt"),
    PriceModel.VOLUME: ("volume", "all units", "mengenstaffel"),
    PriceModel.PACKAGE: ("package", "packages", "block", "bundle", "paket"),
    PriceModel.FLAT: ("flat", "per unit", "unit", "standard", "linear"),
}
_MODEL_WORDS = {word: model for model, words in _MODEL.items() for word in words}
_RANK = re.compile(
    r"(?:p|prio|priority|s|sev|severity|level|l)?[\s_-]*([0-5])(?:\.0)?(?:\s*[-–:.)(]\s*(.*?)\)?)?"
)
_STATUS = {
    TicketStatus.OPEN: (
        "open",
        "opened",
        "new",
        "active",
        "in progress",
        "assigned",
        "reopened",
        "working",
        "to do",
        "todo",
        "offen",
        "neu",
        "escalated",
        "unresolved",
    ),
    TicketStatus.PENDING: (
        "pending",
        "hold",
        "on hold",
        "on-hold",
        "waiting",
        "waiting on customer",
        "waiting for customer",
        "waiting on contact",
        "waiting on us",
        "waiting on third party",
        "snoozed",
        "awaiting reply",
        "paused",
        "wartend",
        "blocked",
    ),
    TicketStatus.CLOSED: (
        "closed",
        "solved",
        "resolved",
        "done",
        "completed",
        "complete",
        "fixed",
        "cancelled",
        "canceled",
        "geschlossen",
        "gelöst",
        "erledigt",
        "archived",
    ),
    TicketStatus.DELETED: ("deleted", "spam", "trash", "gelöscht", "merged"),
}
_STATUS_WORDS = {word: status for status, words in _STATUS.items() for word in words}
_LIFECYCLE = {
    Lifecycle.TRIAL: (
        "trial",
        "trialing",
        "trialling",
        "free trial",
        "evaluation",
        "poc",
        "pilot",
        "onboarding trial",
    ),
    Lifecycle.ACTIVE: (
        "active",
        "customer",
        "live",
        "current",
        "paying",
        "subscribed",
        "client",
        "won",
        "closed won",
        "onboarding",
        "aktiv",
        "kunde",
        "customer - direct",
        "customer - channel",
        "renewed",
        "past_due",
        "past due",
    ),
    Lifecycle.CHURNED: (
        "churned",
        "churn",
        "cancelled",
        "canceled",
        "lost",
        "former",
        "former customer",
        "inactive",
        "expired",
        "terminated",
        "ended",
        "ex-customer",
        "gekündigt",
    ),
}
_LIFECYCLE_WORDS = {word: stage for stage, words in _LIFECYCLE.items() for word in words}
_CALENDAR = {
    CalendarEventKind.HOLIDAY: (
        "holiday",
        "public holiday",
        "bank holiday",
        "vacation",
        "feiertag",
        "ferien",
    ),
    CalendarEventKind.RELEASE: ("release", "deploy", "deployment", "launch", "version", "rollout"),
    CalendarEventKind.FREEZE: (
        "freeze",
        "code freeze",
        "change freeze",
        "customer freeze",
        "blackout",
        "moratorium",
    ),
    CalendarEventKind.OUTAGE: ("outage", "incident", "downtime", "degradation", "maintenance", "disruption"),
}
_CALENDAR_WORDS = {word: kind for kind, words in _CALENDAR.items() for word in words}
_RATINGS = {
    **dict.fromkeys(
        (
            "good",
            "great",
            "satisfied",
            "positive",
            "happy",
            "👍",
            "good with comment",
            "good without comment",
        ),
        5,
    ),
    **dict.fromkeys(
        ("bad", "dissatisfied", "negative", "unhappy", "👎", "bad with comment", "bad without comment"), 1
    ),
    **dict.fromkeys(("neutral", "ok", "okay"), 3),
}
NOT_RATED = frozenset(["offered", "unoffered", "not rated", "not offered", "unrated", "no rating"])
_TEAM = frozenset(
    [
        "agent",
        "admin",
        "bot",
        "support",
        "staff",
        "teammate",
        "operator",
        "internal",
        "team",
        "system",
        "assignee",
        "light agent",
    ]
)
_CUSTOMER = frozenset(
    [
        "customer",
        "end-user",
        "end user",
        "enduser",
        "user",
        "contact",
        "requester",
        "client",
        "lead",
        "external",
        "visitor",
    ]
)


def _word(text: str) -> str:
    return " ".join(text.strip().lower().replace("_", " ").split())


def parse_boolean(text: str) -> bool | None:
    """Yes or no in several languages, or None."""
    word = text.strip().lower()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def parse_priority(text: str, *, one_is_highest: bool = True) -> Priority | None:
    """The rank of a priority: words, 'P1', 'Sev 2', '1 - Critical', or 1 to 5.

    Args:
        text: As written.
        one_is_highest: False for desks that count upwards, where 4 is the most urgent.
    """
    word = _word(text)
    if word in _PRIORITY_WORDS:
        return _PRIORITY_WORDS[word]
    found = _RANK.fullmatch(word)
    if found is None:
        lead = re.match(r"\w+", word)
        return _PRIORITY_WORDS.get(lead.group()) if lead else None
    if found[2] and (stated := _PRIORITY_WORDS.get(found[2].strip())):
        return stated
    number = int(found[1])
    if one_is_highest:
        return Priority(min(max(5 - number, 1), 4))
    return Priority(min(max(number, 1), 4))


def parse_status(text: str) -> TicketStatus | None:
    """Where a ticket stands, or None for a word that is not known."""
    return _STATUS_WORDS.get(_word(text))


def parse_lifecycle(text: str) -> Lifecycle | None:
    """Where an account stands, or None for a word that is not known."""
    return _LIFECYCLE_WORDS.get(_word(text))


def parse_calendar_kind(text: str) -> CalendarEventKind | None:
    """Why days are special, or None for a word that is not known."""
    return _CALENDAR_WORDS.get(_word(text))


def parse_contract_term(text: str) -> ContractTerm | None:
    """What a row of contract terms states, or None for a word that is not known."""
    return _TERM_WORDS.get(_word(text))


def parse_price_model(text: str) -> PriceModel | None:
    """How tiers turn a quantity into money, or None for a word that is not known."""
    return _MODEL_WORDS.get(_word(text))


def parse_rating(text: str) -> int | None:
    """A satisfaction from 1 to 5, in figures or in words, or None."""
    word = _word(text)
    found = re.fullmatch(r"([1-5])(?:\.0+)?(?:\s*(?:/|of|out of)\s*5)?(?:\s*stars?)?", word)
    return int(found[1]) if found else _RATINGS.get(word)


def is_customer(text: str) -> bool | None:
    """True for a role of the customer's side, False for one of ours, None for an unknown word."""
    word = _word(text)
    if word in _CUSTOMER:
        return True
    return False if word in _TEAM else None


def is_public(text: str) -> bool | None:
    """True for a message that the customer sees, False for an internal one, None if unclear."""
    word = _word(text)
    if word in {"public", "public reply", "reply", "public comment", "external", "shared", "comment"}:
        return True
    if word in {"internal", "private", "internal note", "private note", "note"}:
        return False
    return parse_boolean(word)
