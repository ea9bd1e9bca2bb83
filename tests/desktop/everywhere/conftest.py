"""The sample workspace, built once, for looks at every page and dialog of the program."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from convergedesk.desktop.text_trial import USUAL, TextTrial, trying
from convergedesk.desktop.theme import Theme
from convergedesk.workspace.sample.build import build_sample
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.session import create_workspace
from tests.desktop.everywhere.stage import Look, LookingStage
from tests.desktop.workspace_files import KEY

Open = Callable[..., LookingStage]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.converge"
    build_sample(path, KEY, SampleSpec(days=200, tickets=300))
    return path


@pytest.fixture
def sample_or_nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The sample, or where a test is marked so, a workspace without any data."""
    if not getattr(request, "param", False):
        return request.getfixturevalue("sample")
    path = tmp_path / "empty.converge"
    create_workspace(path, KEY, name="Workspace").close()
    return path


@pytest.fixture
def open_stage(sample_or_nothing: Path, tmp_path: Path, light: Theme, qapp: QApplication) -> Iterator[Open]:
    """Opens a stage of a size on which `look` looks at each picture's window."""
    with ExitStack() as open_things:

        def open_it(
            look: Look, size: tuple[int, int] = (1440, 900), trial: TextTrial = USUAL
        ) -> LookingStage:
            path = tmp_path / "sample.converge"
            shutil.copyfile(sample_or_nothing, path)
            open_things.enter_context(trying(qapp, light, trial))
            stage = LookingStage(path, KEY, tmp_path, size, look)
            open_things.callback(stage.close)
            return stage

        yield open_it
