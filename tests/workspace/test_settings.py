"""Settings of the computer and of the workspace, and files of them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from convergedesk.domain.declared_settings import (
    BACKUPS_KEPT,
    FISCAL_MONTH,
    REPORTING_CURRENCY,
    SETTINGS,
    THEME,
    WORKSPACE_NAME,
    YOUR_NAME,
)
from convergedesk.domain.settings import SettingError
from convergedesk.host.settings import SettingsFile
from convergedesk.store.keys import Key
from convergedesk.workspace.session import Workspace, create_workspace, open_workspace
from convergedesk.workspace.settings import (
    Settings,
    apply_plan,
    export_text,
    plan_import,
    workspace_setting,
)

KEY = Key.raw(bytes(range(32)))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with create_workspace(tmp_path / "book.converge", KEY, name="Book") as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path, workspace: Workspace) -> Settings:
    return Settings(SettingsFile(tmp_path / "settings.json"), workspace)


def test_a_computers_setting_stays_on_the_computer(tmp_path: Path, settings: Settings) -> None:
    settings.set(BACKUPS_KEPT, 30)
    assert Settings(SettingsFile(tmp_path / "settings.json")).get(BACKUPS_KEPT) == 30


def test_a_workspaces_setting_travels_with_its_file(settings: Settings, workspace: Workspace) -> None:
    settings.set(FISCAL_MONTH, 4)
    settings.set(REPORTING_CURRENCY, "USD")
    settings.set(WORKSPACE_NAME, "Pilot pod")
    workspace.close()
    with open_workspace(workspace.path, KEY) as again:
        assert again.name == "Pilot pod"
        assert workspace_setting(again, FISCAL_MONTH) == 4
        assert workspace_setting(again, REPORTING_CURRENCY) == "USD"


def test_choosing_a_value_forgets_the_former_name(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    file.set("theme", "dark")
    settings = Settings(file)
    assert settings.get(THEME) == "dark"
    settings.set(THEME, "light")
    assert json.loads(file.path.read_text()) == {"appearance.theme": "light"}


def test_a_value_that_does_not_fit_changes_nothing(settings: Settings) -> None:
    with pytest.raises(SettingError):
        settings.set(BACKUPS_KEPT, 0)
    assert settings.get(BACKUPS_KEPT) == 14


@pytest.mark.parametrize("as_json", [False, True])
def test_what_was_exported_comes_back(tmp_path: Path, settings: Settings, *, as_json: bool) -> None:
    settings.set(YOUR_NAME, 'Amira "Ami" Haddad \\ ü')
    settings.set(FISCAL_MONTH, 4)
    exported = tmp_path / "exported"
    exported.write_text(export_text(settings, as_json=as_json), encoding="utf-8")
    fresh = Settings(SettingsFile(tmp_path / "other.json"))
    plan = plan_import(exported, fresh)
    assert {change.setting.key: change.after for change in plan.changes} == {
        "you.name": 'Amira "Ami" Haddad \\ ü',
        "workspace.name": "Book",
        "workspace.fiscal_month": 4,
    }
    assert plan.faults == ()
    assert plan_import(exported, settings).changes == ()


def test_the_guide_names_every_setting() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "settings.md").read_text(encoding="utf-8")
    assert [one.key for one in SETTINGS if f"| {one.title} | `{one.key}` |" not in guide] == []


def test_every_setting_is_in_the_export(settings: Settings) -> None:
    assert set(json.loads(export_text(settings, as_json=True))) == {one.key for one in SETTINGS}


def test_an_import_takes_what_fits_and_names_what_does_not(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "from-a-colleague.toml"
    file.write_text('[appearance]\ntheme = "dark"\nglow = 3\n[backups]\nkept = 9000\n')
    plan = plan_import(file, settings)
    assert [change.setting.key for change in plan.changes] == ["appearance.theme"]
    assert plan.faults == ("“backups.kept” takes a whole number from 2 to 365; 9000 is not that.",)
    assert plan.unknown == {"appearance.glow": 3}
    assert settings.get(THEME) == "system"
    apply_plan(plan, settings)
    assert settings.get(THEME) == "dark"
    assert settings.get(BACKUPS_KEPT) == 14
    assert json.loads((tmp_path / "settings.json").read_text())["appearance.glow"] == 3


def test_the_programs_own_memory_cannot_be_imported(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "odd.json"
    file.write_text('{"window": "AAAA", "workspace": {"name": "Mine"}}')
    plan = plan_import(file, settings)
    assert plan.unknown == {"window": "AAAA"}
    apply_plan(plan, settings)
    assert not (tmp_path / "settings.json").exists()
    assert settings.get(WORKSPACE_NAME) == "Mine"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[appearance]\ntheme = dark\n", "line 2"),
        ('{"appearance":\n', "line 2"),
        ("\x00\x01", "cannot be understood"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_plain_words(
    tmp_path: Path, settings: Settings, text: str, said: str
) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(text)
    with pytest.raises(SettingError, match=said):
        plan_import(file, settings)
