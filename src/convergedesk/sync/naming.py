"""Names and domains in the one form in which they are compared: equal or not, never 'nearly'."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from convergedesk.sync.legal_forms import LEGAL_ENDINGS
from convergedesk.sync.shared_domains import SHARED_DOMAINS

_NO_NAME = frozenset(
    {
        "",
        "n a",
        "na",
        "none",
        "null",
        "nil",
        "unknown",
        "unassigned",
        "no company",
        "not set",
        "not applicable",
    }
)
_APOSTROPHES = re.compile(r"['’‘`´]")
# 'S.A.', 'p.l.c.', 'U.S.': single letters with dots are one word.
_INITIALS = re.compile(r"(?<!\w)(?:\w\.\s?)+\w?(?!\w)")
_COUNTRY_ENDING = re.compile(r"([^.]+)\.(?:(?:co|com|net|org)\.)?[a-z]{2,3}")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class NameForm:
    """A company name taken apart.

    Attributes:
        stem: The words without punctuation and legal form.
        legal: The legal form at the end in one short spelling, or empty.
    """

    stem: str
    legal: str = ""

    def __str__(self) -> str:
        """Stem and legal form as one text."""
        return f"{self.stem} {self.legal}".strip()


@lru_cache(maxsize=65_536)
def name_form(name: str | None) -> NameForm | None:
    """The compared form of a company name, or None where it says nothing.

    Unicode NFKC, casefolded, '&' read as 'and', punctuation as spaces, initials such as
    'S.A.' joined; a legal form at the end is set apart unless nothing else would be left.
    """
    if name is None:
        return None
    text = unicodedata.normalize("NFKC", name).casefold()
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text))
    text = _INITIALS.sub(_join_initials, text).replace("&", " and ")
    words = "".join(sign if sign.isalnum() or unicodedata.combining(sign) else " " for sign in text).split()
    if " ".join(words) in _NO_NAME:
        return None
    for ending, form in LEGAL_ENDINGS:
        if len(words) > len(ending) and tuple(words[-len(ending) :]) == ending:
            return NameForm(" ".join(words[: -len(ending)]), form)
    return NameForm(" ".join(words))


@lru_cache(maxsize=65_536)
def company_domain(text: str | None) -> str | None:
    """The web domain of a company from a domain, an address or an e-mail address.

    Lower case, without scheme, port, path and 'www.'; international names in their ASCII
    form. None where the text is no domain, and for domains that many companies share: free
    mail providers, social networks and site builders.
    """
    if text is None:
        return None
    host = _SCHEME.sub("", text.strip().lower())
    host = host.removeprefix("mailto:")
    host = re.split(r"[/?#]", host, maxsplit=1)[0].rpartition("@")[2]
    host = host.partition(":")[0].strip(" .<>\"'").removeprefix("www.")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if _HOST.fullmatch(host) is None or is_shared_domain(host):
        return None
    return host


def is_shared_domain(domain: str) -> bool:
    """True where the domain says nothing about the company, as 'gmail.com' or 'yahoo.co.uk'."""
    if domain in SHARED_DOMAINS:
        return True
    under_country = _COUNTRY_ENDING.fullmatch(domain)
    return under_country is not None and f"{under_country[1]}.*" in SHARED_DOMAINS


def _join_initials(match: re.Match[str]) -> str:
    return re.sub(r"[.\s]", "", match.group()) + " "
