"""Exports as people have them, small."""

from __future__ import annotations

from pathlib import Path

ACCOUNTS, TICKETS, INVOICES = "accounts.csv", "tickets.csv", "invoices.csv"
N_ACCOUNTS, N_TICKETS = 6, 12
COMPANIES = tuple(
    f"{name} Ltd" for name in ("Marlowe", "Kestrel", "Cobalt", "Brightwater", "Solvane", "Tindle")
)


def write_exports(folder: Path) -> Path:
    """Accounts; tickets with ambiguous dates and one stranger; invoices without a currency; a read-me."""
    folder.mkdir(exist_ok=True)
    (folder / ACCOUNTS).write_text(
        "account_id,company,domain,tier\n"
        + "".join(
            f"A-{place},{name},{name.split()[0].lower()}.example,Growth\n"
            for place, name in enumerate(COMPANIES)
        )
    )
    names = [*COMPANIES, "Stranger Inc", *COMPANIES[:5]]
    (folder / TICKETS).write_text(
        "Case no.,Customer,Created,Prio,Subject\n"
        + "".join(
            f"{90000 + place},{name},0{place % 9 + 1}/04/2026,{place % 4 + 1},Case {place}\n"
            for place, name in enumerate(names)
        )
    )
    (folder / INVOICES).write_text(
        "invoice number,account_id,issued on,total\n"
        + "".join(f"I-{place},A-{place},2026-0{place + 1}-28,{place + 1}00.50\n" for place in range(6))
    )
    (folder / "readme.txt").write_text("These are our exports.\nAsk Dana.\n")
    return folder
