"""The fields by which rows of other kinds of data name their account."""

from __future__ import annotations

from convergedesk.sources.files.catalogue import Field, FieldType

ACCOUNT_ID = Field(
    "account_id",
    "Account id",
    FieldType.ID,
    "The account's id, as in the accounts file.",
    "A-1001",
    synonyms=(
        "account id", "accountid", "account", "company id", "companyid", "associated company id",
        "associated company ids", "organization id", "organisation id", "org id", "organization",
        "customer id", "customerid", "customer", "client id", "group id", "group key", "group_0", "tenant id",
        "workspace id", "subject", "account number", "sfdc account id", "salesforce id",
    ),
)  # fmt: skip
ACCOUNT_NAME = Field(
    "account_name",
    "Account",
    FieldType.TEXT,
    "The account's name, as in the accounts file.",
    "Marlowe Freight",
    synonyms=(
        "account name", "account", "company name", "company", "associated company", "organization name",
        "organisation name", "organization", "organisation", "customer name", "customer", "client", "client name",
        "group name", "tenant", "ticket organization name",
    ),
)  # fmt: skip
ACCOUNT_DOMAIN = Field(
    "account_domain",
    "Account's web domain",
    FieldType.DOMAIN,
    "The account's web domain.",
    "marlowe.example",
    synonyms=(
        "account domain",
        "company domain",
        "company domain name",
        "organization domain",
        "domain",
        "website",
    ),
)
ACCOUNT_EMAIL = Field(
    "account_email",
    "E-mail of somebody there",
    FieldType.EMAIL,
    "An address at the account; its domain names the account, free mail providers never do.",
    "dana@marlowe.example",
    synonyms=(
        "email", "e-mail", "requester email", "customer email", "contact email", "user email", "from email",
        "submitter email",
    ),
)  # fmt: skip

BY_ACCOUNT = (ACCOUNT_ID, ACCOUNT_NAME, ACCOUNT_DOMAIN)
