"""Sentences of the settings page."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING

from convergedesk.desktop.clock_words import moment
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.pages.settings.view_model import SafetyState

_MEGABYTE = 1_000_000
_GIGABYTE = 1_000_000_000


def title_of(state: SafetyState) -> str:
    """The finding that the page begins with."""
    if not state.values:
        return "Settings"
    if state.sample:
        return "This is the sample; your own data will be encrypted like it"
    if state.recovery.void:
        return "Your data is encrypted; print the new recovery key"
    if state.recovery.printed_at is None:
        return "Your data is encrypted; print the recovery key"
    if state.recovery.tested_at is None:
        return "Your data is encrypted; test the recovery key"
    return "Your data is encrypted, and you can get back in"


def size(number: int) -> str:
    """Bytes as people say them: '412 MB'."""
    if number >= _GIGABYTE:
        return f"{number / _GIGABYTE:.1f} GB"
    return f"{max(1, round(number / _MEGABYTE))} MB"


def key_sentence(state: SafetyState) -> str:
    """Where the key lives."""
    if state.by_passphrase:
        return "Behind your passphrase, which is stored nowhere."
    return "In this computer's keyring, as a random key of 256 bits. Nothing has to be typed."


def recovery_sentence(state: SafetyState, zone: tzinfo, today: date) -> tuple[str, str]:
    """What is known of the recovery key, with the tone in which to say it."""
    found = state.recovery
    if found.void:
        return "The one on paper is void, because the key was changed. Print a new one.", "warning"
    if found.printed_at is None:
        return "Not printed yet. Without it a lost passphrase or keyring is the end of the data.", "warning"
    printed = f"Printed on {moment(found.printed_at, zone, today)}"
    if found.tested_at is None:
        return f"{printed}, never tested. Type it in once to be sure.", "text_2"
    return f"{printed}, tested on {moment(found.tested_at, zone, today)}.", "text_2"


def backup_sentence(state: SafetyState, zone: tzinfo, today: date) -> str:
    """How many backups there are, and the latest."""
    if state.sample:
        return "The sample is not backed up by itself: it can be built again."
    if not state.backups:
        return "None yet. The first one is made soon after the start."
    latest = state.backups[0]
    made = moment(latest.made_at, zone, today)
    return f"{count(len(state.backups), 'backup')}. Last: {made}, checked, {size(latest.size)}."
