"""Pictures of notes: kept once, forgotten when no note has named them for a month."""

from datetime import timedelta

from convergedesk.domain.engagement import Note, Picture, pictures_named
from convergedesk.store import engagement, pictures
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add_account

FIRST, SECOND = "a" * 64, "b" * 64


def picture(digest: str) -> Picture:
    return Picture(digest, "image/png", 4, 3, b"\x89PNG")


def note_with(store: Store, body: str) -> None:
    engagement.add_note(store, Note(add_account(store, "Acme"), NOW, "Amira", body), now=NOW)


def held(store: Store) -> set[str]:
    return {one.digest for one in pictures.find(store, (FIRST, SECOND))}


def test_a_picture_comes_back_as_it_was(store: Store) -> None:
    pictures.keep(store, picture(FIRST), now=NOW)
    pictures.keep(store, picture(FIRST), now=NOW)
    assert pictures.find(store, (FIRST, SECOND)) == (picture(FIRST),)
    assert pictures.find(store, ()) == ()


def test_a_text_names_its_pictures() -> None:
    text = f"![one](picture:{SECOND}) and ![two](picture:{FIRST}) and ![](picture:{SECOND}) picture:nothing"
    assert pictures_named(text) == (SECOND, FIRST)


def test_a_picture_that_no_note_names_goes_after_a_month(store: Store) -> None:
    pictures.keep(store, picture(FIRST), now=NOW)
    note_with(store, f"![second](picture:{SECOND})")
    pictures.keep(store, picture(SECOND), now=NOW)
    pictures.keep(store, picture(SECOND), now=NOW + timedelta(days=20))
    assert held(store) == {FIRST, SECOND}
    pictures.keep(store, picture(SECOND), now=NOW + timedelta(days=60))
    assert held(store) == {SECOND}


def test_a_picture_that_is_named_again_stays(store: Store) -> None:
    pictures.keep(store, picture(FIRST), now=NOW)
    pictures.keep(store, picture(SECOND), now=NOW)
    note_with(store, f"![first](picture:{FIRST})")
    pictures.keep(store, picture(SECOND), now=NOW + timedelta(days=60))
    assert FIRST in held(store)
