"""The words of each trade, so that a ticket of a freight company is not one of a clinic."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """What a trade moves about, in its own words.

    Attributes:
        things: Plural nouns for what the events are about.
        fields: Names of fields that its events carry.
        systems: Where the events go.
        harm: What goes wrong at the customer's end while it does not work, as clauses.
    """

    things: tuple[str, ...]
    fields: tuple[str, ...]
    systems: tuple[str, ...]
    harm: tuple[str, ...]


TRADES: dict[str, Trade] = {
    "Education": Trade(
        ("course sessions", "enrolments", "grades", "attendance records", "saved courses"),
        ("course_id", "term", "learner_group", "due_date"),
        ("the learning portal", "the student register", "the timetable"),
        (
            "teachers see yesterday's lists",
            "the course office copies them by hand",
            "learners write to us in the chat",
        ),
    ),
    "Energy": Trade(
        ("meter readings", "grid signals", "tariff updates", "outage notices", "switch orders"),
        ("meter_point", "interval_end", "tariff_code", "register"),
        ("the metering hub", "the control room screen", "the settlement system"),
        (
            "the balance for the day is estimated",
            "the control room works from the old screen",
            "settlement is delayed by a day",
        ),
    ),
    "Food supply": Trade(
        ("supplier orders", "batch records", "delivery slots", "temperature logs", "recall notices"),
        ("batch_no", "best_before", "slot_start", "plant"),
        ("the plant system", "the cold-chain monitor", "the depot planner"),
        (
            "the depot plans by telephone",
            "batches wait at the gate",
            "the night shift keys the slots in by hand",
        ),
    ),
    "Games": Trade(
        ("match results", "purchases", "player reports", "season rewards", "friend invites"),
        ("player_id", "season", "item_code", "platform"),
        ("the store back end", "the ranking service", "the moderation queue"),
        ("players see the wrong rank", "rewards arrive a day late", "moderation works blind"),
    ),
    "Healthcare": Trade(
        ("lab results", "appointments", "referrals", "admissions", "ward alerts"),
        ("encounter_id", "ward", "specimen", "priority_code"),
        ("the ward board", "the laboratory system", "the appointment book"),
        (
            "wards telephone the laboratory",
            "the morning round starts without results",
            "the front desk calls patients back",
        ),
    ),
    "Hospitality": Trade(
        ("bookings", "room rates", "check-ins", "cancellations", "housekeeping updates"),
        ("room_type", "arrival", "rate_plan", "property"),
        ("the booking engine", "the front desk system", "the revenue tool"),
        ("rooms are sold twice", "the front desk corrects rates by hand", "guests wait at check-in"),
    ),
    "Insurance": Trade(
        ("claims", "policies", "quotes", "premium notices", "repair invoices"),
        ("policy_no", "loss_date", "branch", "reserve"),
        ("the claims desk", "the broker portal", "the archive"),
        ("claims wait a day longer", "brokers ring us for the status", "the team keys claims in twice"),
    ),
    "Logistics": Trade(
        ("gate events", "carrier bookings", "ETA updates", "customs receipts", "proofs of delivery"),
        ("container_no", "terminal", "eta", "seal"),
        ("the customs gateway", "the carrier portal", "the yard planner"),
        ("trucks wait at the gate", "the night team sends them again by hand", "planners work from mail"),
    ),
    "Manufacturing": Trade(
        ("machine states", "work orders", "sensor batches", "part labels", "inspection results"),
        ("line", "station", "serial", "shift"),
        ("the line monitor", "the quality system", "the work order board"),
        (
            "the line stops for labels",
            "shift leads walk the floor for the numbers",
            "inspection runs on paper",
        ),
    ),
    "Media": Trade(
        ("article updates", "ad bookings", "stream starts", "subscriptions", "rights notices"),
        ("asset_id", "channel", "embargo_until", "region"),
        ("the newsroom system", "the ad server", "the subscriber base"),
        ("stories go out without pictures", "ads run past their dates", "subscribers are asked to pay twice"),
    ),
    "Mobility": Trade(
        ("trip starts", "vehicle positions", "fare updates", "charge sessions", "damage reports"),
        ("vehicle_id", "zone", "fare_class", "battery"),
        ("the rider app", "the dispatch board", "the fare engine"),
        ("riders see vehicles that are gone", "dispatch works by radio", "fares are refunded by hand"),
    ),
    "Payments": Trade(
        ("payment retries", "settlement files", "chargebacks", "payouts", "card updates"),
        ("merchant_ref", "acquirer", "currency", "decline_code"),
        ("the acquirer", "the ledger", "the merchant dashboard"),
        ("merchants lose the sale", "reconciliation is a day behind", "the desk retries payments by hand"),
    ),
    "Property": Trade(
        ("rent notices", "repair jobs", "key handovers", "meter updates", "viewing requests"),
        ("unit", "lease_id", "due_date", "contractor"),
        ("the tenant portal", "the repair desk", "the accounts ledger"),
        ("tenants call the office", "contractors drive out twice", "rents are booked a week late"),
    ),
    "Retail": Trade(
        ("orders", "stock levels", "returns", "price updates", "loyalty points"),
        ("sku", "store_no", "promo_code", "size"),
        ("the till system", "the warehouse", "the web shop"),
        ("we sell what is not there", "stores print labels by hand", "customers ask where their order is"),
    ),
    "Software": Trade(
        ("build results", "licence checks", "user sign-ups", "incident updates", "usage reports"),
        ("tenant", "build_no", "plan", "environment"),
        ("the deploy board", "the licence server", "the status page"),
        ("releases wait for a person", "new users cannot start", "on-call is woken twice"),
    ),
    "Telecoms": Trade(
        ("line activations", "fault reports", "number moves", "usage alerts", "site alarms"),
        ("line_id", "exchange", "order_no", "severity"),
        ("the provisioning system", "the network desk", "the customer app"),
        (
            "activations are done one by one",
            "engineers drive to the wrong site",
            "customers call the hotline",
        ),
    ),
    "Textiles": Trade(
        ("cut orders", "dye lots", "shipment notices", "sample requests", "loom states"),
        ("lot", "colour", "mill", "width"),
        ("the cutting room", "the mill planner", "the agent portal"),
        ("the cutting room waits", "lots are mixed up at packing", "agents ask by mail"),
    ),
    "Travel": Trade(
        ("seat holds", "itinerary changes", "refund requests", "tour bookings", "visa checks"),
        ("booking_ref", "departure", "supplier", "cabin"),
        ("the reservation system", "the agents' desk", "the supplier feed"),
        (
            "travellers stand at the wrong gate",
            "agents rebook by telephone",
            "holds run out before they are paid",
        ),
    ),
    "Water": Trade(
        ("pump states", "leak alarms", "quality samples", "meter readings", "work permits"),
        ("station", "sample_no", "zone", "valve"),
        ("the control room", "the laboratory", "the crews' work app"),
        ("crews drive out for nothing", "samples are entered on paper", "alarms reach the night desk late"),
    ),
}
