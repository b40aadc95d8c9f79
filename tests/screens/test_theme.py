"""The colours can be read: contrast computed as WCAG 2 does, for every text on every ground."""

from __future__ import annotations

import itertools

import pytest
from textual.color import Color

from at_tui.language import has
from screens.theme import PALETTES, next_theme, theme

GROUNDS = ("background", "surface", "panel", "cursor")
INKS = ("text", "muted", "accent", "success", "warning", "error")
LEAST = 4.5


def luminance(color: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in Color.parse(color).rgb)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PALETTES)
def test_every_text_can_be_read_on_every_ground(name: str) -> None:
    palette = PALETTES[name]
    faint = {
        f"{ink} on {ground}": contrast(getattr(palette, ink), getattr(palette, ground))
        for ink, ground in itertools.product(INKS, GROUNDS)
    }
    assert {pair: ratio for pair, ratio in faint.items() if ratio < LEAST} == {}


@pytest.mark.parametrize("name", PALETTES)
def test_a_focused_button_can_be_read(name: str) -> None:
    palette = PALETTES[name]
    assert contrast(palette.background, palette.accent) >= LEAST


@pytest.mark.parametrize("name", ["at-contrast", "at-contrast-light"])
def test_high_contrast_is_high(name: str) -> None:
    palette = PALETTES[name]
    assert contrast(palette.text, palette.background) > 15
    assert contrast(palette.line, palette.background) > LEAST


@pytest.mark.parametrize("name", PALETTES)
def test_textual_takes_our_colours_as_they_are(name: str) -> None:
    made = theme(name).to_color_system().generate()
    palette = PALETTES[name]
    assert Color.parse(made["text"]) == Color.parse(palette.text)
    assert Color.parse(made["text-muted"]) == Color.parse(palette.muted)
    assert Color.parse(made["block-cursor-background"]) == Color.parse(palette.cursor)
    assert has(f"app.theme.{name}")


def test_the_themes_follow_each_other_round() -> None:
    seen = [next(iter(PALETTES))]
    while (name := next_theme(seen[-1])) != seen[0]:
        seen.append(name)
    assert seen == list(PALETTES)
    assert next_theme("textual-dark") in PALETTES
