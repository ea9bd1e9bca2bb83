"""Web domains, countries and time zones, brought to one form."""

from __future__ import annotations

import re
from functools import lru_cache
from zoneinfo import available_timezones

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,23}")
# Addresses at these say nothing about the company.
FREE_MAIL = frozenset(
    [
        *(
            "gmail.com",
            "googlemail.com",
            "outlook.com",
            "hotmail.com",
            "live.com",
            "msn.com",
            "yahoo.com",
            "ymail.com",
        ),
        *(
            "icloud.com",
            "me.com",
            "mac.com",
            "aol.com",
            "gmx.com",
            "gmx.net",
            "gmx.de",
            "web.de",
            "t-online.de",
        ),
        *(
            "mail.com",
            "proton.me",
            "protonmail.com",
            "yandex.com",
            "yandex.ru",
            "mail.ru",
            "qq.com",
            "163.com",
        ),
    ]
)
_COUNTRIES = """\
AE United Arab Emirates|AR Argentina|AT Austria|Österreich|AU Australia|BE Belgium|BG Bulgaria|BR Brazil
CA Canada|CH Switzerland|Schweiz|CL Chile|CN China|CO Colombia|CZ Czech Republic|Czechia|DE Germany
Deutschland|DK Denmark|EE Estonia|EG Egypt|ES Spain|España|FI Finland|FR France|GB United Kingdom
Great Britain|England|GR Greece|HK Hong Kong|HR Croatia|HU Hungary|ID Indonesia|IE Ireland|IL Israel
IN India|IS Iceland|IT Italy|Italia|JP Japan|KE Kenya|KR South Korea|Korea|LT Lithuania|LU Luxembourg
LV Latvia|MT Malta|MX Mexico|MY Malaysia|NG Nigeria|NL Netherlands|The Netherlands|NO Norway
NZ New Zealand|PE Peru|PH Philippines|PK Pakistan|PL Poland|PT Portugal|RO Romania|RS Serbia|RU Russia
SA Saudi Arabia|SE Sweden|SG Singapore|SI Slovenia|SK Slovakia|TH Thailand|TR Turkey|Türkiye|TW Taiwan
UA Ukraine|US United States|United States of America|VN Vietnam|ZA South Africa"""
_ALPHA_3 = """\
ARE:AE ARG:AR AUT:AT AUS:AU BEL:BE BGR:BG BRA:BR CAN:CA CHE:CH CHL:CL CHN:CN COL:CO CZE:CZ DEU:DE
GER:DE DNK:DK EST:EE ESP:ES FIN:FI FRA:FR GBR:GB GRC:GR HKG:HK HRV:HR HUN:HU IDN:ID IRL:IE ISR:IL
IND:IN ISL:IS ITA:IT JPN:JP KOR:KR LTU:LT LUX:LU LVA:LV MEX:MX MYS:MY NLD:NL NOR:NO NZL:NZ PHL:PH
POL:PL PRT:PT ROU:RO RUS:RU SAU:SA SWE:SE SGP:SG SVN:SI SVK:SK THA:TH TUR:TR TWN:TW UKR:UA USA:US
VNM:VN ZAF:ZA UK:GB"""


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    names = {three: two for three, _, two in (pair.partition(":") for pair in _ALPHA_3.split())}
    code = ""
    for entry in _COUNTRIES.replace("\n", "|").split("|"):
        head, _, rest = entry.partition(" ")
        if len(head) == 2 and head.isupper():
            code, name = head, rest
        else:
            name = entry
        names[name.upper()] = code
    return names


def parse_country(text: str) -> str | None:
    """ISO 3166-1 alpha-2 of a code or name, or None; 'UK' is GB."""
    word = " ".join(text.upper().replace(".", "").split())
    if word in _country_names():
        return _country_names()[word]
    return word if len(word) == 2 and word.isalpha() and word.isascii() else None


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


def parse_time_zone(text: str) -> str | None:
    """The IANA name as it is properly written, or None where there is no such zone."""
    return _zones().get(text.strip().lower().replace(" ", "_"))


def parse_domain(text: str) -> str | None:
    """The web domain of an address, a link or a bare domain: lower case, without 'www.'."""
    word = text.strip().lower()
    word = re.sub(r"^[a-z][a-z0-9+.-]*://", "", word)
    word = word.rsplit("@", 1)[-1]
    word = re.split(r"[/?#:>\s]", word, maxsplit=1)[0].removeprefix("www.").rstrip(".")
    return word if len(word) <= 253 and _DOMAIN.fullmatch(word) else None


def company_domain(address: str) -> str | None:
    """The domain of an e-mail address, or None where it belongs to a free mail service."""
    domain = parse_domain(address) if "@" in address else None
    return None if domain in FREE_MAIL else domain
