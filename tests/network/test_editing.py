"""Editing any record of a body: who may, what is compared, what is refused, what is told."""

import pytest

from entrecidades.audit.models import Trace
from entrecidades.audit.services import forget
from entrecidades.network.models import Entity, EntityName, PlaceChange, Post
from entrecidades.network.rules import (
    EditedMeanwhile,
    NotAllowed,
    NotHerConsent,
    NothingSaid,
    Removed,
)
from entrecidades.network.selectors import entities_called, savers_since
from entrecidades.network.services import Seen, edit_record, open_post, remove
from tests.conftest import A_MOMENT, entrusted
from tests.factories.network import EntityNameFactory, PostFactory

pytestmark = pytest.mark.usefixtures("on_the_day")


@pytest.fixture
def edit(officer, on_the_day):
    """Edit a record as it was seen (as it is, unless a test says what was seen)."""

    def act(record, by=officer, seen=None, **said):
        seen = seen or Seen(record.version, record.units())
        units = {name.replace("_dot_", "."): value for name, value in said.items()}
        return edit_record(record=record, seen=seen, said=units, by=by, on=on_the_day)

    return act


@pytest.fixture
def post(maputo):
    return PostFactory(entity=maputo, title={"pt": "Relações internacionais"})


def test_a_profile_is_edited_and_found_under_its_new_names(edit, maputo, officer):
    edit(maputo, names_dot_fr="Maputo-Ville", name="Cidade de Maputo", acronym="CMM")
    maputo.refresh_from_db()
    assert (maputo.name, maputo.acronym, maputo.version) == ("Cidade de Maputo", "CMM", 2)
    assert maputo.name_in("fr") == "Maputo-Ville"
    for words in ("Maputo-Ville", "Cidade de Maputo"):
        assert maputo in entities_called(words, 5)
    trace = Trace.objects.get(act="network:record:edit")
    assert (trace.by_id, trace.body_id) == (officer.pk, maputo.pk)
    assert trace.changes["names.fr"] == [None, "Maputo-Ville"]
    assert PlaceChange.objects.filter(place=maputo.seat).exists()


def test_a_name_is_replaced_or_emptied_in_its_language_alone(edit, maputo):
    EntityName.objects.filter(entity=maputo).delete()
    EntityNameFactory(entity=maputo, language="fr", name="Lourenço Marques", kind="former")
    EntityNameFactory(entity=maputo, language="fr", name="Mapoutou")
    EntityNameFactory(entity=maputo, language="it", name="Maputo")
    edit(maputo, names_dot_fr="Maputo", names_dot_it=None)
    names = EntityName.objects.filter(entity=maputo).values_list("language", "name", "kind")
    assert sorted(names) == [("fr", "Lourenço Marques", "former"), ("fr", "Maputo", "official")]


def test_what_an_import_wrote_meanwhile_is_met_though_no_version_was_counted(edit, maputo):
    seen = Seen(maputo.version, maputo.units())
    Entity.objects.filter(pk=maputo.pk).update(website="https://list.example/")
    with pytest.raises(EditedMeanwhile) as told:
        edit(maputo, seen=seen, website="https://city.example/")
    assert [clash.unit for clash in told.value.merged.clashes] == ["website"]
    maputo.refresh_from_db()
    assert maputo.website == "https://list.example/"


def test_who_saved_since_is_told_by_name_for_each_unit(edit, maputo):
    ana = entrusted(maputo, name="Ana")
    edit(maputo, acronym="A")
    maputo.refresh_from_db()
    edit(maputo, by=ana, acronym="B")
    assert {unit: saver.name for unit, saver in savers_since(maputo, 1).items()} == {
        "acronym": "Ana"
    }
    assert savers_since(maputo, 3) == {}


@pytest.mark.parametrize("role", ["technician", "approver", "overseer", "evaluator"])
def test_who_may_not_edit_the_profile_changes_nothing(edit, maputo, post, role):
    person = entrusted(maputo, role=role)
    for record in (maputo, post):
        with pytest.raises(NotAllowed):
            edit(record, by=person, acronym="X", contact_email="x@maputo.example")
    assert not Trace.objects.exists()


def test_people_of_other_bodies_change_nothing(edit, maputo, stranger):
    with pytest.raises(NotAllowed):
        edit(maputo, by=stranger, acronym="X")


def test_an_office_is_entered_and_edited(edit, maputo, officer, on_the_day):
    post = open_post(entity=maputo, title={"pt": "Gabinete"}, by=officer, on=on_the_day)
    edit(post, title_dot_fr="Cabinet", valid_from="2009-01-01", contact_email="g@maputo.example")
    post.refresh_from_db()
    assert post.title == {"pt": "Gabinete", "fr": "Cabinet"}
    assert (str(post.valid_from), post.contact_email) == ("2009-01-01", "g@maputo.example")
    acts = list(Trace.objects.values_list("act", flat=True))
    assert acts == ["network:post:open", "network:record:edit"]


def test_an_office_without_a_title_is_refused(edit, post, officer, on_the_day):
    with pytest.raises(NothingSaid):
        edit(post, title_dot_pt=None)
    with pytest.raises(NothingSaid):
        open_post(entity=post.entity, title={"pt": " "}, by=officer, on=on_the_day)


def test_only_she_herself_is_named_as_holder(edit, post, officer, maputo):
    with pytest.raises(NotHerConsent):
        edit(post, holder=entrusted(maputo).pk)
    edit(post, holder=officer.pk)
    post.refresh_from_db()
    assert (post.holder, post.holder_agreed) == (officer, True)
    edit(post, by=entrusted(maputo), holder=None)
    post.refresh_from_db()
    assert (post.holder, post.holder_agreed) == (None, False)


def test_who_was_named_can_be_forgotten_from_history(edit, post, officer):
    edit(post, holder=officer.pk, title_dot_en="Relations")
    trace = Trace.objects.get(act="network:record:edit")
    assert (trace.about_id, trace.personal) == (officer.pk, {"holder": [None, officer.pk]})
    assert trace.changes == {"title.en": [None, "Relations"]}
    assert forget(person=officer, by=None) == 1


def test_what_was_removed_meanwhile_is_not_edited(edit, post, officer, on_the_day):
    remove(record=post, by=officer, on=on_the_day, at=A_MOMENT)
    with pytest.raises(Removed):
        edit(post, title_dot_en="Relations")
    assert Post.every_row.get().title == {"pt": "Relações internacionais"}
