"""The grammar of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from convergedesk import __version__
from convergedesk.cli.alerts_grammar import add_alerts
from convergedesk.cli.contracts_grammar import add_contracts
from convergedesk.cli.edits_grammar import add_edits
from convergedesk.cli.insights_grammar import add_insights
from convergedesk.cli.opportunities_grammar import add_opportunities
from convergedesk.cli.safety_grammar import add_safety
from convergedesk.domain.errors import UsageError


class Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        """Turn a misuse into the typed error."""
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", fix=f"See: {self.prog} --help")


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A converter that takes whole numbers of a range."""

    def convert(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"“{text}” is not a whole number") from None
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{value:,} is not between {least:,} and {most:,}")
        return value

    return convert


def window_size(text: str) -> tuple[int, int]:
    """'1440x900' as a pair of pixels."""
    width, cross, height = text.lower().partition("x")
    if not (cross and width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}” is not a size such as 1440x900")
    pair = int(width), int(height)
    if not (640 <= pair[0] <= 7680 and 480 <= pair[1] <= 4320):
        raise argparse.ArgumentTypeError("a size lies between 640x480 and 7680x4320")
    return pair


def build_parser() -> Parser:
    """The whole grammar. `command` is None where only the windows are asked for."""
    parser = Parser(
        prog="convergedesk",
        description="Usage, tickets, goals and bills of your accounts in one encrypted file, offline.",
        epilog="Exit codes: 0 done, 1 done with rejected rows, 2 wrong usage or an open question, "
        "3 the workspace cannot be opened, 4 anything else.",
    )
    parser.add_argument("--version", action="version", version=f"ConvergeDesk {__version__}")
    parser.set_defaults(
        command=None, json=False, passphrase_file=None, recovery_key_file=None, key_stdin=False
    )
    parser.add_argument("--workspace", type=Path, metavar="FILE", help="the workspace to open")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)

    opening = Parser(add_help=False)
    opening.add_argument(
        "--workspace", type=Path, metavar="FILE", default=argparse.SUPPRESS, help="the workspace file"
    )
    opening.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="file whose first line is the passphrase (else CONVERGEDESK_PASSPHRASE, else the keyring)",
    )
    opening.add_argument(
        "--recovery-key-file",
        type=Path,
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="file that holds the recovery key, in place of passphrase or keyring",
    )
    opening.add_argument(
        "--key-stdin", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    answer = Parser(add_help=False)
    answer.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object"
    )

    _add_sample(
        commands.add_parser("sample", parents=[opening, answer], help="build a workspace of made-up data")
    )
    _add_import(
        commands.add_parser("import", parents=[opening, answer], help="import exports: files or folders")
    )
    accounts = commands.add_parser("accounts", parents=[opening, answer], help="list the accounts")
    accounts.add_argument(
        "--all", action="store_true", help="also accounts that are missing from the latest whole list"
    )
    account = commands.add_parser("account", parents=[opening, answer], help="everything about one account")
    account.add_argument("name", metavar="NAME", help="its name, its start, or an id of another system")
    search = commands.add_parser("search", parents=[opening, answer], help="find anything by a few words")
    search.add_argument(
        "words", nargs="+", metavar="WORD", help="'#' before the first finds tickets alone, '@' people"
    )
    search.add_argument(
        "--limit", type=whole_number(1, 100), default=6, metavar="N", help="most hits of a kind (6)"
    )
    add_contracts(commands, [opening, answer])
    add_insights(commands, [opening, answer])
    add_opportunities(commands, [opening, answer])
    add_alerts(commands, [opening, answer])
    add_edits(commands, [opening, answer])
    add_safety(commands, [opening, answer])
    _add_pictures(
        commands.add_parser("pictures", parents=[opening, answer], help="write every page as a PNG picture")
    )
    return parser


def _add_pictures(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the pictures")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument(
        "--size", type=window_size, default=(1440, 900), metavar="WxH", help="window size (1440x900)"
    )
    parser.add_argument(
        "--scale", type=whole_number(1, 4), default=1, metavar="N", help="pixels per point (1)"
    )
    parser.add_argument(
        "--scene", action="append", default=[], metavar="NAME", help="these scenes alone, such as home"
    )
    parser.add_argument(
        "--language", choices=("english", "pseudo"), default="english", help="pseudo: all text 40 %% longer"
    )
    parser.add_argument("--right-to-left", action="store_true", help="laid out from right to left")
    parser.add_argument(
        "--text-size", type=whole_number(100, 200), default=100, metavar="PERCENT", help="size of text (100)"
    )


def _add_sample(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--accounts", type=whole_number(1, 20_000), default=10, metavar="N")
    parser.add_argument("--meters", type=whole_number(1, 20), default=None, metavar="N")
    parser.add_argument("--days", type=whole_number(30, 3_660), default=730, metavar="N")
    parser.add_argument("--tickets", type=whole_number(0, 2_000_000), default=None, metavar="N")
    parser.add_argument("--seed", type=whole_number(0, 2**31 - 1), default=7, metavar="N")
    parser.add_argument("--long-names", action="store_true", help="accounts with very long names")
    parser.add_argument("--empty", action="store_true", help="a workspace without any data")


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="a mapping saved as TOML")
    parser.add_argument(
        "--save-mapping", type=Path, metavar="FILE", help="write the mapping that was used as TOML"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    parser.add_argument(
        "--templates", type=Path, metavar="DIR", help="write an example file per kind of data, import nothing"
    )
    parser.add_argument("--rejects", type=Path, metavar="FILE", help="also write the rejected rows as CSV")
    parser.add_argument("--date-order", choices=("dmy", "mdy"), help="how to read 03/04/2026")
    parser.add_argument("--currency", metavar="CODE", help="the currency of amounts that state none")
    parser.add_argument("--time-zone", metavar="ZONE", help="the zone of times that state none (UTC)")
    parser.add_argument(
        "--whole-list",
        action="append",
        default=[],
        metavar="KIND",
        help="this kind of data is complete: what the files lack is marked gone (may be repeated)",
    )
    parser.add_argument(
        "--part",
        action="append",
        default=[],
        metavar="KIND",
        help="this kind of data is a part of the list (the default, said aloud)",
    )
    parser.add_argument("--progress-json", action="store_true", help=argparse.SUPPRESS)
