"""What is said when somebody asks, wishes, or needs a hand."""

from __future__ import annotations

from convergedesk.workspace.sample.talk import Talk

_CALM_THANKS = (
    "Thank you, that is clear.",
    "Perfect, that is what I needed.",
    "Thanks, I will pass it on to the team.",
    "That helps. Thank you.",
    "Understood, thank you for the quick answer.",
    "Good to know. We will do it like that.",
)
_CALM_PROMISES = (
    "I will come back to you {later}.",
    "I check one detail and write again {later}.",
    "Let me look at your settings first.",
    "I ask the team behind {feature} to be sure.",
)
_CALM_NOTES = (
    "Third account to ask this month; the guide needs a paragraph.",
    "Worth mentioning in the next review: they think about a second site.",
    "Answer taken from {reference}, checked with their settings.",
    "Success manager informed: it may grow into a project.",
)
_CALM_QUESTIONS = (
    ("How many {things} a day would that be?",
     ("Around {count}, more at the end of the month.", "Hard to say yet, a few hundred at first.")),
    ("Do you need it for all sites or for one?",
     ("One first, then all if it works.", "For all, from the start.")),
    ("By when do you need it?", ("In {days} days, if possible.", "There is no date, we only want to plan.")),
    ("Who would look after it on your side later?",
     ("I would, and a colleague while I am away.", "The team at {system}.")),
)  # fmt: skip


CALM: dict[str, Talk] = {
    "question": Talk(
        (
            "Nothing urgent: we would like to understand this before the next change.",
            "I read the guide twice and am still not sure. How do others do it?",
            "We plan a change in {days} days and want to be sure that nothing breaks.",
            "Our auditors ask. What can we tell them?",
            "Before we start the next site I need to know this.",
            "I found two settings that sound alike. Which one decides?",
            "A colleague says yes, I say no. Who is right?",
        ),
        (
            "Hello {first}, good question.",
            "Thank you, {first}. In short: yes, with one condition.",
            "Hello {first}, there are two ways, and the simpler one fits you.",
            "Thank you, {first}. I have seen this at another customer.",
            "Hello {first}, happy to help.",
        ),
        _CALM_PROMISES,
        _CALM_QUESTIONS,
        (),
        _CALM_NOTES,
        (),
        (
            "The guide has a new section on it; the second example is your case.",
            "You can switch it on under {feature}; it takes effect within {minutes} minutes.",
            "Not in one step, but with a second destination it works. I have sketched how that would look.",
            "Yes. I have set it up in your sandbox, so that you can try it first.",
            "It depends on {field} alone. As long as that is filled in, nothing changes for you.",
            "No, and on purpose: the reason is on the page that I attach. There is a way round it.",
        ),
        _CALM_THANKS,
    ),
    "role": Talk(
        (
            "She started on Monday and sees an empty page. The rest of the team sees everything.",
            "He moved over from another team last week. Could you please check the role?",
            "The invitation was accepted, but the list stays empty.",
        ),
        ("Hello {first}, I have looked at the account.", "Thank you, {first}. It is a matter of roles."),
        ("I need a word from an administrator of yours.", "I will set it {later}."),
        (
            (
                "Which address does the colleague use to sign in?",
                ("The usual one, with our domain.", "The old one of the other team, I just see."),
            ),
            ("Is there an administrator who can confirm it?", ("I am one, and I confirm it herewith.",)),
        ),
        (),
        (
            "Role was copied from a template without this feature.",
            "Their administrator confirmed by telephone.",
        ),
        (),
        ("The role is set; please sign in again.", "The team was missing in the role. It has been added."),
        _CALM_THANKS,
    ),
    "leaver": Talk(
        (
            "Somebody left our company last week. Please make sure that no access is left.",
            "A colleague's last day was Friday, and the name still shows in the list.",
        ),
        (
            "Thank you, {first}. Done for the sign-in; I check the keys as well.",
            "Hello {first}, I look at it at once.",
        ),
        ("I will confirm it {later}.", "You get the list of who has access now."),
        (
            (
                "Who takes over the scheduled jobs?",
                ("I do, for the time being.", "Nobody needs them any more."),
            ),
        ),
        (),
        ("Two scheduled jobs ran under that name. Moved.", "One key was still in use; told them."),
        (),
        (
            "The access is closed, and I attach the list of who has one now.",
            "Closed, and the two keys are replaced.",
        ),
        _CALM_THANKS,
    ),
    "two-step": Talk(
        (
            "I have a new telephone and cannot confirm the sign-in any more.",
            "The old telephone is broken, and the codes were on it.",
        ),
        ("Hello {first}, for safety I need a word from an administrator of yours.",),
        ("As soon as I have it, it takes a minute.",),
        (("Is your administrator at work today?", ("Yes, in copy.", "From noon on; I will tell her.")),),
        (),
        ("Called the administrator back on the number on file: confirmed.",),
        (),
        (
            "A new confirmation was sent to the address on file.",
            "It is reset; the next sign-in asks for the new telephone.",
        ),
        _CALM_THANKS,
    ),
    "billing": Talk(
        (
            "Our accounts department asks, and we could not answer it from the invoice alone.",
            "We need this before the invoice can be paid; it is due in {days} days.",
            "It has come up for the second month now.",
            "Could you look at it before the next invoice comes?",
        ),
        (
            "Thank you, {first}. I have put both counts side by side.",
            "Hello {first}, I have asked our billing team and stay with it.",
            "Hello {first}, I can send you the days behind each line.",
        ),
        _CALM_PROMISES,
        (
            (
                "Which days does your own report count?",
                ("From the first to the last of the month, local time.",),
            ),
            (
                "Do you count when they are sent or when they are accepted?",
                ("When they are sent; that may be it.",),
            ),
        ),
        (),
        (
            "Account owner informed; no dispute, only a question.",
            "Explained with the step price. Fine so far.",
        ),
        (),
        (
            "The days are attached with the total; an hour at each end of the month explains the rest.",
            "It is noted on the account and will be on the next invoice.",
            "The corrected statement is attached; the amount stays the same.",
        ),
        _CALM_THANKS,
    ),
    "request": Talk(
        (
            "Today we do it by hand every {days} days. Is it planned?",
            "It has come up in each of our last three team meetings.",
            "This would save us about {minutes} minutes a day.",
            "We know that it is not there today. What would it take?",
            "Other tools that we use can do this, and we miss it here.",
        ),
        (
            "Thank you, {first}. I have written it down with your example.",
            "Hello {first}, you are not the only one who asks; that helps.",
            "Thank you, {first}. It is not planned for this quarter, and I do not want to promise more.",
            "Hello {first}, part of it can be done today.",
        ),
        _CALM_PROMISES,
        (
            (
                "How do you do it today, step by step?",
                (
                    "We export a list, mark the rows and go through them one by one.",
                    "A colleague writes a mail each time.",
                ),
            ),
            (
                "How often would you use it?",
                ("Every {days} days at least, daily in the busy season.", "Once a week."),
            ),
            ("Would it help if it worked for one site first?", ("One site would already be a great help.",)),
        ),
        (),
        _CALM_NOTES,
        (),
        (
            "It stands on our list with your name. I will tell you when that changes.",
            "Until then a saved filter does most of it; I have set one up for you.",
            "It is planned for the first quarter, for one site at first.",
            "We will not build it, and I would rather say so today. The reason is in the attached note.",
        ),
        _CALM_THANKS,
    ),
}
