"""The colours of projects and tags stand out from every ground that they are drawn on, in both themes."""

import re
from math import cos, radians, sin
from pathlib import Path

import pytest

SHEET = (Path(__file__).resolve().parents[2] / "frontend" / "app" / "globals.css").read_text()
THEMES = {"light": SHEET.split(":root {")[1].split("}")[0], "dark": SHEET.split(".dark {")[1].split("}")[0]}
GROUNDS = ("background", "surface", "raised")
GRAPHICS = 3.0  # WCAG 2.2, 1.4.11


def colours(theme: str) -> dict[str, tuple[float, float, float]]:
    """Each opaque colour of a theme: lightness, chroma, hue."""
    found = re.findall(r"--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);", THEMES[theme])
    return {name: (float(light), float(chroma), float(hue)) for name, light, chroma, hue in found}


def luminance(light: float, chroma: float, hue: float) -> float:
    """WCAG's relative luminance, by Ottosson's matrices of Oklab."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    shares = zip((0.2126, 0.7152, 0.0722), (red, green, blue), strict=True)
    return sum(share * min(max(value, 0), 1) for share, value in shares)


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_each_tone_is_seen_on_each_ground(theme: str) -> None:
    known = colours(theme)
    tones = [name for name in known if name.startswith("tone-")]
    assert len(tones) == 9
    told = {
        (tone, ground): contrast(luminance(*known[tone]), luminance(*known[ground]))
        for tone in tones
        for ground in GROUNDS
    }
    assert {pair: round(value, 2) for pair, value in told.items() if value < GRAPHICS} == {}
