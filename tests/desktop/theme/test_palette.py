"""The colours keep their promises: text can be read on every ground that it may stand on."""

from itertools import product

import pytest

from convergedesk.desktop.theme import DARK, LIGHT, Palette

AA_TEXT = 4.5
AA_GRAPHICS = 3.0
TEXTS = ("text", "text_2", "text_3", "accent_text", "good", "warning", "critical")
GROUNDS = (
    "window",
    "rail",
    "surface",
    "inset",
    "hover",
    "accent_soft",
    "neutral_soft",
    "good_soft",
    "warning_soft",
    "critical_soft",
)


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#666871", "#FFFFFF") == pytest.approx(5.55, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), list(product(TEXTS, GROUNDS)))
def test_every_text_can_be_read_on_every_ground(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= AA_TEXT


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_white_can_be_read_on_the_accent(palette: Palette) -> None:
    assert contrast(palette.on_accent, palette.accent) >= AA_TEXT
    assert contrast(palette.on_accent, palette.accent_hover) >= AA_TEXT


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("token", ["control", "usage", "below_range", "previous", "forecast", "warning_fill"])
def test_lines_and_borders_of_controls_stand_out_from_their_sheet(palette: Palette, token: str) -> None:
    assert contrast(getattr(palette, token), palette.surface) >= AA_GRAPHICS


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_names_of_lines_can_be_read_in_the_lines_colour(palette: Palette) -> None:
    assert len(set(palette.series)) == 10
    assert min(contrast(color, palette.surface) for color in palette.series) >= AA_TEXT


def test_the_read_out_shows_lines_of_the_other_palette_on_ink() -> None:
    for ground, lines in ((LIGHT.text, DARK.series), (DARK.text, LIGHT.series)):
        assert min(contrast(color, ground) for color in lines) >= AA_GRAPHICS


def test_both_palettes_name_the_same_kind_of_value() -> None:
    for light, dark in zip(LIGHT, DARK, strict=True):
        assert type(light) is type(dark)
        if isinstance(light, str) and isinstance(dark, str):
            assert len(light) == len(dark) == 7
