"""The colours of both schemes keep the contrast of WCAG 2.2 AA, computed from the stylesheet."""

import gzip
import re
from pathlib import Path

import pytest

import entrecidades.web

STATIC = Path(entrecidades.web.__file__).parent / "static" / "web"
CSS = (STATIC / "entrecidades.css").read_text()
GROUNDS = ("paper", "raised", "sea")
PAIRS = [
    *((ink, ground, 4.5) for ink in ("ink", "ink-soft", "link", "route") for ground in GROUNDS),
    *((ink, "paper", 4.5) for ink in ("ok", "warn", "error", "route-deep")),
    *(("ink", f"{kind}-tint", 4.5) for kind in ("ok", "warn", "error", "route")),
    *((kind, f"{kind}-tint", 4.5) for kind in ("ok", "error", "warn")),
    ("ink", "sea-deep", 4.5),
    ("error", "raised", 4.5),
    ("route-deep", "route-tint", 4.5),
    ("on-route", "route", 4.5),
    ("on-route", "route-deep", 4.5),
    ("on-buff", "buff", 4.5),
    ("paper", "ink", 4.5),
    *(("edge", ground, 3.0) for ground in GROUNDS),
    *(("focus", ground, 3.0) for ground in GROUNDS),
    *(("arc", ground, 3.0) for ground in GROUNDS),
    ("route", "sea-deep", 3.0),
    ("dot-bright", "sea", 3.0),
    ("dot", "sea", 3.0),
]


def tokens(selector):
    block = re.search(re.escape(selector) + r"\s*\{([^}]*)\}", CSS)[1]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))


LIGHT = tokens(":root")
NIGHT = tokens(':root[data-theme="dark"]')


def luminance(colour):
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_the_greatest_contrast_there_is():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
@pytest.mark.parametrize("scheme", [LIGHT, NIGHT], ids=["day", "night"])
def test_contrast(scheme, ink, ground, least):
    assert contrast(scheme[ink], scheme[ground]) >= least


def test_night_is_the_same_whether_chosen_or_inherited_from_the_system():
    inherited = tokens(':root:not([data-theme="light"])')
    assert inherited == NIGHT
    assert set(NIGHT) == set(LIGHT)


def test_colours_are_written_only_as_tokens():
    rules = CSS.split("@layer reset {")[1].split("@layer print {")[0]
    assert re.findall(r"(?<!&)#[0-9a-f]{3,8}\b", rules) == []


def test_every_token_used_is_defined_and_every_one_defined_is_used():
    defined = set(re.findall(r"--([\w-]+):", CSS))
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) == defined


def test_the_stylesheet_and_the_script_are_small():
    assert len(gzip.compress(CSS.encode())) <= 12_000
    assert len((STATIC / "entrecidades.js").read_bytes()) <= 3_000


def test_nothing_is_fetched_from_elsewhere():
    for file in STATIC.iterdir():
        text = file.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text.replace('a[href^="http"]', ""), file.name
        assert "@import" not in text
