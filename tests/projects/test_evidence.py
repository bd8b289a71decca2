"""A party shows by a document what was done: whom it reaches, and what is not taken."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entrecidades.audit.models import Trace
from entrecidades.documents.models import Document
from entrecidades.documents.rules import NotTaken
from entrecidades.network.choices import Visibility
from entrecidades.network.rules import NotAllowed, NotAParty
from entrecidades.network.selectors import reader_of
from entrecidades.projects.models import Evidence
from entrecidades.projects.selectors import evidence_on
from entrecidades.projects.services import add_evidence
from tests.factories.projects import ProjectFactory

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.slow  # a file is looked into by a child of its own


@pytest.fixture
def project(maputo, curitiba):
    return ProjectFactory(entity=maputo, parties=[("first_provider", curitiba)])


def shown(project, entity, by, name="minutes.txt", content=b"Twelve carts.\n", **facts):
    upload = SimpleUploadedFile(name, content, content_type="text/plain")
    who = {"project_id": project.pk, "entity": entity, "by": by, "at": AT}
    return add_evidence(**who, upload=upload, title="Minutes", language="en", **facts)


def test_the_parties_see_it_and_nobody_else_unless_it_is_shown(
    project, curitiba, counterpart, officer, stranger
):
    evidence = shown(project, curitiba, counterpart)
    for person, sees in ((officer, 1), (counterpart, 1), (stranger, 0)):
        reader = reader_of(person, on=AT.date())
        assert evidence_on(project, reader=reader).count() == sees
    Document.objects.update(visibility=Visibility.PUBLIC)
    seen = evidence_on(project, reader=reader_of(stranger, on=AT.date()))
    assert seen.get() == evidence


def test_what_is_not_what_it_says_is_not_taken_and_leaves_nothing(project, curitiba, counterpart):
    with pytest.raises(NotTaken):
        shown(project, curitiba, counterpart, name="minutes.pdf")
    assert not Evidence.objects.exists()
    assert not Document.objects.exists()
    assert not Trace.objects.filter(act="projects:evidence:add").exists()


def test_nobody_shows_anything_for_another_body(project, maputo, counterpart, stranger, world):
    with pytest.raises(NotAllowed):
        shown(project, maputo, counterpart)
    with pytest.raises(NotAParty):
        shown(project, world.body("Seattle"), stranger)
    assert not Evidence.objects.exists()
