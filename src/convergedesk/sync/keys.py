"""The canonical text of the key under which a row names its account."""

from __future__ import annotations

from dataclasses import dataclass

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import AccountKey
from convergedesk.domain.salesforce_id import normalise_salesforce_id
from convergedesk.sync.naming import NameForm, company_domain, name_form


@dataclass(frozen=True, slots=True)
class KeyParts:
    """What an account key says, in the forms that are compared.

    Attributes:
        text: The canonical text, unique within a source; None where the row names no account.
        system: The system whose key it is.
        external_id: Salesforce ids in 18 characters, others as written, or None.
        domain: A company's own domain, or None.
        name: The name taken apart, or None.
        subscription: Id of the subscription, or None.
    """

    text: str | None
    system: SystemKind
    external_id: str | None
    domain: str | None
    name: NameForm | None
    subscription: str | None


def external_id_form(external_id: str | None) -> str | None:
    """An id as it is compared, or None where nothing is written."""
    text = (external_id or "").strip()
    return normalise_salesforce_id(text) if text else None


def key_parts(key: AccountKey, system: SystemKind) -> KeyParts:
    """Take a key apart.

    The text names the strongest part that is stated: a subscription, then an id, then domain
    and name together. What is weaker only helps to find the account.

    Args:
        key: As the row states it.
        system: The system whose ids `key.external_id` holds.
    """
    external_id = external_id_form(key.external_id)
    subscription = (key.subscription_id or "").strip() or None
    domain, name = company_domain(key.domain), name_form(key.name)
    text: str | None = None
    if subscription is not None:
        system, text = SystemKind.BILLING, f"{SystemKind.BILLING}:subscription:{subscription}"
    elif external_id is not None:
        text = f"{system}:id:{external_id}"
    elif domain is not None and name is not None:
        text = f"{system}:domain:{domain} name:{name}"
    elif domain is not None:
        text = f"{system}:domain:{domain}"
    elif name is not None:
        text = f"{system}:name:{name}"
    return KeyParts(text, system, external_id, domain, name, subscription)
