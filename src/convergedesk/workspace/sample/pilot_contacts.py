"""Contacts, notes and promises of the pilot's last weeks; times on the customer's wall clock."""

from __future__ import annotations

from datetime import date, datetime

from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import ContactChannel, Pulse
from convergedesk.workspace.sample.engagement import ActionPlan, CheckInPlan, NotePlan

_LENA, _AMIRA, _PRIYA, _JONAS, _OMAR = (
    "Lena Fischer",
    "Amira Haddad",
    "Priya Nair",
    "Jonas Weber",
    "Omar Reyes",
)
_GOOD, _UNSURE, _AT_RISK = Pulse.GOOD, Pulse.UNSURE, Pulse.AT_RISK
_CALL, _MEETING, _EMAIL = ContactChannel.CALL, ContactChannel.MEETING, ContactChannel.EMAIL


def _at(text: str) -> datetime:
    year = "2026-"
    return datetime.fromisoformat(year + text)


def _on(text: str) -> date:
    return _at(text + " 00:00").date()


PILOT_CHECK_INS: tuple[CheckInPlan, ...] = (
    CheckInPlan(
        "tindle",
        _at("12-08 10:40"),
        _EMAIL,
        _AMIRA,
        ("Gunnar Ekdahl",),
        "My mail to Petra came back: she left on 26 November. Asked Gunnar who looks after the platform now.",
        "Call the new administrator once we have a name.",
    ),
    CheckInPlan(
        "tindle",
        _at("10-12 14:00"),
        _MEETING,
        _AMIRA,
        ("Petra Lindqvist", "Gunnar Ekdahl"),
        "Start of term went well, 880 learners imported in one go. Everything hangs on Petra, and they "
        "know it.",
        "Name and train a second administrator.",
    ),
    CheckInPlan(
        "kestrel",
        _at("12-07 09:45"),
        _CALL,
        _AMIRA,
        ("Declan Roche",),
        "Disappointed, but calm. Wants a date on which they can test the patch, and a word for the board.",
        "Patch in their sandbox by Friday 11 December.",
    ),
    CheckInPlan(
        "kestrel",
        _at("11-17 15:00"),
        _MEETING,
        _LENA,
        ("Aoife Brennan", "Nuala Fahey"),
        "Volumes for the holidays look good. They ask for a retry policy per destination, as others do.",
        "Bring the plan for the first quarter.",
    ),
    CheckInPlan(
        "fernhill",
        _at("12-01 11:30"),
        _CALL,
        _LENA,
        ("Lieve Peeters",),
        "The peak is higher than planned and will last into January. A surprise invoice would be a problem.",
        "Options for a top-up by 14 December.",
    ),
    CheckInPlan(
        "marlowe",
        _at("12-08 16:10"),
        _CALL,
        _AMIRA,
        ("Dana Whitlock",),
        "Confirmed 210 re-sends for the week. The second gateway waits for a project lead on their side.",
        "Ask Theo for a name before the review.",
    ),
    CheckInPlan(
        "marlowe",
        _at("10-28 10:00"),
        _MEETING,
        _AMIRA,
        ("Dana Whitlock", "Theo Marchetti"),
        "Went through the customs gateway incident together: two days to the fix, four more to restart "
        "by site.",
        "Draft what a second gateway would need.",
    ),
    CheckInPlan(
        "cobalt",
        _at("11-24 13:30"),
        _CALL,
        _AMIRA,
        ("Matthias Rieger",),
        "Happy with support. The last archive route is 'somebody else's'; nobody knows whose.",
        "Ask Henrike who owns the route.",
    ),
    CheckInPlan(
        "brightwater",
        _at("11-26 09:00"),
        _MEETING,
        _OMAR,
        ("Kaisa Heikkinen", "Oskari Nurmi"),
        "Eleven wards use the new alert route, more want it. Security asks for audit records in their "
        "own tool.",
        "Put the audit request with its revenue on our list.",
    ),
    CheckInPlan(
        "solvane",
        _at("12-07 12:15"),
        _EMAIL,
        _AMIRA,
        ("Inés Carballo", "Álvaro Pizarro"),
        "Sent the goal summary: 96 % of meters report, a month early. Thanked the field team by name.",
        "Agree on the next goal in January.",
    ),
    CheckInPlan(
        "aurelia",
        _at("12-04 10:30"),
        _CALL,
        _AMIRA,
        ("Beatriz Falcão", "Lukas Hofer"),
        "Vienna's rates come late to one booking site. Lisbon and Seville are content.",
        "Call again before the Christmas rates on the 12th.",
    ),
    CheckInPlan(
        "ostara",
        _at("11-12 14:20"),
        _CALL,
        _AMIRA,
        ("Callum Reid",),
        "Short of people until Christmas. The alarm goal will miss November; they want to keep it all "
        "the same.",
        "New date for the alarm goal.",
    ),
    CheckInPlan(
        "quarry",
        _at("12-04 11:00"),
        _MEETING,
        _OMAR,
        ("Marisol Grant", "Dwight Okoro"),
        "First line is live. Line two follows next week, then 40 machines a month.",
        "First review in February.",
    ),
)

PILOT_NOTES: tuple[NotePlan, ...] = (
    NotePlan(
        "tindle",
        _at("12-08 11:05"),
        _JONAS,
        "Their scheduled export has failed since 27 November: it ran under Petra's account, which was "
        "closed the evening before.\n\n"
        "- new service account, so that it hangs on nobody\n"
        "- show Gunnar the export page\n\n"
        "@Jonas Weber prepare the service account by 11 Dec.",
    ),
    NotePlan(
        "tindle",
        _at("12-08 11:30"),
        _AMIRA,
        "Without Petra nobody there speaks for us. Gunnar pays, but does not use the product himself.",
        pulse=_AT_RISK,
        pulse_reason="the champion left, and nobody has taken over",
    ),
    NotePlan(
        "tindle",
        _at("10-12 15:10"),
        _AMIRA,
        "Petra carries it all. Good for now.",
        pulse=_GOOD,
        pulse_reason="start of term went well",
    ),
    NotePlan(
        "kestrel",
        _at("12-07 10:20"),
        _AMIRA,
        "Declan stays calm towards us, but has to explain it to his board in January.",
        pulse=_UNSURE,
        pulse_reason="depends on the patch holding over the holidays",
    ),
    NotePlan(
        "kestrel",
        _at("12-04 17:20"),
        _PRIYA,
        "About 1.1 M events a day are missing while retries stand still. Sandbox test first, then one "
        "acquirer at a time.",
    ),
    NotePlan(
        "fernhill",
        _at("12-02 09:10"),
        _LENA,
        "Do not talk about list prices with Bram; Lieve decides and wants a figure for the whole term.",
    ),
    NotePlan(
        "marlowe",
        _at("12-08 16:40"),
        _AMIRA,
        "## Second gateway\n\n"
        "Theo is to name a project lead. What they need from us:\n\n"
        "1. a list of the carriers that are still on the first gateway\n"
        "2. **one contact** for questions in the first two weeks\n"
        "3. a date to switch, after the holidays\n\n"
        "> Without a second gateway we shall be here again next October.\n\n"
        "@Priya Nair send Dana the list of carriers by 15 Dec.",
        pulse=_UNSURE,
        pulse_reason="re-sends stay behind, and the second gateway has no lead",
        bars=(340, 328, 305, 274, 250, 410, 352, 281, 255, 262, 231, 218, 210),
        bars_say="Manual re-sends a week, 17 September to 8 December",
    ),
    NotePlan(
        "marlowe",
        _at("12-01 08:45"),
        _LENA,
        "Amendment A3 in force from today: third tier down to 1.10 per 1,000 events, storage to 0.32 per GB.",
    ),
    NotePlan(
        "marlowe",
        _at("11-20 09:15"),
        _AMIRA,
        "Agreed with Dana on what counts as a re-send: a message that a person triggers by hand. Automatic "
        "retries do not count.",
        Audience.SHARED,
    ),
    NotePlan(
        "marlowe",
        _at("10-30 09:30"),
        _LENA,
        "SLA credit for #48213 issued, counted apart from usage.",
        pulse=_AT_RISK,
        pulse_reason="two days without customs events, and no second way",
    ),
    NotePlan(
        "marlowe",
        _at("09-17 17:00"),
        _AMIRA,
        "Third-quarter review: content with the figures, asked for the carriers plan.",
        pulse=_GOOD,
        pulse_reason="all goals on track",
    ),
    NotePlan(
        "cobalt",
        _at("12-08 10:20"),
        _AMIRA,
        "13 % under what it was before the archive switch, although the ticket was rated five of five. "
        "Explain it with their own figures.",
        pulse=_UNSURE,
        pulse_reason="content with support, but uses less",
    ),
    NotePlan(
        "brightwater",
        _at("11-26 10:15"),
        _OMAR,
        "Agreed with Kaisa: twenty-four wards by the end of April, six of them in January.",
        Audience.SHARED,
    ),
    NotePlan(
        "brightwater",
        _at("11-26 10:40"),
        _OMAR,
        "More wards ask for it than we can train before spring.",
        pulse=_GOOD,
        pulse_reason="wards ask to join by themselves",
    ),
    NotePlan(
        "solvane",
        _at("12-09 08:50"),
        _PRIYA,
        "API calls doubled on 7 December: a new reading job asks every five minutes. Tell them before the "
        "invoice does.",
    ),
    NotePlan(
        "aurelia",
        _at("12-04 11:10"),
        _PRIYA,
        "The slow booking site limits us, not Aurelia. Their partner desk has not answered yet.",
    ),
    NotePlan(
        "quarry",
        _at("11-24 15:00"),
        _OMAR,
        "Too early to judge usage before 21 December; the first line is still being filled.",
    ),
)

PILOT_ACTIONS: tuple[ActionPlan, ...] = (
    ActionPlan("kestrel", "Ask Kestrel to test the retry patch", _PRIYA, _on("12-11")),
    ActionPlan("cobalt", "Explain the 13 % gap at Cobalt with their team", _AMIRA, _on("12-15")),
    ActionPlan("fernhill", "Top-up options for Fernhill", _LENA, _on("12-14")),
    ActionPlan("marlowe", "Confirm second gateway date with Marlowe", _AMIRA, _on("12-08")),
    ActionPlan("marlowe", "Ask Theo who leads the second gateway", _AMIRA, _on("12-14")),
    ActionPlan("tindle", "Find out who looks after the platform at Tindle", _AMIRA, _on("12-09")),
    ActionPlan("marlowe", "Replay Marlowe's failed receipts", _JONAS, _on("12-04"), _on("12-04")),
    ActionPlan("solvane", "Send Solvane the goal summary", _AMIRA, _on("12-07"), _on("12-07")),
    ActionPlan("marlowe", "Raise time-out and retry limits at all sites", _JONAS, _on("10-30"), _on("10-29")),
    ActionPlan("brightwater", "Audit records to security tools: revenue at stake", _OMAR, _on("12-18")),
    ActionPlan("ostara", "New date for the cold-chain alarm goal", _AMIRA, _on("12-16")),
)
