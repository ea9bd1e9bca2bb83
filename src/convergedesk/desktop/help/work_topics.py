"""The topics of what the team plans, writes, brings in and keeps safe."""

from __future__ import annotations

from typing import Final

from convergedesk.desktop.help.topic import Topic, tab_key

WORK_TOPICS: Final[dict[str, Topic]] = {
    "goals": Topic(
        "Goals",
        (
            (
                "The goals of all customers, those that need a decision first. The rule by which a goal "
                "counts as behind or stuck is shown with it."
            ),
        ),
        ("Goal", "On track", "Behind", "Stuck", "Evidence", "Overdue"),
        "goals",
    ),
    "actions": Topic(
        "Actions",
        ("What your team promised, over all accounts: the overdue first, then by day.",),
        ("Overdue", "Next step", "Check-in"),
        "people-and-notes",
    ),
    "calendar": Topic(
        "Calendar",
        (
            (
                "Holidays, releases, freezes and outages. They are drawn on every chart, and usage that "
                "falls on such a day is not held against anybody."
            ),
        ),
        ("Holiday", "Freeze", "Fiscal year"),
        "calendar",
    ),
    "pods": Topic(
        "Pods",
        (
            "Who looks after which accounts. The pod chosen at the top filters every page.",
            "A pilot of the accounts with the most usage-based revenue is suggested from your data.",
        ),
        ("Pod", "Pilot segment"),
        "pods",
    ),
    "edits": Topic(
        "Edits",
        (
            (
                "What was edited in the last 30 days, by whom and when. Any of it can be taken back, also "
                "after the program was closed."
            ),
        ),
        ("Undo step", "Recently deleted"),
        "undo",
    ),
    "import": Topic(
        "Import",
        (
            (
                "Bring in exports of your CRM, support desk, usage and billing. The program says what it "
                "takes each file for and asks what it cannot know; nothing is saved before you confirm."
            ),
        ),
        ("Row not taken", "Waiting name", "Exact match"),
        "importing",
    ),
    tab_key("import", "rejects"): Topic(
        "Rows not taken",
        ("Rows of your files that could not be read or placed, each with its reason and its own words.",),
        ("Row not taken", "Exact match"),
        "importing",
    ),
    tab_key("import", "unlinked"): Topic(
        "Names that wait",
        ("Names whose account is not known yet, with what hangs on them. You decide whose each is.",),
        ("Waiting name", "Exact match", "Account"),
        "importing",
    ),
    "settings": Topic(
        "Settings",
        (
            (
                "How the program looks, how it keeps your data safe, and who you are on what you write. "
                "Every setting counts at once; there is nothing to save."
            ),
        ),
        ("Workspace", "Keyring", "Recovery key", "Backup", "Fiscal year"),
        "settings",
    ),
    "loading": Topic(
        "A moment",
        ("The page is being made. Nothing is lost meanwhile, and keys that you press are heard.",),
        ("Workspace",),
        "first-steps",
    ),
}
