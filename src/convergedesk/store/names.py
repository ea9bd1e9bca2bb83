"""The form in which names are compared when a person types one."""

import unicodedata


def name_key(name: str) -> str:
    """The name folded for look-up: compatibility forms, case and spacing do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
