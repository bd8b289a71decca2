"""Maps drawn by the places themselves stay inside their frame, small, equal and honest."""

import gzip
import re
import time
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines import dotmap, frames
from entrecidades.engines.marks import Mark

latitudes = st.floats(-85, 85, allow_subnormal=False)
longitudes = st.floats(-180, 180, allow_subnormal=False)
people = st.floats(0, 3e7, allow_subnormal=False)
places = st.lists(st.tuples(latitudes, longitudes, people), min_size=1, max_size=40)
arcs = st.lists(
    st.builds(
        dotmap.Arc,
        latitudes,
        longitudes,
        latitudes,
        longitudes,
        st.floats(0.5, 900),
        st.sampled_from(["known", "mission"]),
    ),
    max_size=8,
)


def columns_of(rows):
    return (np.array(column) for column in zip(*rows, strict=True))


def land(count, seed=7):
    """As many places as the gazetteer holds, in clusters, as people live."""
    rng = np.random.default_rng(seed)
    centre = rng.uniform((-50, -170), (70, 175), (400, 2))
    at = centre[rng.integers(0, 400, count)] + rng.normal(0, 5, (count, 2))
    return np.clip(at[:, 0], -55, 80), np.clip(at[:, 1], -180, 180), rng.pareto(1, count) * 1e3


def numbers(drawing):
    return [float(text) for text in re.findall(r"-?\d*\.?\d+", drawing)]


@given(places, arcs)
def test_a_world_is_valid_xml_without_anything_that_is_no_number(rows, ties):
    drawing = dotmap.world_map(*columns_of(rows), ties, columns=60)
    root = ET.fromstring(drawing)  # noqa: S314 (our own drawing)
    assert root.tag == "svg"
    assert not re.search(r"nan|inf|e[+-]\d", drawing, re.IGNORECASE)
    assert numbers(drawing)


def dots_at(drawing):
    """Follow the runs of a drawing and return where each dot stands, in drawing units."""
    pitch = float(re.search(r"scale\(([\d.]+)\)", drawing)[1])
    found = []
    for data in re.findall(r'class="dot-\d"[^>]* d="([^"]+)"', drawing):
        x = y = 0.0
        for dx, dy, length in re.findall(r"m(-?[\d.]+?) ?(-?[\d.]+)h(\d+)", data):
            x, y = x + float(dx), y + float(dy)
            found += [((x + step) * pitch, y * pitch) for step in range(0, int(length), 2)]
            x += float(length)
    return np.array(found)


@given(places)
def test_every_dot_of_the_world_lies_inside_the_frame(rows):
    drawing = dotmap.world_map(*columns_of(rows), columns=60)
    frame, dots = frames.world_frame(60), dots_at(drawing)
    if len(dots):
        assert np.all(dots >= -1e-6)
        assert np.all(dots[:, 0] <= frame.width + 1e-6)
        assert np.all(dots[:, 1] <= frame.height + frame.pitch * 2)


@given(places)
def test_every_dot_of_a_country_lies_inside_the_frame(rows):
    drawing = dotmap.country_map(*columns_of(rows))
    box = [float(side) for side in re.search(r'viewBox="([^"]+)"', drawing)[1].split()]
    dots = dots_at(drawing)
    assert len(dots) >= 1
    assert np.all(dots >= -1e-6)
    assert np.all(dots <= np.array(box[2:]) + 0.2)


@given(places, arcs, st.randoms(use_true_random=False))
def test_the_order_of_the_places_does_not_matter(rows, ties, random):
    whole = [(lat, lon, float(round(count))) for lat, lon, count in rows]
    shuffled = random.sample(whole, len(whole))
    one = dotmap.world_map(*columns_of(whole), ties, columns=60)
    assert one == dotmap.world_map(*columns_of(shuffled), ties, columns=60)


def test_the_whole_gazetteer_is_drawn_in_under_a_second_and_few_bytes():
    lat, lon, population = land(235_000)
    ties = [
        dotmap.Arc(*tie, kind="known")
        for tie in np.stack([lat[:180], lon[:180], lat[-180:], lon[-180:], np.arange(1, 181)], 1)
    ]
    started = time.perf_counter()
    drawing = dotmap.world_map(lat, lon, population, ties, columns=300)
    assert time.perf_counter() - started < 1.0
    assert len(gzip.compress(drawing.encode())) <= 30_000


def test_a_name_never_becomes_markup():
    hostile = '</text><script>alert("x")</script>'
    tie = dotmap.Arc(0, 0, 10, 10, kind="mission", label=hostile)
    drawing = dotmap.world_map(
        [0.0], [0.0], [1.0], [tie], highlights=[Mark(0, 0, hostile)], title=hostile, name='"><b'
    )
    assert "<script" not in drawing
    assert '"><b' not in drawing


def test_a_tie_across_the_pacific_leaves_by_one_edge_and_enters_by_the_other():
    """Tokyo and Los Angeles: two pieces, both near the edges, none across Africa."""
    tie = dotmap.Arc(35.7, 139.7, 34.1, -118.2, kind="mission")
    drawing = dotmap.world_map([35.7], [139.7], [1.0], [tie])
    data = re.search(r'class="arc arc-mission"[^>]* d="([^"]+)"', drawing)[1]
    starts = re.findall(r"M(-?[\d.]+) ", data)
    assert data.count("M") == 2
    assert all(float(start) > 400 or float(start) < 0 for start in starts)


def test_a_tie_over_the_atlantic_is_one_curve():
    tie = dotmap.Arc(-19.9, -43.9, 43.3, 5.4, kind="mission", label="Belo Horizonte – Marseille")
    drawing = dotmap.world_map([0.0], [0.0], [1.0], [tie])
    data = re.search(r'class="arc arc-mission"[^>]* d="([^"]+)"', drawing)[1]
    assert data.count("M") == 1
    assert "<title>Belo Horizonte – Marseille</title>" in drawing


@pytest.mark.parametrize(
    ("country", "lat", "lon"),
    [
        ("Fiji", [-17.6, -18.1, -16.8], [177.4, 178.4, -179.9]),
        ("Russia", [54.7, 55.8, 64.7], [20.5, 37.6, -173.3]),
        ("United States", [51.9, 61.2, 25.8], [179.2, -149.9, -80.2]),
    ],
)
def test_a_country_on_the_date_line_is_drawn_in_one_piece(country, lat, lon):
    """Its places, told from west to east, stand from left to right."""
    frame = frames.local_frame(np.array(lat), np.array(lon), 60)
    x, _ = frame.place(lat, lon)
    assert np.all(np.diff(x) > 0), country


def test_no_places_at_all_still_draw_a_frame():
    assert "<svg" in dotmap.world_map([], [], [])
    assert "<svg" in dotmap.country_map([], [], [])


def test_places_of_unknown_population_or_position_do_not_spoil_the_drawing():
    drawing = dotmap.world_map([10.0, np.nan], [10.0, 20.0], [np.nan, 5.0])
    assert len(dots_at(drawing)) == 1


def test_a_drawing_with_words_is_an_image_and_one_without_is_silent():
    spoken = dotmap.world_map([0.0], [0.0], [1.0], title="The world", description="By cities")
    assert 'role="img" aria-labelledby="world-title world-desc"' in spoken
    assert 'aria-hidden="true"' in dotmap.world_map([0.0], [0.0], [1.0])


def test_a_close_map_shows_the_highlights_and_leaves_out_the_far_side():
    lat, lon = [38.7, -30.0, 35.7], [-9.1, -51.2, 139.7]
    marks = [Mark(38.7, -9.1, "Lisboa"), Mark(-30.0, -51.2, "Porto Alegre", 1)]
    drawing = dotmap.world_map(lat, lon, [1.0, 1.0, 1.0], highlights=marks, close=True)
    assert len(dots_at(drawing)) == 2
