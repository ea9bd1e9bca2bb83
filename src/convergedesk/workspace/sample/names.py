"""Made-up names of companies and people, joined from parts so that thousands differ."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


_FIRST_PARTS = _words(
    "Alder, Ashcombe, Barrow, Beckwith, Birchfield, Bluefin, Bramley, Briar, Calder, Carrick, "
    "Cedarline, Clearwell, Copperfield, Cranmore, Dalton, Deepdale, Dunmore, Eastgate, Elmstone, "
    "Fairmile, Fallow, Farrow, Fenwick, Foxglove, Glenarm, Goldcrest, Greyfriar, Halden, Harrow, "
    "Hazelmere, Heron, Highfield, Hollin, Ironbridge, Juniper, Kelso, Kingsmere, Larkfield, Linden, "
    "Lowell, Maple, Marlin, Meadow, Midvale, Millrace, Moorland, Nettle, Northway, Oakhurst, Orchard, "
    "Osprey, Otter, Pinecrest, Plover, Quayside, Redwing, Ridgeway, Rowan, Saltmarsh, Sandpiper, "
    "Silverbirch, Skylark, Stonebridge, Summerhill, Swallow, Tamar, Teasel, Thornbury, Tidewater, "
    "Verdant, Westmoor, Wexcombe, Whinfell, Willow, Windrush, Woodlark, Yarrow, Yewdale"
)

_LAST_PARTS: dict[str, tuple[str, ...]] = {
    "Education": ("Academy", "Learning", "College Services"),
    "Energy": ("Energy", "Power", "Grid"),
    "Food supply": ("Foods", "Dairies", "Provisions"),
    "Games": ("Games", "Interactive"),
    "Healthcare": ("Health", "Clinics", "Care"),
    "Hospitality": ("Hotels", "Inns"),
    "Insurance": ("Insurance", "Mutual"),
    "Logistics": ("Logistics", "Freight", "Haulage"),
    "Manufacturing": ("Robotics", "Tooling", "Instruments"),
    "Media": ("Media", "Broadcast", "Press"),
    "Mobility": ("Mobility", "Transit"),
    "Payments": ("Payments", "Pay"),
    "Property": ("Estates", "Property"),
    "Retail": ("Retail", "Stores", "Outfitters"),
    "Software": ("Labs", "Systems", "Software"),
    "Telecoms": ("Telecom", "Networks"),
    "Textiles": ("Textiles", "Mills"),
    "Travel": ("Travel", "Voyages"),
    "Water": ("Water", "Utilities"),
}

_GIVEN = _words(
    "Adela, Agnes, Aisha, Albert, Alma, Anders, Andrea, Anouk, Antoine, Arjun, Astrid, Bettina, "
    "Bianca, Boris, Bruno, Camille, Carlos, Cecilia, Chloe, Christian, Daan, Daniela, Dario, Diana, "
    "Edwin, Eleni, Elisa, Emil, Erik, Esther, Fabian, Fatima, Fiona, Florian, Gemma, Georg, Giulia, "
    "Harriet, Helena, Henrik, Hugo, Ingrid, Irene, Isaac, Ivan, Jana, Jasper, Joanna, Jules, Karim, "
    "Katrin, Kofi, Lara, Leon, Linnea, Lorenzo, Lucia, Magnus, Malik, Marie, Martin, Matteo, Mei, "
    "Milan, Mirjam, Nina, Noah, Olga, Oliver, Oriol, Paula, Pedro, Rana, Rebecca, Robin, Ruben, Sara, "
    "Selma, Simon, Stefan, Tamsin, Tara, Thea, Tobias, Ursula, Valerie, Wanda, Willem, Yara, Zofia"
)

_FAMILY = _words(
    "Abbott, Adamski, Ahlgren, Almeida, Andersen, Baker, Bakker, Baptista, Becker, Bergman, Bianchi, "
    "Blom, Bonnet, Brandt, Byrne, Cardoso, Chapman, Conti, Cooper, Dahl, Danso, de Wit, Diaz, Doyle, "
    "Eklund, Engel, Fabre, Ferreira, Fischer-Lang, Fontana, Forsberg, Gallagher, Garnier, Gil, Graf, "
    "Greco, Hagen, Hansen, Harper, Hartmann, Hughes, Iversen, Jansen, Jensen, Kaminski, Kaur, Keller, "
    "Khan, Klein, Koster, Kruger, Lambert, Larsson, Lehmann, Leroy, Lopes, Maier, Marino, Martens, "
    "Mercier, Moen, Moreau, Murphy, Navarro, Nielsen, Novak, Nowak, O'Neill, Olsen, Ortega, Patel, "
    "Peeters, Perez, Petit, Pohl, Quinn, Ramos, Ricci, Robson, Roth, Russo, Salo, Santos, Schmitt, "
    "Serrano, Sharma, Silva, Smit, Sorensen, Stein, Svensson, Torres, Turner, Vega, Vermeer, Visser, "
    "Vogel, Walsh, Weiss, Wood, Yilmaz, Zeller"
)


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A company's name and what follows from it."""

    name: str
    industry: str
    key: str
    domain: str


def company_names(stream: np.random.Generator, count: int) -> tuple[CompanyName, ...]:
    """`count` different companies of mixed trades, in random order."""
    pairs: list[tuple[str, str, str]] = [
        (first, last, trade)
        for trade, lasts in _LAST_PARTS.items()
        for last in lasts
        for first in _FIRST_PARTS
    ]
    order = stream.permutation(len(pairs))
    chosen: list[tuple[str, str]] = []
    for step in range(count // len(pairs) + 1):
        for i in order[: count - len(chosen)]:
            first, last, trade = pairs[int(i)]
            # Two founders make a name once the single ones are used up.
            partner = _FIRST_PARTS[(_FIRST_PARTS.index(first) + step) % len(_FIRST_PARTS)]
            chosen.append((f"{first} & {partner} {last}" if step else f"{first} {last}", trade))
    return tuple(CompanyName(name, trade, slug(name), f"{slug(name)}.example") for name, trade in chosen)


def person_names(stream: np.random.Generator, count: int) -> tuple[str, ...]:
    """`count` different names of people."""
    total = len(_GIVEN) * len(_FAMILY)
    chosen = stream.choice(total, size=count, replace=False)
    return tuple(f"{_GIVEN[int(i) // len(_FAMILY)]} {_FAMILY[int(i) % len(_FAMILY)]}" for i in chosen)


def slug(text: str) -> str:
    """Lower-case letters and digits joined by hyphens: for ids and domains."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def email(name: str, domain: str) -> str:
    """The usual address of a person at a company."""
    given, _, family = name.partition(" ")
    return f"{slug(given)}.{slug(family).replace('-', '')}@{domain}"
