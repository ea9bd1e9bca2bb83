"""The words of the field as this program means them: one definition each, shown wherever the word stands."""

from __future__ import annotations

from typing import Final

TERMS: Final[dict[str, str]] = {
    "Account": "A customer. Its sites count towards it unless the page says otherwise.",
    "Site": "A part of a customer with usage of its own, such as a plant or a country.",
    "Pod": "A small team with the accounts that it looks after. The choice at the top filters every page.",
    "Lifecycle": "Trial, active or churned, as the CRM says it.",
    "Meter": "One thing that is counted and priced, such as events delivered.",
    "Usage": "What the customer used, by day of the customer's own time zone.",
    "Expected range": (
        "What a day was likely to bring, going by the days before it and by its weekday. Days of trouble "
        "are left out, so that an incident does not become its own yardstick."
    ),
    "Dip": (
        "Days on which usage stays below its expected range so clearly that chance alone would hardly do it."
    ),
    "Silent dip": "A dip for which the customer opened no ticket.",
    "Interval": "Where the true value lies, in 95 of 100 such cases.",
    "Likely": "The middle 80 % of what may come. Narrower than an interval, and said of the future alone.",
    "Inconclusive": (
        "The interval includes no change, so what was seen may be chance. It is an answer, and neither "
        "good nor bad."
    ),
    "Measured effect": (
        "Usage from the first day of the dip until value was restored, compared with expected."
    ),
    "Value restored": (
        "Usage is back: seven days together bring at least 90 % of what was expected, and so do the first "
        "three of them. It is known six days later."
    ),
    "Time to value restored": (
        "Whole days from opening a ticket until value is restored. Tickets that are not there yet count as "
        "still waiting; they are not left out."
    ),
    "Days 1–7 after closing": "The first full week after the last resolution, compared with expected.",
    "Smallest dip visible": (
        "How deep a dip would have to be to be told from this account's usual ups and downs."
    ),
    "High priority": "The two highest ranks of the support desk, such as urgent and high.",
    "First response time": "From opening a ticket to the first answer of a person.",
    "Resolution time": (
        "From opening a ticket to its last resolution. Whether usage came back is another matter."
    ),
    "Satisfaction": "What customers answered when they were asked about a ticket, with how many answered.",
    "Net of catch-up": (
        "Usage that came later to make up for the dip, such as replays, is taken off the loss."
    ),
    "Billed": "On an invoice that was issued.",
    "Accrued": "Used this month and not on an invoice yet. It is never called billed.",
    "Forecast": "What is used so far and what the remaining days are likely to bring.",
    "Commitment": "What the customer promised to use or to spend within a term.",
    "Pace": (
        "Commitment used, compared with what should be used by now. Under 85 % much will be left over; "
        "from 115 % on it will be used up early."
    ),
    "Burn-down": "What is left of a commitment from day to day, and when it is likely to be used up.",
    "Shortfall": "What will be left of the commitment when its term ends, if usage goes on as expected.",
    "Health": (
        "Six factors, each on 0 to 100, and their mean: healthy from 75, watch from 50, at risk below. It "
        "is not a probability. A factor that is not known is left out and named."
    ),
    "Pulse": "How the success manager sees the account. It stands beside health and is never mixed into it.",
    "Role": "Sponsor, champion, buyer or user: what a person is to the decision to stay.",
    "Check-in": "A logged contact with a customer: who, when, what was said, and the next step.",
    "Next step": "What was agreed at a check-in; it can become an action with an owner and a day.",
    "Internal": "For your team alone. Everything starts internal.",
    "Shared": "The customer may see it.",
    "Overdue": "Its day has passed and it is neither done nor dropped.",
    "Goal": "What the customer wants to reach, in the customer's words, with a start, a target and a day.",
    "On track": (
        "At least nine tenths of the way that a straight line from agreement to due day expects by today."
    ),
    "Behind": "Less than nine tenths of the way that should be done by today.",
    "Stuck": "Behind, and in 28 days not a hundredth of the way nearer to the target.",
    "Evidence": "What shows that a value is true, such as a report or a meter of this program.",
    "Entitlement": "What the contract includes, whether it is used or not.",
    "Under-used": (
        "Used far less than other accounts of the tier use it, measured against the account's own size."
    ),
    "Never adopted": "Included in the contract and not used on a single day.",
    "Breadth": "How many of the things that the contract includes are used at all.",
    "Tier": "A step of a price: from so many units on, each costs so much.",
    "Amendment": "A change of the contract from a day on. What was agreed before stays as it was until then.",
    "Ramp": "A commitment that grows in steps through its term.",
    "Rollover": "What is left of a commitment and may be used in the next term.",
    "SLA credit": "Money back for a promised service that was not kept. It is counted apart from usage lost.",
    "Holiday": "A public holiday of the customer's country. Fewer people work, so less usage is no alarm.",
    "Freeze": "Days on which the customer changes nothing, such as the weeks before Christmas.",
    "Fiscal year": "The year that quarters are counted in: yours, and each customer's where it differs.",
    "As of": "The last moment that a figure knows of. The strip at the top says how old each source is.",
    "Row not taken": (
        "A row of a file that could not be read or placed. It is kept with its reason and can be tried again."
    ),
    "Waiting name": (
        "A name whose account is not known yet. Its rows wait and go in once you say whose it is."
    ),
    "Exact match": (
        "Joined by an id or an address that is the same on both sides. Nothing is joined on a guess."
    ),
    "Undo step": "Everything that one edit changed, on every page that it touched.",
    "Recently deleted": "What was deleted in the last 30 days. Restore puts it back where it was.",
    "Workspace": "One encrypted file on this computer with everything in it.",
    "Keyring": "Where the system keeps secrets for you. It gives the key to this program when you sign in.",
    "Recovery key": "A key on paper that opens the workspace when passphrase and keyring are gone.",
    "Backup": "An encrypted and checked copy of the workspace, made once a day.",
    "Alert rule": (
        "What has to happen for an alert to be raised. Each alert says which rule raised it and why."
    ),
    "Snooze": "Hide an alert until a day. It comes back then if it still holds.",
    "Expected (alert)": "You knew of it. It stays on record and stops asking.",
    "Opportunity": (
        "Something that a customer pays for and does not use, or uses more than it fits, in money."
    ),
    "Request": "Pieces of feedback that ask for the same thing.",
    "Revenue at stake": (
        "What the accounts that asked were billed; the page says for which months. It is not money that is "
        "lost."
    ),
    "Usage lost": "What tickets about a feature cost in usage, where that could be measured.",
    "Pilot segment": "The accounts with which you try something first.",
    "Matched accounts": (
        "Accounts outside the pilot that were alike before it: same tier, similar revenue and trend."
    ),
    "Net retention": (
        "Revenue of the accounts that you had a year ago, now as a share of then, growth included."
    ),
}
