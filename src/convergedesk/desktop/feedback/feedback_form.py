"""The fields of the form for feedback, and how a draft keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience

NEW, NONE = "new", "none"
"""In place of a request's id: one that is yet to be written, and none yet."""


@dataclass(frozen=True, slots=True)
class FeedbackForm:
    """The fields as they stand.

    Attributes:
        account_id: Who said it, or None while that is not chosen.
        body: In the customer's words.
        author: Whose words.
        day: When, or None while it cannot be read.
        request: A request's id, `NEW` or `NONE`.
        new_title: Title of the new request.
        audience: Who may see it.
    """

    account_id: AccountId | None
    body: str
    author: str
    day: date | None
    request: object
    new_title: str
    audience: Audience


def to_draft(form: FeedbackForm) -> dict[str, object]:
    """The form as a draft keeps it."""
    return {
        "account_id": form.account_id,
        "body": form.body,
        "author": form.author,
        "day": None if form.day is None else form.day.isoformat(),
        "request": form.request,
        "new_title": form.new_title,
        "audience": form.audience.value,
    }


def from_draft(kept: Mapping[str, Any]) -> FeedbackForm | None:
    """The form of a draft, or None where a later program wrote it in another shape."""
    try:
        account_id = kept["account_id"]
        return FeedbackForm(
            account_id=None if account_id is None else AccountId(int(account_id)),
            body=str(kept["body"]),
            author=str(kept["author"]),
            day=None if kept["day"] is None else date.fromisoformat(kept["day"]),
            request=kept["request"],
            new_title=str(kept["new_title"]),
            audience=Audience(kept["audience"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
