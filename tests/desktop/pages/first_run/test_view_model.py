"""Who keeps the key decides when a choice may go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from convergedesk.desktop.pages.first_run.intents import ExploreSample, ImportFiles, Intent, OpenWorkspace
from convergedesk.desktop.pages.first_run.view_model import FirstRunViewModel
from convergedesk.domain.errors import DiskFullError

FILES = (Path("crm.csv"), Path("usage"))


class Listener:
    def __init__(self, model: FirstRunViewModel) -> None:
        self.intents: list[Intent] = []
        self.asked = 0
        model.chosen.connect(self.intents.append)
        model.passphrase_needed.connect(self._on_asked)

    def _on_asked(self) -> None:
        self.asked += 1


@pytest.fixture
def model(qapp: object) -> FirstRunViewModel:
    return FirstRunViewModel()


@pytest.fixture
def heard(model: FirstRunViewModel) -> Listener:
    return Listener(model)


def test_with_a_keychain_the_sample_starts_without_a_question(
    model: FirstRunViewModel, heard: Listener
) -> None:
    model.set_keychain(available=True)
    model.explore_sample()
    assert heard.intents == [ExploreSample(None)]
    assert heard.asked == 0


def test_a_choice_made_before_the_keychain_answered_waits_for_it(
    model: FirstRunViewModel, heard: Listener
) -> None:
    model.import_files(FILES)
    assert heard.intents == []
    model.set_keychain(available=True)
    assert heard.intents == [ImportFiles(FILES, None)]


def test_without_a_keychain_a_passphrase_is_asked_for_and_the_choice_goes_on(
    model: FirstRunViewModel, heard: Listener
) -> None:
    model.set_keychain(available=False)
    model.explore_sample()
    assert (heard.intents, heard.asked) == ([], 1)
    model.protect("four unrelated words here")
    assert heard.intents == [ExploreSample("four unrelated words here")]


def test_a_closed_passphrase_dialog_forgets_the_choice(model: FirstRunViewModel, heard: Listener) -> None:
    model.set_keychain(available=False)
    model.import_files(FILES)
    model.forget_choice()
    model.protect("four unrelated words here")
    assert heard.intents == []


def test_a_chosen_passphrase_goes_along_although_there_is_a_keychain(
    model: FirstRunViewModel, heard: Listener
) -> None:
    model.set_keychain(available=True)
    model.protect("four unrelated words here")
    model.explore_sample()
    model.use_keychain()
    model.import_files(FILES)
    assert heard.intents == [ExploreSample("four unrelated words here"), ImportFiles(FILES, None)]


def test_an_existing_workspace_brings_its_own_key(model: FirstRunViewModel, heard: Listener) -> None:
    model.open_workspace(Path("book.cdw"))
    assert heard.intents == [OpenWorkspace(Path("book.cdw"))]


def test_an_empty_drop_starts_nothing(model: FirstRunViewModel, heard: Listener) -> None:
    model.set_keychain(available=True)
    model.import_files(())
    assert heard.intents == []


def test_a_second_choice_waits_until_the_first_is_through(model: FirstRunViewModel, heard: Listener) -> None:
    model.set_keychain(available=True)
    model.explore_sample()
    model.prepare("Building the sample workspace", 1, 10)
    model.explore_sample()
    assert len(heard.intents) == 1
    model.fail(DiskFullError("The disk is full."))
    assert model.preparing is None
    assert str(model.fault) == "The disk is full."
    model.explore_sample()
    assert len(heard.intents) == 2
    assert model.fault is None
