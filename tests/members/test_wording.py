"""A letter as it is written: what is wrong is told at once, what is filled in only once."""

import pytest
from django.utils.translation import override

from entrecidades.members.wording import composed, filled_in, problems_of
from tests.factories.network import EntityFactory, EntityNameFactory

STOP = "https://house.example/stop"


def test_everything_that_is_wrong_is_told_at_once():
    found = problems_of(
        {"fr": "Bonjour {ville}", "it": "x" * 151},
        {"fr": "Voici {body} et {profil}", "pt-br": "Olá {link}"},
    )
    assert found == [
        "Portuguese (Brazil): the subject is missing.",
        "French: {ville} cannot be filled in. Known are {body}, {missing}, {link}.",
        "French: {profil} cannot be filled in. Known are {body}, {missing}, {link}.",
        "Italian: the text is missing.",
        "Italian: the subject has more than 150 signs.",
    ]
    assert problems_of({}, {"fr": "  "}) == ["Write the letter in at least one language."]
    assert problems_of({"fr": "{body}"}, {"fr": "{missing} { } {\n}"}) != []
    assert problems_of({"fr": "{body}"}, {"fr": "{missing}: {link}"}) == []


def test_what_is_filled_in_is_not_looked_into():
    assert filled_in("{body} {x}", {"body": "{body}"}) == "{body} {x}"


@pytest.mark.django_db
def test_each_reader_gets_her_language_or_the_nearest_and_is_told():
    body = EntityFactory(name="Turim", country__code="IT", slug="turin")
    EntityNameFactory(entity=body, language="fr", name="Ville de Turin")
    facts = {
        "subject": {"fr": "Pour\n{body}", "pt": "Para {body}", "es": ""},
        "text": {"fr": "Il manque : {missing}\n{link}", "pt": "Falta: {missing}", "es": "¡Hola!"},
        "association": EntityFactory(name="ANCI", association=True),
        "body": body,
        "lacks": ["website", "posting"],
        "stop_at": STOP,
    }
    french = composed(**facts, language="fr")
    assert french.subject == "Pour Ville de Turin"
    assert "/fr/entities/it/turin/" in french.text
    assert (french.language, french.is_fallback) == ("fr", False)
    # No subject in Spanish: that is no letter in Spanish.
    assert composed(**facts, language="es").language == "pt"
    brazilian = composed(**facts, language="pt-br")
    assert (brazilian.language, brazilian.is_fallback) == ("pt", False)
    english = composed(**facts, language="en")
    assert (english.language, english.is_fallback) == ("fr", True)
    assert english.text.startswith("(This letter was not written in your language.")
    assert english.text.rstrip().endswith(STOP)
    with override("it"):
        assert composed(**facts, language="en") == english
