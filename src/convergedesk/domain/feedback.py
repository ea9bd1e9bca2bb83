"""What customers ask for: items in their own words, and the requests that these add up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from convergedesk.domain.audience import Audience

if TYPE_CHECKING:
    from convergedesk.domain.kinds import AccountId
    from convergedesk.domain.tickets import TicketId
    from convergedesk.domain.usage import Feature

FeedbackId = NewType("FeedbackId", int)
RequestId = NewType("RequestId", int)


class RequestStatus(StrEnum):
    """What became of a request."""

    OPEN = "open"
    PLANNED = "planned"
    SHIPPED = "shipped"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one customer said once.

    Attributes:
        account_id: Who said it.
        given_at: When, UTC.
        body: In the customer's words.
        author: Whose words; empty where unknown.
        audience: Internal, or shared with that customer.
        ticket_id: The ticket in which it was said, or None.
        request_id: What it asks for, or None where that was not sorted yet.
        id: Our own id; 0 before it is kept.
    """

    account_id: AccountId
    given_at: datetime
    body: str
    author: str = ""
    audience: Audience = Audience.INTERNAL
    ticket_id: TicketId | None = None
    request_id: RequestId | None = None
    id: FeedbackId = FeedbackId(0)


@dataclass(frozen=True, slots=True)
class Request:
    """What several customers ask for, each in words of their own.

    Attributes:
        title: In our words, short.
        status: What became of it.
        status_on: Since when it has that status.
        answer: What we told those who asked, such as a quarter or a reason; may be empty.
        feature: The part of the product that it concerns, or None.
        merged_into_id: The request that it is counted with, or None where it stands for itself.
        distinct_from: Identities of requests that somebody said are something else.
        id: Our own id; 0 before it is kept.
        uid: Identity across laptops; empty before it is kept.
    """

    title: str
    status: RequestStatus
    status_on: date
    answer: str = ""
    feature: Feature | None = None
    merged_into_id: RequestId | None = None
    distinct_from: tuple[str, ...] = ()
    id: RequestId = RequestId(0)
    uid: str = ""
