"""Ids and kinds that every room speaks of.

Apart from the records they belong to, because Home is painted before anything but these is needed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

AccountId = NewType("AccountId", int)
PersonId = NewType("PersonId", int)
PodId = NewType("PodId", int)


class SystemKind(StrEnum):
    """The four kinds of system that a book of business comes from."""

    CRM = "crm"
    SUPPORT = "support"
    USAGE = "usage"
    BILLING = "billing"


class Lifecycle(StrEnum):
    """Where an account stands with us."""

    TRIAL = "trial"
    ACTIVE = "active"
    CHURNED = "churned"


class PersonRole(StrEnum):
    """What a person is to us: customers' roles first, then our own."""

    SPONSOR = "sponsor"
    CHAMPION = "champion"
    BUYER = "buyer"
    USER = "user"
    SUCCESS_MANAGER = "success_manager"
    ACCOUNT_OWNER = "account_owner"
    SUPPORT_AGENT = "support_agent"
