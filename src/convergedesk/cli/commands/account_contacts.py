"""The people of an account and what was said with them, as `convergedesk account` prints them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from convergedesk.cli.output import write_table
from convergedesk.cli.ports import Ports
from convergedesk.figures.note_text import PULSE_WORDS, plain_text
from convergedesk.figures.people import PersonView
from convergedesk.figures.wording import count, day

if TYPE_CHECKING:
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.engagement import Action, CheckIn, LastContact, Note
    from convergedesk.workspace.session import Workspace

_MOST = 10


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who is there, and what was logged, written and promised."""

    people: tuple[PersonView, ...]
    check_ins: tuple[CheckIn, ...]
    notes: tuple[Note, ...]
    actions: tuple[Action, ...]


def read_contacts(workspace: Workspace, account_id: AccountId) -> Contacts:
    """Read all of it."""
    from convergedesk.workspace import actions, check_ins, notes, people

    return Contacts(
        people.people_at(workspace, account_id),
        check_ins.check_ins(workspace, account_id),
        notes.notes(workspace, account_id),
        actions.account_actions(workspace, account_id),
    )


def contacts_object(contacts: Contacts, today: date) -> Mapping[str, object]:
    """The parts of the JSON object."""
    return {
        "people": [{"person": view.person, "last_contact": view.last_contact} for view in contacts.people],
        "check_ins": contacts.check_ins,
        "notes": contacts.notes,
        "actions": [{"action": one, "days_overdue": one.days_overdue(today)} for one in contacts.actions],
    }


def print_contacts(ports: Ports, contacts: Contacts, today: date) -> None:
    """People, open actions, and the latest contacts and notes."""
    out = ports.out
    out.write(f"\nPeople: {len(contacts.people)}\n")
    if contacts.people:
        rows = [_person(view) for view in contacts.people]
        write_table(out, ("Name", "Role", "Title", "Last contact"), rows)
    to_do = [one for one in contacts.actions if one.done_on is None]
    out.write(f"\nActions: {len(to_do)} open\n")
    if to_do:
        write_table(out, ("Due", "Owner", "Action"), [_action(one, today) for one in to_do])
    out.write(f"\nCheck-ins: {len(contacts.check_ins)}\n")
    _lines(
        ports,
        (
            f"{one.held_at.date().isoformat()}  {one.channel.value}, {one.author or 'nobody named'}: "
            f"{' '.join(one.summary.split())}"
            for one in contacts.check_ins[:_MOST]
        ),
        len(contacts.check_ins),
    )
    out.write(f"\nNotes: {len(contacts.notes)}\n")
    _lines(ports, (_note(note) for note in contacts.notes[:_MOST]), len(contacts.notes))


def _lines(ports: Ports, lines: Iterable[str], total: int) -> None:
    for line in lines:
        ports.out.write(f"{line}\n")
    if total > _MOST:
        ports.out.write(f"… and {total - _MOST:,} older\n")


def _person(view: PersonView) -> tuple[str, str, str, str]:
    person = view.person
    left = f"left {day(person.left_on)}" if person.left_on is not None else ""
    role = person.role.value.replace("_", " ")
    return person.name, role, person.title or "–", left or _contact(view.last_contact)


def _contact(contact: LastContact | None) -> str:
    if contact is None:
        return "none known"
    when = contact.at.date().isoformat()
    if contact.channel is not None:
        return f"{when}, {contact.channel.value}"
    return f"{when}, {'wrote in' if contact.wrote else 'opened'} #{contact.number}"


def _action(action: Action, today: date) -> tuple[str, str, str]:
    late = action.days_overdue(today)
    due = "–" if action.due_on is None else action.due_on.isoformat()
    return (f"{due}, {count(late, 'day')} late" if late else due), action.owner or "–", action.title


def _note(note: Note) -> str:
    marks = [note.audience.value]
    if note.pulse is not None:
        marks.append(f"pulse {PULSE_WORDS[note.pulse].lower()}")
    words = plain_text(note.body) or note.pulse_reason
    return (
        f"{note.written_at.date().isoformat()}  {note.author or 'nobody named'} ({', '.join(marks)}): {words}"
    )
