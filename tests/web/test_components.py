"""Components are documented, all shown in the gallery, and free of inline style and script."""

import re
from pathlib import Path

import entrecidades.web
from entrecidades.web.views.gallery import SIGNS

WEB = Path(entrecidades.web.__file__).parent
COMPONENTS = WEB / "templates" / "web" / "components"
ROOT = WEB.parents[2]
NAMES = sorted(path.name for path in COMPONENTS.glob("*.html"))


def described(name):
    text = (COMPONENTS / name).read_text()
    told = re.search(r"{% comment %}(.*?){% endcomment %}", text, re.DOTALL)
    return " ".join(told[1].split()) if told else ""


def test_every_component_says_what_it_is():
    assert [name for name in NAMES if not described(name)] == []


def test_the_reference_names_every_component_and_only_those():
    reference = (ROOT / "docs" / "reference" / "components.md").read_text()
    assert sorted(re.findall(r"^### `(.+?)`", reference, re.MULTILINE)) == NAMES


def test_the_reference_says_what_the_component_says():
    reference = " ".join((ROOT / "docs" / "reference" / "components.md").read_text().split())
    for name in NAMES:
        assert described(name).replace("`", "") in reference.replace("`", ""), name


def test_no_template_carries_inline_style_or_script():
    for path in (WEB / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\sstyle=|<style|\son\w+=[\"']|javascript:", text), path.name
        # What is told to a script as JSON is data: no browser runs it.
        data = re.sub(r'<script[^>]*type="application/json"', "", text)
        assert not re.search(r"<script(?![^>]*\bsrc=)", data), path.name


def test_every_component_is_used():
    pages = [path.read_text() for path in (WEB / "templates").rglob("*.html")]
    tags = [path.read_text() for path in (WEB / "templatetags").glob("*.py")]
    used = " ".join([*pages, *tags])
    assert [name for name in NAMES if f"web/components/{name}" not in used] == []


def test_the_gallery_shows_every_sign():
    sprite = (WEB / "static" / "web" / "icons.svg").read_text()
    assert sorted(re.findall(r'<symbol id="([\w-]+)"', sprite)) == sorted(SIGNS)


def test_every_sign_that_is_used_exists():
    for path in (WEB / "templates").rglob("*.html"):
        for name in re.findall(r'{% icon "([\w-]+)" %}', path.read_text()):
            assert name in SIGNS, (path.name, name)
