"""Tickets of the pilot that carry a story; times are on the customer's wall clock."""

from __future__ import annotations

from datetime import datetime

from convergedesk.domain.tickets import Priority
from convergedesk.workspace.sample.pilot_conversations import CONVERSATIONS
from convergedesk.workspace.sample.plan import TicketPlan

_LOW, _NORMAL, _HIGH, _URGENT = Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.URGENT
_JONAS, _PRIYA = "Jonas Weber", "Priya Nair"


def _ticket(
    number: str,
    account: str,
    title: str,
    feature: str,
    priority: Priority,
    opened: str,
    closed: str | None,
    people: tuple[str, str],
    response: int,
    rating: int | None = None,
    *,
    thing: str = "events",
    pattern: str = "fault",
    escalated: bool = False,
) -> TicketPlan:
    return TicketPlan(
        number,
        account,
        title,
        feature,
        priority,
        _moment(opened),
        None if closed is None else _moment(closed),
        people[1],
        people[0],
        response,
        rating,
        escalated=escalated,
        pattern=pattern,
        thing=thing,
        messages=CONVERSATIONS.get(number, ()),
    )


def _moment(text: str) -> datetime:
    year = "2026-"
    return datetime.fromisoformat(year + text)


_DANA, _THEO = "Dana Whitlock", "Theo Marchetti"
_FEMKE, _SANDER = "Femke Bos", "Sander Hoekstra"

SCRIPTED: tuple[TicketPlan, ...] = (
    # Marlowe Freight
    _ticket("46902", "marlowe", "Regional routing sends events twice", "Regional routing", _HIGH,
            "07-09 09:41", "07-14 16:20", (_SANDER, _JONAS), 19, 3, thing="gate events"),
    _ticket("47120", "marlowe", "Gate events out of order at Moerdijk", "Webhook delivery", _NORMAL,
            "08-03 11:15", "08-05 15:02", (_SANDER, _PRIYA), 64, thing="gate events"),
    _ticket("47208", "marlowe", "Who may edit delivery windows?", "Access and roles", _LOW,
            "08-13 14:26", "08-14 09:40", (_FEMKE, _JONAS), 150, 5, thing="delivery windows",
            pattern="question"),
    _ticket("47301", "marlowe", "Two carriers missing in the list", "Portal", _NORMAL,
            "08-24 10:05", "08-27 12:30", (_THEO, _PRIYA), 48, 4, thing="carrier bookings"),
    _ticket("47655", "marlowe", "Replay job skips first partition", "Replay", _NORMAL,
            "09-18 13:32", "09-22 17:05", (_SANDER, _JONAS), 41, thing="ETA updates"),
    _ticket("47980", "marlowe", "Question on retry limits", "Retries", _LOW,
            "10-05 09:12", "10-06 10:20", (_SANDER, _JONAS), 95, 5, thing="customs receipts",
            pattern="question"),
    _ticket("48102", "marlowe", "Audit export misses a column", "Batch export", _NORMAL,
            "10-12 15:48", "10-18 11:10", (_FEMKE, _PRIYA), 52, thing="customs receipts"),
    _ticket("48213", "marlowe", "Customs gateway deliveries time out after 30 s", "Webhook delivery", _HIGH,
            "10-21 08:12", "10-23 16:40", (_DANA, _JONAS), 22, 4, thing="customs receipts", escalated=True),
    _ticket("48431", "marlowe", "Wrong hub in regional routing", "Regional routing", _HIGH,
            "10-30 10:05", "11-01 11:30", (_THEO, _PRIYA), 17, thing="gate events"),
    _ticket("48522", "marlowe", "Carrier booking lag", "Bookings", _NORMAL,
            "11-09 08:50", "11-14 10:15", (_THEO, _PRIYA), 58, 3, thing="carrier bookings", pattern="delay"),
    _ticket("48590", "marlowe", "Duplicate customs receipts", "Webhook delivery", _HIGH,
            "11-17 09:26", "11-19 15:05", (_FEMKE, _JONAS), 14, 5, thing="customs receipts"),
    _ticket("48655", "marlowe", "Rate table import is slow", "Imports", _NORMAL,
            "11-26 13:40", "11-28 09:30", (_SANDER, _PRIYA), 66, thing="rate tables", pattern="delay"),
    _ticket("48731", "marlowe", "Carrier portal shows stale ETA", "Portal", _NORMAL,
            "12-07 15:22", None, (_THEO, _JONAS), 37, thing="ETA updates"),
    # Kestrel Payments
    _ticket("47988", "kestrel", "Card updates rejected by one acquirer", "Connectors", _HIGH,
            "10-05 13:10", "10-08 17:45", ("Tomás Quigley", _PRIYA), 24, 3, thing="card updates"),
    _ticket("48702", "kestrel", "Failed payments are no longer retried", "Retries", _URGENT,
            "12-01 17:05", None, ("Declan Roche", _PRIYA), 11, thing="payment retries", escalated=True),
    _ticket("48707", "kestrel", "Retry dashboard shows zero", "Dashboards", _NORMAL,
            "12-02 10:40", None, ("Grace Mulvey", _PRIYA), 71, thing="payment retries"),
    _ticket("48728", "kestrel", "Settlement file closes without late payments", "Batch export", _HIGH,
            "12-07 13:20", None, ("Grace Mulvey", _JONAS), 26, thing="settlement files"),
    _ticket("48734", "kestrel", "Decline codes for November as a list", "Batch export", _NORMAL,
            "12-08 11:02", None, ("Grace Mulvey", _JONAS), 83, thing="decline codes", pattern="question"),
    # Cobalt & Pine Insurance
    _ticket("48377", "cobalt", "Claims stop after the archive switch", "Webhook delivery", _HIGH,
            "10-28 10:31", "11-10 14:00", ("Matthias Rieger", _JONAS), 12, 5, thing="claims",
            escalated=True),
    _ticket("48715", "cobalt", "Broker portal lists a claim twice", "Portal", _NORMAL,
            "12-03 16:12", None, ("Franziska Lorenz", _PRIYA), 55, thing="claims"),
    _ticket("48724", "cobalt", "Keep audit records for ten years?", "Audit stream", _LOW,
            "12-04 16:40", None, ("Ute Sommerfeld", _PRIYA), 190, thing="audit records", pattern="question"),
    _ticket("48733", "cobalt", "Repair invoices wait behind quotes", "Webhook delivery", _HIGH,
            "12-08 08:40", None, ("Cem Aydin", _JONAS), 21, thing="repair invoices", pattern="delay"),
    # Brightwater Health
    _ticket("47786", "brightwater", "Interface engine of one hospital is down", "Connectors", _URGENT,
            "09-25 07:50", "09-29 12:15", ("Ville Saarinen", _JONAS), 9, 4, thing="lab results",
            escalated=True),
    _ticket("48402", "brightwater", "Ward alerts arrive late at night", "Alerts", _HIGH,
            "10-29 09:12", "11-02 15:30", ("Oskari Nurmi", _JONAS), 16, 5, thing="ward alerts",
            pattern="delay"),
    _ticket("48741", "brightwater", "Lab results without a specimen number", "Schema guard", _HIGH,
            "12-09 13:05", None, ("Anniina Koski", _JONAS), 18, thing="lab results"),
    # Tindle Learning wrote for the last time before the dip; that is the story.
    _ticket("47893", "tindle", "Bulk import of learners for the new term", "Imports", _NORMAL,
            "09-30 11:20", "10-01 14:45", ("Petra Lindqvist", _PRIYA), 44, 4, thing="enrolments",
            pattern="request"),
    # Fernhill Retail
    _ticket("48612", "fernhill", "Warn us before the commitment runs out", "Alerts", _NORMAL,
            "11-20 15:10", None, ("Bram Claes", _PRIYA), 62, thing="orders", pattern="request"),
    # Solvane Energy
    _ticket("48166", "solvane", "Quarter-hour readings refused by the hub", "Schema guard", _HIGH,
            "10-16 09:00", "10-19 13:40", ("Jorge Bastida", _PRIYA), 20, 5, thing="meter readings"),
    # Aurelia Hotels, by site
    _ticket("47812", "aurelia-lisbon", "Bookings from one site arrive without a rate", "Webhook delivery",
            _HIGH,
            "09-26 10:30", "09-29 18:05", ("Marta Vilhena", _PRIYA), 27, 4, thing="bookings"),
    _ticket("47951", "aurelia-seville", "Cancellations shown a day late", "Portal", _NORMAL,
            "10-03 12:18", "10-06 16:00", ("Carmen Olmedo", _JONAS), 80, thing="cancellations",
            pattern="delay"),
    _ticket("48712", "aurelia-vienna", "Room rates reach the booking sites late", "API", _HIGH,
            "12-03 09:48", None, ("Lukas Hofer", _PRIYA), 33, thing="room rates", pattern="delay"),
    # Ostara Foods
    _ticket("48290", "ostara", "Temperature logs fail on Saturdays", "Webhook delivery", _NORMAL,
            "10-24 07:15", "10-27 11:20", ("Owen Pritchard", _JONAS), 130, thing="temperature logs"),
    _ticket("48693", "ostara", "Supplier orders without a delivery slot", "Transformations", _NORMAL,
            "11-30 15:05", "12-04 10:30", ("Callum Reid", _PRIYA), 49, 4, thing="supplier orders"),
    _ticket("48726", "ostara", "Second plant in the same sandbox?", "Sandbox", _LOW,
            "12-07 10:00", None, ("Callum Reid", _JONAS), 160, thing="batch records", pattern="question"),
    # Quarry Robotics
    _ticket("48671", "quarry", "First line sends no machine states", "Webhook delivery", _NORMAL,
            "11-27 10:20", "11-30 15:10", ("Dwight Okoro", _JONAS), 28, 5, thing="machine states"),
    _ticket("48737", "quarry", "How do we name the stations of line two?", "Schema guard", _LOW,
            "12-08 09:30", None, ("Dwight Okoro", _PRIYA), 47, thing="machine states", pattern="question"),
)  # fmt: skip
