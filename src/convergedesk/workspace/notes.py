"""Notes: written with every pause in typing, shared on purpose, and what they say of an account's pulse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.edits import EditId
from convergedesk.domain.engagement import AccountNote, Note, NoteId, Picture, pictures_named
from convergedesk.figures.mentions import mentions
from convergedesk.figures.note_text import PULSE_WORDS, plain_text
from convergedesk.store import accounts, engagement, pictures
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.people import our_names
from convergedesk.workspace.session import Workspace

_TITLE = 40


@dataclass(frozen=True, slots=True)
class NoteWritten:
    """A note as it is kept now, and what that touched."""

    note: Note
    changes: Changes


def notes(workspace: Workspace, account_id: AccountId, *, with_sites: bool = True) -> tuple[Note, ...]:
    """The notes on an account, newest first."""
    store = workspace.store
    return engagement.notes_of(store, accounts.reach(store, account_id, with_sites=with_sites))


def all_mentions(workspace: Workspace) -> tuple[AccountNote, ...]:
    """The notes of all accounts in which somebody of us is mentioned, newest first."""
    names = our_names(workspace)
    found: list[AccountNote] = []
    for one in engagement.notes_with_mentions(workspace.store):
        named = tuple(dict.fromkeys(m.name for m in mentions(one.note.body, names, workspace.today)))
        if named:
            found.append(replace(one, mentioned=named))
    return tuple(found)


def pulse_history(written: Sequence[Note]) -> tuple[Note, ...]:
    """Those of the notes that judge the relationship, newest first; the first one says how it is now."""
    judged = [note for note in written if note.pulse is not None]
    return tuple(sorted(judged, key=lambda note: note.written_at, reverse=True))


def write_note(workspace: Workspace, note: Note) -> NoteWritten:
    """Keep a note as it stands now: a new one where its id is 0.

    Writing that follows within seconds is one step of 'Undo'.

    Raises:
        NotFoundError: It was deleted meanwhile.
    """
    store, now = workspace.store, workspace.clock.now()
    with workspace.edit(account_id=note.account_id) as edit:
        before = engagement.get_note(store, note.id) if note.id else None
        if before is None:
            note = replace(note, id=engagement.add_note(store, note, now=now))
        else:
            engagement.edit_note(store, note, now=now)
        edit.label = _label(before, note)
        edit.merge = f"note:{note.id}" if _only_text(before, note) else ""
    return NoteWritten(replace(note, updated_at=now), _changed(note.account_id, edit.id))


def delete_note(workspace: Workspace, note_id: NoteId) -> Changes:
    """Delete a note; its pictures come back with it. Raises NotFoundError."""
    with workspace.edit(deletes=True) as edit:
        note = engagement.get_note(workspace.store, note_id)
        engagement.delete_note(workspace.store, note_id, now=workspace.clock.now())
        edit.label, edit.account_id = f"Deleted {_called(note)}", note.account_id
    return _changed(note.account_id, edit.id)


def keep_picture(workspace: Workspace, picture: Picture) -> None:
    """Keep a picture in the workspace, so that a note can name it."""
    pictures.keep(workspace.store, picture, now=workspace.clock.now())


def pictures_in(workspace: Workspace, texts: Sequence[str]) -> tuple[Picture, ...]:
    """The pictures that the texts show and the workspace holds."""
    named = dict.fromkeys(digest for text in texts for digest in pictures_named(text))
    return pictures.find(workspace.store, tuple(named))


def _label(before: Note | None, after: Note) -> str:
    called = _called(after)
    if before is not None and before.audience is not after.audience:
        return f"Shared {called}" if after.audience is Audience.SHARED else f"Made {called} internal"
    if before is not None and (before.pulse, before.pulse_reason) != (after.pulse, after.pulse_reason):
        if after.pulse is None:
            return f"Took the pulse off {called}"
        return f"Judged the relationship as {PULSE_WORDS[after.pulse].lower()}"
    return f"Wrote {called}"


def _only_text(before: Note | None, after: Note) -> bool:
    return before is None or replace(before, body="", updated_at=None) == replace(
        after, body="", updated_at=None
    )


def _called(note: Note) -> str:
    words = plain_text(note.body) or note.pulse_reason
    if not words:
        return "a note"
    return f"the note “{words if len(words) <= _TITLE else words[: _TITLE - 1].rstrip() + '…'}”"


def _changed(account_id: AccountId, edit_id: EditId | None) -> Changes:
    return Changes(frozenset({account_id}), frozenset({Kind.ENGAGEMENT}), edit_id=edit_id)
