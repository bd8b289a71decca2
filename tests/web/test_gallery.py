"""The gallery shows all components in every language, and only to builders."""

import re

import pytest
from django.conf import settings

from entrecidades.engines import svg
from entrecidades.web.templatetags import drawing

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def building(settings):
    settings.DEBUG = True


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gallery_is_complete_in_each_language(client, building, language):
    page = client.get(f"/{language}/gallery/").content.decode()
    html_language = re.search(r'<html lang="([\w-]+)"', page)[1]
    assert html_language.lower() == language
    assert "<<missing" not in page
    assert page.count('rel="alternate"') == len(LANGUAGES) + 1


@pytest.mark.django_db
def test_the_gallery_has_no_inline_style_or_script(client, building):
    page = client.get("/en/gallery/").content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)


@pytest.mark.django_db
def test_ids_are_unique_and_every_reference_has_its_target(client, building):
    page = client.get("/en/gallery/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    singles = [name for name in ids if not re.match(r"(locator|country|suggestions)-", name)]
    assert len(singles) == len(set(singles))
    targets = re.findall(r'(?:for|popovertarget|aria-labelledby)="([^"]+)"', page)
    assert {word for target in targets for word in target.split()} <= set(ids)


@pytest.mark.django_db
def test_the_gallery_is_closed_where_nothing_is_being_built(client):
    assert client.get("/en/gallery/").status_code == 404


@pytest.mark.parametrize(("share", "drawn"), [(0.625, "62.5"), (-1, "0"), (7, "100")])
def test_a_score_bar_is_as_long_as_its_share(share, drawn):
    assert f'class="scale-value" d="M0 0h{drawn}v6H0z"' in drawing.score_bar(share)


def test_a_dot_plot_keeps_names_from_becoming_markup():
    row = {"label": "<b>Maputo", "share": 0.4, "text": "1.1 & more"}
    picture = drawing.dot_plot([row], "Population")
    assert "&lt;b&gt;Maputo" in picture
    assert "1.1 &amp; more" in picture
    assert svg.number(8 + 0.4 * 304) in picture
