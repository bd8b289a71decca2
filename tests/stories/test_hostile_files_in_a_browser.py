"""Hostile files, handed in through a real browser: refused with a reason, or kept harmless."""

import pytest

from entrecidades.documents.models import Document
from tests.documents.files import GOOD, HOSTILE, hostile
from tests.stories.test_hostile_texts_in_a_browser import LOOK, WATCH

pytestmark = pytest.mark.browser
SHELF = "/pt-br/entities/mz/maputo/documents/"
#: What a browser calls a file by its ending, as hostile hands would have it.
CALLED = {
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
}
#: Names that a careless page would run, or a careless disk would follow.
NAMES = (
    '"><img src=x onerror=PWNED()>.png',
    "<script>PWNED()</script>.png",
    "../../../etc/passwd.png",
    "photo\u202egnp.exe.png",
    "javascript:PWNED().png",
)


@pytest.fixture
def shelf(contexts, house):
    """The documents of Maputo, before an officer; whatever a page complains of is kept."""
    page = contexts("maputo").new_page()
    page.complaints = complaints = []
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.add_init_script(f"({WATCH})()")
    page.goto(house.url + SHELF)
    yield page
    page.close()


def hand_in(page, name, content, title="Ata"):
    """Choose a file, as a person does, and send it."""
    called = CALLED.get(name.rpartition(".")[2], "application/octet-stream")
    page.set_input_files("[name=upload]", {"name": name, "mimeType": called, "buffer": content})
    page.fill("[name=title]", title)
    page.click("main form[enctype] button[type=submit]")
    page.wait_for_load_state()


def kept(django_db_blocker):
    with django_db_blocker.unblock():
        return list(Document.objects.order_by("pk").values_list("public_id", "kind", "file_name"))


@pytest.mark.parametrize("half", [0, 1])
def test_each_is_refused_with_a_reason_and_nothing_runs(shelf, half, django_db_blocker):
    before = kept(django_db_blocker)
    for case in sorted(HOSTILE)[half::2]:
        name, content, _problem = hostile(case)
        if len(content) > 5 << 20:
            continue  # bombs are thrown in tests/documents: here they would only take time
        hand_in(shelf, name, content)
        assert shelf.locator("main [role=alert] li").count() >= 1, case
        assert shelf.locator("[name=title]").input_value() == "Ata"
        assert shelf.evaluate(LOOK) == {"said": [], "made": []}, case
    assert kept(django_db_blocker) == before
    # The browser itself notes each answer that is a refusal; nothing else is to be noted.
    assert [one for one in shelf.complaints if "422" not in one] == []


def test_a_hostile_name_is_only_a_name(shelf, house, django_db_blocker):
    for name in NAMES:
        hand_in(shelf, name, GOOD["png"][1], title=name)
        assert shelf.evaluate(LOOK) == {"said": [], "made": []}, name
    made = kept(django_db_blocker)[-len(NAMES) :]
    for _public_id, kind, file_name in made:
        assert kind == "png"
        assert not set('<>"/\\\u202e') & set(file_name)
        assert file_name.endswith(".png")
    assert shelf.complaints == []


def test_what_is_shown_is_in_a_sandbox_and_what_is_saved_is_a_file(
    shelf, house, django_db_blocker
):
    hand_in(shelf, "planilha.csv", b"a;b\n=cmd|' /C calc'!A0;<img src=x onerror=PWNED()>\n")
    hand_in(shelf, "foto.png", GOOD["png"][1])
    picture = next(one for one in reversed(kept(django_db_blocker)) if one[1] == "png")
    answer = shelf.goto(f"{house.url}/pt-br/documents/{picture[0]}/file/?show")
    assert answer.headers["content-type"] == "image/png"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    shelf.goto(house.url + SHELF)
    for public_id, _kind, _name in kept(django_db_blocker)[-2:]:
        with shelf.expect_download() as download:
            shelf.click(f"a[href$='/documents/{public_id}/file/']")
        assert download.value.suggested_filename.endswith((".csv", ".png"))
        assert shelf.url.endswith(SHELF)
    assert shelf.complaints == []
