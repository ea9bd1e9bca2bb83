"""What is said when something does not work, is slow, or somebody is locked out.

No sentence contradicts a subject line of its kind, because any of them may meet any.
"""

from __future__ import annotations

from convergedesk.workspace.sample.talk import Talk

_FAULT_OPENINGS = (
    "Seen first at {time} today; before that all was as usual.",
    "As the subject says. By our count {count} {things} are affected so far.",
    "Our own check raised an alarm at {time}. We changed nothing on our side.",
    "Colleagues at two sites tell us the same, so it is not a single mistake.",
    "We had this in spring as well, and then it went away by itself. This time it stays.",
    "It is not all of them: about one in five of our {things}, by what we can see.",
    "It began after the weekend, we noticed it at {time}.",
    "It happened yesterday for roughly {minutes} minutes, and again since {time}.",
    "The first case in our log is from {time}, the latest a few minutes old.",
    "I can repeat it at will, and so can a colleague on another network.",
    "We compared with last week: it was fine then, with the same settings.",
    "Could somebody look at this today? I have put three examples below.",
)
_FAULT_REPLIES = (
    "Thank you, {first}. I see the same on our side and have started to look.",
    "Hello {first}, confirmed. I can repeat it with a test of my own.",
    "Thank you for the details, {first}; they match an entry in our log.",
    "Hello {first}, I have passed it on as {reference} and stay with it.",
    "Thank you, {first}. Your examples help; I see the pattern.",
    "I am on it, {first}. It looks like something on our side.",
    "Hello {first}, that should not happen. I am looking at it now.",
    "Thank you, {first}. Nothing is lost, and I will find out what holds it up.",
)
_PROMISES = (
    "You will hear from me {later}.",
    "I will write again {later}.",
    "Could you send me one more example with its time?",
    "Nothing to do for you right now.",
    "Please leave the settings as they are until I am back.",
    "I have asked the team behind {feature} to join.",
    "We compare it with last week and tell you what we find.",
    "If it gets worse before I am back, please call.",
)
_FAULT_QUESTIONS = (
    ("Was anything changed at {system} on the day before?",
     ("A certificate was renewed on the evening before, nothing else.", "Not that anybody here knows of.",
      "An update on Sunday, and it was fine on Monday.")),
    ("Are all {things} affected, or only those with {field}?",
     ("Only those with {field}; the others are fine.", "All, as far as we can tell.",
      "Mostly those with {field}, but I found two without it.")),
    ("Which site saw it first?",
     ("The smaller one; the others followed about {minutes} minutes later.", "All at once, at {time}.")),
    ("Is {field} always filled in on your side?",
     ("Sometimes it is empty. It always was, and it never mattered.", "Yes, it is required on our form.")),
    ("Do you see an error in your own log at that moment?",
     ("Yes: 'connection closed', after {minutes} seconds.", "Nothing at all, and that is what puzzles us.",
      "One line each time; I attach it.")),
    ("Does it also happen at night, when there is little going on?",
     ("No, only in the day.", "Yes, the time makes no difference.")),
)  # fmt: skip
_FAULT_NUDGES = (
    "Any news? I am asked every hour.",
    "It was better for a while and is back since lunch.",
    "We can live with it today, but not on Monday.",
    "Thank you for the update. Who can we reach in the evening?",
    "I can offer a test from our side this afternoon.",
    "To add: we now see the same with {field}.",
    "Is there anything that we can do ourselves in the meantime?",
)
_FAULT_NOTES = (
    "Same cause as {reference}; linked. Fix is in test.",
    "Customer is calm, but the success manager should know: second time this quarter.",
    "Careful: they plan a peak in {days} days. It must hold until then.",
    "Not sure that it is us. {System} was restarted on their side as well.",
    "A workaround is in place; the lasting fix needs a release.",
    "Checked three similar accounts: not affected.",
    "If it comes back: raise it under {reference}, do not start anew.",
    "Usage is a little under its usual level today; watching it for a week.",
    "Two people here know this part well, and one is away until Thursday.",
    "Looked through the last {days} days: it began smaller than they think, and earlier.",
)
_FAULT_RETURNS = (
    "Sorry to open it again: it is back since this morning.",
    "It held for a day and then started again.",
    "One site is fine, the other shows it again.",
    "We were too quick: the same thing happened an hour ago.",
)
_FAULT_THANKS = (
    "Works again, thank you.",
    "Confirmed from our side. Thanks for the help.",
    "All fine here now.",
    "Thank you. The team is relieved.",
    "Looks good so far; we will write if not.",
    "Perfect, that was it.",
    "Thanks. It would be good to hear of such things before we notice them.",
    "Checked with both sites: all good.",
)
_DELIVERY = (
    "The limit is raised and everything that waited has been sent again.",
    "A renewed certificate was not trusted; it is now, and {count} {things} have gone through since.",
    "A stuck worker held your queue. It is replaced, and the queue is empty.",
    "The connection was closed after a minute without use. We now keep it open.",
    "Two routes overlapped; one is gone, and the order is right again.",
    "Tuesday's change to {feature} is taken back. No error for {minutes} minutes.",
    "The address of your new gateway was missing in one place. It is there now.",
    "We split your {things} from the others, so that nothing stands in their way.",
)
_SHAPE = (
    "The rule for {field} was stricter than agreed. It is as before again.",
    "Your last version changed the form of {field}; we accept both now.",
    "The mapping had lost a line in the last release. It is back, and the {count} open ones are through.",
    "We corrected it and ran yesterday again; please compare.",
    "It happened only with very large sets. They are cut into parts now.",
    "An old and a new setting contradicted each other. The old one is removed.",
)
_SCREEN = (
    "The page read from a copy that was an hour old. It reads the live data again.",
    "An index was missing after the last release; it is back.",
    "The count left out what came in after midnight. It is corrected for the last {days} days.",
    "A filter from an earlier visit was still active for your team. We removed it.",
    "The rule compared with the wrong day. It is corrected, and I tested it with your settings.",
    "The list was cut at a thousand entries. It is not any more.",
)


def _fault(solutions: tuple[str, ...]) -> Talk:
    return Talk(_FAULT_OPENINGS, _FAULT_REPLIES, _PROMISES, _FAULT_QUESTIONS, _FAULT_NUDGES, _FAULT_NOTES,
                _FAULT_RETURNS, solutions, _FAULT_THANKS)  # fmt: skip


TROUBLE: dict[str, Talk] = {
    "fault delivery": _fault(_DELIVERY),
    "fault shape": _fault(_SHAPE),
    "fault screen": _fault(_SCREEN),
    "delay": Talk(
        (
            "We measure {minutes} minutes; two would be normal.",
            "It has become slow for us since the start of the week, most of all in the morning.",
            "It works, but far too slowly to be of use before noon.",
            "Our users complain. Is something running on your side?",
            "Last week it took a tenth of the time. The volume is the same.",
            "First seen at {time}; since then it goes down and comes back.",
            "It is not broken, but the people who wait for it see no difference.",
        ),
        (
            "Thank you, {first}. The queue is longer than usual; I am finding out why.",
            "Hello {first}, I see it: one worker handles everything of yours at the moment.",
            "Thank you, {first}. By our clock it is {minutes} minutes too.",
            "Hello {first}, a large job of yours runs at the same time. That may be it.",
            "Thank you, {first}. It is real, and it should not be like that.",
        ),
        _PROMISES,
        (
            (
                "Does it follow the time of day, or is it steady?",
                ("It is worst in the first two hours of the morning.", "Steady, day and night."),
            ),
            (
                "Did the size of your {things} grow lately?",
                ("They are about twice as large since we added {field}.", "No, they are what they were."),
            ),
            (
                "How many connections does {system} allow at once?",
                ("Eight, and we see four in use.", "As many as you like, says the vendor."),
            ),
            ("Is it the same for all sites?", ("All, but the largest suffers most.", "Only the two newest.")),
        ),
        _FAULT_NUDGES,
        _FAULT_NOTES,
        _FAULT_RETURNS,
        (
            "You have a worker of your own now, and the queue is empty.",
            "The large job runs at night from now on; the delay is under two minutes.",
            "We doubled the number of connections. It is on time since this morning.",
            "An index was missing after the last release; with it, it takes seconds again.",
            "Half of the time was spent waiting for {system}. We ask for more at once now.",
        ),
        _FAULT_THANKS,
    ),
    "sign-in": Talk(
        (
            "After the sign-in at our provider they land on the start page again, and again.",
            "It began when our provider was changed. Everybody else gets in.",
        ),
        (
            "Thank you, {first}. I see the attempts in the log.",
            "Hello {first}, the answer of your provider lacks a group.",
        ),
        ("I will write to your administrator.", "You will hear from me {later}."),
        (
            (
                "Does it also happen in a private window?",
                ("Yes, there as well.", "No, there it works. Interesting."),
            ),
        ),
        ("Any news? They work with a colleague's screen.",),
        (
            "Group name has a space at its end on their side.",
            "Same as {reference}: clock of the provider is off.",
        ),
        (),
        (
            "Your administrator has added the group. Please try again.",
            "The old sessions are ended; a new sign-in works.",
        ),
        _FAULT_THANKS,
    ),
}
