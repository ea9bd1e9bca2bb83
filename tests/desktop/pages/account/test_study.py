from dataclasses import replace
from datetime import UTC, date

import numpy as np

from convergedesk.desktop.pages.account.study import line_study, studied
from convergedesk.desktop.pages.account.usage_story import TOTAL, key_of, prepared
from convergedesk.domain.episodes import EffectPart
from convergedesk.domain.tickets import TicketId
from tests.desktop.account_book import CALLS, EVENTS, FIRST_DAY, effect, episode, insights, no_usage, usage

AN_EPISODE = episode()


def prepared_usage():
    return prepared(usage(), (), UTC)


def test_the_total_has_an_expected_range_and_the_dips_of_its_tickets() -> None:
    study = studied(prepared_usage(), insights(), rolled_up=True)
    line = study.lines[TOTAL]
    assert line.band is not None
    assert line.band.first_day == FIRST_DAY
    assert np.nanmedian(line.band.low) <= 250.0 <= np.nanmedian(line.band.high)
    [dip] = line.dips
    assert (dip.first_day, dip.last_day, dip.restored) == (
        date(2026, 10, 21),
        date(2026, 10, 26),
        date(2026, 10, 27),
    )
    assert dip.title == "−31\u202f% after #48213"
    assert dip.sub == "95\u202f%: −38 to −22 · value restored after 6 days"


def test_every_thing_around_the_line_can_be_asked() -> None:
    line = studied(prepared_usage(), insights(), rolled_up=True).lines[TOTAL]
    assert [title for title, _ in line.whys] == ["Expected range", "−31\u202f% after #48213"]
    assert "862 observed ÷ 1,250 expected" in line.whys[1][1].formula


def test_a_meter_shows_only_the_episodes_that_it_fell_in() -> None:
    fell = effect(meter_id=EVENTS.id, estimate=-0.5, low=-0.6, high=-0.4)
    found = insights(replace(AN_EPISODE, effects=(effect(), fell)))
    study = studied(prepared_usage(), found, rolled_up=True)
    events = line_study(prepared_usage(), study, key_of(EVENTS))
    calls = line_study(prepared_usage(), study, key_of(CALLS))
    assert events is not None
    assert [dip.title for dip in events.dips] == ["−50\u202f% after #48213"]
    assert calls is not None
    assert calls.dips == ()
    assert calls.band is not None


def test_all_meters_at_once_have_no_range() -> None:
    study = studied(prepared_usage(), insights(), rolled_up=True)
    assert line_study(prepared_usage(), study, "each") is None


def test_what_was_not_computed_yet_is_not_drawn() -> None:
    study = studied(prepared_usage(), insights(computed_at=None), rolled_up=True)
    assert study.lines == {}
    assert study.effects[TicketId(21)].words == "being computed"


def test_an_account_without_usage_has_nothing_around_a_line() -> None:
    study = studied(prepared(no_usage(), (), UTC), insights(as_of=None), rolled_up=True)
    assert study.lines == {}


def test_sites_shown_apart_have_no_dips_of_the_whole_family() -> None:
    assert studied(prepared_usage(), insights(), rolled_up=False).lines[TOTAL].dips == ()


def test_a_dip_that_lasts_is_open_and_one_that_never_came_back_ends_with_what_was_judged() -> None:
    back = AN_EPISODE.restoration
    assert back is not None
    waiting = replace(back, restored=False, restored_on=None, days=50.0)
    old = replace(AN_EPISODE, restoration=waiting)
    fresh = replace(old, effects=(effect(first_day=date(2026, 12, 1), horizon=9),))
    for one, last in ((old, date(2026, 10, 25)), (fresh, None)):
        [dip] = studied(prepared_usage(), insights(one), rolled_up=True).lines[TOTAL].dips
        assert dip.last_day == last
        assert "not restored yet, 50 days" in dip.sub


def test_an_inconclusive_dip_names_no_figure() -> None:
    unclear = effect(estimate=-0.05, low=-0.2, high=0.1, verdict="inconclusive")
    [dip] = (
        studied(prepared_usage(), insights(replace(AN_EPISODE, effects=(unclear,))), rolled_up=True)
        .lines[TOTAL]
        .dips
    )
    assert dip.title == "Dip around #48213"


def test_a_dip_that_no_ticket_speaks_of_is_drawn_apart() -> None:
    silent = {"fired": True, "first_day": "2026-12-03", "days": 7, "estimate": -0.33, "tickets": 0}
    study = studied(prepared_usage(), insights(recent_dip=silent), rolled_up=True)
    dip = study.lines[TOTAL].dips[-1]
    assert (dip.first_day, dip.last_day) == (date(2026, 12, 3), None)
    assert dip.title == "−33\u202f% since 3 Dec"
    told = {**silent, "tickets": 2}
    assert len(studied(prepared_usage(), insights(recent_dip=told), rolled_up=True).lines[TOTAL].dips) == 1


def test_an_effect_after_closing_is_no_dip() -> None:
    after = effect(EffectPart.AFTER, first_day=date(2026, 10, 24), horizon=7)
    quiet = replace(AN_EPISODE, restoration=None, effects=(after,))
    assert studied(prepared_usage(), insights(quiet), rolled_up=True).lines[TOTAL].dips == ()
