"""Every setting of the program, declared once: files, forms, import and export follow from here."""

from __future__ import annotations

from typing import Any

from convergedesk.domain.money import is_currency_code
from convergedesk.domain.month_names import MONTHS
from convergedesk.domain.settings import Choice, Folder, Group, Number, Scope, Setting, Text, Toggle


def _time_zone(text: str) -> str:
    from zoneinfo import available_timezones

    return "" if text in available_timezones() else "takes a time zone such as Europe/Amsterdam, or nothing"


def _time_of_day(text: str) -> str:
    hours, _, minutes = text.partition(":")
    fits = hours.isdigit() and minutes.isdigit() and len(minutes) == 2
    known = fits and len(hours) == 2 and int(hours) < 24 and int(minutes) < 60
    return "" if known else "takes a time such as 19:00, or nothing"


def _currency(text: str) -> str:
    return "" if is_currency_code(text) else "takes a currency's three letters such as EUR, or nothing"


def _capitals(raw: object) -> object:
    return raw.strip().upper() if isinstance(raw, str) else raw


YOUR_NAME = Setting(
    key="you.name",
    default="",
    title="Your name",
    help="Stands on check-ins, notes and edits that you make.",
    group=Group.YOU,
    scope=Scope.COMPUTER,
    field=Text(80, placeholder="Name as your team knows it"),
    also="author signature",
)
VIEWER_TIME_ZONE = Setting(
    key="you.time_zone",
    default="",
    title="Your time zone",
    help="Times of backups and edits are shown in it. Days of accounts stay in the account's own zone.",
    group=Group.YOU,
    scope=Scope.COMPUTER,
    field=Text(64, check=_time_zone, placeholder="As this computer"),
    also="clock hours",
)
NOTIFICATIONS = Setting(
    key="you.notifications",
    default=True,
    title="Notifications",
    help="A desktop notification tells of new alerts that press while the window is not in front.",
    group=Group.YOU,
    scope=Scope.COMPUTER,
    field=Toggle(),
    also="tray alerts desktop message popup",
)
QUIET_FROM = Setting(
    key="you.quiet_from",
    default="19:00",
    title="Quiet from",
    help="No notification comes from then on; the inbox keeps what is new. Empty: never quiet.",
    group=Group.YOU,
    scope=Scope.COMPUTER,
    field=Text(5, check=_time_of_day, placeholder="19:00"),
    also="quiet hours evening do not disturb",
)
QUIET_TO = Setting(
    key="you.quiet_to",
    default="08:00",
    title="Quiet until",
    help="What came in the quiet hours is told then.",
    group=Group.YOU,
    scope=Scope.COMPUTER,
    field=Text(5, check=_time_of_day, placeholder="08:00"),
    also="quiet hours morning do not disturb",
)
THEME = Setting(
    key="appearance.theme",
    default="system",
    title="Theme",
    help="Light, dark, or whatever the system shows.",
    group=Group.APPEARANCE,
    scope=Scope.COMPUTER,
    field=Choice((("system", "As the system"), ("light", "Light"), ("dark", "Dark"))),
    also="colour color night mode",
    old_keys=("theme",),
)
TEXT_SIZE = Setting(
    key="appearance.text_size",
    default=0,
    title="Text size",
    help="Everything that is written grows with it; the screen's own scaling comes on top.",
    group=Group.APPEARANCE,
    scope=Scope.COMPUTER,
    field=Choice(
        ((0, "As the system"), *((percent, f"{percent}\u202f%") for percent in (100, 125, 150, 175, 200)))
    ),
    also="zoom font scale larger",
)
REDUCED_MOTION = Setting(
    key="appearance.reduced_motion",
    default=False,
    title="Less motion",
    help="Menus and panels appear at once. Off follows the system.",
    group=Group.APPEARANCE,
    scope=Scope.COMPUTER,
    field=Toggle(),
    also="animation accessibility",
)
OFFER_TOUR = Setting(
    key="you.offer_tour",
    default=True,
    title="Offer the tour",
    help="Five short steps around the program, when a first workspace is opened. Off once it was taken.",
    group=Group.YOU,
    scope=Scope.COMPUTER,
    field=Toggle(),
    also="help first start show around introduction",
)
LOCK_AFTER = Setting(
    key="security.lock_after_minutes",
    default=15,
    title="Lock when idle",
    help="After so long without a key or a click everything is hidden and the file is closed.",
    group=Group.SECURITY,
    scope=Scope.COMPUTER,
    field=Choice(
        (
            (0, "never"),
            (1, "after 1 min"),
            (5, "after 5 min"),
            (15, "after 15 min"),
            (30, "after 30 min"),
            (60, "after 1 hour"),
        )
    ),
    also="away screen saver timeout",
)
LOCK_ON_SLEEP = Setting(
    key="security.lock_on_sleep",
    default=True,
    title="Lock when the computer sleeps",
    help="A laptop that was closed asks again before it shows anything.",
    group=Group.SECURITY,
    scope=Scope.COMPUTER,
    field=Toggle(),
    also="suspend lid standby",
)
DAILY_BACKUPS = Setting(
    key="backups.daily",
    default=True,
    title="Daily backups",
    help="An encrypted, checked copy at the first start of a day and every 24 hours.",
    group=Group.BACKUPS,
    scope=Scope.COMPUTER,
    field=Toggle(),
    also="copy automatic",
)
BACKUPS_KEPT = Setting(
    key="backups.kept",
    default=14,
    title="Backups kept",
    help="Older ones of the same workspace are deleted once a new one was checked.",
    group=Group.BACKUPS,
    scope=Scope.COMPUTER,
    field=Number(2, 365, "copies"),
)
BACKUP_FOLDER = Setting(
    key="backups.folder",
    default="",
    title="Backup folder",
    help="Another disk keeps them safe when this one breaks.",
    group=Group.BACKUPS,
    scope=Scope.COMPUTER,
    field=Folder("beside the workspace"),
    also="place disk path",
)
WORKSPACE_NAME = Setting(
    key="workspace.name",
    default="Workspace",
    title="Name of this workspace",
    help="Shown in the list of workspaces and on backups. The file keeps its name.",
    group=Group.WORKSPACE,
    scope=Scope.WORKSPACE,
    field=Text(80, required=True),
    also="rename label",
)
FISCAL_MONTH = Setting(
    key="workspace.fiscal_month",
    default=1,
    title="Our fiscal year begins in",
    help="Quarters of your own company. An account may have another beginning.",
    group=Group.WORKSPACE,
    scope=Scope.WORKSPACE,
    field=Choice(tuple((number, name) for number, name in enumerate(MONTHS, 1))),
    also="quarter vendor financial",
)
REPORTING_CURRENCY = Setting(
    key="workspace.currency",
    default="",
    title="Reporting currency",
    help="Totals over several currencies are given in it, at rates that you state with their day.",
    group=Group.WORKSPACE,
    scope=Scope.WORKSPACE,
    field=Text(9, check=_currency, placeholder="none"),
    also="money euro dollar exchange rates",
    migrate=_capitals,
)

SETTINGS: tuple[Setting[Any], ...] = (
    YOUR_NAME,
    VIEWER_TIME_ZONE,
    NOTIFICATIONS,
    QUIET_FROM,
    QUIET_TO,
    OFFER_TOUR,
    THEME,
    TEXT_SIZE,
    REDUCED_MOTION,
    LOCK_AFTER,
    LOCK_ON_SLEEP,
    DAILY_BACKUPS,
    BACKUPS_KEPT,
    BACKUP_FOLDER,
    WORKSPACE_NAME,
    FISCAL_MONTH,
    REPORTING_CURRENCY,
)


def setting_named(name: str) -> Setting[Any] | None:
    """The setting of that key, present or former; None where there is none."""
    return next((one for one in SETTINGS if name == one.key or name in one.old_keys), None)
