"""Conversations of the pilot's story tickets, by ticket number; times on the customer's wall clock."""

from __future__ import annotations

from datetime import datetime

from convergedesk.workspace.sample.plan import Message

_JONAS, _PRIYA, _AMIRA, _LENA = "Jonas Weber", "Priya Nair", "Amira Haddad", "Lena Fischer"
_DANA, _THEO, _FEMKE = "Dana Whitlock", "Theo Marchetti", "Femke Bos"
_DECLAN, _RIEGER = "Declan Roche", "Matthias Rieger"


def _said(when: str, author: str, body: str) -> Message:
    year = "2026-"
    return Message(datetime.fromisoformat(year + when), author, body)


def _noted(when: str, author: str, body: str) -> Message:
    message = _said(when, author, body)
    return Message(message.sent, message.author, message.body, internal=True)


CONVERSATIONS: dict[str, tuple[Message, ...]] = {
    "48213": (
        _said(
            "10-21 08:12",
            _DANA,
            "Since this morning our deliveries to the customs gateway break off after 30 seconds. Trucks "
            "stand at the gate in Rotterdam without clearance, and our team sends every message again by "
            "hand.",
        ),
        _said(
            "10-21 08:34",
            _JONAS,
            "I can see it, Dana. The gateway takes 41 seconds to answer today and our limit is 30. I am "
            "raising the limit and will then send again what failed.",
        ),
        _said(
            "10-21 10:05",
            _THEO,
            "Each message that fails costs us about 40 minutes at the gate. Please start with Rotterdam; "
            "Antwerp can wait until noon.",
        ),
        _noted(
            "10-21 10:20",
            _JONAS,
            "The 30 s limit stands in three places for this account. Raising it everywhere needs a change "
            "window.",
        ),
        _said(
            "10-21 15:30",
            _JONAS,
            "The limit is 60 seconds for Rotterdam now. The first thousand messages have gone through; "
            "the rest follows when the change window opens tomorrow.",
        ),
        _said(
            "10-22 09:10",
            _DANA,
            "Better, but not done: at the morning peak the gateway needs more than a minute. We cannot "
            "switch the automatic sending back on like this.",
        ),
        _said(
            "10-23 16:40",
            _PRIYA,
            "The limit is 120 seconds at all sites, 1.9 M events have been sent again, and nothing has "
            "failed for six hours. I am closing this ticket; a reply opens it again.",
        ),
        _said(
            "10-23 17:20",
            _DANA,
            "Thank you both. We will return to automatic sending site by site, Rotterdam first. Antwerp "
            "needs customs to sign it off on Monday.",
        ),
        _noted(
            "10-27 14:05",
            _AMIRA,
            "Usage is back at its usual level today. The ticket took two days, the restart site by site "
            "four more. Worth saying in the review: a second gateway would have saved both.",
        ),
    ),
    "48590": (
        _said(
            "11-17 09:26",
            _FEMKE,
            "Customs sends about one receipt in eight back to us as a duplicate since yesterday evening. "
            "My desk sorts them out by hand.",
        ),
        _said(
            "11-17 09:40",
            _JONAS,
            "I can confirm it, Femke. After a slow answer we send once more although the first try was "
            "accepted. Please leave the settings as they are.",
        ),
        _noted(
            "11-17 11:15",
            _JONAS,
            "Side effect of the 120 s limit from #48213: the retry starts at 90 s. Both values belong "
            "together.",
        ),
        _said(
            "11-18 16:20",
            _FEMKE,
            "Fewer today, about one in twenty. When will it be gone?",
        ),
        _said(
            "11-19 15:05",
            _JONAS,
            "The retry now waits for the limit to pass, and receipts carry one key so that a second one "
            "is dropped. No duplicate since 09:00. Closing.",
        ),
        _said(
            "11-19 15:50",
            _FEMKE,
            "Confirmed, none since this morning. Thank you.",
        ),
    ),
    "48731": (
        _said(
            "12-07 15:22",
            _THEO,
            "The carrier portal shows arrival times that are an hour old. Two carriers have already "
            "called about slots that they could not make.",
        ),
        _said(
            "12-07 15:59",
            _JONAS,
            "Thank you, Theo. The portal reads from a copy that is refreshed every hour instead of every "
            "minute since Sunday's update. I have asked the portal team for the old setting.",
        ),
        _said(
            "12-09 09:15",
            _THEO,
            "Is there a date? We plan the holiday slots this week.",
        ),
    ),
    "48702": (
        _said(
            "12-01 17:05",
            _DECLAN,
            "Payments that fail at the first attempt are not tried again since about four o'clock. "
            "Merchants lose the sale; our desk retries the largest ones by hand.",
        ),
        _said(
            "12-01 17:16",
            _PRIYA,
            "I see it, Declan: the retry queue accepts payments and does not hand them on. We are working "
            "on it now and I stay on it tonight.",
        ),
        _noted(
            "12-01 19:40",
            _PRIYA,
            "The release of 30 Nov changed how the queue picks its region. Only accounts with two regions "
            "are hit. A patch is in test.",
        ),
        _said(
            "12-03 09:05",
            _DECLAN,
            "Two days now. About a quarter of our volume depends on retries. Can what was lost be replayed "
            "by us once this works? I need to tell our board something.",
        ),
        _said(
            "12-03 11:30",
            _PRIYA,
            "The first patch did not hold under load and was taken back. The second one is in test until "
            "Monday. I will call you at four with what we know.",
        ),
        _noted(
            "12-07 10:10",
            _AMIRA,
            "Spoke with Declan. Calm, but disappointed; wants a test date, not a promise. Agreed: they "
            "try the patch in their sandbox first.",
        ),
        _said(
            "12-09 16:45",
            _PRIYA,
            "The patch has run for a day without a stuck payment. Could your team try it in the sandbox "
            "by Friday? Then we switch it on for one acquirer at a time.",
        ),
    ),
    "48728": (
        _said(
            "12-07 13:20",
            "Grace Mulvey",
            "The settlement file is closed at 18:00 although late payments are still on their way. 214 of "
            "Friday's are missing, and reconciliation does not balance.",
        ),
        _said(
            "12-07 13:46",
            _JONAS,
            "Thank you, Grace. While #48702 is open payments come later than usual, so the file closes "
            "too early. I have moved the closing to 22:00 until that is mended.",
        ),
        _said(
            "12-08 09:30",
            "Grace Mulvey",
            "Monday's file is complete. Friday's still needs the 214, please.",
        ),
    ),
    "48377": (
        _said(
            "10-28 10:31",
            _RIEGER,
            "We moved to the new archive last night. Since then claims stop half-way: the desk receives "
            "them, the archive does not.",
        ),
        _said(
            "10-28 10:43",
            _JONAS,
            "Thank you, Matthias. The archive refuses our certificate. I need its new chain from you and "
            "will then send everything again.",
        ),
        _said(
            "10-30 15:20",
            "Cem Aydin",
            "Chain attached. Sorry for the wait, our security team had to agree.",
        ),
        _noted(
            "11-03 09:30",
            _JONAS,
            "Three of five claims routes work again. The two for repair shops need a change at the "
            "archive's side.",
        ),
        _said(
            "11-06 14:10",
            _RIEGER,
            "Four routes run. The team is content, the last one is a small one anyway.",
        ),
        _said(
            "11-10 14:00",
            _JONAS,
            "All that waited has been delivered. The fifth route is ready on our side and starts as soon "
            "as the archive opens it. Closing; thank you for the good teamwork.",
        ),
        _said(
            "11-10 14:25",
            _RIEGER,
            "Five out of five for you. We will open the last route after the audit.",
        ),
        _noted(
            "12-08 10:15",
            _AMIRA,
            "Usage has stayed about 13 % lower since. The last route was never opened: ask Henrike who "
            "owns it.",
        ),
    ),
    "48733": (
        _said(
            "12-08 08:40",
            "Cem Aydin",
            "Repair invoices arrive 40 minutes late since Monday because quotes fill the same queue. "
            "Repair shops ask where their money is.",
        ),
        _said(
            "12-08 09:01",
            _JONAS,
            "I see both in one partition, Cem. I can split them tonight after 20:00; may I?",
        ),
        _said(
            "12-08 09:20",
            "Cem Aydin",
            "Yes, please. Tonight is fine.",
        ),
    ),
    "48741": (
        _said(
            "12-09 13:05",
            "Anniina Koski",
            "Since noon some lab results come without a specimen number and are refused. Wards telephone "
            "us for each of them.",
        ),
        _said(
            "12-09 13:23",
            _JONAS,
            "Thank you, Anniina. 61 results wait, none is lost. The laboratory's update of this morning "
            "writes the number into another field; I am adding a rule for it.",
        ),
    ),
    "48712": (
        _said(
            "12-03 09:48",
            "Lukas Hofer",
            "New room rates need up to three hours to reach the booking sites. On Tuesday we sold eleven "
            "rooms below our price.",
        ),
        _said(
            "12-03 10:21",
            _PRIYA,
            "Thank you, Lukas. One booking site allows fewer calls since December and slows the others "
            "down. I am separating it from the rest.",
        ),
        _noted(
            "12-04 16:30",
            _PRIYA,
            "Separation works in test; the site's own limit stays. Raised with their partner desk, no "
            "answer yet.",
        ),
        _said(
            "12-08 11:10",
            "Lukas Hofer",
            "Better for all but one. The Christmas rates go out on the 12th.",
        ),
    ),
    "48612": (
        _said(
            "11-20 15:10",
            "Bram Claes",
            "The peak uses up our commitment faster than planned. Can we be warned at 80 % and at 90 %, "
            "before finance notices it on an invoice?",
        ),
        _said(
            "11-20 16:12",
            _PRIYA,
            "Thank you, Bram. An alert at a share of the commitment is not there yet; I have noted your "
            "example. Until then I send you the state every Monday.",
        ),
        _said(
            "11-23 09:00",
            _PRIYA,
            "As promised: about 78 % used on 22 November, 65 % of the term is over.",
        ),
        _noted(
            "11-30 09:20",
            _AMIRA,
            "Lena prepares options for a top-up. Lieve wants them before 16 December.",
        ),
        _said(
            "12-07 09:00",
            _PRIYA,
            "The Monday figure: about 85 % used. Lena will call you this week.",
        ),
    ),
    "47893": (
        _said(
            "09-30 11:20",
            "Petra Lindqvist",
            "Each term we enter some 900 learners one by one. Is there a way to import them in one go?",
        ),
        _said(
            "09-30 12:04",
            _PRIYA,
            "Hello Petra, yes: a table with four columns is enough. I attach one that is filled in with "
            "examples.",
        ),
        _said(
            "10-01 10:15",
            "Petra Lindqvist",
            "It worked for 880 of them. The others have no group yet, my fault.",
        ),
        _said(
            "10-01 14:45",
            _PRIYA,
            "Good. The twenty are on your list in the portal. Closing, with best wishes for the term.",
        ),
    ),
    "48737": (
        _said(
            "12-08 09:30",
            "Dwight Okoro",
            "Line two goes live next week. Should the stations carry the line in their name, or do you "
            "add it?",
        ),
        _said(
            "12-08 10:17",
            _PRIYA,
            "Hello Dwight, keep the line in its own field: then you can compare the same station over "
            "both lines. I will send you the form that two other plants use.",
        ),
    ),
}
