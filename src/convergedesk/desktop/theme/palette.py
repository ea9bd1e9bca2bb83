"""The colours of the program, light and dark, under the names of the design system."""

from __future__ import annotations

from typing import NamedTuple


class Palette(NamedTuple):
    """Every colour that a screen may use, as '#RRGGBB'.

    Surfaces run from `window` to `hover`, lines from `line` to `control`, text from `text` to
    `text_3`. `accent` is a fill under white text, `accent_text` the accent as text. Status colours
    come with a `_soft` fill and never stand without an icon or a word.

    Attributes:
        dark: True for the dark palette.
        usage: The line of usage in charts and the fill of bars.
        below_range: Usage under its expected range.
        expected_range: The band of expected usage.
        previous: The line of the period before.
        forecast: What has not happened yet.
        incident: A span in which something was broken; drawn at 55 %.
        series: Lines of up to ten meters in one chart, in the order in which they are used.
        shadow_alpha: Opacity (0–255) of the shadow under a card.
        scrim_alpha: Opacity (0–255) of the black behind a dialog.
    """

    dark: bool
    window: str
    rail: str
    surface: str
    inset: str
    hover: str
    line: str
    line_strong: str
    control: str
    text: str
    text_2: str
    text_3: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    warning: str
    warning_soft: str
    warning_fill: str
    critical: str
    critical_soft: str
    track: str
    neutral_soft: str
    usage: str
    below_range: str
    expected_range: str
    previous: str
    forecast: str
    grid: str
    axis: str
    incident: str
    series: tuple[str, ...]
    shadow_alpha: int
    scrim_alpha: int


LIGHT = Palette(
    dark=False,
    window="#F6F6F3",
    rail="#EFEFEA",
    surface="#FFFFFF",
    inset="#FAFAF7",
    hover="#F3F3EF",
    line="#E4E3DD",
    line_strong="#CFCEC6",
    control="#8C8B83",
    text="#1A1B1E",
    text_2="#4C4E56",
    text_3="#666871",
    accent="#2F4FD0",
    accent_hover="#2540AE",
    accent_text="#2A46BD",
    accent_soft="#E8ECFB",
    on_accent="#FFFFFF",
    good="#0A6E62",
    good_soft="#DCF0EB",
    warning="#8A4B00",
    warning_soft="#FBEAD0",
    warning_fill="#C27400",
    critical="#AE2F1B",
    critical_soft="#FBE3DD",
    track="#E6E5DF",
    neutral_soft="#ECECE7",
    usage="#2F4FD0",
    below_range="#AE2F1B",
    expected_range="#E3E8FA",
    previous="#83858E",
    forecast="#8A4B00",
    grid="#ECEBE6",
    axis="#CFCEC6",
    incident="#FBE3DD",
    series=(
        "#2F4FD0",
        "#0B7F8C",
        "#7A4BC2",
        "#A05A00",
        "#B0407A",
        "#4E7A1E",
        "#5B6478",
        "#1C74BA",
        "#8B5540",
        "#2E7D5B",
    ),
    shadow_alpha=13,
    scrim_alpha=97,
)

DARK = Palette(
    dark=True,
    window="#111316",
    rail="#0D0F12",
    surface="#181B20",
    inset="#1D2127",
    hover="#20242B",
    line="#2A2F37",
    line_strong="#3B424D",
    control="#737B88",
    text="#ECEEF2",
    text_2="#B4B9C3",
    text_3="#959BA7",
    accent="#4F68E6",
    accent_hover="#4660DC",
    accent_text="#A5B4FF",
    accent_soft="#232B4D",
    on_accent="#FFFFFF",
    good="#54C7B4",
    good_soft="#14322D",
    warning="#F0B15E",
    warning_soft="#3A2B12",
    warning_fill="#E0A04E",
    critical="#FF937E",
    critical_soft="#41211B",
    track="#2C323B",
    neutral_soft="#262B33",
    usage="#8FA2FF",
    below_range="#FF937E",
    expected_range="#222A47",
    previous="#8C93A0",
    forecast="#F0B15E",
    grid="#23282F",
    axis="#3B424D",
    incident="#41211B",
    series=(
        "#8FA2FF",
        "#4DC4D0",
        "#C19BFF",
        "#E0A04E",
        "#F08CBD",
        "#9CCB6A",
        "#A6AEBE",
        "#6DB8F2",
        "#D69C84",
        "#6CCB9F",
    ),
    shadow_alpha=0,
    scrim_alpha=140,
)
