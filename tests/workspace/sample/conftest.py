"""Worlds that several tests look at; they are frozen, so they are drawn once a process."""

from functools import cache

import pytest

from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.sample.world import World, build_world


@cache
def _pilot() -> World:
    return build_world(SampleSpec())


@cache
def _book() -> World:
    return build_world(SampleSpec(accounts=60, meters=7, days=500, tickets=1_500))


@pytest.fixture
def pilot() -> World:
    """The ten pilot accounts over two years."""
    return _pilot()


@pytest.fixture
def book() -> World:
    """Sixty accounts of a larger book."""
    return _book()
