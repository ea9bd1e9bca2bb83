"""Worlds that several tests look at; they are frozen, so they are drawn once a process."""

from functools import cache

import pytest

from convergedesk.domain.records import RecordPage
from convergedesk.workspace.sample.generator import world_pages
from convergedesk.workspace.sample.plan import TicketPlan
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.sample.tickets import tickets_of
from convergedesk.workspace.sample.world import World, build_world


@cache
def _world(spec: SampleSpec) -> World:
    return build_world(spec)


@cache
def _tickets(spec: SampleSpec) -> tuple[TicketPlan, ...]:
    return tickets_of(_world(spec))


@cache
def _pages(spec: SampleSpec) -> tuple[RecordPage, ...]:
    return tuple(world_pages(_world(spec)))


BOOK = SampleSpec(accounts=40, meters=7, days=400, tickets=900)


@pytest.fixture
def pilot() -> World:
    """The ten pilot accounts over two years."""
    return _world(SampleSpec())


@pytest.fixture
def pilot_tickets() -> tuple[TicketPlan, ...]:
    """Their tickets."""
    return _tickets(SampleSpec())


@pytest.fixture
def book() -> World:
    """Forty accounts of a larger book."""
    return _world(BOOK)


@pytest.fixture
def book_tickets() -> tuple[TicketPlan, ...]:
    """Their tickets."""
    return _tickets(BOOK)


@pytest.fixture
def book_pages() -> tuple[RecordPage, ...]:
    """All that they import."""
    return _pages(BOOK)
