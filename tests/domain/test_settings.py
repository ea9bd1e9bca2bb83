"""Settings: declared once, read with care."""

import pytest

from convergedesk.domain.declared_settings import (
    BACKUP_FOLDER,
    BACKUPS_KEPT,
    FISCAL_MONTH,
    LOCK_ON_SLEEP,
    REPORTING_CURRENCY,
    SETTINGS,
    THEME,
    VIEWER_TIME_ZONE,
    WORKSPACE_NAME,
    setting_named,
)
from convergedesk.domain.settings import Setting, SettingError


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.key)
def test_every_setting_takes_its_default_and_explains_itself(setting: Setting[object]) -> None:
    assert setting.parse(setting.default) == setting.default
    assert setting.key.split(".")[0] == setting.group
    assert setting.help.endswith(".")
    assert setting.title


def test_names_are_never_used_twice() -> None:
    names = [name for one in SETTINGS for name in (one.key, *one.old_keys)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("setting", "raw", "said"),
    [
        (BACKUPS_KEPT, 1, "takes a whole number from 2 to 365; 1 is not that"),
        (BACKUPS_KEPT, True, "takes a whole number"),
        (THEME, "pink", "takes one of system, light, dark; “pink” is not that"),
        (LOCK_ON_SLEEP, "yes", "on or off"),
        (FISCAL_MONTH, 13, "takes one of 1, 2"),
        (FISCAL_MONTH, True, "takes one of 1, 2"),
        (VIEWER_TIME_ZONE, "Mars/Olympus", "time zone such as Europe/Amsterdam"),
        (REPORTING_CURRENCY, "euro", "three letters such as EUR"),
        (BACKUP_FOLDER, "backups", "whole path of a folder"),
        (WORKSPACE_NAME, "", "cannot be empty"),
        (WORKSPACE_NAME, "a\nb", "one line"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_plain_words(
    setting: Setting[object], raw: object, said: str
) -> None:
    with pytest.raises(SettingError, match=r"^“" + setting.key) as caught:
        setting.parse(raw)
    assert said in caught.value.sentence


def test_a_stored_value_that_cannot_be_used_counts_as_the_default() -> None:
    assert THEME.read({"appearance.theme": 7}.get) == "system"


def test_a_former_name_still_counts_until_the_new_one_is_there() -> None:
    assert THEME.read({"theme": "dark"}.get) == "dark"
    assert THEME.read({"theme": "dark", "appearance.theme": "light"}.get) == "light"
    assert setting_named("theme") is THEME


def test_values_of_earlier_spelling_are_carried_over() -> None:
    assert REPORTING_CURRENCY.parse(" eur ") == "EUR"


def test_a_search_looks_at_titles_help_and_other_words() -> None:
    assert [one.key for one in SETTINGS if one.matches("dark night")] == ["appearance.theme"]
    assert [one.key for one in SETTINGS if one.matches("FONT")] == ["appearance.text_size"]
