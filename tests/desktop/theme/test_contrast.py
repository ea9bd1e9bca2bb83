"""WCAG 2.2: text 4.5 to 1, and signs, lines and the edges of controls 3 to 1, in both themes.

What is disabled is excepted, and so are hairlines that only separate.
"""

import pytest

from convergedesk.desktop.theme import DARK, LIGHT, Palette

BODY, GRAPHIC = 4.5, 3.0
SURFACES = ("window", "rail", "surface", "inset", "hover")
TEXTS = ("text", "text_2", "text_3", "accent_text", "good", "warning", "critical")
# What is written on each soft fill: badges, chips, the selected row, the states of the rail.
ON_FILLS = (
    ("neutral_soft", ("text", "text_2")),
    ("accent_soft", ("text", "text_2", "text_3", "accent_text")),
    ("good_soft", ("good",)),
    ("warning_soft", ("warning",)),
    ("critical_soft", ("critical", "text", "text_2")),
    ("accent", ("on_accent",)),
    ("accent_hover", ("on_accent",)),
    # Tooltips and the read-out of charts are inverted; a count on the rail is too.
    ("text", ("surface",)),
    ("warning", ("warning_soft",)),
)
# Bars on their track, lines of charts on a card, the edge of a field, the ring of what has the keyboard.
GRAPHICS = (
    ("usage", ("surface", "track", "expected_range")),
    ("warning_fill", ("surface",)),
    ("below_range", ("surface", "expected_range", "incident")),
    ("previous", ("surface",)),
    ("forecast", ("surface",)),
    ("control", ("surface", "window")),
    ("accent", ("surface", "window", "inset")),
    ("accent_text", ("surface", "window")),
    ("good", ("surface",)),
    ("critical", ("surface",)),
)
palettes = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(palette: Palette, ink: str, ground: str) -> float:
    lighter, darker = sorted((luminance(getattr(palette, ink)), luminance(getattr(palette, ground))))[::-1]
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_that_of_the_standard() -> None:
    assert luminance("#FFFFFF") == pytest.approx(1.0)
    assert luminance("#777777") == pytest.approx(0.1845, abs=0.001)


@palettes
@pytest.mark.parametrize("ground", SURFACES)
def test_every_text_can_be_read_on_every_surface(palette: Palette, ground: str) -> None:
    assert {
        ink: round(ratio(palette, ink, ground), 2) for ink in TEXTS if ratio(palette, ink, ground) < BODY
    } == {}


@palettes
@pytest.mark.parametrize(("ground", "inks"), ON_FILLS)
def test_what_is_written_on_a_fill_can_be_read(palette: Palette, ground: str, inks: tuple[str, ...]) -> None:
    assert {
        ink: round(ratio(palette, ink, ground), 2) for ink in inks if ratio(palette, ink, ground) < BODY
    } == {}


@palettes
@pytest.mark.parametrize(("ink", "grounds"), GRAPHICS)
def test_a_sign_stands_out_from_what_it_lies_on(palette: Palette, ink: str, grounds: tuple[str, ...]) -> None:
    faint = {
        ground: round(ratio(palette, ink, ground), 2)
        for ground in grounds
        if ratio(palette, ink, ground) < GRAPHIC
    }
    assert faint == {}


@palettes
def test_every_meters_line_stands_out_from_the_card(palette: Palette) -> None:
    ground = luminance(palette.surface)
    ratios = []
    for colour in palette.series:
        lighter, darker = sorted((luminance(colour), ground))[::-1]
        ratios.append((lighter + 0.05) / (darker + 0.05))
    assert min(ratios) >= GRAPHIC
